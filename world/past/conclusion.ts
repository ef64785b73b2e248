/** The conclusion with its days, and the plan that the person confirmed. */
import { createHash } from 'node:crypto';
import { decideEntitlement, effectiveFrom, validUntil } from '#domain/assessments/index.ts';
import { decidePlan } from '#domain/plans/index.ts';
import { addDays, instantOf } from '#kit/days.ts';
import { searchText } from '#domain/people/model.ts';
import { assert } from '#kit/refuse.ts';
import { idOf } from '../chance.ts';
import type { Dependant, PastPerson } from '../dependants.ts';
import { institution } from '../institutions.ts';
import { worker } from '../workers.ts';
import { whose } from './book.ts';
import type { PastBook, Staff } from './book.ts';
import type { PastCase } from './case.ts';

const AT = { concluded: 555, delivered: 930, proposed: 900, confirmed: 915 } as const;

export function writeConclusion(book: PastBook, one: PastPerson, staff: Staff, known: PastCase): void {
  const start = effectiveFrom(one.noticeEndsOn, book.policy);
  const end = validUntil(start.value, book.policy);
  const entitlement = decideEntitlement(one.grade, start.value, book.policy);
  assert(start.value === one.effectiveOn, `the road of ${one.key} leads to its first day of benefit`);
  const year = one.concludedOn.slice(0, 4);
  const number = `QH-C-${year}-${book.numbers.next('C', year)}`;
  const id = idOf(`conclusion ${one.key}`, instantOf(one.concludedOn, AT.concluded));
  const about = { subject: ['conclusion', id], on: one.concludedOn, minute: AT.concluded } as const;
  book.decision(one, start, about, one.noticeEndsOn);
  book.decision(one, end, about, start.value);
  book.decision(one, entitlement, about, start.value);
  book.add('assessments.conclusion', {
    ...whose(one), id, number, application_id: known.applicationId, assessment_id: known.assessmentId, notice_id: known.noticeId, grade: one.grade, concluded_on: one.concludedOn, effective_on: start.value,
    valid_until_on: end.value, ended_on: null, end_reason: null, origin: 'assessed', decision_id: known.gradeDecisionId, check_code: createHash('sha256').update(`letter ${one.key}`).digest('base64url').slice(0, 24),
    concluded_at: instantOf(one.concludedOn, AT.concluded), search: `${number.toLowerCase()}\n${searchText(one.name)}`, person_number: one.identityNumber, filed_on: one.filedOn, assessment_institution_id: institution(one.assessedBy).id, letter: 'delivered',
  });
  const data = { grade: one.grade, effectiveOn: start.value, validUntilOn: end.value, entitled: entitlement.value };
  book.event(one, staff.officer, 'assessments.concluded', about, { ...data, number, applicationId: known.applicationId });
  book.event(one, staff.officer, 'assessments.applicationConcluded', { ...about, subject: ['application', known.applicationId] }, { ...data, conclusionId: id, number: known.number, conclusion: number });
  book.add('notices.completion', { district_code: one.district, notice_id: known.noticeId, township_code: one.home.townshipCode, number, completed_on: one.concludedOn, completed_at: instantOf(one.concludedOn, AT.concluded) });
  writeDelivery(book, one, staff, id, number);
}

/** The letter went by post and was received three days later. */
function writeDelivery(book: PastBook, one: PastPerson, staff: Staff, conclusionId: string, number: string): void {
  const { officer } = staff.teams[one.assessedBy]!;
  const on = addDays(one.concludedOn, 3);
  const institutionId = institution(one.assessedBy).id;
  book.add('assessments.delivery', {
    ...whose(one), id: idOf(`delivery ${one.key}`, instantOf(on, AT.delivered)), conclusion_id: conclusionId, assessment_institution_id: institutionId, way: 'post', outcome: 'delivered', failure: null, happened_on: on,
    recipient_name: one.applicant.name, recipient_relation: one.applicant.relation, phone: null, tracking_number: `QHP${one.identityNumber.slice(6, 17)}`, message_id: null, proof_id: null, note: null,
    account_id: officer.id, actor_name: officer.name, recorded_at: instantOf(on, AT.delivered),
  });
  book.event(one, officer, 'assessments.delivered', { subject: ['conclusion', conclusionId], on, minute: AT.delivered, institutionId }, { number, way: 'post', failure: null, happenedOn: on, recipient: one.applicant.name });
}

export function writePlan(book: PastBook, one: Dependant, staff: Staff): void {
  const house = institution(one.institution);
  const year = one.concludedOn.slice(0, 4);
  const confirmedOn = addDays(one.concludedOn, 2);
  const number = `HL${one.district}-${year}-${book.numbers.next(`plans.${one.district}`, year)}`;
  const decision = decidePlan({ mode: one.mode, fromOn: one.effectiveOn, grade: one.grade, entitledFromOn: null, institutionKind: house.kind, items: one.items }, book.policy);
  assert(decision.value.admitted, `the plan of ${one.key} is admitted: ${decision.value.refusal?.code ?? ''}`);
  const about = { subject: ['plan', one.planId], on: one.concludedOn, minute: AT.proposed, institutionId: house.id } as const;
  book.decision(one, decision, about, one.effectiveOn);
  book.add('plans.plan', {
    ...whose(one), institution_id: house.id, id: one.planId, number, mode: one.mode, worker_id: one.worker === null ? null : worker(one.worker).id, from_on: one.effectiveOn, to_on: null, state: 'confirmed',
    origin: 'registered', source_ref: null, proposed_at: instantOf(one.concludedOn, AT.proposed), confirmed_at: instantOf(confirmedOn, AT.confirmed), confirmed_by: one.applicant.name,
  });
  for (const item of one.items) {
    book.add('plans.item', { ...whose(one), institution_id: house.id, plan_id: one.planId, item_code: item.itemCode, minutes: item.minutes, times_per_day: item.timesPerDay, times_per_week: item.timesPerWeek, carers: item.carers });
  }
  book.add('people.tie', { district_code: one.district, person_id: one.id, institution_id: house.id, kind: 'care', from_on: one.effectiveOn });
  book.event(one, staff.officer, 'plans.proposed', about, { number, institution: house.name, fromOn: one.effectiveOn });
  book.event(one, staff.officer, 'plans.confirmed', { ...about, on: confirmedOn, minute: AT.confirmed }, { number, confirmedBy: one.applicant.name });
}

/** Orders of the past: offered by the real rule of dispatch, taken with an appointment, now and then refused by the first institution. */
import { decideDispatch } from '#domain/assessments/index.ts';
import { addDays, instantOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { idOf } from '../chance.ts';
import type { PastPerson } from '../dependants.ts';
import { institution, institutionsOf } from '../institutions.ts';
import { workersOf } from '../workers.ts';
import { whose } from './book.ts';
import type { PastBook, Row, Staff } from './book.ts';

/** Minutes of the office day; an order that was refused goes to the next institution an hour later. */
const AT = { issued: 640, refused: 690, again: 700, taken: 720, sent: 735 } as const;

/** The orders of a case, until its first visit was recorded. */
export function writeOrders(book: PastBook, one: PastPerson, staff: Staff, known: { applicationId: string; number: string; recordedAt: Date }): void {
  const houses = institutionsOf(one.district, 'assessment');
  const refuser = one.mishap === 'orderRefused' ? houses.find((house) => house.key !== one.assessedBy) : undefined;
  const about = { subject: ['application', known.applicationId], on: one.filedOn, minute: AT.issued } as const;
  const decision = decideDispatch({
    number: known.number, on: one.filedOn, districtCode: one.district, elsewhere: false, entryAsked: false,
    institutions: houses.map(({ id, name, key }) => ({
      id, name, districtCode: one.district, agreed: true, paused: false, assessors: workersOf(key, 'assessor').length, openOrders: 0, monthOrders: 0, lastIssuedAt: null, windowOrders: 0, windowRefused: 0, windowLate: 0, windowReturned: 0, avoided: null,
    })),
  }, book.policy);
  const decisionId = book.decision(one, decision, about, one.filedOn);
  const orderOf = (key: string, minute: number) => idOf(`order ${key} ${one.key}`, instantOf(one.filedOn, minute));
  const issue = (key: string, minute: number, row: Row): void => {
    const house = institution(key);
    const place = decision.value.proposed.find((two) => two.institutionId === house.id)!.place;
    const orderId = orderOf(key, minute);
    book.add('assessments.dispatch_order', {
      ...whose(one), id: orderId, application_id: known.applicationId, assessment_institution_id: house.id, issued_at: instantOf(one.filedOn, minute), issued_on: one.filedOn,
      issuer_account_id: staff.officer.id, issuer_name: staff.officer.name, decision_id: decisionId, place, chosen_reason: place === 1 ? null : '按街镇分片派单。', batch_id: null, respond_by: null,
      due_on: book.policy.workingDays.addWorkingDays(one.filedOn, 10), state: 'done', answered_at: null, answerer_name: staff.teams[key]!.officer.name, reason_code: null, note: null, assessor_account_id: null, assessor_name: null, expert_account_id: null,
      expert_name: null, appointment_on: null, window_from: null, window_to: null, assigned_at: null, ended_at: null, late_on: null, ...row,
    });
    book.event(one, staff.officer, 'assessments.dispatched', { ...about, minute, institutionId: house.id }, { number: known.number, institution: house.name, orderId, place });
  };
  if (refuser) {
    const note = '本周评估员已排满。';
    const refusedAt = instantOf(one.filedOn, AT.refused);
    issue(refuser.key, AT.issued, { state: 'refused', answered_at: refusedAt, ended_at: refusedAt, reason_code: 'NO_CAPACITY', note });
    book.event(one, staff.teams[refuser.key]!.officer, 'assessments.orderRefused', { ...about, minute: AT.refused, institutionId: refuser.id }, { orderId: orderOf(refuser.key, AT.issued), code: 'NO_CAPACITY', respondBy: null });
  }
  const { assessor, experts } = staff.teams[one.assessedBy]!;
  const late = lateOn(book, one);
  issue(one.assessedBy, refuser ? AT.again : AT.issued, {
    answered_at: instantOf(one.filedOn, AT.taken), assessor_account_id: assessor.id, assessor_name: assessor.name, expert_account_id: experts[0].id, expert_name: experts[0].name, appointment_on: one.onSiteOn, window_from: '14:00', window_to: '15:30',
    assigned_at: instantOf(one.filedOn, AT.sent), ended_at: known.recordedAt, late_on: late,
  });
}

/** The day from which the visit was overdue, where it came too late. */
function lateOn(book: PastBook, one: PastPerson): Day | null {
  const due = book.policy.workingDays.addWorkingDays(one.filedOn, 10);
  return one.mishap === 'visitLate' && one.onSiteOn > due ? addDays(due, 1) : null;
}

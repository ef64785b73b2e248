/** From the application to the public notice, as the acts of the office would have left it. */
import { scale } from '#domain/assessments/policy.ts';
import { decideAcceptance, gradeAnswers, pointsOf } from '#domain/assessments/index.ts';
import { noticeDays } from '#domain/notices/policy.ts';
import { addDays, instantOf } from '#kit/days.ts';
import { maskIdentityNumber, maskName } from '#kit/mask.ts';
import { answersFor } from '../answers.ts';
import { idOf } from '../chance.ts';
import type { Dependant } from '../dependants.ts';
import { institution } from '../institutions.ts';
import { whose } from './book.ts';
import type { PastBook, Staff } from './book.ts';

/** What the conclusion points to. */
export interface PastCase {
  applicationId: string;
  assessmentId: string;
  noticeId: string;
  gradeDecisionId: string;
  number: string;
}

/** Minutes of the office day at which the steps happen. */
const AT = { filed: 570, accepted: 630, dispatched: 640, onSite: 870, recorded: 960, confirmed: 600, published: 540 } as const;

export function writeCase(book: PastBook, one: Dependant, staff: Staff): PastCase {
  const year = one.filedOn.slice(0, 4);
  const known = {
    applicationId: idOf(`application ${one.key}`, instantOf(one.filedOn, AT.filed)),
    assessmentId: idOf(`assessment ${one.key}`, instantOf(one.onSiteOn, AT.recorded)),
    noticeId: idOf(`notice ${one.key}`, instantOf(one.publishedOn, AT.published)),
    number: `QH-A-${year}-${book.numbers.next('A', year)}`,
  };
  writeApplication(book, one, staff, known);
  const gradeDecisionId = writeAssessment(book, one, staff, known);
  writeNotice(book, one, staff, known);
  return { ...known, gradeDecisionId };
}

type Known = Omit<PastCase, 'gradeDecisionId'>;

const assessing = (one: Dependant) => institution(`assess-${one.district.slice(4)}`);

function writeApplication(book: PastBook, one: Dependant, staff: Staff, { applicationId, number }: Known): void {
  const { id: institutionId, name } = assessing(one);
  const about = { subject: ['application', applicationId], on: one.filedOn } as const;
  const decision = decideAcceptance({ kind: 'initial', appliedOn: one.filedOn, insured: true, disabledSince: one.disabledSinceOn, lastConclusionOn: null, costCovered: true, materialsLacking: [] }, book.policy);
  const decisionId = book.decision(one, decision, { ...about, minute: AT.accepted }, one.filedOn);
  book.add('people.tie', { district_code: one.district, person_id: one.id, institution_id: institutionId, kind: 'assessment', from_on: one.filedOn });
  book.add('assessments.application', {
    ...whose(one), id: applicationId, number, kind: 'initial', filed_on: one.filedOn, filed_at: instantOf(one.filedOn, AT.filed), applicant_name: one.applicant.name, relation: one.applicant.relation, contact_phone: one.phone,
    disabled_since_on: one.disabledSinceOn, materials: ['applicationForm', 'selfAssessment', 'identityCard', 'medicalRecord'], statement: null, state: 'concluded', state_since: instantOf(one.concludedOn, 555), refusal_code: null,
    assessment_institution_id: institutionId, decision_id: decisionId, accepted_on: one.filedOn, returned_on: null,
  });
  book.event(one, staff.officer, 'assessments.applicationFiled', { ...about, minute: AT.filed }, { number, kind: 'initial' });
  book.event(one, staff.officer, 'assessments.applicationAccepted', { ...about, minute: AT.accepted }, { number });
  book.event(one, staff.officer, 'assessments.dispatched', { ...about, minute: AT.dispatched, institutionId }, { number, institution: name });
}

function writeAssessment(book: PastBook, one: Dependant, staff: Staff, { applicationId, assessmentId, number }: Known): string {
  const { id: institutionId } = assessing(one);
  const edition = book.policy.edition(scale, one.filedOn);
  const answers = answersFor(one.grade, book.policy, one.filedOn, book.luck);
  const decision = gradeAnswers(edition, answers);
  const { grade } = decision.value;
  const points = pointsOf(decision.value);
  const about = { subject: ['assessment', assessmentId], on: one.onSiteOn, minute: AT.recorded, institutionId } as const;
  const decisionId = book.decision(one, decision, about, one.onSiteOn);
  book.add('assessments.assessment', {
    ...whose(one), id: assessmentId, application_id: applicationId, assessment_institution_id: institutionId, assessor_account_id: staff.assessor.id, assessor_name: staff.assessor.name, second_name: staff.second,
    guardian_name: one.applicant.name, on_site_at: instantOf(one.onSiteOn, AT.onSite), place: one.home.address, scale_id: edition.id, answers, points, adl_points: points['adl'], cognition_points: points['cognition'], perception_points: points['perception'],
    grade, decision_id: decisionId, superseded_at: null, superseded_by: null, recorded_at: instantOf(one.onSiteOn, AT.recorded),
  });
  const onApplication = { subject: ['application', applicationId], institutionId } as const;
  book.event(one, staff.assessor, 'assessments.assessed', about, { number, grade, applicationId });
  book.event(one, staff.assessor, 'assessments.scored', { ...onApplication, on: one.onSiteOn, minute: AT.recorded }, { number, grade });
  const confirmedOn = addDays(one.onSiteOn, 2);
  for (const [i, expert] of staff.experts.entries()) {
    const minute = AT.confirmed + i * 20;
    book.add('assessments.confirmation', {
      ...whose(one), id: idOf(`confirmation ${i} ${one.key}`, instantOf(confirmedOn, minute)), assessment_id: assessmentId, assessment_institution_id: institutionId, expert_account_id: expert.id, expert_name: expert.name,
      agrees: true, note: null, confirmed_at: instantOf(confirmedOn, minute),
    });
    book.event(one, expert, 'assessments.expertConfirmed', { subject: about.subject, on: confirmedOn, minute, institutionId }, { number, applicationId });
  }
  book.event(one, staff.experts[1], 'assessments.confirmed', { ...onApplication, on: confirmedOn, minute: AT.confirmed + 20 }, { number, experts: staff.experts.length });
  return decisionId;
}

function writeNotice(book: PastBook, one: Dependant, staff: Staff, { applicationId, assessmentId, noticeId, number }: Known): void {
  const grades = book.policy.edition(scale, one.filedOn).value.grades;
  const { grade, zh, en } = grades.find((row) => row.grade === one.grade)!;
  const span = { startsOn: addDays(one.publishedOn, 1), endsOn: one.noticeEndsOn };
  book.add('notices.notice', {
    ...whose(one), id: noticeId, kind: 'assessmentResult', subject_id: assessmentId, community: one.home.community, masked_name: maskName(one.name), masked_number: maskIdentityNumber(one.identityNumber),
    content: { grade, gradeZh: zh, gradeEn: en }, starts_on: span.startsOn, ends_on: span.endsOn, published_at: instantOf(one.publishedOn, AT.published),
  });
  const when = { on: one.publishedOn, minute: AT.published };
  const days = book.policy.figure(noticeDays, one.publishedOn);
  book.event(one, staff.officer, 'notices.published', { subject: ['notice', noticeId], ...when }, { ...span, days: days.value.count, policy: days.stamp, about: assessmentId });
  book.event(one, staff.officer, 'assessments.resultPublished', { subject: ['application', applicationId], ...when, institutionId: assessing(one).id }, { number, ...span });
}

/** From the application to the public notice, as the acts of the office would have left it. */
import { scale } from '#domain/assessments/policy.ts';
import { decideAcceptance, gradeAnswers, pointsOf } from '#domain/assessments/index.ts';
import { noticeDays } from '#domain/notices/policy.ts';
import { addDays, instantOf } from '#kit/days.ts';
import { searchText } from '#domain/people/model.ts';
import type { Day } from '#kit/days.ts';
import { maskIdentityNumber, maskName } from '#kit/mask.ts';
import { answersFor } from '../answers.ts';
import { idOf } from '../chance.ts';
import { openDay } from '../dependants.ts';
import type { PastPerson } from '../dependants.ts';
import { institution } from '../institutions.ts';
import { whose } from './book.ts';
import type { PastBook, Staff } from './book.ts';
import { writeOrders } from './order.ts';

/** What the conclusion points to. */
export interface PastCase {
  applicationId: string;
  assessmentId: string;
  noticeId: string;
  gradeDecisionId: string;
  number: string;
}

/** Minutes of the office day at which the steps happen. */
const AT = { filed: 570, accepted: 630, onSite: 870, recorded: 960, confirmed: 600, returned: 690, published: 540 } as const;

export function writeCase(book: PastBook, one: PastPerson, staff: Staff): PastCase {
  const year = one.filedOn.slice(0, 4);
  const known = {
    applicationId: idOf(`application ${one.key}`, instantOf(one.filedOn, AT.filed)),
    assessmentId: idOf(`assessment ${one.key}`, instantOf(one.onSiteOn, AT.recorded)),
    noticeId: idOf(`notice ${one.key}`, instantOf(one.publishedOn, AT.published)),
    number: `QH-A-${year}-${book.numbers.next('A', year)}`,
  };
  const sent = sentBack(book, one);
  writeApplication(book, one, staff, known, sent);
  const recordedOn = one.mishap === 'uploadLate' ? book.policy.workingDays.addWorkingDays(one.onSiteOn, 3) : one.onSiteOn;
  const first = sent && { ...known, assessmentId: idOf(`first assessment ${one.key}`, instantOf(sent.onSiteOn, AT.recorded)) };
  writeOrders(book, one, staff, { ...known, recordedAt: instantOf(sent?.onSiteOn ?? recordedOn, AT.recorded) });
  if (sent && first) {
    writeAssessment(book, one, staff, first, { onSiteOn: sent.onSiteOn, recordedOn: sent.onSiteOn, supersededOn: sent.returnedOn, grade: Math.abs(one.grade - 1) });
    writeReturn(book, one, staff, first, sent);
  }
  const gradeDecisionId = writeAssessment(book, one, staff, known, { onSiteOn: one.onSiteOn, recordedOn, supersededOn: null, grade: one.grade });
  writeNotice(book, one, staff, known);
  return { ...known, gradeDecisionId };
}

type Known = Omit<PastCase, 'gradeDecisionId'>;

/** The first visit of a case that the insurer sent back, and the day on which it came back. */
interface SentBack {
  onSiteOn: Day;
  returnedOn: Day;
  dueOn: Day;
}

function sentBack(book: PastBook, one: PastPerson): SentBack | undefined {
  const { workingDays } = book.policy;
  const before = one.mishap === 'returned' ? 12 : one.mishap === 'mendedLate' ? 24 : undefined;
  if (before === undefined) return undefined;
  const onSiteOn = openDay(addDays(one.onSiteOn, -before));
  const returnedOn = workingDays.addWorkingDays(onSiteOn, 2);
  return { onSiteOn, returnedOn, dueOn: workingDays.addWorkingDays(returnedOn, 10) };
}

const assessing = (one: PastPerson) => institution(one.assessedBy);

function writeApplication(book: PastBook, one: PastPerson, staff: Staff, { applicationId, number }: Known, sent: SentBack | undefined): void {
  const { id: institutionId } = assessing(one);
  const about = { subject: ['application', applicationId], on: one.filedOn } as const;
  const decision = decideAcceptance({ kind: 'initial', appliedOn: one.filedOn, insured: true, disabledSince: one.disabledSinceOn, lastConclusionOn: null, costCovered: true, materialsLacking: [] }, book.policy);
  const decisionId = book.decision(one, decision, { ...about, minute: AT.accepted }, one.filedOn);
  book.add('people.tie', { district_code: one.district, person_id: one.id, institution_id: institutionId, kind: 'assessment', from_on: one.filedOn });
  book.add('assessments.application', {
    ...whose(one), id: applicationId, number, kind: 'initial', filed_on: one.filedOn, filed_at: instantOf(one.filedOn, AT.filed), applicant_name: one.applicant.name, relation: one.applicant.relation, contact_phone: one.phone,
    disabled_since_on: one.disabledSinceOn, materials: ['applicationForm', 'selfAssessment', 'identityCard', 'medicalRecord'], statement: null, state: 'concluded', state_since: instantOf(one.concludedOn, 555), refusal_code: null,
    assessment_institution_id: institutionId, decision_id: decisionId, accepted_on: one.filedOn, returned_on: sent?.returnedOn ?? null,
    search: `${number.toLowerCase()} ${searchText(one.name)}`, person_number: one.identityNumber,
  });
  book.event(one, staff.officer, 'assessments.applicationFiled', { ...about, minute: AT.filed }, { number, kind: 'initial' });
  book.event(one, staff.officer, 'assessments.applicationAccepted', { ...about, minute: AT.accepted }, { number });
}

interface Visit {
  onSiteOn: Day;
  recordedOn: Day;
  /** When the insurer's check sent it back. */
  supersededOn: Day | null;
  /** What the answers came to. */
  grade: number;
}

function writeAssessment(book: PastBook, one: PastPerson, staff: Staff, { applicationId, assessmentId, number }: Known, { onSiteOn, recordedOn, supersededOn, ...told }: Visit): string {
  const { id: institutionId } = assessing(one);
  const { assessor, second, experts } = staff.teams[one.assessedBy]!;
  const edition = book.policy.edition(scale, one.filedOn);
  const answers = answersFor(told.grade, book.policy, one.filedOn, book.luck);
  const decision = gradeAnswers(edition, answers);
  const { grade } = decision.value;
  const points = pointsOf(decision.value);
  const about = { subject: ['assessment', assessmentId], on: recordedOn, minute: AT.recorded, institutionId } as const;
  const decisionId = book.decision(one, decision, about, onSiteOn);
  book.add('assessments.assessment', {
    ...whose(one), id: assessmentId, application_id: applicationId, assessment_institution_id: institutionId, assessor_account_id: assessor.id, assessor_name: assessor.name, second_name: second,
    guardian_name: one.applicant.name, on_site_at: instantOf(onSiteOn, AT.onSite), place: one.home.address, scale_id: edition.id, answers, points, adl_points: points['adl'], cognition_points: points['cognition'], perception_points: points['perception'],
    grade, decision_id: decisionId, superseded_at: supersededOn === null ? null : instantOf(supersededOn, AT.returned), superseded_by: supersededOn === null ? null : 'insurerCheck', recorded_at: instantOf(recordedOn, AT.recorded),
  });
  const onApplication = { subject: ['application', applicationId], institutionId } as const;
  book.event(one, assessor, 'assessments.assessed', about, { number, grade, applicationId });
  book.event(one, assessor, 'assessments.scored', { ...onApplication, on: recordedOn, minute: AT.recorded }, { number, grade });
  const confirmedOn = book.policy.workingDays.addWorkingDays(recordedOn, 1);
  for (const [i, expert] of experts.entries()) {
    const minute = AT.confirmed + i * 20;
    book.add('assessments.confirmation', {
      ...whose(one), id: idOf(`confirmation ${i} ${assessmentId}`, instantOf(confirmedOn, minute)), assessment_id: assessmentId, assessment_institution_id: institutionId, expert_account_id: expert.id, expert_name: expert.name,
      agrees: true, note: null, reason: null, items: [], confirmed_at: instantOf(confirmedOn, minute),
    });
    book.event(one, expert, 'assessments.expertConfirmed', { subject: about.subject, on: confirmedOn, minute, institutionId }, { number, applicationId });
  }
  book.event(one, experts[1], 'assessments.confirmed', { ...onApplication, on: confirmedOn, minute: AT.confirmed + 20 }, { number, experts: experts.length });
  return decisionId;
}

/** The insurer's check found something, and the case went back with a deadline. */
function writeReturn(book: PastBook, one: PastPerson, staff: Staff, { applicationId, assessmentId, number }: Known, { returnedOn, dueOn }: SentBack): void {
  const { id: institutionId } = assessing(one);
  const at = instantOf(returnedOn, AT.returned);
  const note = '现场记录不完整，缺少关键项目的说明。';
  const shared = { ...whose(one), application_id: applicationId, assessment_id: assessmentId, assessment_institution_id: institutionId, note };
  book.add('assessments.insurer_check', {
    ...shared, id: idOf(`check ${one.key}`, at), result: 'returned', checklist: { identityOfBoth: true, personsOnSite: true, guardianPresent: true, videoComplete: true, answersMatchEvidence: false, expertsIndependent: true },
    checker_account_id: staff.insurer.id, checker_name: staff.insurer.name, checked_at: at,
  });
  book.add('assessments.case_return', {
    ...shared, id: idOf(`return ${one.key}`, at), nth: 1, returned_by: 'insurerCheck', reason: 'recordIncomplete', items: [], returned_on: returnedOn, due_on: dueOn, calendar_missing: null, account_id: staff.insurer.id,
    returner_name: staff.insurer.name, returned_at: at,
  });
  book.event(one, staff.insurer, 'assessments.returnedByCheck', { subject: ['application', applicationId], on: returnedOn, minute: AT.returned, institutionId }, { number, reason: 'recordIncomplete', nth: 1, dueOn });
}

function writeNotice(book: PastBook, one: PastPerson, staff: Staff, { applicationId, assessmentId, noticeId, number }: Known): void {
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

/** Handing in a visit: everything is there, both sides are known, contradictions are explained; it becomes the assessment. */
import type { Static } from '@sinclair/typebox';
import { dayOf } from '#kit/days.ts';
import { maskIdentityNumber } from '#kit/mask.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { findDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import { getPerson } from '#domain/people/index.ts';
import { recordAssessment, scaleOf } from '../../actions/assess.ts';
import { getApplication, gradeNamed } from '../../actions/case.ts';
import type { AssessmentMadeSchema } from '../../contract/grading.ts';
import { expertsOnSite, personsOnSite } from '../../policy.ts';
import type { Application } from '../../store/application.ts';
import { findAssessment } from '../../store/assessment.ts';
import { contradictionsOf, unexplained } from '../contradictions.ts';
import { CLOCK_TOLERANCE_MS, pointsOf } from '../model.ts';
import { contradictions } from '../policy.ts';
import { lackingFields, serverInstant } from '../rules.ts';
import { listEvidence } from '../store/evidence.ts';
import { closeVisit, listCompanions, lockBy } from '../store/visit.ts';
import type { Companion, ExplainedContradiction, SiteVisit, SiteVisitContent } from '../store/visit.ts';
import { demandLowVideo } from './demand-video.ts';
import { getOwnVisit } from './own.ts';

type Made = Static<typeof AssessmentMadeSchema>;

/**
 * Hands the visit in, in the revision that the phone names; handing in again answers the same. Refuses with SITE_VISIT_REVISION when another
 * revision stands, SITE_VISIT_INCOMPLETE (one error per field), SITE_TIMES, SITE_IDENTITY_MISMATCH, SITE_PERSON_UNKNOWN, SITE_PERSONS,
 * SITE_EXPERTS, EVIDENCE_MISSING, CONTRADICTION_UNEXPLAINED, VIDEO_NEEDED, and with what `recordAssessment` refuses.
 */
export async function submitVisit(act: Act, id: string, revision: number): Promise<Made> {
  await lockBy(act, `siteVisit:${id}`);
  const visit = await getOwnVisit(act, id);
  if (visit.revision !== revision) refuse('SITE_VISIT_REVISION', { standing: visit.revision, revision }, { status: 409 });
  if (visit.assessmentId !== null) return madeOf(act, visit.assessmentId);
  const application = await getApplication(act, visit.applicationId);
  const { content } = visit;
  const times = demandWhole(act, visit);
  await demandIdentity(act, visit);
  const persons = await demandPersons(act, application, content, times.arrivedAt);
  await demandEvidence(act, visit);
  const explained = demandExplained(act, application, content);
  await demandLowVideo(act, application, visit);
  const made = await recordAssessment(
    act, application.id,
    { answers: pointsOf(content.answers), secondName: persons.second.name, guardianName: content.guardian!.name, onSiteAt: times.arrivedAt.toISOString(), place: content.placeText },
    { id: visit.id, secondAccountId: persons.second.accountId, companions: persons.all },
  );
  await closeVisit(act, visit, { assessmentId: made.id, ...times, companionIds: content.companionIds, contradictions: explained });
  const { districtCode, personId, townshipCode, institutionId } = visit;
  await recordEvent(act, {
    districtCode, kind: 'assessments.siteVisitSubmitted', subjectType: 'siteVisit', subjectId: visit.id, personId, townshipCode, institutionId,
    data: { number: application.number, revision, contentSha256: visit.contentSha256, assessmentId: made.id, contradictions: explained.length },
  });
  return made;
}

/** The answer of a visit that was handed in before. */
async function madeOf(act: Act, assessmentId: string): Promise<Made> {
  const assessment = await findAssessment(act, assessmentId);
  const decision = assessment && (await findDecision(act, assessment.decisionId));
  assert(assessment && decision, `the assessment ${assessmentId} of a visit that was handed in stands with its decision`);
  return { id: assessment.id, decisionId: decision.id, reasons: decision.reasons, ...gradeNamed(act, assessment.grade, assessment.scaleId) };
}

/** Nothing is left open, and the times are possible; answers them by the server's clock. */
function demandWhole(act: Act, visit: SiteVisit): { arrivedAt: Date; leftAt: Date } {
  const lacking = lackingFields(visit.content);
  if (lacking.length > 0) refuse('SITE_VISIT_INCOMPLETE', { fields: lacking.join(', ') }, { errors: lacking.map((column) => ({ column, value: '', code: 'SITE_VISIT_INCOMPLETE', params: { fields: column } })) });
  const arrivedAt = serverInstant(visit.content.arrivedAt!, visit.clockOffsetMs);
  const leftAt = serverInstant(visit.content.leftAt!, visit.clockOffsetMs);
  if (leftAt <= arrivedAt || leftAt.getTime() > act.now.getTime() + CLOCK_TOLERANCE_MS || arrivedAt > act.now) refuse('SITE_TIMES', { arrivedAt: arrivedAt.toISOString(), leftAt: leftAt.toISOString() });
  return { arrivedAt, leftAt };
}

/** The number on the document is the person's. */
async function demandIdentity(act: Act, visit: SiteVisit): Promise<void> {
  const { identityNumber } = await getPerson(act, visit.personId);
  const read = visit.content.applicant!.identityNumber;
  if (read !== identityNumber) refuse('SITE_IDENTITY_MISMATCH', { read: maskIdentityNumber(read), known: maskIdentityNumber(identityNumber) });
}

/** Enough persons, and enough experts among them: told apart by account, never by name. */
async function demandPersons(act: Act, application: Application, content: SiteVisitContent, arrivedAt: Date): Promise<{ all: Companion[]; second: Companion }> {
  const known = await listCompanions(act, act.actor.institutionId!, [application.townshipCode]);
  const all = content.companionIds.map((accountId) => {
    const one = known.find((other) => other.accountId === accountId);
    return one && accountId !== act.actor.accountId ? one : refuse('SITE_PERSON_UNKNOWN', { accountId });
  });
  const day = dayOf(arrivedAt);
  const [persons, experts] = [act.policy.figure(personsOnSite, day).value, act.policy.figure(expertsOnSite, day).value];
  if (all.length + 1 < persons) refuse('SITE_PERSONS', { needed: persons, present: all.length + 1 });
  const present = [...all, ...known.filter((one) => one.accountId === act.actor.accountId)].filter((one) => one.expert);
  if (present.length < experts) refuse('SITE_EXPERTS', { needed: experts, present: present.length });
  const second = all.find((one) => one.expert) ?? all[0];
  return { all, second: second ?? refuse('SITE_PERSONS', { needed: 2, present: 1 }) };
}

async function demandEvidence(act: Act, visit: SiteVisit): Promise<void> {
  const there = new Set((await listEvidence(act, visit)).map((one) => one.id));
  const missing = visit.content.evidenceIds.filter((one) => !there.has(one));
  if (missing.length > 0) refuse('EVIDENCE_MISSING', { missing: missing.length }, { status: 409, errors: missing.map((value) => ({ column: 'evidenceIds', value, code: 'EVIDENCE_MISSING', params: { missing: 1 } })) });
}

/** What the rule points out, each with its remark; nothing is decided by it. */
function demandExplained(act: Act, application: Application, content: SiteVisitContent): ExplainedContradiction[] {
  const found = contradictionsOf(pointsOf(content.answers), act.policy.edition(contradictions, application.filedOn).value.rules, scaleOf(act, application).value);
  const open = unexplained(found, content.remarks);
  if (open.length > 0) {
    const params = { count: open.length, pairsZh: open.map((one) => one.zh).join('；'), pairsEn: open.map((one) => one.en).join('; ') };
    refuse('CONTRADICTION_UNEXPLAINED', params, { errors: open.map((one) => ({ column: `remarks.${one.code}`, value: '', code: 'CONTRADICTION_UNEXPLAINED', params: { count: 1, pairsZh: one.zh, pairsEn: one.en } })) });
  }
  return found.map((one) => ({ ...one, remark: content.remarks[one.code]!.trim() }));
}

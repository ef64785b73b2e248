/** What is shown of applications and conclusions. */
import type { Static } from '@sinclair/typebox';
import { maskIdentityNumber } from '#kit/mask.ts';
import { refuse, Refusal } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { may } from '#platform/scope/actor.ts';
import { findNoticeOf } from '#domain/notices/index.ts';
import type { Notice } from '#domain/notices/index.ts';
import { getPerson } from '#domain/people/index.ts';
import type { ApplicationSchema, AssessmentSchema, ConclusionBeforeSchema, NextActSchema } from '../contract/application.ts';
import type { ConclusionRowSchema, ConclusionSchema, LetterCheckSchema } from '../contract/conclusion.ts';
import { ACT_PERMISSION, ACTS, conclusionState, mayAct } from '../model.ts';
import type { ApplicationAct } from '../model.ts';
import { confirmExperts, scale } from '../policy.ts';
import { decideEntitlement } from '../rules.ts';
import { lateSpans } from '../materials/due.ts';
import { supplyHindrance } from '../materials/supply.ts';
import { checkHindrance } from '../expert/check.ts';
import { voicesHidden } from '../expert/read.ts';
import { drawAsked } from '../expert/rules.ts';
import { listCalls } from '../expert/store.ts';
import { preReviewHindrance } from '../prereview/actions.ts';
import { overdueCutoff } from '../rules/due.ts';
import { lateSteps } from '../rules/steps.ts';
import { progressOf } from '../scale/model.ts';
import { findApplication, findApplicationRow, listApplications } from '../store/application.ts';
import type { Application, ApplicationQuery, ApplicationRow, LateBy } from '../store/application.ts';
import { listAssessments, listConfirmations } from '../store/assessment.ts';
import type { Assessment, Confirmation } from '../store/assessment.ts';
import { checkLetter, findConclusion, findConclusionOf, listConclusions, readCheckCode } from '../store/conclusion.ts';
import type { Conclusion, ConclusionQuery } from '../store/conclusion.ts';
import { scaleOf } from './assess.ts';
import { findKindDecision } from '../store/kind.ts';
import { getApplication, gradeNamed, stateParams } from './case.ts';
import { hindrance } from './conclude.ts';
import { askedNow, ownVisit } from './confirm.ts';

/** One page of applications in scope. Refuses with CALENDAR_MISSING when `due=overdue` asks for working days that are not published. */
export async function pageOfApplications(act: Act, query: ApplicationQuery): Promise<{ rows: ApplicationRow[]; total: number }> {
  return listApplications(act, query, query.due === 'overdue' && query.queue !== 'supply' ? lateBy(act) : null);
}

/** What is late today. Refuses with CALENDAR_MISSING where the working days of the time before are not published. */
function lateBy(act: Act): LateBy {
  const visitUntilOn = overdueCutoff(act.today, act.policy);
  return { visitUntilOn, ...lateSpans(act.today, act.policy), steps: lateSteps(act.today, act.policy) };
}

/** The whole record of an application, with what the actor may do next. Refuses with NOT_FOUND. */
export async function readApplication(act: Act, id: string): Promise<Static<typeof ApplicationSchema>> {
  const application = await getApplication(act, id);
  const row = (await findApplicationRow(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const person = await getPerson(act, application.personId);
  const assessments = await listAssessments(act, id);
  const voices = await listConfirmations(act, assessments.map((one) => one.id));
  const current = assessments.find((one) => one.supersededAt === null);
  const notice = current && (await findNoticeOf(act, application.districtCode, current.id));
  const { applicantName, relation, contactPhone, disabledSinceOn, materials, statement, acceptedOn, returnedOn, ground, groundSource } = application;
  const agent = application.agentName === null || application.agentIdentityNumber === null ? null : { name: application.agentName, maskedNumber: maskIdentityNumber(application.agentIdentityNumber) };
  return {
    ...row, agent, applicantName, relation, contactPhone, disabledSinceOn, materials, statement, acceptedOn, returnedOn, ground, groundSource, kindDecisionId: await findKindDecision(act, id), before: await conclusionBefore(act, application),
    scaleId: scaleOf(act, application).id, expertsNeeded: act.policy.figure(confirmExperts, application.filedOn).value, person,
    assessments: assessments.map((one) => shown(act, application, one, voices.get(one.id) ?? [])),
    notice: notice ? { id: notice.id, startsOn: notice.startsOn, endsOn: notice.endsOn, state: notice.state, openObjections: notice.openObjections } : null,
    conclusion: (await findConclusionOf(act, id)) ?? null,
    acts: nextActs(act, application, current, voices.get(current?.id ?? '') ?? [], notice, await notMine(act, application, current, voices.get(current?.id ?? '') ?? [])),
  };
}

/** The conclusion that a case follows, changes or reviews. */
async function conclusionBefore(act: Act, application: Application | undefined): Promise<Static<typeof ConclusionBeforeSchema> | null> {
  const before = application?.aboutConclusionId ? await findConclusion(act, application.aboutConclusionId) : undefined;
  if (!before) return null;
  const { id, number, effectiveOn, validUntilOn, endedOn } = before;
  return { id, number, effectiveOn, validUntilOn, endedOn, ...gradeNamed(act, before.grade, before.scaleId) };
}

function shown(act: Act, application: Application, assessment: Assessment, all: readonly Confirmation[]): Static<typeof AssessmentSchema> {
  const voices = voicesHidden(act, application, assessment, all) ? [] : all;
  const { districtCode: _district, applicationId: _application, personId: _person, townshipCode: _township, assessorAccountId: _assessor, secondAccountId: _second, points, ...rest } = assessment;
  return { ...rest, sums: sumsOf(act, assessment.scaleId, points), ...gradeNamed(act, assessment.grade, assessment.scaleId), confirmations: voices.map(({ expertAccountId: _expert, ...voice }) => voice) };
}

/** The stored points of each dimension under its name in the edition. */
function sumsOf(act: Act, scaleId: string, points: Record<string, number>): Static<typeof AssessmentSchema>['sums'] {
  return progressOf(act.policy.editionById(scale, scaleId).value, {}).map(({ code, zh, en, maxPoints, inHundredths }) => ({ dimension: code, zh, en, points: points[code] ?? 0, maxPoints, inHundredths }));
}

/** Why the voice on an assessed case is not the actor's to give: was on site, or was not drawn. */
async function notMine(act: Act, application: Application, current: Assessment | undefined, voices: readonly Confirmation[]): Promise<Refusal | undefined> {
  if (!current || application.state !== 'scored' || !may(act.actor, ACT_PERMISSION.confirm)) return undefined;
  if (await ownVisit(act, application, current)) return new Refusal('CONFIRMATION_OWN_VISIT');
  if (!drawAsked(act.policy, application.filedOn)) return undefined;
  return askedNow(act, application, await listCalls(act, current), voices).includes(act.actor.accountId) ? undefined : new Refusal('CONFIRMATION_NOT_DRAWN');
}

/** The acts of the actor's role, each with the refusal that it would meet now. */
function nextActs(act: Act, application: Application, current: Assessment | undefined, voices: readonly Confirmation[], notice: Notice | undefined, voiceNotMine: Refusal | undefined): Static<typeof NextActSchema>[] {
  return ACTS.filter((one) => may(act.actor, ACT_PERMISSION[one])).map((one) => {
    const no = refusalOf(act, one, application, current, voices, notice) ?? (one === 'confirm' ? voiceNotMine : undefined);
    return no ? { act: one, allowed: false, why: { code: no.code, params: no.params } } : { act: one, allowed: true };
  });
}

function refusalOf(act: Act, one: ApplicationAct, application: Application, current: Assessment | undefined, voices: readonly Confirmation[], notice: Notice | undefined): Refusal | undefined {
  if (!mayAct(one, application.state)) return new Refusal('APPLICATION_STATE', stateParams(application.state));
  if (one === 'accept') return preReviewHindrance(application);
  if (one === 'publish' || one === 'conclude') {
    const waits = supplyHindrance(application);
    if (waits) return waits;
    const unchecked = one === 'publish' ? checkHindrance(act, application) : undefined;
    if (unchecked) return unchecked;
  }
  if (one === 'assess' && act.actor.institutionId !== application.institutionId) return new Refusal('ASSESSMENT_INSTITUTION');
  if (one === 'confirm' && current?.assessorAccountId === act.actor.accountId) return new Refusal('FOUR_EYES');
  if (one === 'confirm' && voices.some((voice) => voice.expertAccountId === act.actor.accountId)) return new Refusal('CONFIRMATION_TWICE');
  return one === 'conclude' && notice ? hindrance(notice) : undefined;
}

/** A conclusion as the list shows it. */
export function conclusionRow(act: Act, conclusion: Conclusion): Static<typeof ConclusionRowSchema> {
  const { scaleId, assessmentId: _assessment, noticeId: _notice, concludedAt: _at, ...rest } = conclusion;
  return { ...rest, ...gradeNamed(act, conclusion.grade, scaleId), state: conclusionState(conclusion, act.today) };
}

export async function pageOfConclusions(act: Act, query: ConclusionQuery): Promise<{ rows: Static<typeof ConclusionRowSchema>[]; total: number }> {
  const page = await listConclusions(act, query);
  return { rows: page.rows.map((one) => conclusionRow(act, one)), total: page.total };
}

/** A conclusion in scope; refuses with NOT_FOUND. */
export async function getConclusion(act: Act, id: string): Promise<Conclusion> {
  return (await findConclusion(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/** Where the letter of a conclusion can be checked by anybody who holds it. */
export async function verifyUrlOf(act: Act, conclusion: Conclusion): Promise<string | null> {
  if (conclusion.origin === 'imported') return null;
  return `${act.platform.publicUrl}/letters/${await readCheckCode(act, conclusion.id)}`;
}

/** A conclusion with its way to the letter and what it entitles to. Refuses with NOT_FOUND. */
export async function readConclusion(act: Act, id: string): Promise<Static<typeof ConclusionSchema>> {
  const conclusion = await getConclusion(act, id);
  const entitlement = decideEntitlement(conclusion.grade, conclusion.effectiveOn, act.policy);
  const { assessmentId, noticeId, concludedAt } = conclusion;
  return {
    ...conclusionRow(act, conclusion), assessmentId, noticeId, concludedAt, before: conclusion.applicationId ? await conclusionBefore(act, await findApplication(act, conclusion.applicationId)) : null, entitled: entitlement.value, entitlementReasons: entitlement.reasons, verifyUrl: await verifyUrlOf(act, conclusion),
  };
}

/** What the holder of a letter may check by its code, without sign-in. Refuses with NOT_FOUND. */
export async function readLetterCheck(act: Act, code: string): Promise<Static<typeof LetterCheckSchema>> {
  const letter = (await checkLetter(act, code)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  return { ...letter, ...gradeNamed(act, letter.grade, null), state: conclusionState(letter, act.today) };
}

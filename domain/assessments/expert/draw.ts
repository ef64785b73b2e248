/** Drawing the experts who confirm: by lot from a committed seed, kept as a decision that anybody can compute again. */
import { dayOf } from '#kit/days.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { standingsOf } from '#domain/workers/index.ts';
import { getCurrentAssessment, recordStep, takeInHand } from '../actions/case.ts';
import { avoidanceOf, avoidsPerson } from '../dispatch/avoid.ts';
import type { Application } from '../store/application.ts';
import { findAssessment, listConfirmations } from '../store/assessment.ts';
import type { Assessment } from '../store/assessment.ts';
import { drawAsked, drawExperts, expertsNeeded } from './rules.ts';
import { commitDraws, insertCalls, listCalls, listEligible, revealDraw } from './store.ts';
import type { EligibleExpert } from './store.ts';

/**
 * Publishes the commitments of the next draws of cases of one district, where their city draws the experts: at each dispatch a new one (`anew`), which the institution that
 * has the case now can read; otherwise only where there is none.
 */
export async function commitBeforehand(act: Act, districtCode: string, applications: readonly Pick<Application, 'id' | 'filedOn'>[], how: { anew: boolean }): Promise<void> {
  const asked = applications.filter((one) => drawAsked(act.policy, one.filedOn));
  if (asked.length > 0) await commitDraws(act, districtCode, asked.map((one) => one.id), how);
}

/** Draws the experts for an assessment just recorded, where the city asks for it. */
export async function drawForAssessment(act: Act, application: Application, assessmentId: string): Promise<void> {
  if (!drawAsked(act.policy, application.filedOn)) return;
  const assessment = await findAssessment(act, assessmentId);
  assert(assessment, 'the assessment was just recorded');
  await draw(act, application, assessment, 1, [], null);
}

/**
 * Draws again: one drawn can no longer take part, or too few were there; who has voted stays. Refuses with NOT_FOUND, APPLICATION_STATE, and
 * DRAW_STANDS where nothing would change.
 */
export async function drawAgain(act: Act, applicationId: string, note: string): Promise<{ drawn: number; decisionId: string }> {
  const application = await takeInHand(act, applicationId, 'confirm');
  const assessment = await getCurrentAssessment(act, application);
  const calls = await listCalls(act, assessment);
  const voted = ((await listConfirmations(act, [assessment.id])).get(assessment.id) ?? []).map((one) => one.expertAccountId);
  const eligible = await eligibleFor(act, application, assessment);
  const gone = calls.some((call) => !voted.includes(call.expertAccountId) && !eligible.some((one) => one.accountId === call.expertAccountId));
  const more = calls.length < mostOf(act, application) && eligible.some((one) => !calls.some((call) => call.expertAccountId === one.accountId));
  if (!drawAsked(act.policy, application.filedOn) || (!gone && !more && calls.length > 0)) refuse('DRAW_STANDS', { drawn: calls.length }, { status: 409 });
  return draw(act, application, assessment, (calls[0]?.draw ?? 0) + 1, voted, note.trim());
}

/** Experts who may be drawn: active in the register where the city asks for entry, within the case's area, neither on site nor to be avoided. */
export async function eligibleFor(act: Act, application: Application, assessment: Assessment): Promise<EligibleExpert[]> {
  const avoided = await avoidanceOf(act, application);
  const free = (await listEligible(act, assessment)).filter((one) => !avoided.some((ground) => avoidsPerson(ground, one)));
  const standings = await standingsOf(act, free.map((one) => one.accountId), application.filedOn);
  return free.filter((one) => standings.get(one.accountId)?.value === 'active');
}

function mostOf(act: Act, application: Application): number {
  const { needed, atMost } = expertsNeeded(act.policy, application.filedOn);
  return Math.max(needed.value, atMost?.value ?? 0);
}

async function draw(act: Act, application: Application, assessment: Assessment, nth: number, stay: readonly string[], note: string | null): Promise<{ drawn: number; decisionId: string }> {
  const { districtCode, townshipCode } = application;
  const seed = await revealDraw(act, application);
  assert(seed, `the draw of ${application.number} was committed beforehand`);
  const eligible = await eligibleFor(act, application, assessment);
  const decision = drawExperts({ number: application.number, filedOn: application.filedOn, day: dayOf(new Date(assessment.recordedAt)), ...seed, eligible: eligible.map((one) => one.accountId), stay: [...stay], count: mostOf(act, application) }, act.policy);
  // Without the person, and by accounts alone: neither family nor institution learns beforehand who will confirm.
  const decisionId = await keepDecision(act, decision, { districtCode, townshipCode, subjectType: 'assessment', subjectId: assessment.id, institutionId: act.actor.institutionId, decidedOn: act.today });
  const drawn = decision.value.drawn.map((account) => eligible.find((one) => one.accountId === account)!);
  if (drawn.length > 0) await insertCalls(act, assessment, nth, drawn, decisionId);
  await recordStep(act, application, nth === 1 ? 'expertsDrawn' : 'expertsDrawnAgain', { note, data: { drawn: drawn.length, eligible: eligible.length } });
  return { drawn: drawn.length, decisionId };
}

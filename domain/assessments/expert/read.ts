/** What is shown of experts, check and returns, each reader seeing what may be seen. */
import type { Static } from '@sinclair/typebox';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { may } from '#platform/scope/actor.ts';
import { getApplication } from '../actions/case.ts';
import { askedNow } from '../actions/confirm.ts';
import { findApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { findAssessment, listAssessments, listConfirmations } from '../store/assessment.ts';
import type { Assessment, Confirmation } from '../store/assessment.ts';
import type { ScrutinySchema } from './contract.ts';
import { expertsLacking } from './model.ts';
import { checkAsked, drawAsked, expertsNeeded, returnsAllowed } from './rules.ts';
import { findCheck, findCommitment, findVoicesDecision, listCalls, listReturns } from './store.ts';
import type { CaseReturn, ExpertCall } from './store.ts';

export { listReturns } from './store.ts';

/** An expert who has not voted yet does not see what the others said while the voices are open. */
export function voicesHidden(act: Act, application: Pick<Application, 'state'>, assessment: Pick<Assessment, 'supersededAt'>, voices: readonly Confirmation[]): boolean {
  return application.state === 'scored' && assessment.supersededAt === null && may(act.actor, 'assessments.confirm') && !voices.some((one) => one.expertAccountId === act.actor.accountId);
}

/** How the result of an application is looked at. Refuses with NOT_FOUND. */
export async function readScrutiny(act: Act, applicationId: string): Promise<Static<typeof ScrutinySchema>> {
  const application = await getApplication(act, applicationId);
  const current = (await listAssessments(act, applicationId)).find((one) => one.supersededAt === null);
  const voices = current ? ((await listConfirmations(act, [current.id])).get(current.id) ?? []) : [];
  const calls = current ? await listCalls(act, current) : [];
  const hidden = current !== undefined && voicesHidden(act, application, current, voices);
  const { needed, atMost } = expertsNeeded(act.policy, application.filedOn);
  const asksDraw = drawAsked(act.policy, application.filedOn);
  const returns = (await listReturns(act, { application: applicationId, pageSize: 50 })).rows.sort((a, b) => a.nth - b.nth);
  return {
    assessmentId: current?.id ?? null, needed: needed.value, atMost: atMost?.value ?? null,
    drawAsked: asksDraw, drawDecisionId: maySeeDraw(act) ? (calls[0]?.decisionId ?? null) : null, commitment: asksDraw ? ((await findCommitment(act, application)) ?? null) : null,
    drawn: drawnShown(act, application, calls, voices), lacking: asksDraw && application.state === 'scored' ? expertsLacking(calls.length, hidden ? [] : voices, needed.value, atMost?.value ?? null) : 0,
    voices: voices.length, hidden: hidden && voices.length > 0, voicesDecisionId: current ? await findVoicesDecision(act, current.id) : null,
    checkAsked: checkAsked(act.policy, application.filedOn), check: (current && (await findCheck(act, current))) ?? null,
    returns, changeInstitution: may(act.actor, 'assessments.dispatch') ? changeHint(act, application, returns) : null,
  };
}

/** Of which application an assessment is; without it where the reader may open only the assessment. Refuses with NOT_FOUND. */
export async function caseOf(act: Act, assessmentId: string): Promise<{ applicationId: string | null; number: string | null }> {
  const assessment = (await findAssessment(act, assessmentId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const application = await findApplication(act, assessment.applicationId);
  return { applicationId: application?.id ?? null, number: application?.number ?? null };
}

/** The office of the area knows who was drawn; an expert only the own place. */
function maySeeDraw(act: Act): boolean {
  return act.actor.area !== null && !may(act.actor, 'assessments.confirm');
}

function drawnShown(act: Act, application: Application, calls: readonly ExpertCall[], voices: readonly Confirmation[]): Static<typeof ScrutinySchema>['drawn'] {
  const asked = askedNow(act, application, calls, voices);
  return calls.map(({ place, expertName, expertAccountId }) => {
    const own = expertAccountId === act.actor.accountId;
    return { place, own, name: own || maySeeDraw(act) ? expertName : null, voted: voices.some((one) => one.expertAccountId === expertAccountId), asked: asked.includes(expertAccountId) };
  });
}

/** After so many returns the institution in charge is not the right one; upheld objections already go elsewhere. */
function changeHint(act: Act, application: Application, returns: readonly CaseReturn[]): Static<typeof ScrutinySchema>['changeInstitution'] {
  const max = returnsAllowed(act.policy, application.filedOn);
  const own = returns.filter((one) => one.by !== 'objection' && one.institutionId === application.institutionId);
  if (max === null || application.state !== 'dispatched' || own.length < max) return null;
  return { returns: own.length, max, institutionName: own[0]?.institutionName ?? null };
}

/** Experts who did not assess confirm the result; where they disagree another one is asked, and enough disagreement sends it back. */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { Heard } from '#platform/module.ts';
import { demandFitExpert } from '../dispatch/guard.ts';
import type { ConfirmBodySchema } from '../expert/contract.ts';
import { expertsAsked } from '../expert/model.ts';
import type { DisputedItem } from '../expert/model.ts';
import { demandItems, returnCase } from '../expert/return.ts';
import { decideVoices, drawAsked, expertsNeeded, ownVisitAllowed } from '../expert/rules.ts';
import { listCalls } from '../expert/store.ts';
import type { ExpertCall } from '../expert/store.ts';
import { RETURN_AFTER_OBJECTION } from '../model.ts';
import type { ApplicationState } from '../model.ts';
import { demandVideo } from '../onsite/actions/demand-video.ts';
import { presentAt, samePerson } from '../onsite/present.ts';
import { scale } from '../policy.ts';
import { isOption } from '../scale/grade.ts';
import { findApplication, moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { findAssessment, insertConfirmation, listConfirmations } from '../store/assessment.ts';
import type { Assessment, Confirmation } from '../store/assessment.ts';
import { recordStep, takeInHand } from './case.ts';
import { demandOtherPersons } from './kind.ts';

/**
 * One expert's voice on an assessment, counted by rule: as many agreeing ones as assessments.confirmExperts asks for confirm it; where the
 * first ones disagree another expert decides, and the case goes back once agreement can no longer be reached. What a voice says stays hidden from the
 * others until they have given theirs. Refuses with FOUR_EYES for the assessor, CONFIRMATION_OWN_VISIT for who was on site (unless the city lets them), CONFIRMATION_NOT_DRAWN, CONFIRMATION_TWICE,
 * CONFIRMATION_NOTE, RETURN_ITEM_UNKNOWN, ASSESSMENT_SUPERSEDED, APPLICATION_STATE, REVIEW_SAME_PERSON, ASSESSOR_RECUSED, ASSESSOR_NOT_ACTIVE, and an agreeing one with
 * SITE_VISIT_NEEDED or VIDEO_FULL_NEEDED where the video is demanded and not complete.
 */
export async function confirmAssessment(act: Act, assessmentId: string, body: Static<typeof ConfirmBodySchema>): Promise<{ state: ApplicationState }> {
  const known = (await findAssessment(act, assessmentId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (known.supersededAt !== null) refuse('ASSESSMENT_SUPERSEDED', {}, { status: 409 });
  const application = await takeInHand(act, known.applicationId, 'confirm');
  const earlier = (await listConfirmations(act, [known.id])).get(known.id) ?? [];
  await demandMayVote(act, application, known, earlier);
  const note = body.note?.trim() || null;
  const items: DisputedItem[] = body.agrees ? [] : (body.items ?? []);
  if (!body.agrees && note === null) refuse('CONFIRMATION_NOTE', {}, { errors: [{ column: 'note', value: '', code: 'CONFIRMATION_NOTE' }] });
  demandDisputed(act, known, items);
  if (body.agrees) await demandVideo(act, application, known);
  const voice = { id: newId<'confirmation'>(act.now.getTime()), agrees: body.agrees, note, reason: body.agrees ? null : (body.reason ?? 'other'), items };
  if (!(await insertConfirmation(act, known, voice))) refuse('CONFIRMATION_TWICE', {}, { status: 409 });
  // The event names the expert, not the voice: the next one is not to be led by it.
  await recordEvent(act, {
    districtCode: known.districtCode, kind: 'assessments.expertVoted', subjectType: 'assessment', subjectId: known.id, personId: known.personId,
    townshipCode: known.townshipCode, institutionId: known.institutionId, data: { number: application.number, applicationId: application.id },
  });
  return decide(act, application, known, (await listConfirmations(act, [known.id])).get(known.id) ?? []);
}

/** What the voices so far lead to; a decision is kept once they decide. */
async function decide(act: Act, application: Application, assessment: Assessment, voices: readonly Confirmation[]): Promise<{ state: ApplicationState }> {
  const agreed = voices.filter((one) => one.agrees).length;
  const decision = decideVoices({ filedOn: application.filedOn, agreed, disagreed: voices.length - agreed }, act.policy);
  if (decision.value === 'waiting') return { state: application.state };
  const { districtCode, personId, townshipCode, institutionId, id } = assessment;
  await keepDecision(act, decision, { districtCode, personId, townshipCode, institutionId, subjectType: 'assessment', subjectId: id, decidedOn: act.today });
  if (decision.value === 'confirmed') {
    await moveApplication(act, application, { state: 'confirmed' });
    await recordStep(act, application, 'confirmed', { data: { experts: agreed, disagreed: voices.length - agreed } });
    return { state: 'confirmed' };
  }
  const against = voices.filter((one) => !one.agrees);
  const items = [...new Set(against.flatMap((one) => one.items.map((item) => item.code)))];
  return returnCase(act, application, assessment, { by: 'experts', reason: against.find((one) => one.reason !== 'other')?.reason ?? 'other', items, note: against.map((one) => one.note).filter(Boolean).join('；').slice(0, 1000) || null });
}

/** Refuses who may not give a voice on this assessment. */
async function demandMayVote(act: Act, application: Application, assessment: Assessment, earlier: readonly Confirmation[]): Promise<void> {
  if (assessment.assessorAccountId === act.actor.accountId) refuse('FOUR_EYES', {}, { status: 403 });
  if (earlier.some((one) => one.expertAccountId === act.actor.accountId)) refuse('CONFIRMATION_TWICE', {}, { status: 409 });
  if (await ownVisit(act, application, assessment)) refuse('CONFIRMATION_OWN_VISIT', {}, { status: 403 });
  await demandOtherPersons(act, application);
  await demandFitExpert(act, application);
  if (!drawAsked(act.policy, application.filedOn)) return;
  const asked = askedNow(act, application, await listCalls(act, assessment), earlier);
  if (!asked.includes(act.actor.accountId)) refuse('CONFIRMATION_NOT_DRAWN', {}, { status: 403 });
}

/** The actor was on site for the assessment, in a case whose city does not let them confirm that visit. */
export async function ownVisit(act: Act, application: Pick<Application, 'filedOn'>, assessment: Assessment): Promise<boolean> {
  if (ownVisitAllowed(act.policy, application.filedOn)) return false;
  const me = { accountId: act.actor.accountId, name: act.actor.name };
  return (await presentAt(act, assessment)).some((one) => samePerson(one, me));
}

/** Accounts of drawn experts who are asked now: those who have voted, and as many more, in the order of the draw, as are awaited. */
export function askedNow(act: Act, application: Pick<Application, 'filedOn'>, calls: readonly ExpertCall[], voices: readonly Confirmation[]): string[] {
  const { needed, atMost } = expertsNeeded(act.policy, application.filedOn);
  const voted = voices.map((one) => one.expertAccountId);
  const others = calls.map((one) => one.expertAccountId).filter((account) => !voted.includes(account));
  return [...voted, ...others.slice(0, Math.max(0, expertsAsked(voices, needed.value, atMost?.value ?? null) - voted.length))];
}

/** Items in dispute belong to the scale, with points that the item offers. */
function demandDisputed(act: Act, assessment: Assessment, items: readonly DisputedItem[]): void {
  demandItems(act, assessment, items.map((one) => one.code));
  const edition = act.policy.editionById(scale, assessment.scaleId).value;
  const foreign = items.find((one) => one.points !== undefined && !isOption(edition, one.code, one.points));
  if (foreign) refuse('ASSESSMENT_ANSWER_FOREIGN', { item: foreign.code, value: String(foreign.points) }, { errors: [{ column: 'items', value: String(foreign.points), code: 'ASSESSMENT_ANSWER_FOREIGN', params: { item: foreign.code, value: String(foreign.points) } }] });
}

/** After an upheld objection (event notices.objectionAnswered) the case is assessed anew, by somebody else. Safe to repeat. */
export async function returnAfterObjection(act: Act, heard: Heard): Promise<void> {
  if (heard.data['upheld'] !== true) return;
  const assessment = await findAssessment(act, String(heard.data['about']));
  if (!assessment) return;
  const application = await findApplication(act, assessment.applicationId, { lock: true });
  if (application?.state !== RETURN_AFTER_OBJECTION.from || (await findAssessment(act, assessment.id))?.supersededAt !== null) return;
  await returnCase(act, application, assessment, { by: 'objection', reason: 'other', items: [], note: null });
}

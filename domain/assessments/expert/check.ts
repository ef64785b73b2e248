/** The commissioned insurer's check of a confirmed result, before its notice (facts §5.1 agency_check; SEED-2). */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { refuse, Refusal } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { getCurrentAssessment, recordStep, takeInHand } from '../actions/case.ts';
import type { ApplicationState } from '../model.ts';
import { moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { listConfirmations } from '../store/assessment.ts';
import type { Assessment } from '../store/assessment.ts';
import type { CheckBodySchema } from './contract.ts';
import { CHECK_POINTS } from './model.ts';
import { returnCase } from './return.ts';
import { checkAsked } from './rules.ts';
import { insertCheck } from './store.ts';

type CheckBody = Static<typeof CheckBodySchema>;

/**
 * Checks a confirmed result point by point. Passed: it may be published. Returned, with reason and note: it is assessed anew. Refuses with
 * NOT_FOUND, APPLICATION_STATE, CHECK_OWN_PART (who assessed or confirmed does not check), CHECK_POINTS_OPEN {points}, CHECK_REASON, RETURN_ITEM_UNKNOWN.
 */
export async function checkResult(act: Act, applicationId: string, body: CheckBody): Promise<{ state: ApplicationState }> {
  const application = await takeInHand(act, applicationId, 'check');
  const assessment = await getCurrentAssessment(act, application);
  await demandNoPart(act, assessment);
  const note = body.note?.trim() || null;
  const open = CHECK_POINTS.filter((point) => (body.result === 'passed' ? body.checklist[point] !== true : body.checklist[point] === undefined));
  if (open.length > 0) refuse('CHECK_POINTS_OPEN', { points: open.length }, { errors: open.map((point) => ({ column: point, value: '', code: 'CHECK_POINT_OPEN', params: { point } })) });
  const { reason } = body;
  if (body.result === 'returned' && (reason === undefined || note === null)) refuse('CHECK_REASON', {}, { errors: [{ column: reason === undefined ? 'reason' : 'note', value: '', code: 'CHECK_REASON' }] });
  await insertCheck(act, assessment, { id: newId<'insurerCheck'>(act.now.getTime()), result: body.result, checklist: body.checklist, note });
  if (body.result === 'returned') return returnCase(act, application, assessment, { by: 'insurerCheck', reason: reason!, items: body.items ?? [], note });
  await moveApplication(act, application, { state: 'checked' });
  await recordStep(act, application, 'checked', { note, data: { points: CHECK_POINTS.length } });
  return { state: 'checked' };
}

async function demandNoPart(act: Act, assessment: Assessment): Promise<void> {
  const voices = (await listConfirmations(act, [assessment.id])).get(assessment.id) ?? [];
  const account = act.actor.accountId;
  if (assessment.assessorAccountId === account || voices.some((one) => one.expertAccountId === account)) refuse('CHECK_OWN_PART', {}, { status: 403 });
}

/** Why a confirmed result may not be published yet: the city asks for the check. */
export function checkHindrance(act: Act, application: Pick<Application, 'state' | 'filedOn'>): Refusal | undefined {
  return application.state === 'confirmed' && checkAsked(act.policy, application.filedOn) ? new Refusal('CHECK_MISSING', {}, { status: 409 }) : undefined;
}

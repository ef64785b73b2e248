/** A result sent back to be assessed anew: one way for experts, the insurer's check, the agency and an upheld objection. */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { getCurrentAssessment, recordStep, stateParams } from '../actions/case.ts';
import { RETURN_AFTER_OBJECTION } from '../model.ts';
import type { ApplicationState } from '../model.ts';
import { scale } from '../policy.ts';
import { findApplication, moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { supersedeAssessment } from '../store/assessment.ts';
import type { Assessment, SupersededBy } from '../store/assessment.ts';
import type { ReturnBodySchema } from './contract.ts';
import type { Returner, ReturnReason } from './model.ts';
import { drawAsked, returnDue } from './rules.ts';
import { commitDraws, insertReturn } from './store.ts';

export interface Back {
  by: Returner;
  reason: ReturnReason;
  /** Items of the scale in doubt. */
  items: readonly string[];
  note: string | null;
}

const SUPERSEDED: Record<Returner, SupersededBy> = { experts: 'disagreement', insurerCheck: 'insurerCheck', agency: 'agency', objection: 'objection' };
const STEP: Record<Returner, string> = { experts: 'returned', insurerCheck: 'returnedByCheck', agency: 'returnedByAgency', objection: 'returnedAfterObjection' };

/**
 * Sends a case back: its assessment counts no longer, the working days begin again, the return is on record with reason, items, deadline
 * and its number within the case. The institution mends it; after an upheld objection it may not, and the case waits for dispatch to
 * another one, with which its next draw is committed. The application is locked. Refuses with RETURN_ITEM_UNKNOWN.
 */
export async function returnCase(act: Act, application: Application, assessment: Assessment, back: Back): Promise<{ state: ApplicationState }> {
  demandItems(act, assessment, back.items);
  await supersedeAssessment(act, assessment, SUPERSEDED[back.by]);
  const due = returnDue(act.policy, application.filedOn, act.today);
  const nth = await insertReturn(act, assessment, { id: newId<'caseReturn'>(act.now.getTime()), ...back, ...due });
  const goesOn = back.by === 'objection';
  const state = goesOn ? RETURN_AFTER_OBJECTION.to : 'dispatched';
  await moveApplication(act, application, { state, returnedOn: act.today, ...(goesOn ? { institutionId: null } : {}) });
  // A commitment is read by the institution that it was made with: here nobody has the case yet.
  if (!goesOn && drawAsked(act.policy, application.filedOn)) await commitDraws(act, application.districtCode, [application.id], { anew: true });
  await recordStep(act, application, STEP[back.by], { note: back.note, data: { reason: back.reason, nth, dueOn: due.dueOn } });
  return { state };
}

/** The agency sends a result back before it is published. Refuses with NOT_FOUND, APPLICATION_STATE, RETURN_ITEM_UNKNOWN. */
export async function returnByAgency(act: Act, applicationId: string, body: Static<typeof ReturnBodySchema>): Promise<{ state: ApplicationState }> {
  const application = (await findApplication(act, applicationId, { lock: true })) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (!['scored', 'confirmed', 'checked'].includes(application.state)) refuse('APPLICATION_STATE', stateParams(application.state), { status: 409 });
  return returnCase(act, application, await getCurrentAssessment(act, application), { by: 'agency', reason: body.reason, items: body.items ?? [], note: body.note.trim() });
}

/** Items that somebody names belong to the scale of the assessment. Refuses with RETURN_ITEM_UNKNOWN {item}. */
export function demandItems(act: Act, assessment: Assessment, codes: readonly string[]): void {
  const items = act.policy.editionById(scale, assessment.scaleId).value.items;
  const unknown = codes.find((code) => !items.some((item) => item.code === code));
  if (unknown !== undefined) refuse('RETURN_ITEM_UNKNOWN', { item: unknown }, { errors: [{ column: 'items', value: unknown, code: 'RETURN_ITEM_UNKNOWN', params: { item: unknown } }] });
}

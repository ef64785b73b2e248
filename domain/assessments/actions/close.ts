/** Ending a case without a conclusion: withdrawn at the applicant's wish, or closed because papers were missed, the person died, or on a ground of the agency. */
import type { Decision } from '#kit/decision.ts';
import type { Day } from '#kit/days.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import type { Heard } from '#platform/module.ts';
import { takeDownNotice } from '#domain/notices/index.ts';
import { CLOSE_FROM } from '../model.ts';
import type { ApplicationState, CloseGround, CloseReason } from '../model.ts';
import { decideClosing } from '../rules/closing.ts';
import { findApplication, findOpenApplication, moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { findCurrentAssessment } from '../store/assessment.ts';
import { getApplication, recordStep, takeInHand } from './case.ts';

/** Withdraws an application at the applicant's wish; what hangs out is taken down. Refuses with NOT_FOUND or APPLICATION_STATE. */
export async function withdrawApplication(act: Act, id: string, reason: string): Promise<{ state: ApplicationState }> {
  const application = await takeInHand(act, id, 'withdraw');
  await takeDown(act, application);
  await moveApplication(act, application, { state: 'withdrawn' });
  await recordStep(act, application, 'applicationWithdrawn', { note: reason.trim() });
  return { state: 'withdrawn' };
}

/** The same for an own person; the agency's own spot check is not the family's to withdraw. Refuses with NOT_FOUND, APPLICATION_STATE, WITHDRAW_SPOT_CHECK. */
export async function withdrawOwn(act: Act, id: string, reason: string): Promise<{ state: ApplicationState }> {
  const application = await getApplication(act, id);
  if (!act.actor.persons.some((one) => one.personId === application.personId)) refuse('NOT_FOUND', {}, { status: 404 });
  if (application.kind === 'spotCheck') refuse('WITHDRAW_SPOT_CHECK', {}, { status: 409 });
  return withdrawApplication(act, id, reason);
}

/** The agency ends an accepted case on a coded ground; the decision is kept, what hangs out is taken down. Refuses with NOT_FOUND or APPLICATION_STATE. */
export async function closeByOffice(act: Act, id: string, { ground, note }: { ground: CloseGround; note: string }): Promise<{ state: ApplicationState }> {
  const application = await takeInHand(act, id, 'close');
  const decision = decideClosing({ closeGround: ground, note: note.trim(), on: application.filedOn }, act.policy);
  await closeApplication(act, application, ground, { decision, note: note.trim(), data: { groundZh: decision.value.groundZh, groundEn: decision.value.groundEn } });
  return { state: 'closed' };
}

const CLOSED_STEP: Partial<Record<CloseReason, string>> = { SUPPLY_MISSED: 'closedSupplyMissed', PERSON_DECEASED: 'closedAfterDeath' };

/** Closes a locked case that is still under way; false when it is not, so that a repeated run does nothing twice. */
export async function closeApplication(act: Act, application: Application, reason: CloseReason, more: { decision?: Decision; comeAgainOn?: Day; note?: string; data?: Record<string, unknown> } = {}): Promise<boolean> {
  if (!CLOSE_FROM.includes(application.state)) return false;
  const { districtCode, personId, townshipCode } = application;
  const decisionId = more.decision && (await keepDecision(act, more.decision, { districtCode, personId, townshipCode, subjectType: 'application', subjectId: application.id, decidedOn: application.filedOn }));
  await takeDown(act, application);
  await moveApplication(act, application, { state: 'closed', closedReason: reason, ...(decisionId ? { decisionId } : {}), ...(more.comeAgainOn ? { comeAgainOn: more.comeAgainOn } : {}) });
  await recordStep(act, application, CLOSED_STEP[reason] ?? 'closedByOffice', { note: more.note ?? null, data: { ...more.data, ...(more.comeAgainOn ? { comeAgainOn: more.comeAgainOn } : {}) } });
  return true;
}

/** A result that hangs out is taken down when its case ends. */
async function takeDown(act: Act, application: Application): Promise<void> {
  if (application.state !== 'onNotice') return;
  const assessment = await findCurrentAssessment(act, application.id);
  if (assessment) await takeDownNotice(act, application.districtCode, assessment.id);
}

/** After a recorded death the open case of the person is closed. */
export async function closeAfterDeath(act: Act, heard: Heard): Promise<void> {
  if (heard.personId === null) return;
  const open = await findOpenApplication(act, heard.personId);
  const application = open && (await findApplication(act, open.id, { lock: true }));
  if (application) await closeApplication(act, application, 'PERSON_DECEASED', { data: { deceasedOn: heard.data['deceasedOn'] ?? null } });
}

/** What recording an assessment asks of the order and of those who assess. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { demandActiveAssessor } from '#domain/workers/index.ts';
import type { Application } from '../store/application.ts';
import { demandMends } from './anew.ts';
import { demandNoInterest } from './avoid.ts';
import { mustBeTaken } from './limits.ts';
import { findCurrentOrder } from './store.ts';

/**
 * Before an assessment is recorded. Refuses with ORDER_NOT_TAKEN or ORDER_NOT_ASSIGNED where the city asks for it (cases filed from that day
 * on), ORDER_OTHER_PERSON when somebody else was sent, RETURN_OTHER_PERSONS when a returned case is mended by nobody who was on site, ASSESSOR_NOT_ACTIVE, ASSESSOR_RECUSED.
 */
export async function demandSent(act: Act, application: Application, companions: readonly { accountId: string | null; name: string }[]): Promise<void> {
  const person = { accountId: act.actor.accountId, workerId: act.actor.workerId, name: act.actor.name };
  const order = await findCurrentOrder(act, application.id);
  if (order && mustBeTaken(application.filedOn, act.policy)) {
    if (order.state === 'open') refuse('ORDER_NOT_TAKEN', {}, { status: 409 });
    if (order.assessorAccountId === null) refuse('ORDER_NOT_ASSIGNED', {}, { status: 409 });
  }
  if (order && order.assessorAccountId !== null && ![order.assessorAccountId, order.expertAccountId].includes(person.accountId)) {
    refuse('ORDER_OTHER_PERSON', { assessor: order.assessorName, expert: order.expertName }, { status: 403 });
  }
  if (!order) await demandMends(act, application, person, companions);
  await demandActiveAssessor(act, person, application.filedOn);
  await demandNoInterest(act, application, [person, ...companions]);
}

/** Before an expert confirms. Refuses with ASSESSOR_NOT_ACTIVE or ASSESSOR_RECUSED. */
export async function demandFitExpert(act: Act, application: Application): Promise<void> {
  const person = { accountId: act.actor.accountId, workerId: act.actor.workerId, name: act.actor.name };
  await demandActiveAssessor(act, person, application.filedOn);
  await demandNoInterest(act, application, [person]);
}

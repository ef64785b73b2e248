/** From the public notice to the conclusion. */
import { randomBytes } from 'node:crypto';
import { newId } from '#kit/ids.ts';
import { assert, refuse, Refusal } from '#kit/refuse.ts';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { keepDecisions } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import { nextNumber } from '#platform/numbers.ts';
import { completeNotice, holdNoticeOf } from '#domain/notices/index.ts';
import type { Notice } from '#domain/notices/index.ts';
import { decideEntitlement, effectiveFrom, validUntil } from '../rules.ts';
import { supplyHindrance } from '../materials/supply.ts';
import { listConcludable, moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { endConclusionsBefore, insertConclusions, listLaterConclusions, voidConclusion } from '../store/conclusion.ts';
import { getCurrentAssessment, recordStep, takeInHand } from './case.ts';

/** Why a notice does not allow a conclusion yet, or undefined. */
export function hindrance(notice: Notice): Refusal | undefined {
  if (notice.state === 'withdrawn') return new Refusal('NOTICE_WITHDRAWN', { withdrawnOn: notice.withdrawnOn }, { status: 409 });
  if (notice.state === 'running') return new Refusal('NOTICE_STILL_RUNNING', { endsOn: notice.endsOn }, { status: 409 });
  return notice.openObjections > 0 ? new Refusal('OBJECTION_OPEN', { open: notice.openObjections }, { status: 409 }) : undefined;
}

/**
 * Concludes a case whose notice is over. The conclusion takes effect by assessments.benefitStart, counted from the last day of the notice,
 * and holds for assessments.validMonths; an earlier conclusion ends the day before. Refuses with NOTICE_STILL_RUNNING, OBJECTION_OPEN,
 * NOTICE_WITHDRAWN, CONCLUSION_LATER_EXISTS, APPLICATION_STATE.
 */
export async function concludeApplication(act: Act, applicationId: string): Promise<{ id: string; number: string }> {
  const application = await takeInHand(act, applicationId, 'conclude');
  const waits = supplyHindrance(application);
  if (waits) throw waits;
  const assessment = await getCurrentAssessment(act, application);
  const notice = await holdNoticeOf(act, application.districtCode, assessment.id);
  assert(notice, `the application ${application.number} on notice has a notice`);
  const no = hindrance(notice);
  if (no) throw no;
  const start = effectiveFrom(notice.endsOn, act.policy);
  const end = validUntil(start.value, act.policy);
  const id = newId<'conclusion'>(act.now.getTime());
  const number = await nextNumber(act, 'C');
  await giveWay(act, application, start.value, number);
  const { districtCode, personId, townshipCode } = application;
  const about = { districtCode, subjectType: 'conclusion', subjectId: id, personId, townshipCode };
  const entitlement = decideEntitlement(assessment.grade, start.value, act.policy);
  await keepDecisions(act, [start, end, entitlement].map((decision) => ({ decision, subject: { ...about, decidedOn: decision === start ? notice.endsOn : start.value } })));
  await insertConclusions(act, [{
    id, number, districtCode, townshipCode, personId, applicationId, assessmentId: assessment.id, noticeId: notice.id, grade: assessment.grade, concludedOn: act.today,
    effectiveOn: start.value, validUntilOn: end.value, origin: 'assessed', decisionId: assessment.decisionId, checkCode: newCheckCode(),
  }]);
  await completeNotice(act, notice, number);
  await moveApplication(act, application, { state: 'concluded' });
  const data = { number, grade: assessment.grade, effectiveOn: start.value, validUntilOn: end.value, entitled: entitlement.value };
  await recordEvent(act, { ...about, kind: 'assessments.concluded', data: { ...data, applicationId } });
  await recordStep(act, application, 'applicationConcluded', { data: { ...data, conclusionId: id, number: application.number, conclusion: number } });
  return { id, number };
}

/**
 * An earlier conclusion ends where the new one begins. The one that the case is about (a review concluded before the reviewed result began, say) is replaced
 * from its first day and counts on no day; months already closed keep what they were paid by (claims). Any other that begins later is a contradiction to clear up first.
 */
async function giveWay(act: Act, application: Application, effectiveOn: string, by: string): Promise<void> {
  for (const later of await listLaterConclusions(act, application.personId, effectiveOn)) {
    if (later.id !== application.aboutConclusionId) refuse('CONCLUSION_LATER_EXISTS', { number: later.number, effectiveOn: later.effectiveOn }, { status: 409 });
    await voidConclusion(act, later.id);
    const { districtCode, personId, townshipCode } = application;
    await recordEvent(act, { districtCode, kind: 'assessments.conclusionVoided', subjectType: 'conclusion', subjectId: later.id, personId, townshipCode, data: { number: later.number, effectiveOn: later.effectiveOn, by } });
  }
  for (const ended of await endConclusionsBefore(act, application.personId, effectiveOn)) {
    const { districtCode, personId, townshipCode } = application;
    await recordEvent(act, { districtCode, kind: 'assessments.conclusionReplaced', subjectType: 'conclusion', subjectId: ended.id, personId, townshipCode, data: { number: ended.number, endedOn: ended.endedOn } });
  }
}

/** A code for the letter that nobody can guess: 144 bits, url-safe. */
export function newCheckCode(): string {
  return randomBytes(18).toString('base64url');
}

const AT_A_TIME = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Concludes every case whose notice ended without an objection that waits, each in an act of its own: one that is refused (an objection
 * came in between) or fails does not hold up the others. Returns how many were concluded; throws at the end what failed.
 */
export async function concludeEnded(act: Act): Promise<number> {
  const failures: unknown[] = [];
  let concluded = 0;
  for (let after = FIRST, more = true; more; ) {
    const ids = await listConcludable(act, after, AT_A_TIME);
    for (const id of ids) {
      try {
        await runAct(act.platform, act.actor, act.now, (own) => concludeApplication(own, id));
        concluded += 1;
      } catch (error) {
        if (error instanceof Refusal) act.platform.log.warn({ application: id, code: error.code }, 'a case whose notice ended could not be concluded');
        else failures.push(error);
      }
    }
    after = ids.at(-1) ?? after;
    more = ids.length === AT_A_TIME;
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} cases could not be concluded`);
  return concluded;
}

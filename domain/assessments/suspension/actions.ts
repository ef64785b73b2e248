/** Acts on pauses: pause the benefit, open the re-check, record what it came to. */
import type { BodyOf } from '#kit/contract.ts';
import { addDays } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { getPerson } from '#domain/people/index.ts';
import { openSpotCheck } from '../actions/file.ts';
import { findConclusionOn, listCurrentConclusions } from '../store/conclusion.ts';
import type { suspensionContract } from './contract.ts';
import { RECHECK_ITEMS } from './model.ts';
import type { RecheckResult } from './model.ts';
import { closeSuspension, decideRecheckRow, findSuspension, findSuspensionIn, findSuspensionOfRecheck, insertRecheck, insertSuspension, lockPauses } from './store.ts';
import type { Suspension } from './store.ts';

type PauseBody = BodyOf<(typeof suspensionContract)['POST /api/people/{id}/suspensions']>;
type ResultBody = BodyOf<(typeof suspensionContract)['POST /api/rechecks/{id}/result']>;

const aboutOf = ({ districtCode, id, personId, townshipCode }: Suspension) => ({ districtCode, subjectType: 'suspension', subjectId: id, personId, townshipCode });

/** A pause in scope; refuses with NOT_FOUND. */
export async function getSuspension(act: Act, id: string): Promise<Suspension> {
  return (await findSuspension(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
}

/**
 * Pauses the benefit of a person from a day on, that day included, until a re-check lifts it. Days already gone may be named: what was not closed yet is not
 * paid. Refuses with NOT_FOUND, PAUSE_NO_CONCLUSION, PAUSE_DAYS, PAUSE_OPEN.
 */
export async function suspendBenefit(act: Act, personId: string, body: PauseBody): Promise<{ id: string }> {
  const person = await getPerson(act, personId);
  await lockPauses(act, person.id);
  const conclusion = (await listCurrentConclusions(act, [person.id])).get(person.id);
  if (!conclusion) refuse('PAUSE_NO_CONCLUSION', {});
  if (body.fromOn < conclusion.effectiveOn || body.fromOn > (conclusion.endedOn ?? conclusion.validUntilOn)) refuse('PAUSE_DAYS', { fromOn: body.fromOn, effectiveOn: conclusion.effectiveOn, lastDayOn: conclusion.endedOn ?? conclusion.validUntilOn });
  const other = await findSuspensionIn(act, person.id, body.fromOn, null);
  if (other) refuse('PAUSE_OPEN', { fromOn: other.fromOn, toOn: other.toOn }, { status: 409 });
  const id = newId<'suspension'>(act.now.getTime());
  const { districtCode, townshipCode } = person;
  const note = body.note.trim();
  await insertSuspension(act, { id, districtCode, personId: person.id, townshipCode, reason: body.reason, fromOn: body.fromOn, note });
  await recordEvent(act, { districtCode, kind: 'assessments.benefitSuspended', subjectType: 'suspension', subjectId: id, personId: person.id, townshipCode, note, data: { fromOn: body.fromOn, reason: body.reason } });
  return { id };
}

/** Opens the re-check when the person wants service again. Refuses with NOT_FOUND, PAUSE_STATE, RECHECK_OPEN. */
export async function openRecheck(act: Act, suspensionId: string, { askedBy }: { askedBy: string }): Promise<{ id: string }> {
  const suspension = (await findSuspension(act, suspensionId, { lock: true })) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (suspension.state === 'lifted') refuse('PAUSE_STATE', { state: suspension.state }, { status: 409 });
  if (suspension.openRecheckId !== null) refuse('RECHECK_OPEN', {}, { status: 409 });
  const id = newId<'recheck'>(act.now.getTime());
  await insertRecheck(act, suspension, id, askedBy.trim());
  await recordEvent(act, { ...aboutOf(suspension), kind: 'assessments.recheckOpened', data: { askedBy: askedBy.trim() } });
  return { id };
}

/**
 * Records what a re-check came to. `resume` lifts the pause from a day on; `newAssessment` leaves it and opens a status assessment where a conclusion is in force;
 * `endService` ends the service. Refuses with NOT_FOUND, RECHECK_DECIDED, RECHECK_SEEN_ON, RECHECK_CHECKS, RECHECK_RESUMES_ON, RECHECK_NO_CONCLUSION, APPLICATION_OPEN.
 */
export async function decideRecheck(act: Act, recheckId: string, body: ResultBody): Promise<{ result: RecheckResult; applicationId: string | null }> {
  const suspensionId = (await findSuspensionOfRecheck(act, recheckId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const suspension = (await findSuspension(act, suspensionId, { lock: true })) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const recheck = suspension.rechecks.find((one) => one.id === recheckId);
  if (!recheck || recheck.result !== null) refuse('RECHECK_DECIDED', {}, { status: 409 });
  if (body.seenOn < recheck.openedOn || body.seenOn > act.today) refuse('RECHECK_SEEN_ON', { seenOn: body.seenOn, openedOn: recheck.openedOn, today: act.today });
  const resumesOn = body.result === 'resume' ? await demandResumption(act, suspension, body) : null;
  const applicationId = body.result === 'newAssessment' ? await openAssessment(act, suspension, body) : null;
  await decideRecheckRow(act, recheckId, { checks: body.checks, seenOn: body.seenOn, result: body.result, resumesOn, note: body.note.trim(), applicationId });
  if (resumesOn !== null) await closeSuspension(act, suspension.id, { state: 'lifted', toOn: addDays(resumesOn, -1) });
  if (body.result === 'endService') await closeSuspension(act, suspension.id, { state: 'serviceEnded' });
  await recordEvent(act, { ...aboutOf(suspension), ...RESULT_EVENTS[body.result], note: body.note.trim(), data: { seenOn: body.seenOn, resumesOn, fromOn: suspension.fromOn } });
  return { result: body.result, applicationId };
}

const RESULT_EVENTS = {
  resume: { kind: 'assessments.benefitResumed' }, newAssessment: { kind: 'assessments.recheckAsksAssessment' }, endService: { kind: 'assessments.serviceEnded' },
} as const;

/** Service resumes on a day after the pause began and not before the person was seen, with every check passed and a conclusion in force on that day. */
async function demandResumption(act: Act, suspension: Suspension, body: ResultBody): Promise<string> {
  const failed = RECHECK_ITEMS.filter((one) => !body.checks[one]);
  if (failed.length > 0) refuse('RECHECK_CHECKS', { items: failed.length }, { errors: failed.map((column) => ({ column, value: 'false', code: 'RECHECK_CHECK' })) });
  const on = body.resumesOn ?? act.today;
  if (on < body.seenOn || on <= suspension.fromOn) refuse('RECHECK_RESUMES_ON', { resumesOn: on, seenOn: body.seenOn, fromOn: suspension.fromOn });
  if (!(await findConclusionOn(act, suspension.personId, on))) refuse('RECHECK_NO_CONCLUSION', { resumesOn: on });
  return on;
}

/** Where a conclusion is in force the re-check is the ground of a status assessment; where none is, the family files an end-of-term application. */
async function openAssessment(act: Act, suspension: Suspension, body: ResultBody): Promise<string | null> {
  if (!(await findConclusionOn(act, suspension.personId, act.today))) return null;
  const agency = act.policy.about.districts?.find((one) => one.code === suspension.districtCode)?.agency;
  const made = await openSpotCheck(act, suspension.personId, { ground: 'recheckAfterPause', source: `恢复前复核 ${body.seenOn}`, note: body.note, contactPhone: body.contactPhone ?? agency?.phone ?? suspension.phone ?? '' });
  return made.id;
}

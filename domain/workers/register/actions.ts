/** Acts on the register of assessors and experts, and the standing that others ask for before somebody is sent, records or confirms. */
import type { BodyOf } from '#kit/contract.ts';
import type { Static } from '@sinclair/typebox';
import { addDays } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import type { Decision } from '#kit/decision.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { assessorMustBeAdmitted, certificateReminderDays, trainingHoursPerYear } from '../policy.ts';
import { decideStanding } from '../rules/standing.ts';
import type { Standing, StandingFacts } from '../rules/standing.ts';
import { findWorker } from '../store.ts';
import type { Worker } from '../store.ts';
import type { AssessorFileSchema, AssessorRowSchema, registerContract } from './contract.ts';
import { STANDING_WORDS } from './words.ts';
import {
  barredUntil, findEntry, findSuspension, findSuspensionMeeting, insertAdmission, insertDeparture, insertLift, insertSuspension, insertTraining, listEntries, listStandingFacts, readFileOf,
} from './store.ts';
import type { Entry } from './store.ts';

type Body<K extends keyof typeof registerContract> = BodyOf<(typeof registerContract)[K]>;
type Row = Static<typeof AssessorRowSchema>;

const NO_ENTRY = { admittedOn: null, certificateUntilOn: null, leftOn: null, barredUntilOn: null, suspendedFromOn: null, suspendedToOn: null, suspensionReason: null, trainingHours: 0 };

function factsOf(entry: Omit<StandingFacts, 'on' | 'obligedOn'>, on: Day, obligedOn: Day): StandingFacts {
  const { admittedOn, certificateUntilOn, leftOn, barredUntilOn, suspendedFromOn, suspendedToOn, suspensionReason, trainingHours } = entry;
  return { on, obligedOn, admittedOn, certificateUntilOn, leftOn, barredUntilOn, suspendedFromOn, suspendedToOn, suspensionReason, trainingHours };
}

/** The standing of accounts today, by account; `obligedOn` is the day on which the case was filed. Accounts without an entry are judged too. */
export async function standingsOf(act: Act, accountIds: readonly string[], obligedOn: Day): Promise<Map<string, Decision<Standing>>> {
  const entries = await listStandingFacts(act, accountIds, act.today);
  return new Map(accountIds.map((id) => [id, decideStanding(factsOf(entries.find((one) => one.accountId === id) ?? NO_ENTRY, act.today, obligedOn), act.policy)]));
}

/** Refuses with ASSESSOR_NOT_ACTIVE, saying what is missing and since when, unless the account may assess and confirm today. */
export async function demandActiveAssessor(act: Act, person: { accountId: string; name: string }, obligedOn: Day): Promise<void> {
  const standing = (await standingsOf(act, [person.accountId], obligedOn)).get(person.accountId)!;
  if (standing.value === 'active') return;
  refuse('ASSESSOR_NOT_ACTIVE', { name: person.name, fault: standing.value, faultZh: STANDING_WORDS[standing.value].zh, faultEn: STANDING_WORDS[standing.value].en, sinceOn: standing.reasons[0]?.params['sinceOn'] ?? null }, { status: 403, reasons: standing.reasons });
}

/** The last day of a certificate that is listed as expiring today. */
function expiringBy(act: Act): Day {
  return addDays(act.today, act.policy.has(certificateReminderDays, act.today) ? act.policy.figure(certificateReminderDays, act.today).value : 0);
}

function shown(act: Act, entry: Entry): Row {
  const { workerId, districtCode, institutionId, institutionName, name, workerClass, register, certificateNumber, certificateUntilOn, admittedOn, trainingHours, suspendedToOn, leftOn, accountId } = entry;
  return {
    id: workerId, districtCode, institutionId, institutionName, name, workerClass, register, certificateNumber, certificateUntilOn, admittedOn, trainingHours, suspendedToOn, leftOn, hasAccount: accountId !== null,
    certificateExpiring: leftOn === null && certificateUntilOn !== null && certificateUntilOn <= expiringBy(act),
    standing: decideStanding(factsOf(entry, act.today, act.today), act.policy).value,
  };
}

/** One page of the assessors and experts in scope, with their standing today. */
export async function pageOfAssessors(act: Act, query: { q?: string; institution?: string; register?: string; standing?: string; expiring?: boolean; page?: number; pageSize?: number }): Promise<{ rows: Row[]; total: number }> {
  const on = act.today;
  const { rows, total } = await listEntries(act, query, {
    on, entryAsked: act.policy.has(assessorMustBeAdmitted, on) && act.policy.figure(assessorMustBeAdmitted, on).value, hoursNeeded: act.policy.has(trainingHoursPerYear, on) ? act.policy.figure(trainingHoursPerYear, on).value : null,
    expiringBy: query.expiring === true ? expiringBy(act) : null,
  });
  return { rows: rows.map((one) => shown(act, one)), total };
}

/** The whole file of an assessor or expert. Refuses with NOT_FOUND, also for a worker who is neither. */
export async function readAssessor(act: Act, workerId: string): Promise<Static<typeof AssessorFileSchema>> {
  const entry = (await findEntry(act, workerId, act.today)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const { contact, ...file } = await readFileOf(act, workerId);
  return { ...shown(act, entry), ...file, qualification: contact?.qualification ?? null, phone: contact?.phone ?? null, address: contact?.address ?? null, reasons: decideStanding(factsOf(entry, act.today, act.today), act.policy).reasons };
}

/** What an assessor or expert sees of themselves. Refuses with NOT_FOUND for an account without a worker. */
export async function readOwnFile(act: Act): Promise<Static<typeof AssessorFileSchema>> {
  return act.actor.workerId === null ? refuse('NOT_FOUND', {}, { status: 404 }) : readAssessor(act, act.actor.workerId);
}

/** An assessor or expert of the actor's area. Refuses with NOT_FOUND, or ASSESSOR_CLASS for other workers. */
async function getAssessor(act: Act, id: string): Promise<Worker & { register: 'assessor' | 'expert' }> {
  const worker = (await findWorker(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (worker.workerClass !== 'assessor' && worker.workerClass !== 'expert') refuse('ASSESSOR_CLASS', { name: worker.name });
  return { ...worker, register: worker.workerClass };
}

/** One whose entry holds today. Refuses with NOT_FOUND, ASSESSOR_NO_ENTRY. */
async function getAdmitted(act: Act, id: string): Promise<Worker> {
  const worker = await getAssessor(act, id);
  const entry = await findEntry(act, id, act.today);
  if (!entry || entry.admittedOn === null || entry.leftOn !== null) refuse('ASSESSOR_NO_ENTRY', { name: worker.name }, { status: 409 });
  return worker;
}

const about = (worker: Worker) => ({ districtCode: worker.districtCode, subjectType: 'worker', subjectId: worker.id, institutionId: worker.institutionId });

/** Admits to the register, or enters a new certificate. Refuses with ASSESSOR_CLASS, ADMISSION_DAYS, ADMISSION_BARRED (until the day that the exit named). */
export async function admitAssessor(act: Act, id: string, body: Body<'POST /api/assessors/{id}/admissions'>): Promise<{ id: string }> {
  const worker = await getAssessor(act, id);
  if (body.admittedOn > act.today || body.admittedOn < worker.fromOn || body.certificateUntilOn < body.admittedOn) refuse('ADMISSION_DAYS', { fromOn: worker.fromOn, today: act.today });
  const until = await barredUntil(act, worker.identityNumber, body.admittedOn);
  if (until !== null) refuse('ADMISSION_BARRED', { name: worker.name, until }, { status: 409 });
  const admission = { id: newId<'admission'>(act.now.getTime()), register: worker.register, qualification: body.qualification.trim(), certificateNumber: body.certificateNumber.trim(), certificateUntilOn: body.certificateUntilOn, admittedOn: body.admittedOn, phone: body.phone ?? null, address: body.address?.trim() ?? null };
  await insertAdmission(act, worker, admission);
  await recordEvent(act, { ...about(worker), kind: 'workers.assessorAdmitted', data: { name: worker.name, certificateNumber: admission.certificateNumber, certificateUntilOn: body.certificateUntilOn } });
  return { id: admission.id };
}

/** Records a training. Refuses with TRAINING_DAY for a day to come. */
export async function recordTraining(act: Act, id: string, body: Body<'POST /api/assessors/{id}/trainings'>): Promise<{ id: string }> {
  const worker = await getAssessor(act, id);
  if (body.heldOn > act.today) refuse('TRAINING_DAY', { heldOn: body.heldOn });
  const training = { id: newId<'training'>(act.now.getTime()), topic: body.topic.trim(), hours: body.hours, heldOn: body.heldOn, passed: body.passed };
  await insertTraining(act, worker, training);
  await recordEvent(act, { ...about(worker), kind: body.passed ? 'workers.trainingPassed' : 'workers.trainingFailed', data: { name: worker.name, topic: training.topic, hours: body.hours, heldOn: body.heldOn } });
  return { id: training.id };
}

/** Suspends from a day to a day, both counted. Refuses with ASSESSOR_NO_ENTRY, SUSPENSION_DAYS, SUSPENSION_OPEN. */
export async function suspendAssessor(act: Act, id: string, body: Body<'POST /api/assessors/{id}/suspensions'>): Promise<{ id: string }> {
  const worker = await getAdmitted(act, id);
  if (body.toOn < body.fromOn || body.toOn < act.today) refuse('SUSPENSION_DAYS', { fromOn: body.fromOn, toOn: body.toOn });
  const other = await findSuspensionMeeting(act, id, body.fromOn, body.toOn);
  if (other) refuse('SUSPENSION_OPEN', { fromOn: other.fromOn, toOn: other.toOn }, { status: 409 });
  const suspension = { id: newId<'suspension'>(act.now.getTime()), fromOn: body.fromOn, toOn: body.toOn, reason: body.reason, source: body.source.trim(), note: body.note.trim() };
  await insertSuspension(act, worker, suspension);
  await recordEvent(act, { ...about(worker), kind: 'workers.assessorSuspended', note: suspension.note, data: { name: worker.name, fromOn: body.fromOn, toOn: body.toOn, reason: body.reason, source: suspension.source } });
  return { id: suspension.id };
}

/** Lifts a suspension from a day on. Refuses with SUSPENSION_LIFT_DAY, SUSPENSION_LIFTED. */
export async function liftSuspension(act: Act, id: string, body: Body<'POST /api/assessor-suspensions/{id}/lift'>): Promise<{ id: string }> {
  const suspension = (await findSuspension(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  const worker = (await findWorker(act, suspension.workerId)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  if (suspension.liftedOn !== null) refuse('SUSPENSION_LIFTED', { liftedOn: suspension.liftedOn }, { status: 409 });
  if (body.liftedOn < suspension.fromOn || body.liftedOn > suspension.toOn) refuse('SUSPENSION_LIFT_DAY', { fromOn: suspension.fromOn, toOn: suspension.toOn });
  const note = body.note.trim();
  if (!(await insertLift(act, worker, id, body.liftedOn, note))) refuse('SUSPENSION_LIFTED', { liftedOn: body.liftedOn }, { status: 409 });
  await recordEvent(act, { ...about(worker), kind: 'workers.suspensionLifted', note, data: { name: worker.name, liftedOn: body.liftedOn } });
  return { id };
}

/** Takes somebody out of the register, barred until a day where the reason asks for it. Refuses with ASSESSOR_NO_ENTRY, DEPARTURE_DAYS. */
export async function departAssessor(act: Act, id: string, body: Body<'POST /api/assessors/{id}/departures'>): Promise<{ id: string }> {
  const worker = await getAdmitted(act, id);
  const entry = await findEntry(act, id, act.today);
  if (body.leftOn > act.today || body.leftOn < (entry?.admittedOn ?? body.leftOn) || (body.barredUntilOn !== undefined && body.barredUntilOn <= body.leftOn)) refuse('DEPARTURE_DAYS', { admittedOn: entry?.admittedOn ?? null, today: act.today });
  const departure = { id: newId<'departure'>(act.now.getTime()), leftOn: body.leftOn, reason: body.reason, barredUntilOn: body.barredUntilOn ?? null, note: body.note.trim() };
  await insertDeparture(act, worker, departure);
  await recordEvent(act, { ...about(worker), kind: 'workers.assessorLeft', note: departure.note, data: { name: worker.name, leftOn: body.leftOn, reason: body.reason, barredUntilOn: departure.barredUntilOn } });
  return { id: departure.id };
}

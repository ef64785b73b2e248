/** SQL of the register of assessors. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { Worker } from '../store.ts';
import type { AssessorFileSchema } from './contract.ts';

type File = Static<typeof AssessorFileSchema>;

/** An assessor or expert as the register stood on a day. */
export interface Entry {
  workerId: string;
  districtCode: string;
  institutionId: string | null;
  institutionName: string | null;
  name: string;
  workerClass: string;
  accountId: string | null;
  register: 'assessor' | 'expert' | null;
  certificateNumber: string | null;
  certificateUntilOn: Day | null;
  admittedOn: Day | null;
  leftOn: Day | null;
  barredUntilOn: Day | null;
  suspendedFromOn: Day | null;
  suspendedToOn: Day | null;
  suspensionReason: string | null;
  trainingHours: number;
}

/** The part of an entry on which the standing rests. */
export type StandingEntry = Pick<Entry, 'accountId' | 'admittedOn' | 'certificateUntilOn' | 'leftOn' | 'barredUntilOn' | 'suspendedFromOn' | 'suspendedToOn' | 'suspensionReason' | 'trainingHours'>;

const ENTRY = sql`r.worker_id, r.district_code, r.institution_id, i.name AS institution_name, r.name, w.worker_class, r.account_id, r.register, r.certificate_number, r.certificate_until_on, r.admitted_on, r.left_on, r.barred_until_on,
  r.suspended_from_on, r.suspended_to_on, r.suspension_reason, r.training_hours`;

export interface EntryQuery {
  q?: string;
  institution?: string;
  register?: string;
  standing?: string;
  page?: number;
  pageSize?: number;
}

/** What the standing of the whole register rests on today, beside its rows: as the rule on the standing reads the city's figures. */
export interface StandingRule {
  on: Day;
  /** Only those admitted may assess. */
  entryAsked: boolean;
  /** Hours of passed training in a year; null where the city asks for none. */
  hoursNeeded: number | null;
  /** Only certificates that end by this day; null for all. */
  expiringBy: Day | null;
}

/** One page of the assessors and experts in the actor's scope, as the register stands on a day; the filter by standing says what the rule on the standing (rules/standing.ts) says first. */
export async function listEntries(act: Act, query: EntryQuery, rule: StandingRule): Promise<{ rows: Entry[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim() || null;
  const standing = sql`CASE WHEN r.admitted_on IS NULL THEN CASE WHEN ${rule.entryAsked} THEN 'ASSESSOR_NOT_ADMITTED' ELSE 'active' END WHEN r.left_on IS NOT NULL THEN 'ASSESSOR_LEFT' WHEN r.suspended_from_on IS NOT NULL THEN 'ASSESSOR_SUSPENDED'
    WHEN r.certificate_until_on < ${rule.on}::date THEN 'ASSESSOR_CERTIFICATE_ENDED' WHEN r.training_hours < ${rule.hoursNeeded}::numeric THEN 'ASSESSOR_TRAINING_SHORT' ELSE 'active' END`;
  const where = sql.join([
    sql`true`,
    ...(q === null ? [] : [sql`(strpos(r.name, ${q}) > 0 OR starts_with(r.certificate_number, ${q}))`]),
    ...(query.institution === undefined ? [] : [sql`r.institution_id = ${query.institution}`]),
    ...(query.register === undefined ? [] : [sql`coalesce(r.register, w.worker_class) = ${query.register}`]),
    ...(query.standing === undefined ? [] : [sql`${standing} = ${query.standing}`]),
    ...(rule.expiringBy === null ? [] : [sql`r.left_on IS NULL AND r.certificate_until_on <= ${rule.expiringBy}::date`]),
  ], sql` AND `);
  const from = sql`workers.register_on(${rule.on}::date) r JOIN workers.worker w ON w.id = r.worker_id LEFT JOIN providers.institution i ON i.id = r.institution_id WHERE ${where}`;
  const { rows } = await sql<Entry & { total: number }>`SELECT ${ENTRY}, count(*) OVER () AS total FROM ${from} ORDER BY i.name, r.name, r.worker_id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const total = rows[0]?.total ?? (offset === 0 ? 0 : ((await sql<{ total: number }>`SELECT count(*) AS total FROM ${from}`.execute(act.db)).rows[0]?.total ?? 0));
  return { rows: rows.map(({ total: _total, ...row }) => row), total };
}

/** The entry of one worker of the actor's scope. */
export async function findEntry(act: Act, workerId: string, on: Day): Promise<Entry | undefined> {
  const { rows } = await sql<Entry>`SELECT ${ENTRY} FROM workers.register_on(${on}::date) r JOIN workers.worker w ON w.id = r.worker_id LEFT JOIN providers.institution i ON i.id = r.institution_id WHERE r.worker_id = ${workerId}`.execute(act.db);
  return rows[0];
}

/** What the standing of accounts rests on, whoever asks: an expert who is drawn may belong to another district. */
export async function listStandingFacts(act: Act, accountIds: readonly string[], on: Day): Promise<StandingEntry[]> {
  const { rows } = await sql<StandingEntry>`SELECT account_id, admitted_on, certificate_until_on, left_on, barred_until_on, suspended_from_on, suspended_to_on, suspension_reason, training_hours
    FROM workers.standing_of(${[...accountIds]}::uuid[], ${on}::date)`.execute(act.db);
  return rows;
}

export interface SendableAccount {
  accountId: string;
  workerId: string | null;
  name: string;
  roleCode: 'assessor' | 'assessmentExpert';
}

/** Accounts of the assessors and experts of an institution, for itself and its agency. */
export async function listAccountsOf(act: Act, institutionId: string): Promise<SendableAccount[]> {
  const { rows } = await sql<SendableAccount>`SELECT account_id, worker_id, name, role_code FROM workers.accounts_of(${institutionId})`.execute(act.db);
  return rows;
}

/** Everything written beside the entry of a worker, newest first. */
export async function readFileOf(act: Act, workerId: string): Promise<Pick<File, 'admissions' | 'trainings' | 'suspensions' | 'departures'> & { contact: { qualification: string; phone: string | null; address: string | null } | null }> {
  const admissions = await sql<File['admissions'][number] & { phone: string | null; address: string | null }>`SELECT id, register, qualification, certificate_number, certificate_until_on, admitted_on, actor_name, recorded_at, phone, address
    FROM workers.admission WHERE worker_id = ${workerId} ORDER BY admitted_on DESC, id DESC LIMIT 100`.execute(act.db);
  const trainings = await sql<File['trainings'][number]>`SELECT id, topic, hours, held_on, passed, actor_name, recorded_at FROM workers.training WHERE worker_id = ${workerId} ORDER BY held_on DESC, id DESC LIMIT 200`.execute(act.db);
  const suspensions = await sql<File['suspensions'][number]>`SELECT s.id, s.from_on, s.to_on, s.reason, s.source, s.note, s.actor_name, s.recorded_at, l.lifted_on, l.note AS lift_note, l.actor_name AS lifted_by
    FROM workers.suspension s LEFT JOIN workers.suspension_lift l ON l.district_code = s.district_code AND l.suspension_id = s.id WHERE s.worker_id = ${workerId} ORDER BY s.from_on DESC, s.id DESC LIMIT 100`.execute(act.db);
  const departures = await sql<File['departures'][number]>`SELECT id, left_on, reason, barred_until_on, note, actor_name, recorded_at FROM workers.departure WHERE worker_id = ${workerId} ORDER BY left_on DESC, id DESC LIMIT 100`.execute(act.db);
  const latest = admissions.rows[0];
  return {
    contact: latest === undefined ? null : { qualification: latest.qualification, phone: latest.phone, address: latest.address },
    admissions: admissions.rows.map(({ phone: _phone, address: _address, ...one }) => one), trainings: trainings.rows, suspensions: suspensions.rows, departures: departures.rows,
  };
}

/** Last day on which a person is barred from the register at whatever institution, or null. */
export async function barredUntil(act: Act, identityNumber: string, on: Day): Promise<Day | null> {
  const { rows } = await sql<{ until: Day | null }>`SELECT workers.barred_until(${identityNumber}, ${on}::date) AS until`.execute(act.db);
  return rows[0]?.until ?? null;
}

export interface NewAdmission {
  id: string;
  register: 'assessor' | 'expert';
  qualification: string;
  certificateNumber: string;
  certificateUntilOn: Day;
  admittedOn: Day;
  phone: string | null;
  address: string | null;
}

export async function insertAdmission(act: Act, worker: Worker, one: NewAdmission): Promise<void> {
  await sql`INSERT INTO workers.admission (district_code, id, worker_id, institution_id, register, qualification, certificate_number, certificate_until_on, admitted_on, phone, address, actor_name, recorded_at)
    VALUES (${worker.districtCode}, ${one.id}, ${worker.id}, ${worker.institutionId}, ${one.register}, ${one.qualification}, ${one.certificateNumber}, ${one.certificateUntilOn}, ${one.admittedOn}, ${one.phone}, ${one.address},
      ${act.actor.name}, ${act.now})`.execute(act.db);
}

export async function insertTraining(act: Act, worker: Worker, one: { id: string; topic: string; hours: number; heldOn: Day; passed: boolean }): Promise<void> {
  await sql`INSERT INTO workers.training (district_code, id, worker_id, institution_id, topic, hours, held_on, passed, actor_name, recorded_at)
    VALUES (${worker.districtCode}, ${one.id}, ${worker.id}, ${worker.institutionId}, ${one.topic}, ${one.hours}, ${one.heldOn}, ${one.passed}, ${act.actor.name}, ${act.now})`.execute(act.db);
}

export interface Suspension {
  id: string;
  districtCode: string;
  workerId: string;
  fromOn: Day;
  toOn: Day;
  liftedOn: Day | null;
}

/** A suspension in scope, kept from being lifted twice at the same time. */
export async function findSuspension(act: Act, id: string): Promise<Suspension | undefined> {
  const { rows } = await sql<Suspension>`SELECT s.id, s.district_code, s.worker_id, s.from_on, s.to_on, (SELECT l.lifted_on FROM workers.suspension_lift l WHERE l.district_code = s.district_code AND l.suspension_id = s.id) AS lifted_on
    FROM workers.suspension s WHERE s.id = ${id}`.execute(act.db);
  return rows[0];
}

/** A suspension whose days meet these and that was not lifted before them. */
export async function findSuspensionMeeting(act: Act, workerId: string, fromOn: Day, toOn: Day): Promise<Suspension | undefined> {
  const { rows } = await sql<Suspension>`SELECT s.id, s.district_code, s.worker_id, s.from_on, s.to_on, l.lifted_on FROM workers.suspension s
    LEFT JOIN workers.suspension_lift l ON l.district_code = s.district_code AND l.suspension_id = s.id
    WHERE s.worker_id = ${workerId} AND s.from_on <= ${toOn} AND least(s.to_on, l.lifted_on - 1) >= ${fromOn} ORDER BY s.from_on LIMIT 1`.execute(act.db);
  return rows[0];
}

export async function insertSuspension(act: Act, worker: Worker, one: { id: string; fromOn: Day; toOn: Day; reason: string; source: string; note: string }): Promise<void> {
  await sql`INSERT INTO workers.suspension (district_code, id, worker_id, institution_id, from_on, to_on, reason, source, note, actor_name, recorded_at)
    VALUES (${worker.districtCode}, ${one.id}, ${worker.id}, ${worker.institutionId}, ${one.fromOn}, ${one.toOn}, ${one.reason}, ${one.source}, ${one.note}, ${act.actor.name}, ${act.now})`.execute(act.db);
}

/** Lifts a suspension; false when it is lifted already. */
export async function insertLift(act: Act, worker: Worker, suspensionId: string, liftedOn: Day, note: string): Promise<boolean> {
  const { rows } = await sql`INSERT INTO workers.suspension_lift (district_code, suspension_id, worker_id, institution_id, lifted_on, note, actor_name, recorded_at)
    VALUES (${worker.districtCode}, ${suspensionId}, ${worker.id}, ${worker.institutionId}, ${liftedOn}, ${note}, ${act.actor.name}, ${act.now}) ON CONFLICT DO NOTHING RETURNING 1`.execute(act.db);
  return rows.length > 0;
}

export async function insertDeparture(act: Act, worker: Worker, one: { id: string; leftOn: Day; reason: string; barredUntilOn: Day | null; note: string }): Promise<void> {
  await sql`INSERT INTO workers.departure (district_code, id, worker_id, institution_id, left_on, reason, barred_until_on, note, actor_name, recorded_at)
    VALUES (${worker.districtCode}, ${one.id}, ${worker.id}, ${worker.institutionId}, ${one.leftOn}, ${one.reason}, ${one.barredUntilOn}, ${one.note}, ${act.actor.name}, ${act.now})`.execute(act.db);
}

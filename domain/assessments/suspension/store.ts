/** SQL of pauses and re-checks. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import { ownDistrict } from '../materials/queues.ts';
import { readIndexes } from '../store/search.ts';
import type { SuspensionSchema } from './contract.ts';
import type { RecheckItem, RecheckResult, SuspensionReason, SuspensionState } from './model.ts';

export type Suspension = Static<typeof SuspensionSchema>;

const RECHECKS = sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'openedOn', r.opened_on, 'openedBy', r.opened_by, 'askedBy', r.asked_by, 'result', r.result,
    'checks', CASE WHEN r.result IS NULL THEN NULL ELSE jsonb_build_object('selfCareSeen', r.self_care_seen, 'livesAtAddress', r.lives_at_address, 'stillInNeed', r.still_in_need, 'statementRead', r.statement_read) END,
    'seenOn', r.seen_on, 'resumesOn', r.resumes_on, 'note', r.note, 'decidedBy', r.decided_by, 'decidedAt', to_char(r.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'applicationId', r.application_id) ORDER BY r.id), '[]')
  FROM assessments.recheck r WHERE r.district_code = s.district_code AND r.suspension_id = s.id)`;
const COLUMNS = sql`s.id, s.district_code, s.township_code, coalesce(t.name_zh, s.township_code) AS township_zh, coalesce(t.name_en, s.township_code) AS township_en, s.person_id, p.name AS person_name,
  concat_ws(' ', p.community, p.address) AS address, p.phone, s.reason, s.from_on, s.to_on, s.state, s.note, s.actor_name, s.recorded_at, ${RECHECKS} AS rechecks,
  (SELECT r.id FROM assessments.recheck r WHERE r.district_code = s.district_code AND r.suspension_id = s.id AND r.result IS NULL) AS open_recheck_id`;
const FROM = sql`assessments.suspension s JOIN people.person p ON p.district_code = s.district_code AND p.id = s.person_id LEFT JOIN platform.area t ON t.code = s.township_code`;

export interface SuspensionQuery {
  q?: string;
  district?: string;
  township?: string;
  person?: string;
  state?: SuspensionState;
  recheck?: 'open';
  page?: number;
  pageSize?: number;
}

/** One page of pauses in scope: those with a re-check under way first, then the longest open. */
export async function listSuspensions(act: Act, query: SuspensionQuery): Promise<{ rows: Suspension[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const q = query.q?.trim().toLowerCase() || null;
  const district = query.district ?? ownDistrict(act);
  const under = sql`r.suspension_id IS NOT NULL`;
  const where = sql.join([
    sql`true`,
    ...(district === null ? [] : [sql`s.district_code = ${district}`]),
    ...(query.township === undefined ? [] : [sql`s.township_code = ${query.township}`]),
    ...(query.person === undefined ? [] : [sql`s.person_id = ${query.person}`]),
    ...(query.state === undefined ? [] : [sql`s.state = ${query.state}`]),
    ...(query.recheck === 'open' ? [under] : []),
    ...(q === null ? [] : [sql`(strpos(s.search, ${q}) > 0 OR starts_with(s.person_number, upper(${q})))`]),
  ], sql` AND `);
  // What decides the order is gathered once, from pauses and their open re-checks alone, for the page and its count; names only for the rows of the page.
  await readIndexes(act);
  const { rows } = await sql<Suspension & { total: number }>`WITH hit AS MATERIALIZED (SELECT s.district_code, s.id, s.state = 'paused' AS paused, ${under} AS under, s.from_on
      FROM assessments.suspension s LEFT JOIN assessments.recheck r ON r.district_code = s.district_code AND r.suspension_id = s.id AND r.result IS NULL WHERE ${where}),
    page AS MATERIALIZED (SELECT h.* FROM hit h ORDER BY h.paused DESC, h.under DESC, h.from_on, h.id LIMIT ${limit} OFFSET ${offset})
    SELECT ${COLUMNS}, n.total FROM (SELECT count(*) AS total FROM hit) n LEFT JOIN (page JOIN (${FROM}) ON s.district_code = page.district_code AND s.id = page.id) ON true ORDER BY page.paused DESC, page.under DESC, page.from_on, page.id`.execute(act.db);
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => row as Suspension), total: rows[0]?.total ?? 0 };
}

/** A pause in scope, or undefined; `lock` keeps others from deciding on it until this act commits. */
export async function findSuspension(act: Act, id: string, more: { lock?: boolean } = {}): Promise<Suspension | undefined> {
  if (more.lock) await sql`SELECT 1 FROM assessments.suspension WHERE id = ${id} FOR UPDATE`.execute(act.db);
  const { rows } = await sql<Suspension>`SELECT ${COLUMNS} FROM ${FROM} WHERE s.id = ${id}`.execute(act.db);
  return rows[0];
}

/** The first pause of a person that shares a day with [fromOn, toOn] (no end: open), or undefined. */
export async function findSuspensionIn(act: Act, personId: string, fromOn: Day, toOn: Day | null): Promise<{ id: string; fromOn: Day; toOn: Day | null; state: SuspensionState } | undefined> {
  const { rows } = await sql<{ id: string; fromOn: Day; toOn: Day | null; state: SuspensionState }>`SELECT id, from_on, to_on, state FROM assessments.suspension
    WHERE person_id = ${personId} AND daterange(from_on, to_on, '[]') && daterange(${fromOn}::date, ${toOn}::date, '[]') ORDER BY from_on LIMIT 1`.execute(act.db);
  return rows[0];
}

/** The pause that keeps a plan for [fromOn, toOn] from beginning: one that lasts, or a lifted one in which its first day lies. Undefined when none does. */
export async function findPauseAgainst(act: Act, personId: string, fromOn: Day, toOn: Day | null): Promise<{ fromOn: Day; toOn: Day | null } | undefined> {
  const { rows } = await sql<{ fromOn: Day; toOn: Day | null }>`SELECT from_on, to_on FROM assessments.suspension
    WHERE person_id = ${personId} AND daterange(from_on, to_on, '[]') && daterange(${fromOn}::date, ${toOn}::date, '[]') AND (state <> 'lifted' OR from_on <= ${fromOn}::date) ORDER BY from_on DESC LIMIT 1`.execute(act.db);
  return rows[0];
}

export interface NewSuspension {
  id: string;
  districtCode: string;
  personId: string;
  townshipCode: string;
  reason: SuspensionReason;
  fromOn: Day;
  note: string;
}

/** Lets one act at a time pause or resume a person. */
export async function lockPauses(act: Act, personId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('assessments.suspension'), hashtext(${personId}))`.execute(act.db);
}

export async function insertSuspension(act: Act, one: NewSuspension): Promise<void> {
  await sql`INSERT INTO assessments.suspension (district_code, id, person_id, township_code, reason, from_on, note, account_id, actor_name, recorded_at, search, person_number)
    SELECT ${one.districtCode}, ${one.id}, p.id, ${one.townshipCode}, ${one.reason}, ${one.fromOn}::date, ${one.note}, ${act.actor.accountId}, ${act.actor.name}, ${act.now}::timestamptz, p.search, p.identity_number
    FROM people.person p WHERE p.district_code = ${one.districtCode} AND p.id = ${one.personId}`.execute(act.db);
}

export async function closeSuspension(act: Act, id: string, to: { state: 'lifted'; toOn: Day } | { state: 'serviceEnded' }): Promise<void> {
  await sql`UPDATE assessments.suspension SET state = ${to.state}, to_on = ${to.state === 'lifted' ? to.toOn : null} WHERE id = ${id}`.execute(act.db);
}

export async function insertRecheck(act: Act, suspension: Suspension, id: string, askedBy: string): Promise<void> {
  await sql`INSERT INTO assessments.recheck (district_code, id, suspension_id, person_id, township_code, asked_by, opened_on, opened_by, opened_account_id)
    VALUES (${suspension.districtCode}, ${id}, ${suspension.id}, ${suspension.personId}, ${suspension.townshipCode}, ${askedBy}, ${act.today}, ${act.actor.name}, ${act.actor.accountId})`.execute(act.db);
}

/** The pause that a re-check belongs to, or undefined. */
export async function findSuspensionOfRecheck(act: Act, recheckId: string): Promise<string | undefined> {
  const { rows } = await sql<{ suspensionId: string }>`SELECT suspension_id FROM assessments.recheck WHERE id = ${recheckId}`.execute(act.db);
  return rows[0]?.suspensionId;
}

export interface RecheckDecision {
  checks: Record<RecheckItem, boolean>;
  seenOn: Day;
  result: RecheckResult;
  resumesOn: Day | null;
  note: string;
  applicationId: string | null;
}

export async function decideRecheckRow(act: Act, id: string, { checks, seenOn, result, resumesOn, note, applicationId }: RecheckDecision): Promise<void> {
  await sql`UPDATE assessments.recheck SET self_care_seen = ${checks.selfCareSeen}, lives_at_address = ${checks.livesAtAddress}, still_in_need = ${checks.stillInNeed}, statement_read = ${checks.statementRead}, seen_on = ${seenOn},
      result = ${result}, resumes_on = ${resumesOn}, note = ${note}, application_id = ${applicationId}, decided_by = ${act.actor.name}, decided_account_id = ${act.actor.accountId}, decided_at = ${act.now} WHERE id = ${id}`.execute(act.db);
}

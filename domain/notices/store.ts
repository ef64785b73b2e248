/** All SQL of notices. */
import { sql } from 'kysely';
import type { Static } from '@sinclair/typebox';
import { dayOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { NoticeSchema, ObjectionSchema, PublicNoticeSchema } from './contract.ts';
import { noticeState } from './model.ts';
import type { NoticeState } from './model.ts';

export type Notice = Static<typeof NoticeSchema>;
export type PublicNotice = Static<typeof PublicNoticeSchema>;
export type Objection = Static<typeof ObjectionSchema>;

export interface NoticeQuery {
  district?: string;
  township?: string;
  community?: string;
  state?: NoticeState;
  /** Number of a batch. */
  batch?: string;
  objections?: 'any' | 'open';
  page?: number;
  pageSize?: number;
}

type Stored = Omit<Notice, 'publishedOn' | 'state'> & { publishedAt: string };

const COUNTS = sql`(SELECT count(*) FROM notices.objection o WHERE o.district_code = n.district_code AND o.notice_id = n.id)`;
const OPEN = sql`(SELECT count(*) FROM notices.objection o WHERE o.district_code = n.district_code AND o.notice_id = n.id
  AND NOT EXISTS (SELECT 1 FROM notices.objection_answer a WHERE a.district_code = o.district_code AND a.objection_id = o.id))`;
/** The last day that counts: later than published when the poster was missing. */
const LAST_DAY = sql`greatest(n.ends_on, i.ends_on)`;
const COLUMNS = sql`n.id, n.kind, n.district_code, coalesce(d.name_zh, n.district_code) AS district_zh, coalesce(d.name_en, n.district_code) AS district_en, n.township_code,
  coalesce(t.name_zh, n.township_code) AS township_zh, coalesce(t.name_en, n.township_code) AS township_en, n.community, n.masked_name, n.masked_number, n.content, n.starts_on, ${LAST_DAY} AS ends_on,
  n.published_at, n.subject_id, n.person_id, w.withdrawn_on, n.batch_id, b.number AS batch_number,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('fromOn', x.from_on, 'toOn', x.to_on, 'missingDays', x.missing_days, 'endsOn', x.ends_on, 'note', x.note) ORDER BY x.from_on, x.id), '[]')
    FROM notices.interruption x WHERE x.district_code = n.district_code AND x.batch_id = n.batch_id) AS interruptions`;
/** What may have ended a notice, or made it last longer. */
const ENDED = sql`LEFT JOIN notices.withdrawal w ON w.district_code = n.district_code AND w.notice_id = n.id
  LEFT JOIN (SELECT district_code, batch_id, max(ends_on) AS ends_on FROM notices.interruption GROUP BY district_code, batch_id) i ON i.district_code = n.district_code AND i.batch_id = n.batch_id`;
const FROM = sql`notices.notice n ${ENDED}
  LEFT JOIN notices.batch b ON b.district_code = n.district_code AND b.id = n.batch_id
  LEFT JOIN platform.area d ON d.code = n.district_code LEFT JOIN platform.area t ON t.code = n.township_code`;

function noticeOf(row: Stored, today: Day): Notice {
  const { publishedAt, ...rest } = row;
  return { ...rest, publishedOn: dayOf(new Date(publishedAt)), state: noticeState(row, today) };
}

/** The part of a notice that anybody may read: whom it is about and the grade go with the last day, or when it is taken down. */
export function publicPart(notice: Notice): PublicNotice {
  const { batchId: _batch, subjectId: _subject, personId: _person, withdrawnOn: _withdrawn, objections: _count, openObjections: _open, ...rest } = notice;
  return notice.state === 'running' ? rest : { ...rest, maskedName: null, maskedNumber: null, content: null };
}

/** Notices with an objection in the actor's scope; `open`: with one that waits for its answer. */
const objected = (open: boolean) => sql`(n.district_code, n.id) IN (SELECT o.district_code, o.notice_id FROM notices.objection o
  ${open ? sql`WHERE NOT EXISTS (SELECT 1 FROM notices.objection_answer a WHERE a.district_code = o.district_code AND a.objection_id = o.id)` : sql``})`;

/** One page of notices, running ones first. Notices are public: `area` narrows an officer's list to the own area. */
export async function listNotices(act: Act, query: NoticeQuery, area: string | null): Promise<{ rows: Notice[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const running = sql`(w.notice_id IS NULL AND ${LAST_DAY} >= ${act.today}::date)`;
  const states = { running, ended: sql`(w.notice_id IS NULL AND ${LAST_DAY} < ${act.today}::date)`, withdrawn: sql`w.notice_id IS NOT NULL` };
  const where = sql.join([
    sql`true`,
    ...(area === null ? [] : [sql`starts_with(n.township_code, ${area})`]),
    ...(area === null || area.length < 6 ? [] : [sql`n.district_code = ${area.slice(0, 6)}`]),
    ...(query.district === undefined ? [] : [sql`n.district_code = ${query.district}`]),
    ...(query.township === undefined ? [] : [sql`n.township_code = ${query.township}`]),
    ...(query.community === undefined ? [] : [sql`n.community = ${query.community}`]),
    ...(query.state === undefined ? [] : [states[query.state]]),
    ...(query.batch === undefined ? [] : [sql`(n.district_code, n.batch_id) IN (SELECT b.district_code, b.id FROM notices.batch b WHERE b.number = ${query.batch})`]),
    ...(query.objections === undefined ? [] : [objected(query.objections === 'open')]),
  ], sql` AND `);
  // What decides the order is gathered once for the page and its count; what hangs on a notice is read only for the rows of the page.
  const order = sql`running DESC, last_on DESC, district_code, community, id`;
  const { rows } = await sql<Stored & { total: number }>`WITH hit AS MATERIALIZED (SELECT n.district_code, n.id, n.community, ${running} AS running, ${LAST_DAY} AS last_on FROM notices.notice n ${ENDED} WHERE ${where}),
    page AS MATERIALIZED (SELECT hit.* FROM hit ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}), placed AS MATERIALIZED (SELECT district_code, id, row_number() OVER (ORDER BY ${order}) AS place FROM page)
    SELECT ${COLUMNS}, ${COUNTS} AS objections, ${OPEN} AS open_objections, c.total FROM (SELECT count(*) AS total FROM hit) c
    LEFT JOIN (placed JOIN (${FROM}) ON n.district_code = placed.district_code AND n.id = placed.id) ON true ORDER BY placed.place`.execute(act.db);
  return { rows: rows.filter((row) => row.id !== null).map(({ total: _total, ...row }) => noticeOf(row as Stored, act.today)), total: rows[0]?.total ?? 0 };
}

/** A notice, or undefined; anybody may read it. The numbers of objections are those in the actor's scope. */
export async function findNotice(act: Act, id: string): Promise<Notice | undefined> {
  const { rows } = await sql<Stored>`SELECT ${COLUMNS}, ${COUNTS} AS objections, ${OPEN} AS open_objections FROM ${FROM} WHERE n.id = ${id}`.execute(act.db);
  return rows[0] && noticeOf(rows[0], act.today);
}

/** The notice about a subject (an assessment), or undefined. */
export async function findNoticeOf(act: Act, districtCode: string, subjectId: string): Promise<Notice | undefined> {
  const { rows } = await sql<Stored>`SELECT ${COLUMNS}, ${COUNTS} AS objections, ${OPEN} AS open_objections FROM ${FROM} WHERE n.district_code = ${districtCode} AND n.subject_id = ${subjectId}`.execute(act.db);
  return rows[0] && noticeOf(rows[0], act.today);
}

export interface NewNotice {
  id: string;
  batchId?: string;
  districtCode: string;
  subjectId: string;
  personId: string;
  townshipCode: string;
  community: string;
  maskedName: string;
  maskedNumber: string;
  content: Notice['content'];
  startsOn: Day;
  endsOn: Day;
}

export async function insertNotice(act: Act, notice: NewNotice): Promise<void> {
  await sql`INSERT INTO notices.notice (district_code, id, kind, subject_id, person_id, township_code, community, masked_name, masked_number, content, starts_on, ends_on, published_at, batch_id)
    VALUES (${notice.districtCode}, ${notice.id}, 'assessmentResult', ${notice.subjectId}, ${notice.personId}, ${notice.townshipCode}, ${notice.community}, ${notice.maskedName}, ${notice.maskedNumber},
      ${JSON.stringify(notice.content)}::jsonb, ${notice.startsOn}, ${notice.endsOn}, ${act.now}, ${notice.batchId ?? null})`.execute(act.db);
}

const OBJECTION = sql`SELECT o.id, o.notice_id, o.number, o.from_name, o.contact, o.statement, o.received_on, o.received_at,
    CASE WHEN a.objection_id IS NULL THEN NULL ELSE jsonb_build_object('upheld', a.upheld, 'answer', a.answer, 'answeredAt', to_char(a.answered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS answer
  FROM notices.objection o LEFT JOIN notices.objection_answer a ON a.district_code = o.district_code AND a.objection_id = o.id`;

/** Objections to a notice in the actor's scope, oldest first. */
export async function listObjections(act: Act, noticeId: string, query: { page?: number; pageSize?: number }): Promise<{ rows: Objection[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const { rows } = await sql<Objection>`${OBJECTION} WHERE o.notice_id = ${noticeId} ORDER BY o.id LIMIT ${limit} OFFSET ${offset}`.execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM notices.objection WHERE notice_id = ${noticeId}`.execute(act.db);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export async function findObjection(act: Act, id: string): Promise<Objection | undefined> {
  const { rows } = await sql<Objection>`${OBJECTION} WHERE o.id = ${id}`.execute(act.db);
  return rows[0];
}

/** Stores an objection; the writer need not be able to read it afterwards. */
export async function insertObjection(act: Act, notice: Notice, objection: { id: string; number: string; fromName: string; contact: string; statement: string }): Promise<void> {
  await sql`INSERT INTO notices.objection (district_code, id, notice_id, person_id, township_code, number, from_name, contact, statement, received_at, received_on)
    VALUES (${notice.districtCode}, ${objection.id}, ${notice.id}, ${notice.personId}, ${notice.townshipCode}, ${objection.number}, ${objection.fromName}, ${objection.contact}, ${objection.statement}, ${act.now}, ${act.today})`.execute(act.db);
}

/** Stores the answer; false when there is one already. */
export async function insertAnswer(act: Act, notice: Notice, objectionId: string, answer: { upheld: boolean; answer: string }): Promise<boolean> {
  const { rows } = await sql`INSERT INTO notices.objection_answer (district_code, objection_id, township_code, upheld, answer, account_id, answered_at)
    VALUES (${notice.districtCode}, ${objectionId}, ${notice.townshipCode}, ${answer.upheld}, ${answer.answer}, ${act.actor.accountId}, ${act.now}) ON CONFLICT DO NOTHING RETURNING objection_id`.execute(act.db);
  return rows.length > 0;
}

/** Takes a notice down; safe to repeat. Without an objection its case ended. */
export async function insertWithdrawal(act: Act, notice: Notice, objectionId: string | null): Promise<void> {
  await sql`INSERT INTO notices.withdrawal (district_code, notice_id, township_code, objection_id, withdrawn_on, withdrawn_at)
    VALUES (${notice.districtCode}, ${notice.id}, ${notice.townshipCode}, ${objectionId}, ${act.today}, ${act.now}) ON CONFLICT DO NOTHING`.execute(act.db);
}

/** How many objections to a notice wait for their answer, in the actor's scope. */
export async function openObjections(act: Act, noticeId: string): Promise<number> {
  const { rows } = await sql<{ open: number }>`SELECT count(*) AS open FROM notices.objection o WHERE o.notice_id = ${noticeId}
    AND NOT EXISTS (SELECT 1 FROM notices.objection_answer a WHERE a.district_code = o.district_code AND a.objection_id = o.id)`.execute(act.db);
  return rows[0]?.open ?? 0;
}

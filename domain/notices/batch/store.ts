/** All SQL of batches: posters, proofs, interruptions, and the receipt of an objection. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Static } from '@sinclair/typebox';
import { addDays, dayOf } from '#kit/days.ts';
import type { Day } from '#kit/days.ts';
import { pageBounds } from '#kit/paging.ts';
import type { Act } from '#platform/act.ts';
import type { BatchSchema, InterruptionSchema, ProofSchema } from '../contract/batch.ts';
import { proofReminderDays } from '../policy.ts';
import type { PictureType } from './picture.ts';

export type Batch = Static<typeof BatchSchema> & { firstEndsOn: Day };
export type Interruption = Static<typeof InterruptionSchema>;
export type Proof = Static<typeof ProofSchema>;

export interface BatchQuery {
  district?: string;
  township?: string;
  state?: 'running' | 'ended';
  proof?: 'missing' | 'urgent';
  page?: number;
  pageSize?: number;
}

const LAST_DAY = sql`greatest(b.ends_on, (SELECT max(x.ends_on) FROM notices.interruption x WHERE x.district_code = b.district_code AND x.batch_id = b.id))`;
const PROOFS = sql`(SELECT count(*) FROM notices.posting_proof p WHERE p.district_code = b.district_code AND p.batch_id = b.id)`;
/** Batches of `page` with what hangs on them; objections in the actor's scope are gathered once for all of the page. */
const withCounts = (page: RawBuilder<unknown>) => sql<Stored>`WITH page AS MATERIALIZED (${page}),
    objected AS (SELECT n.district_code, n.batch_id, count(*) AS objections, count(*) FILTER (WHERE a.objection_id IS NULL) AS open_objections FROM notices.objection o
      JOIN notices.notice n ON n.district_code = o.district_code AND n.id = o.notice_id LEFT JOIN notices.objection_answer a ON a.district_code = o.district_code AND a.objection_id = o.id
      WHERE (n.district_code, n.batch_id) IN (SELECT b.district_code, b.id FROM page b) GROUP BY n.district_code, n.batch_id)
  SELECT b.id, b.number, b.district_code, b.township_code, b.community, b.published_at, b.starts_on, b.ends_on AS first_ends_on, ${LAST_DAY} AS ends_on,
    (SELECT count(*) FROM notices.notice n WHERE n.district_code = b.district_code AND n.batch_id = b.id) AS notices, coalesce(o.objections, 0) AS objections, coalesce(o.open_objections, 0) AS open_objections, ${PROOFS} AS proofs
  FROM page b LEFT JOIN objected o ON o.district_code = b.district_code AND o.batch_id = b.id ORDER BY b.published_at DESC, b.number DESC`;

type Stored = Omit<Batch, 'publishedOn' | 'state' | 'proofUrgent'> & { publishedAt: string };

/** The last day from which on a batch without a photograph is urgent. Figure: notices.proofReminderDays. */
function urgentUntil(act: Act): Day {
  return addDays(act.today, act.policy.figure(proofReminderDays, act.today).value);
}

function batchOf(act: Act, { publishedAt, ...row }: Stored): Batch {
  const running = act.today <= row.endsOn;
  return { ...row, publishedOn: dayOf(new Date(publishedAt)), state: running ? 'running' : 'ended', proofUrgent: running && row.proofs === 0 && row.endsOn <= urgentUntil(act) };
}

/** One page of the batches of the officer's area, newest first. */
export async function listBatches(act: Act, query: BatchQuery): Promise<{ rows: Batch[]; total: number }> {
  const { limit, offset } = pageBounds(query);
  const state = query.state === 'running' ? sql`${LAST_DAY} >= ${act.today}::date` : query.state === 'ended' ? sql`${LAST_DAY} < ${act.today}::date` : sql`true`;
  const where = sql`starts_with(b.township_code, ${act.actor.area ?? '-'}) AND (${query.district ?? null}::text IS NULL OR b.district_code = ${query.district ?? null})
    AND (${query.township ?? null}::text IS NULL OR b.township_code = ${query.township ?? null}) AND ${state} AND ${query.proof === undefined ? sql`true` : sql`${PROOFS} = 0`}
    AND ${query.proof === 'urgent' ? sql`${LAST_DAY} BETWEEN ${act.today}::date AND ${urgentUntil(act)}::date` : sql`true`}`;
  const { rows } = await withCounts(sql`SELECT b.* FROM notices.batch b WHERE ${where} ORDER BY b.published_at DESC, b.number DESC LIMIT ${limit} OFFSET ${offset}`).execute(act.db);
  const count = await sql<{ total: number }>`SELECT count(*) AS total FROM notices.batch b WHERE ${where}`.execute(act.db);
  return { rows: rows.map((row) => batchOf(act, row)), total: count.rows[0]?.total ?? 0 };
}

/** A batch of the officer's area, or undefined. */
export async function findBatch(act: Act, id: string): Promise<Batch | undefined> {
  const { rows } = await withCounts(sql`SELECT b.* FROM notices.batch b WHERE b.id = ${id} AND starts_with(b.township_code, ${act.actor.area ?? '-'})`).execute(act.db);
  return rows[0] && batchOf(act, rows[0]);
}

export async function insertBatch(act: Act, batch: { id: string; number: string; districtCode: string; townshipCode: string; community: string | null; startsOn: Day; endsOn: Day }): Promise<void> {
  await sql`INSERT INTO notices.batch (district_code, id, number, township_code, community, starts_on, ends_on, account_id, published_at)
    VALUES (${batch.districtCode}, ${batch.id}, ${batch.number}, ${batch.townshipCode}, ${batch.community}, ${batch.startsOn}, ${batch.endsOn}, ${act.actor.accountId}, ${act.now})`.execute(act.db);
}

/** The notices on a poster, as they are printed: by community and name. */
export async function listPosted(act: Act, batch: Batch): Promise<{ id: string; personId: string; community: string; maskedName: string; maskedNumber: string; content: { grade: number; gradeZh: string; gradeEn: string } }[]> {
  const { rows } = await sql<{ id: string; personId: string; community: string; maskedName: string; maskedNumber: string; content: { grade: number; gradeZh: string; gradeEn: string } }>`
    SELECT n.id, n.person_id, n.community, n.masked_name, n.masked_number, n.content FROM notices.notice n
    WHERE n.district_code = ${batch.districtCode} AND n.batch_id = ${batch.id}
      AND NOT EXISTS (SELECT 1 FROM notices.withdrawal w WHERE w.district_code = n.district_code AND w.notice_id = n.id)
    ORDER BY n.community, n.masked_name COLLATE "C", n.masked_number, n.id`.execute(act.db);
  return rows;
}

/** Interruptions of a batch, by day. */
export async function listInterruptions(act: Act, batch: Batch): Promise<Interruption[]> {
  const { rows } = await sql<Interruption>`SELECT from_on, to_on, missing_days, ends_on, note FROM notices.interruption WHERE district_code = ${batch.districtCode} AND batch_id = ${batch.id} ORDER BY from_on, id`.execute(act.db);
  return rows;
}

/** Lets one act at a time reckon the last day of a batch. */
export async function lockBatch(act: Act, id: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(act.db);
}

export async function insertInterruption(act: Act, batch: Batch, id: string, gap: Interruption): Promise<void> {
  await sql`INSERT INTO notices.interruption (district_code, id, batch_id, township_code, from_on, to_on, missing_days, ends_on, note, account_id, recorded_at)
    VALUES (${batch.districtCode}, ${id}, ${batch.id}, ${batch.townshipCode}, ${gap.fromOn}, ${gap.toOn}, ${gap.missingDays}, ${gap.endsOn}, ${gap.note}, ${act.actor.accountId}, ${act.now})`.execute(act.db);
}

/** Proofs of a batch without their pictures, by day. */
export async function listProofs(act: Act, batch: Batch): Promise<Proof[]> {
  const { rows } = await sql<Proof>`SELECT id, posted_on, note, media_type, sha256, size_bytes, actor_name, recorded_at
    FROM notices.posting_proof WHERE district_code = ${batch.districtCode} AND batch_id = ${batch.id} ORDER BY posted_on, id`.execute(act.db);
  return rows;
}

/** Stores a proof whose bytes lie in the vault; false when this very picture is there already. */
export async function insertProof(act: Act, batch: Batch, proof: Omit<Proof, 'mediaType'> & { mediaType: PictureType }): Promise<boolean> {
  const { rows } = await sql`INSERT INTO notices.posting_proof (district_code, id, batch_id, township_code, posted_on, note, media_type, sha256, size_bytes, account_id, actor_name, recorded_at)
    VALUES (${batch.districtCode}, ${proof.id}, ${batch.id}, ${batch.townshipCode}, ${proof.postedOn}, ${proof.note}, ${proof.mediaType}, ${proof.sha256}, ${proof.sizeBytes}, ${act.actor.accountId}, ${proof.actorName}, ${act.now})
    ON CONFLICT (district_code, batch_id, sha256) DO NOTHING RETURNING id`.execute(act.db);
  return rows.length > 0;
}

/** A photograph in the actor's scope, or undefined; `picture` only while its bytes still stand in the row. */
export async function findPicture(act: Act, id: string): Promise<{ mediaType: PictureType; sha256: string; picture: Buffer | null } | undefined> {
  const { rows } = await sql<{ mediaType: PictureType; sha256: string; picture: Buffer | null }>`SELECT media_type, sha256, picture FROM notices.posting_proof WHERE id = ${id}`.execute(act.db);
  return rows[0];
}

/** The next photographs, by id, whose bytes still stand in their rows. */
export async function listPicturesInRows(act: Act, after: string, limit: number): Promise<{ districtCode: string; id: string; sha256: string; picture: Buffer }[]> {
  const { rows } = await sql<{ districtCode: string; id: string; sha256: string; picture: Buffer }>`SELECT district_code, id, sha256, picture FROM notices.posting_proof WHERE picture IS NOT NULL AND id > ${after} ORDER BY id LIMIT ${limit}`.execute(act.db);
  return rows;
}

/** Takes the bytes out of a row whose photograph lies in the vault; false where the database finds that they are not what its hash says. */
export async function emptyPicture(act: Act, districtCode: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ carried: boolean }>`SELECT notices.picture_carried(${districtCode}, ${id}) AS carried`.execute(act.db);
  return rows[0]?.carried ?? false;
}

/** Numbers of the conclusions that rest on notices of this batch, in order. */
export async function listCompletions(act: Act, batch: Batch): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`SELECT c.number FROM notices.completion c JOIN notices.notice n ON n.district_code = c.district_code AND n.id = c.notice_id
    WHERE n.district_code = ${batch.districtCode} AND n.batch_id = ${batch.id} ORDER BY c.number`.execute(act.db);
  return rows.map((row) => row.number);
}

export async function insertCompletion(act: Act, notice: { districtCode: string; id: string; townshipCode: string }, number: string): Promise<void> {
  await sql`INSERT INTO notices.completion (district_code, notice_id, township_code, number, completed_on, completed_at)
    VALUES (${notice.districtCode}, ${notice.id}, ${notice.townshipCode}, ${number}, ${act.today}, ${act.now})`.execute(act.db);
}

export interface StoredReceipt {
  number: string;
  receivedOn: Day;
  receivedAt: string;
  districtCode: string;
  batchNumber: string | null;
  answeredAt: string | null;
  upheld: boolean | null;
}

/** The receipt of an objection for whoever knows its number and contact, or undefined. */
export async function checkReceipt(act: Act, number: string, contact: string): Promise<StoredReceipt | undefined> {
  const { rows } = await sql<StoredReceipt>`SELECT * FROM notices.check_receipt(${number}, ${contact})`.execute(act.db);
  return rows[0];
}

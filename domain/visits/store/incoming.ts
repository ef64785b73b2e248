/** SQL of the intake of tables: the file's rows go into a temporary table, are checked as a set, and become visits with one statement. */
import { sql } from 'kysely';
import type { Day, Month } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';

/** One row of the file, its cells as normalised text. */
export interface IncomingRow {
  n: number;
  institution: string;
  carer: string;
  person: string;
  item: string;
  /** 'YYYY-MM-DD HH:mm[:ss]', office time. */
  startedAt: string;
  endedAt: string;
  longitude: string;
  latitude: string;
  reference: string;
  pair: string;
}

export interface RowFault {
  row: number;
  column: string;
  value: string;
  code: string;
  /** All faults of the file, and the rows that have any. */
  faults: number;
  rejected: number;
}

export async function openIncoming(act: Act): Promise<void> {
  await sql`CREATE TEMP TABLE incoming_row (n int NOT NULL, id uuid NOT NULL, institution text NOT NULL, carer text NOT NULL, person text NOT NULL, item text NOT NULL, started text NOT NULL, ended text NOT NULL,
    lng_text text NOT NULL, lat_text text NOT NULL, ref text NOT NULL, pair text NOT NULL) ON COMMIT DROP`.execute(act.db);
}

/** Adds a portion of rows. */
export async function addIncoming(act: Act, rows: readonly IncomingRow[]): Promise<void> {
  const column = <T>(read: (one: IncomingRow) => T): T[] => rows.map(read);
  await sql`INSERT INTO incoming_row SELECT * FROM unnest(${column((one) => one.n)}::int[], ${column(() => newId<'visit'>(act.now.getTime()))}::uuid[], ${column((one) => one.institution)}::text[], ${column((one) => one.carer)}::text[],
    ${column((one) => one.person)}::text[], ${column((one) => one.item)}::text[], ${column((one) => one.startedAt)}::text[], ${column((one) => one.endedAt)}::text[], ${column((one) => one.longitude)}::text[],
    ${column((one) => one.latitude)}::text[], ${column((one) => one.reference)}::text[], ${column((one) => one.pair)}::text[])`.execute(act.db);
}

/** Days on which visits of the file begin. */
export async function incomingDays(act: Act): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`SELECT DISTINCT left(started, 10)::date AS day FROM incoming_row ORDER BY 1`.execute(act.db);
  return rows.map((row) => row.day);
}

/** Looks up what the rows name. */
export async function resolveIncoming(act: Act, districtCode: string): Promise<void> {
  // Only the columns that rows are joined by: the planner needs no more.
  await sql`ANALYZE incoming_row (institution, carer, person, started, ref)`.execute(act.db);
  await runSql(act.db, sqlFile(new URL('./incoming-resolve.sql', import.meta.url)), { districtCode });
  await sql`ANALYZE incoming_visit (institution_id, service_on, item, pair)`.execute(act.db);
}

export interface CheckAgainst {
  /** Item codes in force on each day of the file. */
  catalogue: { day: Day; edition: string; codes: readonly string[] }[];
  /** Only visits of this institution are taken; null: of every one in scope. */
  onlyInstitution: string | null;
  closedMonths: readonly Month[];
}

/** The first 500 faults, by row. */
export async function checkIncoming(act: Act, against: CheckAgainst): Promise<RowFault[]> {
  const editions = new Map(against.catalogue.map((one) => [one.edition, one.codes]));
  const items = [...editions].flatMap(([edition, codes]) => codes.map((code) => ({ edition, code })));
  return runSql<RowFault>(act.db, sqlFile(new URL('./incoming-check.sql', import.meta.url)), {
    days: against.catalogue.map((one) => one.day), dayEditions: against.catalogue.map((one) => one.edition), items: items.map((one) => one.code), itemEditions: items.map((one) => one.edition),
    onlyInstitution: against.onlyInstitution, now: act.now, closedMonths: against.closedMonths.map((one) => `${one}-01`),
  });
}

/** How many rows are new, and the institution of the file when all rows are of one. */
export async function incomingTotals(act: Act): Promise<{ fresh: number; institutionId: string | null }> {
  const { rows } = await sql<{ fresh: number; institutionId: string | null }>`SELECT count(*) FILTER (WHERE known_id IS NULL) AS fresh,
    CASE WHEN count(DISTINCT institution_id) = 1 THEN (array_agg(institution_id))[1] END AS institution_id FROM incoming_visit`.execute(act.db);
  return rows[0]!;
}

/** Adds the new visits. */
export async function insertIncoming(act: Act, districtCode: string, intakeId: string): Promise<void> {
  await runSql(act.db, sqlFile(new URL('./incoming-insert.sql', import.meta.url)), { districtCode, intakeId });
}

export async function closeIncoming(act: Act): Promise<void> {
  await sql`DROP TABLE IF EXISTS incoming_visit, incoming_row`.execute(act.db);
}

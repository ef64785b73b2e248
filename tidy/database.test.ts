/** The walls and the dictionary of the real database, read from its own catalogue. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type FreshDatabase } from '#platform/db/testing.ts';
import { told } from './source.ts';

const OURS = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'graphile_worker', 'public') AND n.nspname !~ '^pg_'`;
const TABLES = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OURS}`;

/** Rows that are written once: the app role may add them and never change or delete them. */
const APPEND_ONLY = [
  'platform.event', 'platform.decision', 'platform.repeat_key', 'ledger.account', 'ledger.posting', 'ledger.entry',
  'notices.notice', 'notices.objection', 'notices.objection_answer', 'notices.withdrawal', 'notices.batch', 'notices.interruption', 'notices.posting_proof', 'notices.completion',
  'workers.admission', 'workers.training', 'workers.suspension', 'workers.suspension_lift', 'workers.departure',
  'assessments.material', 'assessments.material_withdrawal', 'assessments.self_assessment', 'assessments.pre_review', 'assessments.status_decision', 'assessments.status_revocation',
  'assessments.site_visit_revision', 'assessments.site_evidence', 'assessments.site_video_piece', 'assessments.confirmation', 'assessments.expert_call', 'assessments.insurer_check',
  'assessments.delivery', 'assessments.delivery_proof', 'assessments.reminder', 'assessments.scale_trial', 'assessments.scale_trial_change', 'assessments.complaint', 'assessments.complaint_answer',
  'assessments.quality_month', 'assessments.quality_figure', 'assessments.quality_item', 'assessments.quality_case', 'assessments.fee_month', 'assessments.fee_line', 'assessments.fee_review',
  'visits.visit', 'visits.intake', 'visits.month_lock', 'visits.travel_time', 'claims.month_close', 'claims.line', 'claims.finding', 'claims.review',
  'reporting.counted_month', 'reporting.visit_sum', 'reporting.finding_sum',
];

/** Rows of which only these columns are ever filled in later: the day on which something ended, the answer to an order. */
const ENDED_ONLY: Readonly<Record<string, readonly string[]>> = {
  'providers.filed_price': ['to_on'],
  'providers.related_party': ['to_on'],
  'providers.agreement_pause': ['to_on'],
  'assessments.interest': ['to_on'],
  // A deadline whose calendar was missing.
  'assessments.case_return': ['calendar_missing', 'due_known_on', 'due_on'],
  'assessments.dispatch_order': [
    'answered_at', 'answerer_name', 'appointment_on', 'assessor_account_id', 'assessor_name', 'assigned_at', 'due_known_on', 'due_on', 'ended_at', 'expert_account_id', 'expert_name', 'late_on', 'note', 'reason_code', 'respond_by', 'state',
    'window_from', 'window_to',
  ],
};

/** Tables of the owner alone: sign-in, secrets, the state of the demo city. The app role has no way in. */
const OWNERS_ALONE = ['identity.', 'world.', 'people.identity_register', 'platform.number_series', 'platform.job_done'];
/** Shared registers, the same for all districts: their key does not lead with a district. */
const REGISTERS = ['platform.area', 'platform.number_series', 'platform.repeat_key', 'platform.job_done', 'people.identity_register', 'providers.institution', 'providers.filed_price', 'providers.related_party', 'providers.agreement_pause', 'workers.worker', 'identity.role', 'identity.account', 'identity.account_person', 'identity.attempt', 'identity.session', 'identity.secret', 'world.stage'];

let database: FreshDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function names(sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(sql, values);
  return rows.map((row) => row.name).sort();
}

describe('the database', () => {
  it('says of every table what it holds', async () => {
    const silent = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES} AND obj_description(c.oid, 'pg_class') IS NULL`);
    expect(told(silent, 'Add COMMENT ON TABLE with the Chinese noun first: the data dictionary is made from it.')).toBe('');
  });

  it('says of every schema and function what it is for', async () => {
    const schemas = await names(`SELECT n.nspname AS name FROM pg_namespace n WHERE ${OURS} AND obj_description(n.oid, 'pg_namespace') IS NULL`);
    const functions = await names(`SELECT n.nspname || '.' || p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND obj_description(p.oid, 'pg_proc') IS NULL`);
    expect(told([...schemas, ...functions], 'Add COMMENT ON SCHEMA or COMMENT ON FUNCTION.')).toBe('');
  });

  it('puts the wall around every table that the app role reaches', async () => {
    const open = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES} AND NOT c.relrowsecurity
      AND has_table_privilege('changhu_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE') AND n.nspname || '.' || c.relname <> 'platform.area'`);
    expect(told(open, 'CALL scope.protect(…) in the migration, or write policies by hand.')).toBe('');
  });

  it('puts the wall around every table that carries a district, unless only the owner reads it', async () => {
    const open = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES} AND NOT c.relrowsecurity
      AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'district_code' AND NOT a.attisdropped)`);
    const reached = open.filter((name) => !OWNERS_ALONE.some((start) => name.startsWith(start)));
    expect(told(reached, 'CALL scope.protect(…) in the migration.')).toBe('');
  });

  it('keeps accounts, secrets and the register of identity numbers from the app role', async () => {
    const reached = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES} AND has_table_privilege('changhu_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')`);
    expect(told(reached.filter((name) => OWNERS_ALONE.some((start) => name.startsWith(start))), 'Take the grant away: these tables are read by the owner alone.')).toBe('');
  });

  it('leads every key of an operational table with the district', async () => {
    const odd = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES} AND NOT EXISTS (
      SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname = 'district_code')`);
    expect(told(odd.filter((name) => !REGISTERS.includes(name)), 'Begin the primary key with district_code: it is the area, the book, the unit of the close and the key by which a cluster spreads the table.')).toBe('');
  });

  it('refuses the app role to change or delete what is written once', async () => {
    const there = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES}`);
    expect(told(APPEND_ONLY.filter((name) => !there.includes(name)), 'The list of append-only tables names one that is gone: mend tidy/database.test.ts.')).toBe('');
    const changeable = await names(`SELECT name FROM unnest($1::text[]) AS name WHERE has_table_privilege('changhu_app', name, 'UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege('changhu_app', name, 'UPDATE')`, [APPEND_ONLY]);
    expect(told(changeable, 'GRANT SELECT, INSERT only.')).toBe('');
  });

  it('lets the app role fill in later only what ends a row', async () => {
    for (const [name, columns] of Object.entries(ENDED_ONLY)) {
      expect(await names(`SELECT a.attname AS name FROM pg_attribute a WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege('changhu_app', a.attrelid, a.attnum, 'UPDATE')`, [name]), name).toEqual([...columns]);
    }
  });

  it('knows of every table whether its rows may change', async () => {
    const tables = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES} AND has_table_privilege('changhu_app', c.oid, 'INSERT') AND NOT has_table_privilege('changhu_app', c.oid, 'UPDATE')`);
    expect(told(tables.filter((name) => !APPEND_ONLY.includes(name) && !(name in ENDED_ONLY)), 'The app role only adds here: put the table into APPEND_ONLY of tidy/database.test.ts, so that nobody loosens it unseen.')).toBe('');
  });

  it('lets nobody but the owner delete anything', async () => {
    const deletable = await names(`SELECT n.nspname || '.' || c.relname AS name FROM ${TABLES} AND has_table_privilege('changhu_app', c.oid, 'DELETE, TRUNCATE')`);
    expect(told(deletable, 'The office corrects by a new row or ends a row by a date; take the DELETE grant away.')).toBe('');
  });

  it('takes the day of an instant from the office\'s time zone, never from the database server\'s own', async () => {
    expect(await names(`SELECT n.nspname || '.' || p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND p.prokind = 'f' AND p.prosrc ~* '_at::date|current_date|now\\(\\)::date'`)).toEqual([]);
  });

  it('calls the hash of a file in the vault sha256, since the sweep takes away what no column of that name names', async () => {
    const others = ['assessments.site_video.seal_sha256', 'assessments.site_visit.content_sha256', 'assessments.site_visit_revision.content_sha256', 'identity.account.activation_sha256', 'identity.attempt.name_sha256', 'identity.session.id_sha256', 'ledger.posting.body_sha256', 'platform.repeat_key.body_sha256'];
    const hashes = await names(`SELECT n.nspname || '.' || c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OURS} AND a.attname <> 'sha256' AND (a.attname ~ '(sha|hash)' OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey) AND pg_get_constraintdef(k.oid) LIKE '%{64}%'))`);
    expect(hashes.filter((one) => one !== 'identity.account.password_hash')).toEqual(others);
  });

  it('spreads visits, claim lines and findings over months', async () => {
    expect(await names(`SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'p'`)).toEqual(['claims.finding', 'claims.line', 'visits.visit']);
  });

  it('gives the app role no way past the wall', async () => {
    expect(await names(`SELECT rolname AS name FROM pg_roles WHERE rolname IN ('changhu_app', 'changhu_report') AND (rolbypassrls OR rolsuper OR rolcreaterole)`)).toEqual([]);
    const loose = await names(`SELECT n.nspname || '.' || p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OURS} AND p.prosecdef
      AND (has_function_privilege('public', p.oid, 'EXECUTE') OR NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) AS setting WHERE setting LIKE 'search_path=%'))`);
    expect(told(loose, 'A function that runs as the owner sets its own search_path and is revoked from public.')).toBe('');
  });
});

/** What the database's own catalogue says of itself: read once, printed as tables.md and as schema.sql. */
import pg from 'pg';

export interface Column {
  name: string;
  type: string;
  required: boolean;
  fallback: string | null;
  generated: boolean;
  comment: string | null;
}

export interface Table {
  schema: string;
  name: string;
  comment: string | null;
  partitionedBy: string | null;
  walled: boolean;
  columns: Column[];
  constraints: { name: string; definition: string }[];
  indexes: string[];
  policies: { name: string; command: string; roles: string; using: string | null; check: string | null }[];
  triggers: string[];
  grants: { role: string; privileges: string }[];
}

export interface Routine {
  schema: string;
  name: string;
  definition: string;
  comment: string | null;
}

export interface Catalogue {
  schemas: { name: string; comment: string | null }[];
  tables: Table[];
  routines: Routine[];
}

const OURS = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'graphile_worker', 'public') AND n.nspname !~ '^pg_'`;
const ORDER = `COLLATE "C"`;

/** Reads the catalogue of a migrated database, in an order that is the same everywhere. */
export async function readCatalogue(url: string): Promise<Catalogue> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const schemas = await client.query(`SELECT n.nspname AS name, obj_description(n.oid, 'pg_namespace') AS comment FROM pg_namespace n WHERE ${OURS} ORDER BY n.nspname ${ORDER}`);
    const tables = await client.query(TABLES);
    const routines = await client.query(ROUTINES);
    return { schemas: schemas.rows as Catalogue['schemas'], tables: tables.rows as Table[], routines: routines.rows as Routine[] };
  } finally {
    await client.end();
  }
}

const list = (select: string): string => `coalesce((SELECT jsonb_agg(to_jsonb(x)) FROM (${select}) AS x), '[]')`;

const TABLES = `
SELECT n.nspname AS schema, c.relname AS name, obj_description(c.oid, 'pg_class') AS comment, pg_get_partkeydef(c.oid) AS "partitionedBy", c.relrowsecurity AS walled,
  ${list(`SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required, pg_get_expr(d.adbin, d.adrelid) AS fallback, a.attgenerated <> '' AS generated, col_description(c.oid, a.attnum) AS comment
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`)} AS columns,
  ${list(`SELECT k.conname AS name, pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x', 'c', 'f') AND k.conparentid = 0
    ORDER BY position(k.contype::text IN 'puxcf'), k.conname ${ORDER}, pg_get_constraintdef(k.oid) ${ORDER}`)} AS constraints,
  coalesce((SELECT jsonb_agg(pg_get_indexdef(i.indexrelid) ORDER BY pg_get_indexdef(i.indexrelid) ${ORDER}) FROM pg_index i WHERE i.indrelid = c.oid AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))), '[]') AS indexes,
  ${list(`SELECT p.policyname AS name, p.cmd AS command, array_to_string(ARRAY(SELECT r FROM unnest(p.roles) r ORDER BY r), ', ') AS roles, p.qual AS using, p.with_check AS check FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname ORDER BY p.policyname ${ORDER}`)} AS policies,
  coalesce((SELECT jsonb_agg(pg_get_triggerdef(t.oid) ORDER BY t.tgname) FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal), '[]') AS triggers,
  ${list(`SELECT g.grantee AS role, string_agg(DISTINCT g.privilege_type, ', ' ORDER BY g.privilege_type) AS privileges FROM information_schema.role_table_grants g
    WHERE g.table_schema = n.nspname AND g.table_name = c.relname AND g.grantee IN ('changhu_app', 'changhu_report') GROUP BY g.grantee ORDER BY g.grantee`)} AS grants
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${OURS} ORDER BY n.nspname ${ORDER}, c.relname ${ORDER}`;

const ROUTINES = `
SELECT n.nspname AS schema, p.proname AS name, pg_get_functiondef(p.oid) AS definition, obj_description(p.oid, 'pg_proc') AS comment
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE ${OURS} AND p.prokind IN ('f', 'p') AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.objid = p.oid AND x.deptype = 'e') ORDER BY n.nspname ${ORDER}, p.proname ${ORDER}, pg_get_function_identity_arguments(p.oid) ${ORDER}`;

/** docs/reference/tables.md (the data dictionary) and db/schema.sql (a picture of the structure), from the database itself. */
import type { Catalogue, Column, Routine, Table } from './catalogue.ts';
import { cell, code, page, table } from './markdown.ts';

export function tablesPage({ schemas, tables, routines }: Catalogue): string {
  const parts = schemas.map((schema) => {
    const own = tables.filter((one) => one.schema === schema.name);
    const functions = routines.filter((one) => one.schema === schema.name);
    return [
      `## ${schema.name}`, cell(schema.comment), ...own.map(describe),
      ...(functions.length > 0 ? [table(['函数 function', '说明 about'], functions.map((one) => [code(`${schema.name}.${one.name}`), one.comment]))] : []),
    ].join('\n\n');
  });
  return page(
    '数据字典 · Tables',
    {
      zh: '每张表、每一列、谁能看到哪些行。`changhu_app` 是程序使用的角色，只能在行级安全之内读写；列出的权限之外没有别的权限。',
      en: 'Every table, every column, and who sees which rows. `changhu_app` is the role of the program: it works behind row-level security and has no other grant than those listed.',
    },
    ...parts,
  );
}

function describe(one: Table): string {
  const key = one.constraints.find((constraint) => constraint.definition.startsWith('PRIMARY KEY'))?.definition.replace('PRIMARY KEY ', '') ?? '–';
  const facts = [
    `主键 key ${code(key)}`,
    one.partitionedBy ? `分区 partitioned by ${code(one.partitionedBy)}` : '',
    `权限 grants: ${one.grants.map((grant) => `${grant.role} ${grant.privileges}`).join('; ') || '仅所有者 the owner alone'}`,
  ].filter(Boolean).join(' · ');
  const wall = one.walled ? one.policies.map((policy) => `- 行 rows (${policy.name}, ${policy.command}): ${code((policy.using ?? policy.check ?? 'true').replace(/\s+/g, ' '))}`).join('\n') : '- 行 rows：没有行级安全 no row-level security';
  const columns = table(['列 column', '类型 type', '必填 required', '说明 about'], one.columns.map((column) => [code(column.name), column.type, column.required ? '✓' : '', aboutColumn(one, column)]));
  return [`### ${one.schema}.${one.name}`, cell(one.comment), facts, wall, columns].join('\n\n');
}

/** Columns that mean the same wherever they stand. */
const EVERYWHERE: Record<string, string> = {
  district_code: '区县 · District (GB/T 2260, six digits): scope, book, unit of the close, key of distribution',
  township_code: '街镇 · Township of the person, nine digits: the wall of officers',
  person_id: '参保人 · The insured person',
  institution_id: '机构 · The institution: its own rows are what it sees',
  worker_id: '服务人员 · The worker',
  account_id: '账号 · The account that acted',
  source_ref: '来源编号 · Reference in the file the row came from',
  id: '编号 · UUIDv7, made by the program',
};

/** A column's own comment; else the values it may have, what it points at, or what it means everywhere. */
function aboutColumn(one: Table, column: Column): string | null {
  if (column.comment) return column.comment;
  const said = [referenceOf(one, column.name), valuesOf(one, column.name)].filter(Boolean).join('; ');
  return said || (EVERYWHERE[column.name] ?? null);
}

/** The column's foreign key, where it has one besides the district. */
function referenceOf(one: Table, column: string): string | null {
  const hit = one.constraints.find((constraint) => constraint.definition.startsWith('FOREIGN KEY') && /\(([^)]*)\)/.exec(constraint.definition)?.[1]?.split(', ').includes(column));
  return hit && column !== 'district_code' ? `→ ${hit.definition.split('REFERENCES ')[1]!.split('(')[0]}` : null;
}

/** The codes that a check constraint allows. */
function valuesOf(one: Table, column: string): string | null {
  const hit = one.constraints.map((constraint) => new RegExp(`^CHECK \\(\\(${column} = ANY \\(ARRAY\\[([^\\]]*)\\]\\)\\)\\)`).exec(constraint.definition)).find(Boolean);
  return hit ? hit[1]!.replace(/'([^']*)'::text/g, '`$1`') : null;
}

export function schemaPicture({ schemas, tables, routines }: Catalogue): string {
  const head = '-- A picture of the database\'s structure, made by `npm run reference` from its catalogue. To change it, add a migration to db/migrations.\n';
  const parts = schemas.map((schema) => [
    `-- ${'='.repeat(4)} ${schema.name}: ${schema.comment ?? ''}`,
    `CREATE SCHEMA ${schema.name};`,
    ...routines.filter((one) => one.schema === schema.name).map(routineSql),
    ...tables.filter((one) => one.schema === schema.name).map(tableSql),
  ].join('\n\n'));
  return `${head}\n${parts.join('\n\n')}\n`;
}

const routineSql = (one: Routine): string => `${one.definition.trimEnd()};`;

function tableSql(one: Table): string {
  const name = `${one.schema}.${one.name}`;
  const columns = one.columns.map((column) => {
    const fallback = column.fallback === null ? '' : column.generated ? ` GENERATED ALWAYS AS (${column.fallback}) STORED` : ` DEFAULT ${column.fallback}`;
    return `  ${column.name} ${column.type}${column.required ? ' NOT NULL' : ''}${fallback}`;
  });
  const constraints = one.constraints.map((constraint) => `  CONSTRAINT ${constraint.name} ${constraint.definition}`);
  const lines = [
    ...(one.comment ? [`-- ${one.comment.replace(/\s+/g, ' ')}`] : []),
    `CREATE TABLE ${name} (\n${[...columns, ...constraints].join(',\n')}\n)${one.partitionedBy ? ` PARTITION BY ${one.partitionedBy}` : ''};`,
    ...one.indexes.map((index) => `${index};`),
    ...one.triggers.map((trigger) => `${trigger};`),
    ...(one.walled ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`] : []),
    ...one.policies.map((policy) => `CREATE POLICY ${policy.name} ON ${name} FOR ${policy.command} TO ${policy.roles}${policy.using ? ` USING (${policy.using})` : ''}${policy.check ? ` WITH CHECK (${policy.check})` : ''};`),
    ...one.grants.map((grant) => `GRANT ${grant.privileges} ON ${name} TO ${grant.role};`),
  ];
  return lines.join('\n');
}

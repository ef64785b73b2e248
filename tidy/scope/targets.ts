/** What random calls are made of: ids, areas, months and codes of the city, and queries that fit an endpoint's schema. */
import type { TSchema } from '@sinclair/typebox';
import type pg from 'pg';
import type { Oracle, Viewer } from './oracle.ts';
import type { Chance } from './random.ts';

export interface Pools {
  districts: string[];
  townships: string[];
  months: string[];
  days: string[];
  persons: { id: string; number: string; district: string; township: string }[];
  institutions: { id: string; code: string; district: string; kind: string }[];
  workers: { id: string; number: string; institution: string }[];
  intakes: string[];
  statements: string[];
  rules: string[];
  items: string[];
  accounts: string[];
  communities: string[];
  notices: { id: string; township: string }[];
  batches: { id: string; township: string }[];
  closes: { district: string; month: string }[];
  letterCodes: string[];
}

/** Everything a call may be made of, for one actor. */
export interface Targets {
  chance: Chance;
  pools: Pools;
  oracle: Oracle;
  viewer: Viewer;
}

export async function readPools(owner: pg.Pool): Promise<Pools> {
  const rows = async <T>(text: string): Promise<T[]> => (await owner.query(text)).rows as T[];
  const list = async (text: string): Promise<string[]> => (await rows<{ x: string }>(text)).map((row) => row.x);
  return {
    districts: await list('SELECT code AS x FROM platform.area WHERE length(code) = 6 ORDER BY 1'),
    townships: await list('SELECT code AS x FROM platform.area WHERE length(code) = 9 ORDER BY 1'),
    months: await list(`SELECT DISTINCT to_char(service_on, 'YYYY-MM') AS x FROM visits.visit ORDER BY 1`),
    days: await list(`SELECT DISTINCT to_char(service_on, 'YYYY-MM-DD') AS x FROM visits.visit ORDER BY 1`),
    persons: await rows('SELECT id, identity_number AS number, district_code AS district, township_code AS township FROM people.person ORDER BY identity_number'),
    institutions: await rows('SELECT id, code, district_code AS district, kind FROM providers.institution ORDER BY code'),
    workers: await rows('SELECT id, identity_number AS number, institution_id AS institution FROM workers.worker ORDER BY identity_number'),
    intakes: await list('SELECT id AS x FROM visits.intake ORDER BY 1'),
    statements: await list('SELECT id AS x FROM claims.statement ORDER BY 1'),
    rules: await list('SELECT DISTINCT rule AS x FROM claims.finding ORDER BY 1'),
    items: await list('SELECT DISTINCT item_code AS x FROM plans.item ORDER BY 1'),
    accounts: await list('SELECT DISTINCT code AS x FROM ledger.account ORDER BY 1'),
    communities: await list('SELECT DISTINCT community AS x FROM people.person ORDER BY 1'),
    notices: await rows('SELECT id, township_code AS township FROM notices.notice ORDER BY id'),
    batches: await rows('SELECT id, township_code AS township FROM notices.batch ORDER BY id'),
    closes: await rows(`SELECT district_code AS district, to_char(month, 'YYYY-MM') AS month FROM claims.month_close ORDER BY 1, 2`),
    letterCodes: await list(`SELECT check_code AS x FROM assessments.conclusion WHERE origin = 'assessed' ORDER BY 1`),
  };
}

/** A query that fits the schema: each filter with some chance, own and foreign values alike. */
export function queryFor(schema: TSchema | undefined, targets: Targets, always: readonly string[] = []): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, property] of Object.entries((schema?.['properties'] ?? {}) as Record<string, TSchema>)) {
    const must = always.includes(name) || ((schema?.['required'] ?? []) as string[]).includes(name);
    if (must || targets.chance.maybe(0.3)) query[name] = valueFor(name, property, targets);
  }
  return query;
}

/** True when the filters ask for nothing special: the total is then the number of rows in scope. */
export const PAGING = ['page', 'pageSize'];

function valueFor(name: string, schema: TSchema, { chance, pools }: Targets): string {
  const known: Record<string, () => string> = {
    district: () => chance.pick(pools.districts), township: () => chance.pick(pools.townships), month: () => chance.pick(pools.months), day: () => chance.pick(pools.days),
    person: () => chance.pick(pools.persons).id, institution: () => chance.pick(pools.institutions).id, worker: () => chance.pick(pools.workers).id, intake: () => chance.pick(pools.intakes),
    statement: () => chance.pick(pools.statements), rule: () => chance.pick(pools.rules), item: () => chance.pick(pools.items), account: () => chance.pick(pools.accounts),
    community: () => chance.pick(pools.communities), q: () => chance.pick(['王', 'li', '99', 'HC', '陈', 'wang']), page: () => String(1 + chance.below(2)), pageSize: () => '200',
    serviceOn: () => chance.pick(pools.days), city: () => 'qinghe', id: () => 'none-such', format: () => chance.pick(['csv', 'excel', 'world', 'hhcrsp']),
    application: () => '00000000-0000-7000-8000-000000000000', conclusion: () => '00000000-0000-7000-8000-000000000000', districtCode: () => chance.pick(pools.districts), townshipCode: () => chance.pick(pools.townships), care: () => 'runs', recheck: () => 'open',
    assessor: () => '00000000-0000-7000-8000-000000000000', all: () => 'true',
    batch: () => 'QH-N-2026-000001', proof: () => 'missing', module: () => 'claims', name: () => 'claims.weeklyCapMin', expiringDays: () => '90', before: () => String(chance.below(6)), after: () => String(chance.below(6)), grade: () => String(chance.below(6)), take: () => String(chance.below(2)),
  };
  if (known[name]) return known[name]();
  const choices = (schema['enum'] as string[] | undefined) ?? (schema['anyOf'] as TSchema[] | undefined)?.map((one) => String(one['const']));
  if (choices) return chance.pick(choices);
  if (schema['type'] === 'boolean') return String(chance.maybe(0.5));
  if (schema['format'] === 'date') return chance.pick(pools.days);
  throw new Error(`the scope test knows no value for the filter '${name}': add one to tidy/scope/targets.ts`);
}

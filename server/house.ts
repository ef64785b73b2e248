/** Puts the house together: database, policy, modules, words. Everything that runs (server, worker, commands, tests) begins here. */
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { dayOf, monthOf } from '#kit/days.ts';
import { connect } from '#platform/db/connect.ts';
import type { Db } from '#platform/db/connect.ts';
import { migrate } from '#platform/db/migrate.ts';
import { ensureMonths, monthsAround } from '#platform/db/months.ts';
import type { Log, Platform } from '#platform/act.ts';
import { openVault } from '#platform/files/vault.ts';
import { listenersOf } from '#platform/jobs/runner.ts';
import type { CityFile, PolicyBook } from '#platform/policy/index.ts';
import { fakeMessageGateway } from '#platform/gateways/fake-message.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { readRoles, writeRoles } from '#platform/identity/roles.ts';
import { loadWords } from '#platform/words/words.ts';
import type { Words } from '#platform/words/words.ts';
import { MONTH_TABLES } from '#domain/claims/index.ts';
import { modules } from './modules.ts';
import { filesDir } from './settings.ts';

export const POLICY_ROOT = new URL('../policy/', import.meta.url);
const ROLES = new URL('../domain/roles.yaml', import.meta.url);

export interface House {
  platform: Platform;
  words: Words;
  modules: typeof modules;
  close(): Promise<void>;
}

export interface HouseOptions {
  databaseUrl: string;
  appDatabaseUrl?: string;
  city?: string;
  log?: Log;
  poolSize?: number;
  /** Address that people reach; printed in QR codes. */
  publicUrl?: string;
  /** Folder of the vault; the one of the settings unless given. */
  filesDir?: string;
}

const QUIET: Log = { info: () => undefined, warn: () => undefined, error: (fields, sentence) => console.error(sentence, fields) };

let wordsRead: Words | undefined;
const booksRead = new Map<string, PolicyBook>();

/** Words of the platform and of every module; read once per process, as is the policy book. */
export function houseWords(): Words {
  return (wordsRead ??= readWords());
}

function readWords(): Words {
  const ours = ['platform', 'kit', 'platform/files', 'platform/documents', 'platform/db/embedded'];
  return loadWords([...ours.map((name) => ({ name, words: new URL(`../${name}/`, import.meta.url) })), ...modules]);
}

function bookOf(city: string): PolicyBook {
  const book = booksRead.get(city) ?? loadPolicy({ root: fileURLToPath(POLICY_ROOT), city, needs: modules.flatMap((one) => one.policy) });
  booksRead.set(city, book);
  return book;
}

/** Opens the house on a migrated database. Throws a PolicyProblem that names the file when a figure is missing. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const city = options.city ?? 'qinghe';
  const policy = bookOf(city);
  const databases = connect({ url: options.databaseUrl, ...(options.appDatabaseUrl === undefined ? {} : { appUrl: options.appDatabaseUrl }), ...(options.poolSize === undefined ? {} : { max: options.poolSize }) });
  const platform: Platform = { databases, policy, files: openVault(options.filesDir ?? filesDir()), cityCode: policy.about.code, publicUrl: options.publicUrl ?? 'http://localhost:8080', listeners: listenersOf(modules), messages: fakeMessageGateway, log: options.log ?? QUIET };
  return { platform, words: houseWords(), modules, close: () => databases.close() };
}

/** Migrates, then writes the roles and the city's divisions and makes the months around `now`: what every start does first. */
export async function prepareDatabase(databaseUrl: string, city = 'qinghe', log: (sentence: string) => void = () => undefined, now = new Date()): Promise<void> {
  await migrate(databaseUrl, log);
  const { about } = loadPolicy({ root: fileURLToPath(POLICY_ROOT), city, needs: [] });
  const databases = connect({ url: databaseUrl, max: 2 });
  try {
    await writeRoles(databases.ownerDb, readRoles(ROLES));
    await writeAreas(databases.ownerDb, about);
    await ensureMonths(databases, MONTH_TABLES, monthsAround(monthOf(dayOf(now)), 12, 6));
  } finally {
    await databases.close();
  }
}

/** Makes platform.area hold the city, its districts and townships; names follow the file, nothing is taken away. */
export async function writeAreas(db: Db, about: CityFile): Promise<void> {
  const rows = [{ code: about.code, name: about.name }, ...(about.districts ?? []).flatMap((one) => [{ code: one.code, name: one.name }, ...one.townships])];
  await sql`INSERT INTO platform.area (code, name_zh, name_en) SELECT * FROM unnest(${rows.map((one) => one.code)}::text[], ${rows.map((one) => one.name.zh)}::text[], ${rows.map((one) => one.name.en)}::text[])
    ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en`.execute(db);
}

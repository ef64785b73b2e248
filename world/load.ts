/** Loads the fictional city into an empty database, in stages: a loading that was killed goes on after the last finished one. */
import type pg from 'pg';
import type { Bilingual } from '#kit/contract.ts';
import type { House } from '#server/house.ts';
import { openHouse } from '#server/house.ts';
import { inTransaction } from './rows.ts';
import type { Client } from './rows.ts';
import { openAccounts } from './stages/accounts.ts';
import { tellDesks } from './stages/desks.ts';
import { tellApplications } from './stages/applications.ts';
import { loadDependants } from './stages/dependants.ts';
import { tellNamedCare } from './stages/named.ts';
import { loadRegister } from './stages/register.ts';
import { settleFees } from './stages/settled.ts';
import { loadVisits } from './stages/visits.ts';
import { tellYear } from './stages/year.ts';

export type Say = (sentence: Bilingual) => void;

interface Stage {
  name: string;
  about: Bilingual;
  /** All rows in one transaction, the marker with them. */
  rows?(client: Client, house: House): Promise<void>;
  /** Acts of people, each its own transaction: safe to repeat from anywhere. */
  acts?(house: House): Promise<void>;
  /** Fills tables that were empty. */
  fills?: true;
}

const STAGES: readonly Stage[] = [
  { name: 'register', about: { zh: '机构、备案价、服务人员', en: 'institutions, filed prices, workers' }, rows: (client, house) => loadRegister(client, house.platform.policy) },
  { name: 'staff', about: { zh: '各岗位账号', en: 'accounts of the staff' }, acts: (house) => openAccounts(house, 'staff') },
  { name: 'dependants', about: { zh: '失能人员、结论、护理计划', en: 'dependants, conclusions, care plans' }, rows: loadDependants, fills: true },
  { name: 'named', about: { zh: '王桂兰、周德海、陈淑珍的申请到护理', en: 'three named people from application to care' }, acts: tellNamedCare },
  { name: 'family', about: { zh: '家属账号', en: 'accounts of families' }, acts: (house) => openAccounts(house, 'family') },
  { name: 'visits', about: { zh: '2025年9月至2026年10月的上门服务', en: 'home visits from September 2025 to October 2026' }, acts: loadVisits, fills: true },
  { name: 'year', about: { zh: '一年的基金账、月结、复核和支付', en: 'a year of books, closes, reviews and payments' }, acts: tellYear },
  { name: 'applications', about: { zh: '在办申请、公示和异议', en: 'open applications, notices and an objection' }, acts: tellApplications },
  { name: 'desks', about: { zh: '各评估岗位手上的案件', en: 'what stands at each desk of assessment' }, acts: tellDesks },
  { name: 'settled', about: { zh: '一年的评估费和评估质量', en: 'a year of assessment fees and of the quality of assessments' }, acts: settleFees },
];

/**
 * Loads the world; returns whether it did. A database that holds anybody's people or accounts is left alone, one that a killed
 * loading left behind is finished, and a loaded one is not touched. Photographs and papers go to the vault of the settings, unless another folder is given.
 */
export async function loadWorld(databaseUrl: string, say: Say = () => undefined, filesDir?: string): Promise<boolean> {
  const house = await openHouse({ databaseUrl, poolSize: 6, ...(filesDir === undefined ? {} : { filesDir }) });
  const { owner } = house.platform.databases;
  try {
    const done = await stagesDone(owner);
    const open = STAGES.filter((one) => !done.has(one.name));
    if (open.length === 0 || (done.size === 0 && (await somebodyLivesHere(owner)))) return false;
    say(done.size === 0 ? { zh: '正在载入虚构的青禾市……', en: 'Loading the fictional city of Qinghe …' } : { zh: '接着载入上次没有载完的青禾市……', en: 'Going on with the fictional city where the last start ended …' });
    for (const one of open) {
      const from = performance.now();
      await runStage(one, house);
      const seconds = ((performance.now() - from) / 1000).toFixed(1);
      say({ zh: `  ${one.about.zh}（${seconds} 秒）`, en: `${one.about.en} (${seconds} s)` });
    }
    return true;
  } finally {
    await house.close();
  }
}

async function stagesDone(owner: pg.Pool): Promise<Set<string>> {
  const { rows } = await owner.query<{ name: string }>('SELECT name FROM world.stage');
  return new Set(rows.map((row) => row.name));
}

/** People, institutions or accounts that are not the world's. */
async function somebodyLivesHere(owner: pg.Pool): Promise<boolean> {
  const { rows } = await owner.query<{ lives: boolean }>(`SELECT EXISTS (SELECT 1 FROM people.person) OR EXISTS (SELECT 1 FROM providers.institution) OR EXISTS (SELECT 1 FROM identity.account) AS lives`);
  return rows[0]!.lives;
}

async function runStage(stage: Stage, house: House): Promise<void> {
  const { owner } = house.platform.databases;
  await stage.acts?.(house);
  await inTransaction(owner, async (client) => {
    await stage.rows?.(client, house);
    await client.query('INSERT INTO world.stage (name) VALUES ($1)', [stage.name]);
  });
  // What the next stages look up was not there a moment ago: the planner must know.
  if (stage.fills) await owner.query('ANALYZE');
}

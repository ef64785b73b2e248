/** Whatever the city decided, did and found is said in words: no code, no empty parameter, no key of the program. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bilingual } from '#kit/contract.ts';
import type { Explanation } from '#kit/explanation.ts';
import { explain } from '#platform/records/actions.ts';
import { worded } from '#platform/records/wording.ts';
import type { EventRow } from '#platform/records/store.ts';
import { sentence } from '#platform/words/words.ts';
import type { FindingRow } from '#domain/claims/index.ts';
import { openTestHouse } from '#server/testing.ts';
import type { TestHouse } from '#server/testing.ts';
import { freshWorld } from './testing.ts';
import { WORLD_TODAY } from './today.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse(`${WORLD_TODAY}T02:00:00Z`, freshWorld());
}, 240_000);
afterAll(() => house.close());

const ids = async (text: string) => (await house.platform.databases.owner.query<{ id: string }>(text)).rows.map((row) => row.id);

/** What no reader should meet: an empty parameter, a placeholder, a value or code of the program. Numbers of cases and editions (QH-A-2026-000001, qinghe-2024) are names. */
const RAW = /(?<!\d)–|[{}]|\b(?:true|false|null|undefined|NaN)\b|\b[a-z]+[A-Z]\w*\b|\b[A-Z]+_[A-Z_0-9]+\b|\b[a-z]+\.[a-z]+\b/;
const HAN = /[\u3400-\u9fff]/;

/** The faults of a text in both languages; names of people and places stay Chinese in the English text. */
function faults(where: string, text: Bilingual): string[] {
  const found = (['zh', 'en'] as const).filter((lang) => text[lang] === '' || RAW.test(text[lang])).map((lang) => `${where} (${lang}): ${text[lang]}`);
  return HAN.test(text.zh) ? found : [...found, `${where} is not Chinese: ${text.zh}`];
}

/** Strings and keys inside facts that look like codes and have no name. */
function unnamed(value: unknown, names: Explanation['names'], top = true): string[] {
  const code = (one: string) => (/^(?:[a-z]+(?:[A-Z][a-z]*)+|[A-Z]{2}-[A-Z]*\d+|[a-z]{2,}\.[a-z]+|[a-z]+(?:-[a-z]+)+)$/.test(one) && !names[one] ? [one] : []);
  if (typeof value === 'string') return code(value);
  if (Array.isArray(value)) return value.flatMap((one) => unnamed(one, names, false));
  if (typeof value !== 'object' || value === null) return [];
  if ('code' in value && 'params' in value) return names[String(value.code)] ? faults('finding', names[String(value.code)]!) : [String(value.code)];
  return Object.entries(value).flatMap(([key, one]) => [...(top ? [] : /^\w/.test(key) && !names[key] ? [key] : []), ...unnamed(one, names, false)]);
}

async function faultsOfExplanations(ofIds: readonly string[]): Promise<string[]> {
  return house.act(async (act) => {
    const all: string[] = [];
    for (const id of ofIds) {
      const one = await explain(act, { modules: house.modules, words: house.words }, id);
      all.push(...faults(`headline of ${one.kind}`, one.headline));
      for (const reason of one.reasons) all.push(...faults(reason.code, reason.sentence), ...faults(`${reason.code} in plain words`, reason.plain));
      for (const fact of one.facts) all.push(...faults(`fact ${fact.key} of ${one.kind}`, fact.name));
      all.push(...unnamed(Object.fromEntries(one.facts.map((fact) => [fact.key, fact.value])), one.names).map((code) => `${one.kind} says ${code} without its name`));
    }
    return [...new Set(all)];
  });
}

describe('the words of the city', () => {
  test('headline, reasons, plain words and facts of every kept decision are sentences and names', async () => {
    const kept = await ids('SELECT id FROM platform.decision');
    expect(kept.length).toBeGreaterThan(2_000);
    expect(await faultsOfExplanations(kept)).toEqual([]);
  }, 120_000);

  test('so are those of claim lines of every rule and outcome', async () => {
    const lines = await ids(`SELECT unnest((array_agg(l.id ORDER BY md5(l.id::text)))[1:5]) AS id FROM claims.line l LEFT JOIN claims.finding f ON f.district_code = l.district_code AND f.month = l.month AND f.line_id = l.id GROUP BY l.kind, l.mode, l.outcome, f.rule`);
    expect(lines.length).toBeGreaterThan(20);
    expect(await faultsOfExplanations(lines)).toEqual([]);
  });

  test('every event of every history is a sentence', async () => {
    const { rows } = await house.platform.databases.owner.query<EventRow>('SELECT DISTINCT ON (kind, data) id, at, kind, actor_name AS "actorName", subject_type AS "subjectType", subject_id AS "subjectId", note, data FROM platform.event');
    expect(rows.length).toBeGreaterThan(2_000);
    expect([...new Set(rows.flatMap((one) => faults(one.kind, worded(house.words, one).sentence)))]).toEqual([]);
  });

  test('every finding of a list says the amount and the item', async () => {
    const bureau = await house.signedIn({ signInName: 'reader', displayName: '阅读人', role: 'bureauOfficer', area: '9901' });
    const { rows, total } = (await bureau('GET', '/api/findings?pageSize=200')).json() as { rows: FindingRow[]; total: number };
    expect(total).toBeGreaterThan(100);
    const said = (one: FindingRow, lang: 'zh' | 'en') => sentence(house.words, lang, 'reasons', one.code, one.params);
    expect([...new Set(rows.flatMap((one) => faults(one.code, { zh: said(one, 'zh'), en: said(one, 'en') })))]).toEqual([]);
  });
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { dayPriceFen, dayPriceOf, fundRatioBp, hourlyPriceFen, weeklyCapMin, auditRules, type DayPrices } from '#domain/claims/policy.ts';
import { accountsOf, chartOfAccounts } from '#domain/ledger/policy.ts';
import { catalogue } from '#domain/providers/policy.ts';
import { noticeDays } from '#domain/notices/policy.ts';
import { modes } from '#domain/plans/policy.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { gatherNeeds, run } from './policy.ts';

const shipped = join(import.meta.dirname, '../policy');
const needs = await gatherNeeds();
const book = loadPolicy({ root: shipped, city: 'qinghe', needs, strict: true });

/** What a command prints, and its exit code. */
async function printed(...args: string[]): Promise<{ code: number; text: string }> {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out.push(String(text));
    return true;
  });
  try {
    return { code: await run(args), text: out.join('') };
  } finally {
    write.mockRestore();
  }
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A copy of the shipped policy, with one file changed or taken away. */
function changed(file: string, change: ((text: string) => string) | null): string {
  const root = join(mkdtempSync(join(tmpdir(), 'policy-')), 'policy');
  folders.push(root);
  cpSync(shipped, root, { recursive: true });
  if (change === null) rmSync(join(root, file));
  else writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')));
  return root;
}

describe('policy check', () => {
  test('the shipped policy is sound, and the table counts every city', async () => {
    const { code, text } = await printed('check', '--lang', 'en');
    expect(code).toBe(0);
    for (const city of ['Qinghe (fictional)', 'Shanghai', 'Chongqing', 'Changzhou']) expect(text).toContain(city);
    expect(text).toMatch(/Qinghe \(fictional\)\s+\d+\s+\d+\s+\d+\s+\d+\s+—/);
  });

  test('a figure taken away from a complete city is a fault with the file to write, and exit code 1', async () => {
    const { code, text } = await printed('check', '--root', changed('cities/qinghe/claims/weekly-cap-min.yaml', null), '--lang', 'en');
    expect([code, text]).toEqual([1, expect.stringContaining('policy/cities/qinghe/claims/weekly-cap-min.yaml')]);
    expect(text).toContain('qinghe has no claims.weeklyCapMin');
  });

  test('an ill-shaped cap is a fault that names the place', async () => {
    const { code, text } = await printed('check', '--root', changed('cities/qinghe/claims/weekly-cap-min.yaml', (text) => text.replace('180', 'three hours')));
    expect([code, text]).toEqual([1, expect.stringMatching(/weekly-cap-min\.yaml[\s\S]*three hours/)]);
  });

  const broken: [string, string, (text: string) => string, RegExp][] = [
    ['a scale whose cut-points leave a sum out', 'national/assessments/scale-2021.yaml', (text) => text.replace('min: 45', 'min: 50'), /puts the sum 45 of adl into 0 classes/],
    ['a scale whose matrix leads to a grade without a name', 'national/assessments/scale-2021.yaml', (text) => text.replace(/severe: 5/, 'severe: 6'), /leads to grade 6/],
    ['a posting to an account that is not in the chart', 'national/ledger/chart-of-accounts-2017.yaml', (text) => text.replace('credit: "4001"', 'credit: "4999"'), /posts premium\.collected to 4999/],
    ['an audit rule with an unknown parameter', 'national/claims/audit-rules-2026.yaml', (text) => text.replace('- claims.maxTravelKmh', '- claims.maxSpeed'), /names the figure claims\.maxSpeed for the rule travel-impossible/],
    ['a catalogue with an item twice', 'cities/qinghe/providers/catalogue-2024.yaml', (text) => text.replace('code: HC-S2', 'code: HC-S1'), /lists the item HC-S1 twice/],
  ];
  for (const [sentence, file, change, expected] of broken) {
    test(`${sentence} is refused`, async () => {
      const { code, text } = await printed('check', '--root', changed(file, change));
      expect(code).toBe(1);
      expect(text).toMatch(expected);
    });
  }

  test('an unknown city and an unknown option get a clear answer', async () => {
    expect(await printed('check', '--city', 'nowhere')).toMatchObject({ code: 1, text: expect.stringContaining("there is no city 'nowhere'") });
    expect((await printed('check', '--colour')).code).toBe(2);
    expect(await printed('--help')).toMatchObject({ code: 0, text: expect.stringContaining('policy --') });
  });
});

describe('policy show', () => {
  test('answers where the weekly cap stands, who may change it and what a visit beyond it gets', async () => {
    const { code, text } = await printed('show', 'claims.weeklyCapMin', '--city', 'qinghe', '--lang', 'en');
    expect(code).toBe(0);
    for (const part of ['policy/cities/qinghe/claims/weekly-cap-min.yaml', '青禾医保发〔2023〕41号', 'Qinghe Healthcare Security Bureau', 'minutes beyond it are cut', '"3":180']) expect(text).toContain(part);
  });

  test('an unknown name lists the names of its module', async () => {
    expect(await printed('show', 'claims.weekCap')).toMatchObject({ code: 1, text: expect.stringContaining('claims.weeklyCapMin') });
  });
});

describe('the shipped figures', () => {
  const hourly = (day: string) => book.figure(hourlyPriceFen, day).value;
  test('Qinghe raises the hourly price on 1 January 2026, not a day earlier', () => {
    expect([hourly('2025-12-31').carer, hourly('2026-01-01').carer]).toEqual([3800, 4000]);
    expect(book.figure(hourlyPriceFen, '2025-12-31').stamp).not.toBe(book.figure(hourlyPriceFen, '2026-01-01').stamp);
  });

  test('Qinghe raises the daily amounts on 1 March 2025', () => {
    const day = (on: string) => dayPriceOf(book.figure(dayPriceFen, on).value, 'institution', 4);
    expect([day('2025-02-28'), day('2025-03-01')]).toEqual([4800, 5000]);
  });

  test('Shanghai raises institution care on 1 September 2025, by grade', () => {
    const prices = (on: string): DayPrices => book.city('shanghai').figure(dayPriceFen, on).value;
    expect([2, 3, 4, 5, 6, 7].map((grade) => dayPriceOf(prices('2025-09-01'), 'institution', grade))).toEqual([2500, 2500, 3500, 4500, 4500, null]);
    expect(dayPriceOf(prices('2025-08-31'), 'institution', 5)).toBe(3000);
    expect(dayPriceOf(prices('2025-09-01'), 'homeIndividual', 5)).toBeNull();
  });

  test('every mode that Qinghe offers by the hour or the day has a price and a ratio, every benefit grade a cap', () => {
    const offered = Object.entries(book.figure(modes, '2026-09-01').value);
    for (const [mode, pay] of offered) {
      expect(book.figure(fundRatioBp, '2026-09-01').value).toHaveProperty(mode);
      if (pay === 'perDay') expect(book.figure(dayPriceFen, '2026-09-01').value).toHaveProperty(mode);
    }
    expect(Object.keys(book.figure(weeklyCapMin, '2026-09-01').value)).toEqual(['3', '4', '5']);
    expect(book.figure(noticeDays, '2026-09-01').value).toEqual({ count: 15, unit: 'calendarDay' });
  });

  test('the catalogue has the six services of the imported days and nurse-only items', () => {
    const { items } = book.edition(catalogue, '2026-09-01').value;
    expect(items.filter((item) => item.origin === 'imported day').map((item) => item.code)).toEqual(['HC-S1', 'HC-S2', 'HC-S3', 'HC-S4', 'HC-S5', 'HC-S6']);
    expect(items.filter((item) => item.nurseOnly).every((item) => item.group === 'medical')).toBe(true);
    expect(items.filter((item) => item.origin === 'local')).toHaveLength(25);
  });

  test('a payment of a home visit debits the benefit expense and credits the expenditure account', () => {
    const chart = book.edition(chartOfAccounts, '2026-09-01').value;
    expect(accountsOf(chart, 'claims.paid', 'homeVisit')).toEqual({ debit: '500102', credit: '1004' });
    expect([chart.postings['claims.approved'].state, chart.postings['claims.paid'].settles]).toEqual(['pending', 'claims.approved']);
    expect(accountsOf(chart, 'claims.paid', null)).toBeNull();
    expect(accountsOf(chart, 'treasury.allocated', null)).toEqual({ debit: '1004', credit: '1003' });
  });

  test('the audit rules come in one order, each explained in two languages', () => {
    const { rules } = book.edition(auditRules, '2026-09-01').value;
    expect([...rules].sort((a, b) => a.order - b.order).map((rule) => rule.id)).toEqual(rules.map((rule) => rule.id));
    expect(rules.map((rule) => rule.id).sort()).toEqual(['carer-overlap', 'hospital-stay', 'item-not-in-plan', 'outside-entitlement', 'over-long', 'person-overlap', 'travel-impossible', 'weekly-cap']);
    for (const rule of rules) for (const text of [rule.knowledge.zh, rule.knowledge.en]) expect(text.split(/[。.](?:\s|$)?/).filter(Boolean).length).toBeGreaterThanOrEqual(2);
  });

  test('documents of a fictional city are marked, and nothing of a real city rests on them', () => {
    for (const city of book.cities()) for (const row of book.city(city.city).all()) for (const { document } of row.sources) {
      if (document.id.startsWith('qinghe-')) expect([row.area, document.fictional]).toEqual(['qinghe', true]);
      else expect(document.fictional).toBeUndefined();
    }
  });

  test('a value that rests only on a recalled or own document is never called verified', () => {
    for (const city of book.cities()) for (const row of book.city(city.city).all()) {
      if (row.sources.every(({ document }) => (document.confidence === 'low' || document.confidence === 'own') && !document.fictional)) expect([row.name, row.status]).toEqual([row.name, 'unverified']);
    }
  });
});

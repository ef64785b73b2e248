import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#kit/refuse.ts';
import { readRows } from '#platform/files/read-rows.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { takeInHhcrsp } from '../hhcrsp/take-in.ts';
import { lockMonth } from '../store/lock.ts';
import { VISIT_COLUMNS } from './columns.ts';
import { takeInTable } from './take-in.ts';
import type { TableTakenIn } from './take-in.ts';

const read = (name: string): string => readFileSync(new URL(`../../../world/days/small-${name}.json`, import.meta.url), 'utf8');
const DISTRICT = '990102';
const HEAD = '机构编码,护理人员公民身份号码,参保人公民身份号码,项目编码,开始时间,结束时间,经度,纬度,来源编号,双人服务编号';

describe('the intake of a table of visits', () => {
  let house: TestHouse;
  let code: string;
  let institutionId: string;
  const carers: string[] = [];
  const people: string[] = [];
  const office = officeActor(DISTRICT, ['*']);

  beforeAll(async () => {
    house = await openTestHouse('2026-10-05T02:00:00Z');
    await house.act((act) => takeInHhcrsp(act, { instance: { fileName: 'i.json', text: read('instance') }, solution: { fileName: 's.json', text: read('solution') }, day: '2026-09-01', districtCode: DISTRICT }), office);
    await house.act(async (act) => {
      const one = (await sql<{ id: string; code: string }>`SELECT id, code FROM providers.institution`.execute(act.db)).rows[0]!;
      [code, institutionId] = [one.code, one.id];
      carers.push(...(await sql<{ number: string }>`SELECT identity_number AS number FROM workers.worker ORDER BY source_ref`.execute(act.db)).rows.map((row) => row.number));
      people.push(...(await sql<{ number: string }>`SELECT identity_number AS number FROM people.person ORDER BY source_ref`.execute(act.db)).rows.map((row) => row.number));
    });
  });
  afterAll(() => house.close());

  const csv = (rows: string[]): Buffer => Buffer.from(`${[HEAD, ...rows].join('\r\n')}\r\n`);
  const row = (carer: number, person: number, at: string, ref: string, more = ',,', pair = ''): string => {
    const [from, until, day = '2026-09-10'] = at.split(' ');
    return `${code},${carers[carer]},${people[person]},HC-S1,${day} ${from},${day} ${until}${more.length > 2 ? `,${more}` : ',,'},${ref},${pair}`;
  };
  const take = (bytes: Buffer, fileName = 'visits.csv'): Promise<TableTakenIn> => house.act((act) => takeInTable(act, { fileName, bytes, format: 'csv', districtCode: DISTRICT }), office);
  const errorsOf = async (bytes: Buffer): Promise<[number | undefined, string, string][]> => {
    const error = await take(bytes).then(() => undefined, (one: unknown) => one);
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).code).toBe('VISITS_FILE_REJECTED');
    return (error as Refusal).errors.map((one) => [one.row, one.column, one.code]);
  };
  const count = (): Promise<number> => house.act(async (act) => (await sql<{ n: number }>`SELECT count(*) AS n FROM visits.visit`.execute(act.db)).rows[0]!.n, office);

  test('refuses a file that holds nothing but its header', async () => {
    const error = await take(csv([]), 'empty.csv').then(() => undefined, (one: unknown) => one);
    expect((error as Refusal).code).toBe('VISITS_FILE_EMPTY');
  });

  test('takes in rows with their plan, place and pair', async () => {
    expect(await take(csv([row(0, 0, '08:00 08:30', 'A-1', '117.33,33.5'), row(0, 1, '09:00 09:45', 'A-2', ',,', 'X'), row(1, 1, '09:00 09:45', 'A-3', ',,', 'X')]))).toMatchObject({ already: false, rows: 3, visits: 3 });
    const { rows } = await house.act((act) => sql`SELECT source_ref, started_at, longitude, pair_ref, plan_id IS NOT NULL AS planned, worker_class FROM visits.visit WHERE service_on = '2026-09-10' ORDER BY source_ref`.execute(act.db), office);
    expect(rows).toEqual([
      { sourceRef: 'A-1', startedAt: '2026-09-10T00:00:00.000Z', longitude: 117.33, pairRef: null, planned: true, workerClass: 'trained' },
      { sourceRef: 'A-2', startedAt: '2026-09-10T01:00:00.000Z', longitude: null, pairRef: 'X', planned: true, workerClass: 'trained' },
      { sourceRef: 'A-3', startedAt: '2026-09-10T01:00:00.000Z', longitude: null, pairRef: 'X', planned: true, workerClass: 'trained' },
    ]);
  });

  test('adds nothing for the same file, and nothing for known rows in another file', async () => {
    const bytes = csv([row(0, 0, '08:00 08:30', 'B-1 ')]);
    expect(await take(bytes)).toMatchObject({ already: false, visits: 1 });
    const before = await count();
    expect(await take(bytes)).toMatchObject({ already: true, rows: 1, visits: 0 });
    expect(await take(csv([row(0, 0, '08:00 08:30', 'B-1'), row(0, 0, '10:00 10:30', 'B-2')]))).toMatchObject({ already: false, rows: 2, visits: 1 });
    expect(await take(csv([row(0, 0, '10:00 10:30', 'B-2')]))).toMatchObject({ already: true, visits: 0 });
    expect(await count()).toBe(before + 1);
  });

  test('names every bad row with its column, and takes in none of the file', async () => {
    const before = await count();
    const good = row(2, 2, '08:00 08:30', 'C-1');
    expect(await errorsOf(csv([
      good, good,
      row(0, 0, '08:00 08:30', 'C-2').replace(code, 'NOBODY'),
      row(0, 0, '08:00 08:30', 'C-3').replace(carers[0]!, people[0]!),
      row(0, 0, '08:00 08:30', 'C-4').replace(people[0]!, carers[0]!),
      row(0, 0, '08:00 08:30', 'C-5').replace('HC-S1', 'ZZ-9'),
      row(0, 0, '09:00 08:30', 'C-6'),
      row(0, 0, '08:00 08:30 2026-10-06', 'C-7'),
      row(0, 0, '08:00 08:30', 'C-8', '117.3,'),
      row(0, 0, '23:30 23:50', 'C-9').replace('2026-09-10 23:50', '2026-09-11 00:20'),
      row(0, 0, '08:00 08:30', 'C-10', ',,', 'alone'),
      row(0, 0, '08:00 8h30', 'C-11'),
      row(0, 0, '11:11 11:12', 'A-1'),
    ]))).toEqual([
      [3, 'reference', 'VISIT_REFERENCE_TWICE'], [4, 'institution', 'VISIT_INSTITUTION_UNKNOWN'], [5, 'carer', 'VISIT_CARER_UNKNOWN'], [6, 'person', 'VISIT_PERSON_UNKNOWN'], [7, 'item', 'VISIT_ITEM_UNKNOWN'],
      [8, 'endedAt', 'VISIT_ENDS_BEFORE_START'], [9, 'endedAt', 'VISIT_FUTURE'], [10, 'longitude', 'VISIT_LOCATION'], [11, 'endedAt', 'VISIT_OVERNIGHT'], [12, 'pair', 'VISIT_PAIR'], [13, 'endedAt', 'CELL_NOT_TIME'],
      [14, 'reference', 'VISIT_REFERENCE_TAKEN'],
    ]);
    expect(await count()).toBe(before);
  });

  test('shows at most 500 errors and counts all bad rows', async () => {
    const error = (await take(csv(Array.from({ length: 700 }, (_, at) => row(0, 0, '08:00 08:30', `D-${at}`).replace('HC-S1', 'ZZ')))).catch((one: unknown) => one)) as Refusal;
    expect(error.errors).toHaveLength(500);
    expect(error.params).toMatchObject({ rejected: 700, rows: 700, shown: 500 });
  });

  test('refuses rows of a closed month, and of a carer who did not work there yet', async () => {
    await house.act((act) => lockMonth(act, DISTRICT, '2026-07'), office);
    await house.act((act) => sql`UPDATE workers.worker SET from_on = '2026-09-05' WHERE source_ref = 'c5'`.execute(act.db), office);
    expect(await errorsOf(csv([row(0, 0, '08:00 08:30 2026-07-15', 'E-1'), row(4, 0, '08:00 08:30 2026-09-04', 'E-2')]))).toEqual([[2, 'startedAt', 'IMPORT_MONTH_CLOSED'], [3, 'carer', 'VISIT_CARER_DAYS']]);
  });

  describe('over HTTP', () => {
    let institution: Caller;
    let agency: Caller;
    const upload = (call: Caller, bytes: Buffer, format = 'csv') => {
      const edge = 'edge-of-the-part';
      const body = Buffer.concat([Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="file"; filename="visits.csv"\r\ncontent-type: text/csv\r\n\r\n`), bytes, Buffer.from(`\r\n--${edge}--\r\n`)]);
      return call('POST', `/api/visits/intake?format=${format}`, body, { 'content-type': `multipart/form-data; boundary=${edge}` });
    };
    beforeAll(async () => {
      institution = await house.signedIn({ signInName: 'care-1', displayName: '护理站', role: 'institutionOfficer', institutionId });
      agency = await house.signedIn({ signInName: 'agency-2', displayName: '经办', role: 'agencyOfficer', area: DISTRICT });
    });

    test('an institution uploads its own visits and sees them in the list, filtered and paged', async () => {
      const answer = await upload(institution, csv([row(0, 3, '13:00 13:30', 'H-1'), row(0, 4, '14:00 14:30', 'H-2')]));
      expect(answer.json()).toMatchObject({ already: false, rows: 2, visits: 2 });
      const list = (await institution('GET', `/api/visits?intake=${answer.json().intakeId as string}&pageSize=1`)).json();
      expect(list).toMatchObject({ total: 2, rows: [{ sourceRef: 'H-1', itemZh: '导入服务 s1', durationMin: 30, serviceOn: '2026-09-10' }] });
      expect(list.rows[0].workerName).not.toBe('–');
      const one = await institution('GET', `/api/visits/${list.rows[0].id as string}?serviceOn=2026-09-10`);
      expect(one.json()).toMatchObject({ intakeFormat: 'csv', fileName: 'visits.csv' });
      expect((await agency('GET', '/api/intakes?format=csv')).json().rows[0]).toMatchObject({ visits: 2, institutionId });
    });

    test('a family sees the visits of its own person and nobody else\'s', async () => {
      const person = (await house.act((act) => sql<{ id: string }>`SELECT id FROM people.person WHERE identity_number = ${people[3]}`.execute(act.db), office)).rows[0]!.id;
      const family = await house.signedIn({ signInName: 'family-1', displayName: '家属', role: 'family', persons: [{ districtCode: DISTRICT, personId: person }] });
      const seen = (await family('GET', '/api/family/visits?month=2026-09')).json();
      expect(new Set(seen.rows.map((one: { personId: string }) => one.personId))).toEqual(new Set([person]));
      expect(seen.rows.find((one: { sourceRef: string }) => one.sourceRef === 'H-1')?.workerName).toMatch(/\p{Script=Han}/u);
      expect((await family('GET', '/api/visits')).statusCode).toBe(403);
    });

    test('the export reads back as a table of the same visits, and the template has the columns', async () => {
      const file = await agency('GET', '/api/visits/export.xlsx?month=2026-09');
      const total = (await agency('GET', '/api/visits?month=2026-09')).json().total as number;
      const spec = [{ code: 'sourceRef', zh: '来源编号 Source reference', en: 'Source reference', kind: 'code' as const, required: true, note: { zh: '', en: '' } }];
      let rows = 0;
      await expect((async () => {
        for await (const _ of readRows({ name: 'x.xlsx', bytes: file.rawPayload }, spec)) rows += 1;
      })()).rejects.toMatchObject({ code: 'FILE_HEADER' });
      const { default: Excel } = await import('exceljs');
      const book = new Excel.Workbook();
      await book.xlsx.load(file.rawPayload as never);
      expect(book.worksheets[0]!.rowCount).toBe(total + 1);
      const template = await institution('GET', '/api/visits/template.xlsx');
      await expect((async () => {
        for await (const _ of readRows({ name: 't.xlsx', bytes: template.rawPayload }, VISIT_COLUMNS)) rows += 1;
      })()).resolves.toBeUndefined();
      expect(rows).toBe(0);
    });

    test('a district outside the area is refused, also for an institution', async () => {
      for (const caller of [agency, institution]) {
        const answer = await caller('POST', '/api/visits/intake?format=csv&district=990103', Buffer.from('--e\r\ncontent-disposition: form-data; name="file"; filename="v.csv"\r\n\r\nx\r\n--e--\r\n'), { 'content-type': 'multipart/form-data; boundary=e' });
        expect(answer.json()).toMatchObject({ status: 422, code: 'VISITS_DISTRICT' });
      }
    });

    test('an institution cannot upload the visits of another', async () => {
      const made = await agency('POST', '/api/institutions', { districtCode: DISTRICT, code: 'OTHER-1', name: '另一家护理站', kind: 'homeCare', creditCode: '91350100M000100Y43', address: '柳溪路 1 号', agreementFromOn: '2024-01-01' });
      expect(made.statusCode).toBe(200);
      const answer = await upload(institution, csv([row(0, 3, '15:00 15:30', 'K-1').replace(code, 'OTHER-1')]));
      expect(answer.statusCode).toBe(422);
      expect(answer.json().errors.map((one: { code: string }) => one.code)).toContain('VISIT_INSTITUTION_OTHER');
    });
  });

  test('the same file adds nothing and is no fault when its month has been closed since; another file into it is refused', async () => {
    const file = csv([row(0, 0, '08:00 08:30 2026-06-10', 'L-1')]);
    const first = await take(file);
    await house.act((act) => lockMonth(act, DISTRICT, '2026-06'), office);
    const before = await count();
    expect(await take(file, 'renamed.csv')).toEqual({ intakeId: first.intakeId, already: true, rows: 1, visits: 0 });
    expect(await errorsOf(csv([row(0, 0, '09:00 09:30 2026-06-10', 'L-2')]))).toEqual([[2, 'startedAt', 'IMPORT_MONTH_CLOSED']]);
    expect(await count()).toBe(before);
  });

  test('a misspelt year is refused and makes no month', async () => {
    const months = async () => (await house.platform.databases.owner.query(`SELECT count(*) AS n FROM pg_inherits WHERE inhparent = 'visits.visit'::regclass`)).rows[0].n as number;
    const before = await months();
    expect((await errorsOf(csv([row(0, 0, '08:00 08:30 2206-09-10', 'M-1')]))).map((one) => one[2])).toContain('VISIT_FUTURE');
    expect((await errorsOf(csv([row(0, 0, '08:00 08:30 1206-09-10', 'M-2')]))).map((one) => one[2])).toContain('VISIT_ITEM_UNKNOWN');
    expect(await months()).toBe(before);
  });

  test('takes in 20 000 rows of two months as one set', async () => {
    const lines: string[] = [];
    for (let at = 0; at < 20_000; at += 1) {
      const day = `2026-${at % 2 ? '08' : '09'}-${String(1 + (at % 28)).padStart(2, '0')}`;
      const hour = String(6 + (at % 12)).padStart(2, '0');
      lines.push(row(at % 4, at % 6, `${hour}:00 ${hour}:20 ${day}`, `bulk-${at}`, '117.33,33.5'));
    }
    const started = performance.now();
    expect(await take(csv(lines), 'bulk.csv')).toMatchObject({ rows: 20_000, visits: 20_000 });
    const seconds = (performance.now() - started) / 1000;
    expect(seconds).toBeLessThan(60);
  }, 120_000);
});

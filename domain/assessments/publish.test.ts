import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carryPictures } from '#domain/notices/index.ts';
import { addDays } from '#kit/days.ts';
import { officeActor } from '#platform/scope/actor.ts';
import type { Caller } from '#server/testing.ts';
import { concludeEnded } from './index.ts';
import { GUILAN, anotherPerson, openTestOffice, scoredCase } from './testing.ts';
import type { TestOffice } from './testing.ts';

const START = '2026-08-03T01:00:00Z';
const OBJECTION = { name: '周海燕', contact: '139 0000-0001', statement: '该老人平时能自己上下楼买菜。' };
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(300, 7)]);

async function send(call: Caller, url: string, bytes: Buffer, name = 'poster.jpg') {
  const border = 'border-of-the-test';
  const payload = Buffer.concat([Buffer.from(`--${border}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`), bytes, Buffer.from(`\r\n--${border}--\r\n`)]);
  return call('POST', url, payload, { 'content-type': `multipart/form-data; boundary=${border}` });
}

describe('a batch of notices', () => {
  let office: TestOffice;
  let batchId: string;
  let cases: { id: string; assessmentId: string }[];
  beforeAll(async () => {
    office = await openTestOffice(START);
    const neighbours = [await anotherPerson(office), await anotherPerson(office)];
    cases = [];
    for (const personId of [...neighbours, office.personId]) cases.push(await confirmed(personId));
  }, 120_000);
  afterAll(() => office.house.close());

  async function confirmed(personId: string) {
    const one = await scoredCase(office, personId);
    for (const expert of office.experts.slice(0, 2)) await expert('POST', `/api/assessments/${one.assessmentId}/confirmations`, { agrees: true });
    return one;
  }
  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  const record = async () => (await office.agency('GET', `/api/notices/batches/${batchId}`)).json();
  const interrupt = async (fromOn: string, toOn: string, by = office.agency) => (await by('POST', `/api/notices/batches/${batchId}/interruptions`, { fromOn, toOn, note: '宣传栏翻修，海报缺失' })).json();

  test('gathers every confirmed case of a community under one number, and leaves those of other communities', async () => {
    expect((await office.agency('GET', '/api/notices/batches/waiting')).json()).toMatchObject([{ townshipCode: '990101001', community: '槐荫社区', cases: 1 }, { townshipCode: '990101002', community: '石桥社区', cases: 2 }]);
    const made = (await office.agency('POST', '/api/notices/batches', { townshipCode: '990101002', community: '石桥社区' })).json();
    batchId = made.id;
    expect(made).toMatchObject({ number: 'QH-N-2026-000001', notices: 2, startsOn: '2026-08-04', endsOn: '2026-08-18' });
    const states = await Promise.all(cases.map(async ({ id }) => (await office.agency('GET', `/api/applications/${id}`)).json().state));
    expect(states).toEqual(['onNotice', 'onNotice', 'confirmed']);
    expect((await office.agency('GET', `/api/notices?batch=${made.number}`)).json()).toMatchObject({ total: 2, rows: [{ batchId, batchNumber: made.number }, { batchId }] });
  });

  test('leads from each notice to the case of its assessment, and elsewhere to none', async () => {
    const { rows } = (await office.agency('GET', '/api/notices')).json() as { rows: { subjectId: string }[] };
    const led = await Promise.all(rows.map(async ({ subjectId }) => (await office.agency('GET', `/api/assessments/${subjectId}/application`)).json().applicationId as string));
    expect(led.sort()).toEqual(cases.slice(0, 2).map((one) => one.id).sort());
    expect((await office.otherAgency('GET', `/api/assessments/${rows[0]!.subjectId}/application`)).json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is refused where nothing waits, and elsewhere nobody sees what waits', async () => {
    expect((await office.agency('POST', '/api/notices/batches', { townshipCode: '990101002', community: '石桥社区' })).json()).toMatchObject({ status: 409, code: 'BATCH_EMPTY', params: { place: '石桥社区' } });
    expect((await office.otherAgency('POST', '/api/notices/batches', { townshipCode: '990101001' })).json()).toMatchObject({ code: 'BATCH_EMPTY' });
    expect((await office.otherAgency('GET', '/api/notices/batches/waiting')).json()).toEqual([]);
    expect((await office.assessor('POST', '/api/notices/batches', { townshipCode: '990101001' })).statusCode).toBe(403);
  });

  test('hangs out a whole township when no community is named', async () => {
    const made = (await office.agency('POST', '/api/notices/batches', { townshipCode: '990101001' })).json();
    expect(made).toMatchObject({ number: 'QH-N-2026-000002', notices: 1 });
    expect((await office.agency('GET', '/api/notices/batches?township=990101001')).json()).toMatchObject({ total: 1, rows: [{ id: made.id, community: null, notices: 1, proofs: 0, state: 'running' }] });
  });

  test('prints a masked poster for officers of the area only', async () => {
    const poster = await office.agency('GET', `/api/notices/batches/${batchId}/poster.pdf?paper=a3`);
    expect([poster.statusCode, poster.headers['content-type'], poster.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    expect((await office.otherAgency('GET', `/api/notices/batches/${batchId}/poster.pdf`)).statusCode).toBe(404);
    expect((await office.house.outsider('GET', `/api/notices/batches/${batchId}/poster.pdf`)).statusCode).toBe(401);
    const { about } = office.house.platform.policy;
    const kept = about.districts;
    office.house.platform.policy.about = { ...about, districts: kept!.map(({ agency: _agency, ...one }) => one) };
    expect((await office.agency('GET', `/api/notices/batches/${batchId}/poster.pdf`)).json()).toMatchObject({ code: 'POSTER_AGENCY_MISSING', params: { district: '禾东区' } });
    office.house.platform.policy.about = about;
  });

  test('keeps a photograph of the poster with its day, told by content, once, for the own area', async () => {
    at('2026-08-04T01:00:00Z');
    const proofs = `/api/notices/batches/${batchId}/proofs`;
    expect((await send(office.agency, `${proofs}?postedOn=2026-08-02`, JPEG)).json()).toMatchObject({ code: 'PROOF_DAY' });
    expect((await send(office.agency, `${proofs}?postedOn=2026-08-05`, JPEG)).json()).toMatchObject({ code: 'PROOF_DAY' });
    expect((await send(office.agency, `${proofs}?postedOn=2026-08-04`, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.padEnd(300)))).json()).toMatchObject({ code: 'PROOF_NOT_PICTURE' });
    expect((await send(office.agency, `${proofs}?postedOn=2026-08-04`, Buffer.concat([JPEG, Buffer.alloc(10 * 1024 * 1024)]))).json()).toMatchObject({ status: 413, code: 'PROOF_TOO_LARGE', params: { maxMiB: 10 } });
    expect((await send(office.otherAgency, `${proofs}?postedOn=2026-08-04`, JPEG)).statusCode).toBe(404);
    const { id, sha256 } = (await send(office.agency, `${proofs}?postedOn=2026-08-03`, JPEG, '../../poster.exe')).json();
    expect((await send(office.agency, `${proofs}?postedOn=2026-08-04`, JPEG)).json()).toMatchObject({ status: 409, code: 'PROOF_TWICE' });
    expect(await record()).toMatchObject({ proofs: [{ id, postedOn: '2026-08-03', mediaType: 'image/jpeg', sizeBytes: JPEG.length, actorName: '陈敏' }] });
    const picture = await office.agency('GET', `/api/notices/proofs/${id}/picture`);
    expect(picture.rawPayload.equals(JPEG)).toBe(true);
    expect(picture.headers).toMatchObject({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-disposition': `attachment; filename*=UTF-8''${sha256.slice(0, 16)}.jpg` });
    expect((await office.otherAgency('GET', `/api/notices/proofs/${id}/picture`)).statusCode).toBe(404);
    await expect(office.house.act((act) => sql`DELETE FROM notices.posting_proof`.execute(act.db))).rejects.toThrow(/permission denied/);
    await expect(office.house.act((act) => sql`UPDATE notices.interruption SET note = ''`.execute(act.db))).rejects.toThrow(/permission denied/);
  });

  test('carries a photograph that still stands in its row into the vault, readable before and after, and leaves one whose bytes are not what its hash says', async () => {
    const { databases: { owner }, files } = office.house.platform;
    const [{ id, sha256 }] = (await record()).proofs as [{ id: string; sha256: string }];
    const inRow = async () => (await owner.query<{ bytes: number | null }>('SELECT octet_length(picture) AS bytes FROM notices.posting_proof WHERE id = $1', [id])).rows[0]!.bytes;
    const read = async () => (await office.agency('GET', `/api/notices/proofs/${id}/picture`)).rawPayload;
    const carry = () => office.house.act(carryPictures);
    expect(await inRow()).toBeNull();
    // As before migration 0125: the bytes in the row, none in the vault.
    await owner.query('UPDATE notices.posting_proof SET picture = $2 WHERE id = $1', [id, JPEG]);
    await rm(join(files.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256));
    expect((await read()).equals(JPEG)).toBe(true);
    expect(await carry()).toEqual({ carried: 1, kept: 0 });
    expect([await inRow(), await files.has(sha256), (await read()).equals(JPEG)]).toEqual([null, true, true]);
    expect(await carry()).toEqual({ carried: 0, kept: 0 });
    await owner.query('UPDATE notices.posting_proof SET picture = $2 WHERE id = $1', [id, Buffer.from('another picture')]);
    expect(await carry()).toEqual({ carried: 0, kept: 1 });
    expect(await inRow()).toBe(15);
    await owner.query('UPDATE notices.posting_proof SET picture = NULL WHERE id = $1', [id]);
    await expect(office.house.act((act) => sql`UPDATE notices.posting_proof SET picture = NULL`.execute(act.db))).rejects.toThrow(/permission denied/);
  });

  test('moves the last day of each of its notices by the days on which the poster was missing, for everybody to see', async () => {
    at('2026-08-10T01:00:00Z');
    expect(await interrupt('2026-08-09', '2026-08-11')).toMatchObject({ code: 'INTERRUPTION_DAYS', params: { today: '2026-08-10' } });
    expect(await interrupt('2026-08-10', '2026-08-09')).toMatchObject({ code: 'INTERRUPTION_DAYS' });
    expect(await interrupt('2026-08-01', '2026-08-03')).toMatchObject({ code: 'INTERRUPTION_NOTHING' });
    expect(await interrupt('2026-08-09', '2026-08-10', office.otherAgency)).toMatchObject({ status: 404 });
    expect(await interrupt('2026-08-09', '2026-08-10')).toMatchObject({ missingDays: 2, endsOn: '2026-08-20' });
    expect(await interrupt('2026-08-09', '2026-08-10')).toMatchObject({ code: 'INTERRUPTION_NOTHING' });
    const shown = (await office.house.outsider('GET', '/api/public/notices?batch=QH-N-2026-000001')).json();
    expect(shown.rows.map((row: { endsOn: string }) => row.endsOn)).toEqual(['2026-08-20', '2026-08-20']);
    expect(shown.rows[0].interruptions).toEqual([{ fromOn: '2026-08-09', toOn: '2026-08-10', missingDays: 2, endsOn: '2026-08-20', note: '宣传栏翻修，海报缺失' }]);
    expect(await record()).toMatchObject({ firstEndsOn: '2026-08-18', endsOn: '2026-08-20' });
    expect((await office.agency('GET', '/api/notices?batch=QH-N-2026-000002')).json().rows[0].endsOn).toBe('2026-08-18');
    const { rows } = await office.house.act((act) => sql<{ kind: string; times: number }>`SELECT kind, count(*) AS times FROM platform.event WHERE kind IN ('notices.interrupted', 'notices.prolonged') GROUP BY kind ORDER BY kind`.execute(act.db));
    expect(rows).toEqual([{ kind: 'notices.interrupted', times: 1 }, { kind: 'notices.prolonged', times: 2 }]);
  });

  test('takes objections on the new last day, and gives a receipt to whoever knows number and contact, without the person concerned', async () => {
    at('2026-08-20T15:59:00Z');
    const noticeId = (await office.agency('GET', '/api/notices?batch=QH-N-2026-000001')).json().rows[0].id as string;
    const { number } = (await office.house.outsider('POST', `/api/public/notices/${noticeId}/objections`, OBJECTION)).json();
    const ask = (body: object) => office.house.outsider('POST', '/api/public/objections/receipt', body);
    const receipt = await ask({ number: ` ${number.toLowerCase()}`, contact: '13900000001' });
    expect(receipt.json()).toMatchObject({ number, receivedOn: '2026-08-20', batchNumber: 'QH-N-2026-000001', districtZh: '禾东区', agencyPhone: '0990-5550101', answeredOn: null, upheld: null });
    for (const secret of [GUILAN.name, '沈', '*', OBJECTION.statement, noticeId]) expect(receipt.body).not.toContain(secret);
    expect((await ask({ number, contact: '13900000002' })).json()).toMatchObject({ status: 404, code: 'RECEIPT_UNKNOWN' });
    expect((await ask({ number: 'QH-O-2026-999999', contact: OBJECTION.contact })).json()).toMatchObject({ status: 404, code: 'RECEIPT_UNKNOWN' });
    const objectionId = (await office.agency('GET', `/api/notices/${noticeId}/objections`)).json().rows[0].id as string;
    await office.agency('POST', `/api/notices/objections/${objectionId}/answer`, { upheld: false, answer: '经复核，结果无误。' });
    expect((await ask({ number, contact: '13900000001' })).json()).toMatchObject({ answeredOn: '2026-08-20', upheld: false });
  });

  test('concludes its cases on the day after the new last day and not on it, and takes no interruption afterwards', async () => {
    const clock = officeActor('990101', ['*']);
    at('2026-08-20T15:59:00Z');
    // The notice of the other batch was not interrupted: it is over since 18 August.
    expect(await office.house.act((act) => concludeEnded(act), clock)).toBe(1);
    expect((await office.agency('POST', `/api/applications/${cases[0]!.id}/conclude`)).json()).toMatchObject({ code: 'NOTICE_STILL_RUNNING', params: { endsOn: '2026-08-20' } });
    expect((await office.agency('GET', '/api/applications?state=onNotice')).json().rows.map((row: { noticeEndsOn: string }) => row.noticeEndsOn)).toEqual(['2026-08-20', '2026-08-20']);
    at('2026-08-20T16:00:00Z');
    expect(await office.house.act((act) => concludeEnded(act), clock)).toBe(2);
    expect(await interrupt('2026-08-12', '2026-08-12')).toMatchObject({ status: 409, code: 'INTERRUPTION_CONCLUDED', params: { endsOn: '2026-08-20', numbers: 'QH-C-2026-000002、QH-C-2026-000003' } });
    const unproved = (await office.agency('GET', '/api/notices/batches?state=ended&proof=missing')).json();
    expect(unproved).toMatchObject({ total: 1, rows: [{ number: 'QH-N-2026-000002' }] });
    // A late poster that is found now moves no day any more: photograph and reason are on record all the same.
    const { id, startsOn, endsOn } = unproved.rows[0];
    expect((await send(office.agency, `/api/notices/batches/${id}/proofs?postedOn=${addDays(startsOn, 2)}&late=missing&note=${encodeURIComponent('宣传栏维修，晚贴两日')}`, JPEG)).statusCode).toBe(200);
    expect((await office.agency('GET', `/api/notices/batches/${id}`)).json()).toMatchObject({ endsOn, interruptions: [], proofs: [{ note: '宣传栏维修，晚贴两日' }] });
    expect((await office.agency('GET', `/api/records/${id}/history`)).json()).toMatchObject({ rows: expect.arrayContaining([expect.objectContaining({ kind: 'notices.missingFoundLate', note: '宣传栏维修，晚贴两日' })]) });
  });

  test('a poster posted after the first day of the notice is explained: the days it did not hang move the last day, one that hung in time does not', async () => {
    at('2026-08-24T01:00:00Z');
    const opened = async (community: string) => {
      await confirmed(await anotherPerson(office, { community }));
      return (await office.agency('POST', '/api/notices/batches', { townshipCode: '990101002', community })).json().id as string;
    };
    const [first, second, third] = [await opened('晚贴社区'), await opened('晚拍社区'), await opened('首日社区')];
    at('2026-08-28T01:00:00Z');
    const prove = async (batch: string, postedOn: string, more = '') => (await send(office.agency, `/api/notices/batches/${batch}/proofs?postedOn=${postedOn}${more}`, JPEG)).json();
    const shown = async (batch: string) => (await office.agency('GET', `/api/notices/batches/${batch}`)).json();
    // Published on the 24th: the first day is the 25th, the last one 8 September.
    expect(await prove(third, '2026-08-25')).toHaveProperty('id');
    expect(await prove(first, '2026-08-27')).toMatchObject({ status: 409, code: 'POSTING_LATE', params: { startsOn: '2026-08-25', missingDays: 2 } });
    expect(await prove(first, '2026-08-27', '&late=missing&note=x')).toMatchObject({ code: 'POSTING_LATE_NOTE', errors: [{ column: 'note' }] });
    expect(await shown(first)).toMatchObject({ proofs: [], interruptions: [] });
    expect(await prove(first, '2026-08-27', `&late=missing&note=${encodeURIComponent('宣传栏上锁未能张贴')}`)).toHaveProperty('id');
    expect(await prove(second, '2026-08-26', `&late=hung&note=${encodeURIComponent('按时张贴，次日补拍')}`)).toHaveProperty('id');
    expect(await shown(first)).toMatchObject({ firstEndsOn: '2026-09-08', endsOn: '2026-09-10', interruptions: [{ fromOn: '2026-08-25', toOn: '2026-08-26', missingDays: 2, note: '宣传栏上锁未能张贴' }] });
    for (const batch of [second, third]) expect(await shown(batch)).toMatchObject({ endsOn: '2026-09-08', interruptions: [] });
    // Later photographs of a poster whose beginning is on record ask nothing.
    const later = Buffer.concat([JPEG, Buffer.from('later')]);
    expect((await send(office.agency, `/api/notices/batches/${third}/proofs?postedOn=2026-08-28`, later)).statusCode).toBe(200);
  });

  test('an upheld objection takes down the notice of that person only: the neighbour is concluded, the poster leaves the one out', async () => {
    at('2026-09-01T01:00:00Z');
    const pair = [await confirmed(await anotherPerson(office, { community: '柳岸社区' })), await confirmed(await anotherPerson(office, { community: '柳岸社区' }))];
    const { id, number } = (await office.agency('POST', '/api/notices/batches', { townshipCode: '990101002', community: '柳岸社区' })).json();
    const contested = (await office.agency('GET', `/api/applications/${pair[0]!.id}`)).json().notice.id as string;
    await office.house.outsider('POST', `/api/public/notices/${contested}/objections`, OBJECTION);
    const objectionId = (await office.agency('GET', `/api/notices/${contested}/objections`)).json().rows[0].id as string;
    const posterBytes = async () => (await office.agency('GET', `/api/notices/batches/${id}/poster.pdf`)).rawPayload.length;
    const both = await posterBytes();
    await office.agency('POST', `/api/notices/objections/${objectionId}/answer`, { upheld: true, answer: '异议成立，重新评估。' });
    expect(await posterBytes()).toBeLessThan(both);
    const rows = (await office.agency('GET', `/api/notices?batch=${number}`)).json().rows as { id: string; state: string }[];
    expect(Object.fromEntries(rows.map((row) => [row.id === contested, row.state]))).toEqual({ true: 'withdrawn', false: 'running' });
    at('2026-09-17T01:00:00Z');
    expect((await office.agency('POST', `/api/applications/${pair[0]!.id}/conclude`)).json().code).toBe('NOTICE_WITHDRAWN');
    expect((await office.agency('POST', `/api/applications/${pair[1]!.id}/conclude`)).json()).toHaveProperty('number');
  });
});

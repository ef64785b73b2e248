/** An empty installation becomes an office: every account by the command and its one-time link, then a case the whole way, each step by the role whose work it is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creditCodeFor } from '#kit/credit-code.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { photo, piece, send, sha256 } from '#domain/assessments/onsite/testing.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { makeAccount } from './account.ts';
import type { WantedAccount } from './account.ts';

const NUMBER = identityNumberFor('990101', '1943-05-06', 218);
const SELF = { bathing: true, dressing: true, toileting: true, transfer: true, continence: true, feeding: false };
const PRE_REVIEW = { identitySeen: 'yes', livesHere: 'yes', eating: 'helped', dressing: 'helped', moving: 'cannot', mind: 'partly', reliefsTold: 'yes', processTold: 'yes' };
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let house: TestHouse;
const desk: Record<string, Caller> = {};
const id: Record<string, string> = {};

const at = (day: string, time = '10:00'): void => {
  house.clock.now = new Date(`${day}T${time}:00+08:00`);
};

/** Calls as a role; what is refused fails the test with the sentence that the person would read. */
async function does<T = Record<string, never>>(who: string, method: string, url: string, body?: unknown): Promise<T> {
  const answer = await desk[who]!(method, url, body);
  if (answer.statusCode !== 200) throw new Error(`${who} ${method} ${url}: ${answer.statusCode} ${answer.body}`);
  return answer.json() as T;
}

const refused = async (who: string, method: string, url: string, body?: unknown): Promise<string> => (await desk[who]!(method, url, body)).json().code as string;

/** An account as the operator makes it; its owner opens the link, sets a password and signs in. */
async function account(name: string, display: string, role: string, more: Partial<WantedAccount>): Promise<void> {
  const path = await makeAccount(house.platform.databases.ownerDb, { name, display, role, area: null, institution: null, persons: [], ...more }, house.clock.now);
  const password = `the own password of ${name}`;
  expect((await house.outsider('POST', '/api/activation', { token: path.split('#')[1], password })).statusCode).toBe(200);
  const { headers } = await house.outsider('POST', '/api/session', { signInName: name, password });
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  desk[name] = (method, url, body, given = {}) => house.server.inject({ method: method as 'GET', url, ...(body === undefined ? {} : { payload: body as object }), headers: { ...given, cookie } });
}

/** A file handed in as a browser does. */
async function handIn<T>(who: string, url: string, bytes: Buffer): Promise<T> {
  const border = 'empty-city-border';
  const body = Buffer.concat([Buffer.from(`--${border}\r\nContent-Disposition: form-data; name="file"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n`), bytes, Buffer.from(`\r\n--${border}--\r\n`)]);
  const answer = await desk[who]!('POST', url, body, { 'content-type': `multipart/form-data; boundary=${border}` });
  if (answer.statusCode !== 200) throw new Error(`${who} ${url}: ${answer.statusCode} ${answer.body}`);
  return answer.json() as T;
}

beforeAll(async () => {
  house = await openTestHouse('2026-12-01T01:00:00Z');
});
afterAll(() => house.close());

describe('an empty city', () => {
  test('has nobody and nothing', async () => {
    expect((await house.platform.databases.owner.query('SELECT (SELECT count(*) FROM identity.account) + (SELECT count(*) FROM people.person) + (SELECT count(*) FROM providers.institution) AS n')).rows[0].n).toBe(0);
  });

  test('gets its staff, its assessment institution and the people who assess, admitted to the register', async () => {
    const area = '990101';
    for (const [name, display, role] of [['agency', '林静', 'agencyOfficer'], ['insurer', '梅若兰', 'insurerOfficer'], ['reviewer', '高文斌', 'agencyReviewer'], ['cashier', '苏婷', 'agencyCashier']] as const) await account(name, display, role, { area });
    await account('township', '胡晓东', 'townshipOfficer', { area: '990101001' });
    await account('bureau', '许明哲', 'bureauOfficer', { area: '9901' });
    const { id: institutionId } = await does<{ id: string }>('agency', 'POST', '/api/institutions', { code: 'QH-PG-01', name: '禾东失能评估中心', kind: 'assessment', districtCode: area, creditCode: creditCodeFor(area, 101), address: '槐荫路 20 号', agreementFromOn: '2026-01-01' });
    id['institution'] = institutionId;
    await account('office', '尹思源', 'assessmentOfficer', { institution: 'QH-PG-01' });
    const people = [['assessor', '方敏', 'assessor'], ['expert-a', '顾文澜', 'expert'], ['expert-b', '秦岳', 'expert']] as const;
    for (const [i, [name, display, workerClass]] of people.entries()) {
      const number = identityNumberFor('990101', '1980-03-04', 300 + 2 * i);
      const worker = await does<{ id: string }>('office', 'POST', '/api/workers', { institutionId, name: display, identityNumber: number, workerClass, fromOn: '2026-01-01' });
      await does('agency', 'POST', `/api/assessors/${worker.id}/admissions`, { qualification: '执业护士，评估培训合格', certificateNumber: `PG-2026-${i}`, certificateUntilOn: '2028-12-31', admittedOn: '2026-11-02' });
      await does('agency', 'POST', `/api/assessors/${worker.id}/trainings`, { topic: '评估操作指南', hours: 24, heldOn: '2026-11-05', passed: true });
      await account(name, display, workerClass === 'assessor' ? 'assessor' : 'assessmentExpert', { institution: 'QH-PG-01', worker: number });
    }
    expect((await does<{ total: number }>('agency', 'GET', '/api/assessors?standing=active')).total).toBe(3);
  });

  test('gets experts of the city\'s own list: without an institution, admitted and trained by the bureau, with accounts of their own', async () => {
    const listed = { workerClass: 'expert', fromOn: '2026-01-01' };
    expect(await refused('agency', 'POST', '/api/workers', { ...listed, name: '沈书宁', identityNumber: identityNumberFor('990101', '1979-03-04', 400) })).toBe('WORKER_CITY_LIST');
    expect(await refused('bureau', 'POST', '/api/workers', { ...listed, workerClass: 'assessor', name: '沈书宁', identityNumber: identityNumberFor('990101', '1979-03-04', 400) })).toBe('WORKER_CITY_LIST');
    for (const [i, [name, display]] of ([['expert-c', '沈书宁'], ['expert-d', '许清和']] as const).entries()) {
      const number = identityNumberFor('990101', '1979-03-04', 400 + 2 * i);
      const worker = await does<{ id: string }>('bureau', 'POST', '/api/workers', { ...listed, name: display, identityNumber: number });
      expect(await refused('bureau', 'POST', '/api/workers', { ...listed, name: display, identityNumber: number })).toBe('WORKER_DUPLICATE');
      await does('bureau', 'POST', `/api/assessors/${worker.id}/admissions`, { qualification: '临床副主任医师', certificateNumber: `ZJ-2026-${i}`, certificateUntilOn: '2028-12-31', admittedOn: '2026-11-02' });
      await does('bureau', 'POST', `/api/assessors/${worker.id}/trainings`, { topic: '评估操作指南', hours: 24, heldOn: '2026-11-05', passed: true });
      expect(await makeAccount(house.platform.databases.ownerDb, { name: 'stray', display, role: 'assessmentExpert', area: '990101', institution: null, worker: number, persons: [] }, house.clock.now).catch((error: { code: string }) => error.code)).toBe('ACCOUNT_WORKER_UNKNOWN');
      await account(name, display, 'assessmentExpert', { area: '9901', worker: number });
      id[name] = worker.id;
    }
    expect((await does<{ total: number }>('bureau', 'GET', '/api/assessors?standing=active')).total).toBe(5);
    expect(await does<{ rows: object[] }>('bureau', 'GET', '/api/assessors?q=沈书宁')).toMatchObject({ rows: [{ institutionId: null, institutionName: null, districtCode: '990100', standing: 'active', hasAccount: true }] });
    expect(await refused('agency', 'POST', `/api/assessors/${id['expert-c']}/suspensions`, { fromOn: '2026-12-01', toOn: '2026-12-31', reason: 'OTHER', source: '无', note: '无' })).toBe('NOT_FOUND');
    const { id: pause } = await does<{ id: string }>('bureau', 'POST', `/api/assessors/${id['expert-c']}/suspensions`, { fromOn: '2026-12-01', toOn: '2026-12-31', reason: 'INVESTIGATION', source: '督查通报', note: '核查中。' });
    expect(await does('expert-c', 'GET', '/api/own-assessor-file')).toMatchObject({ standing: 'ASSESSOR_SUSPENDED' });
    await does('bureau', 'POST', `/api/assessor-suspensions/${pause}/lift`, { liftedOn: '2026-12-01', note: '查无问题。' });
    expect(await does('expert-c', 'GET', '/api/own-assessor-file')).toMatchObject({ standing: 'active' });
  });

  test('takes an application from the family with its papers, and the township looks at it first', async () => {
    const { id: personId } = await does<{ id: string }>('township', 'POST', '/api/people', { name: '何秀珍', identityNumber: NUMBER, townshipCode: '990101001', community: '槐荫社区', address: '槐荫街道 18 号', insuredKind: 'employee', insuredFromOn: '2005-01-01' });
    id['person'] = personId;
    await account('family', '何强', 'family', { persons: [NUMBER] });
    const filed = await does<{ id: string }>('family', 'POST', '/api/family/applications', { personId, kind: 'initial', applicantName: '何强', relation: 'family', contactPhone: '13800000018', disabledSinceOn: '2025-09-01', materials: [], selfAssessment: { answers: SELF } });
    id['case'] = filed.id;
    for (const code of ['applicationForm', 'identityCard', 'medicalRecord']) await handIn('family', `/api/family/applications/${filed.id}/materials?code=${code}`, Buffer.concat([PNG, Buffer.from(code)]));
    expect(await refused('agency', 'POST', `/api/applications/${filed.id}/accept`, {})).toBe('PRE_REVIEW_MISSING');
    await does('township', 'POST', `/api/applications/${filed.id}/pre-reviews`, { answers: PRE_REVIEW, result: 'goOn', toldName: '何强', toldRelation: 'family', acknowledged: 'tick' });
  });

  test('is accepted on the promise of a paper that comes later, and the paper comes', async () => {
    at('2026-12-02');
    const papers = await does<{ lacking?: string[] }>('insurer', 'GET', `/api/applications/${id['case']}/materials`);
    expect(papers).toMatchObject({ open: true });
    const accepted = await does<{ state: string; supplyByOn: string | null }>('insurer', 'POST', `/api/applications/${id['case']}/accept`, { promisedBy: '何强' });
    expect(accepted).toMatchObject({ state: 'accepted', supplyByOn: '2026-12-09' });
    for (const code of ['socialSecurityCard', 'commitment']) await handIn('family', `/api/family/applications/${id['case']}/materials?code=${code}`, Buffer.concat([PNG, Buffer.from(code)]));
    expect((await does<{ supplyByOn: string | null; lacking: string[] }>('agency', 'GET', `/api/applications/${id['case']}`))).toMatchObject({ supplyByOn: null, lacking: [] });
  });

  test('goes by the proposal to the institution, which takes the order and sends two people', async () => {
    const { proposed } = await does<{ proposed: { institutionId: string }[] }>('insurer', 'GET', `/api/applications/${id['case']}/dispatch-proposal`);
    expect(proposed.map((one) => one.institutionId)).toEqual([id['institution']]);
    const { orderId } = await does<{ orderId: string }>('insurer', 'POST', `/api/applications/${id['case']}/dispatch`, { institutionId: id['institution'] });
    const waits = async () => (await does<{ cases: { orderWaits: string | null }[] }>('assessor', 'GET', '/api/on-site/package')).cases.map((one) => one.orderWaits);
    const appointments = async () => (await does<{ rows: { appointment: unknown }[] }>('family', 'GET', '/api/family/applications')).rows.map((one) => one.appointment);
    expect(await waits()).toEqual(['taking']);
    await does('office', 'POST', `/api/orders/${orderId}/accept`);
    expect([await waits(), await appointments()]).toEqual([['sending'], [null]]);
    const { persons } = await does<{ persons: { accountId: string; name: string; fit: boolean }[] }>('office', 'GET', `/api/orders/${orderId}`);
    const of = (name: string): string => persons.find((one) => one.name === name && one.fit)!.accountId;
    id['expert-a'] = of('顾文澜');
    await does('office', 'POST', `/api/orders/${orderId}/assign`, { assessorAccountId: of('方敏'), expertAccountId: of('顾文澜'), appointmentOn: '2026-12-03', windowFrom: '09:00', windowTo: '11:00' });
    expect(await waits()).toEqual([null]);
    // The family knows who will knock and when, and still cannot read the order.
    expect(await appointments()).toMatchObject([{ on: '2026-12-03', windowFrom: '09:00', windowTo: '11:00', assessorName: '方敏', expertName: '顾文澜', institutionName: '禾东失能评估中心' }]);
    expect(await refused('family', 'GET', `/api/orders/${orderId}`)).toBe('NOT_PERMITTED');
  });

  test('is visited by two people with a video, and handed in from the phone', async () => {
    at('2026-12-03', '09:10');
    const { cases } = await does<{ cases: { applicationId: string; identityNumber: string; policy: { videoRequired: boolean } }[] }>('assessor', 'GET', '/api/on-site/package');
    expect(cases).toMatchObject([{ applicationId: id['case'], identityNumber: NUMBER, policy: { videoRequired: true } }]);
    const { scale } = await does<{ scale: { items: { code: string; options: { points: number }[] }[] } }>('agency', 'GET', '/api/scale');
    const visit = newId();
    const evidence = newId();
    const instant = (time: string): string => new Date(`2026-12-03T${time}:00+08:00`).toISOString();
    const answers = Object.fromEntries(scale.items.map(({ code, options }) => [code, { points: Math.min(...options.map((one) => one.points)), answeredAt: instant('09:30') }]));
    at('2026-12-03', '10:20');
    await does('assessor', 'PUT', `/api/on-site/visits/${visit}`, {
      applicationId: id['case'], revision: 1, deviceId: 'phone-of-fang-min', clockOffsetMs: 0,
      content: {
        arrivedAt: instant('09:12'), leftAt: instant('10:05'), place: { lng: 117.01, lat: 31.02, accuracyM: 15, datum: 'WGS84', takenAt: instant('09:13') }, placeText: '槐荫街道 18 号', companionIds: [id['expert-a']], staffIdentityShown: true,
        guardian: { name: '何强', relation: 'child', identityNumber: '0187', checkedBy: 'identityCard' }, applicant: { document: 'identityCard', identityNumber: NUMBER }, consentAt: instant('09:14'),
        interviewNote: '长期卧床。', neighbourNote: '很少出门。', answers, remarks: {}, evidenceIds: [evidence],
      },
    });
    const picture = photo('bedside');
    expect((await send(desk['assessor']!, `/api/on-site/visits/${visit}/evidence/${evidence}?subject=item&item=adl.walking&takenAt=${encodeURIComponent(instant('09:31'))}&sha256=${sha256(picture)}`, picture)).statusCode).toBe(200);
    expect(await refused('assessor', 'POST', `/api/on-site/visits/${visit}/submit`, { revision: 1 })).toBe('VIDEO_NEEDED');
    for (const rendition of ['low', 'full'] as const) {
      for (const number of [0, 1]) {
        const bytes = piece(number, rendition);
        expect((await send(desk['assessor']!, `/api/on-site/visits/${visit}/video/${rendition}/${number}?sha256=${sha256(bytes)}`, bytes)).statusCode).toBe(200);
      }
      await does('assessor', 'PUT', `/api/on-site/visits/${visit}/video/${rendition}`, { mediaType: 'video/webm', pieces: 2, durationMs: 20_000 });
    }
    const made = await does<{ id: string; grade: number }>('assessor', 'POST', `/api/on-site/visits/${visit}/submit`, { revision: 1 });
    expect(made.grade).toBe(5);
    id['assessment'] = made.id;
    expect((await does<{ rows: { appointment: unknown }[] }>('family', 'GET', '/api/family/applications')).rows).toMatchObject([{ appointment: null }]);
  });

  test('is confirmed by the drawn experts, who were not there, and checked by the insurer', async () => {
    at('2026-12-04');
    const drawn: string[] = [];
    for (const expert of ['expert-a', 'expert-b', 'expert-c', 'expert-d']) {
      const scrutiny = await does<{ drawAsked: boolean; drawn: { own: boolean; asked: boolean }[] }>(expert, 'GET', `/api/applications/${id['case']}/scrutiny`);
      expect(scrutiny.drawAsked).toBe(true);
      if (scrutiny.drawn.some((one) => one.own && one.asked)) drawn.push(expert);
    }
    expect(drawn).toHaveLength(2);
    expect(drawn).not.toContain('expert-a');
    expect(await refused('agency', 'POST', `/api/applications/${id['case']}/publish`)).toBe('APPLICATION_STATE');
    for (const expert of drawn) await does(expert, 'POST', `/api/assessments/${id['assessment']}/confirmations`, { agrees: true });
    expect(await refused('agency', 'POST', `/api/applications/${id['case']}/publish`)).toBe('CHECK_MISSING');
    const checklist = { identityOfBoth: true, personsOnSite: true, guardianPresent: true, videoComplete: true, answersMatchEvidence: true, expertsIndependent: true };
    expect(await does('insurer', 'POST', `/api/applications/${id['case']}/check`, { result: 'passed', checklist })).toMatchObject({ state: 'checked' });
  });

  test('hangs out with proof, becomes a conclusion after the notice, and is delivered against a signature', async () => {
    const batch = await does<{ id: string; notices: number; endsOn: string }>('agency', 'POST', '/api/notices/batches', { townshipCode: '990101001' });
    expect(batch.notices).toBe(1);
    await handIn('township', `/api/notices/batches/${batch.id}/proofs?postedOn=2026-12-04`, PNG);
    at(batch.endsOn);
    expect(await refused('agency', 'POST', `/api/applications/${id['case']}/conclude`)).toBe('NOTICE_STILL_RUNNING');
    house.clock.now = new Date(house.clock.now.getTime() + 86_400_000);
    const concluded = await does<{ id: string }>('agency', 'POST', `/api/applications/${id['case']}/conclude`);
    id['conclusion'] = concluded.id;
    const proof = await handIn<{ id: string }>('township', `/api/conclusions/${concluded.id}/delivery-proofs`, PNG);
    await does('township', 'POST', `/api/conclusions/${concluded.id}/deliveries`, { way: 'handedOver', outcome: 'delivered', recipientName: '何强', recipientRelation: 'family', proofId: proof.id });
    const shown = await does<{ rows: { number: string; grade: number }[] }>('family', 'GET', '/api/family/conclusions');
    expect(shown.rows).toMatchObject([{ grade: 5 }]);
  });

  test('pays the institution its fee through the books, by three different people, and the family nothing', async () => {
    house.clock.now = new Date('2027-01-05T02:00:00Z');
    await does('insurer', 'POST', '/api/fee-months', { districtCode: '990101', month: '2026-12' });
    const { rows } = await does<{ rows: { id: string; institutionName: string; payableFen: number }[] }>('insurer', 'GET', '/api/fee-statements?month=2026-12');
    expect(rows).toMatchObject([{ institutionName: '禾东失能评估中心' }]);
    const statement = rows[0]!.id;
    const owedFen = rows[0]!.payableFen;
    expect(owedFen).toBeGreaterThan(0);
    await does('insurer', 'POST', `/api/fee-statements/${statement}/first-review`, {});
    await does('reviewer', 'POST', `/api/fee-statements/${statement}/second-review`, {});
    await does('cashier', 'POST', `/api/fee-statements/${statement}/pay`, {});
    expect((await does<{ rows: { state: string }[] }>('office', 'GET', '/api/fee-statements')).rows).toMatchObject([{ state: 'paid', payableFen: owedFen }]);
    const { owner } = house.platform.databases;
    const books = (await owner.query<{ entries: number; balanced: boolean; bank: number }>(`SELECT count(*)::int AS entries, sum(e.debit_fen) = sum(e.credit_fen) AS balanced,
      sum(e.credit_fen) FILTER (WHERE a.kind = 'asset')::int AS bank FROM ledger.entry e JOIN ledger.account a ON a.district_code = e.district_code AND a.code = e.account_code WHERE e.booked`)).rows[0]!;
    expect(books).toMatchObject({ balanced: true, bank: owedFen });
  });
});

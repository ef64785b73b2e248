import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KeptDecision } from '#platform/decisions/keep.ts';
import { assessments } from './index.ts';
import { answersOf, filingFor, GUILAN, ON_SITE, openTestOffice } from './testing.ts';
import type { TestOffice } from './testing.ts';

describe('from registration to letter, over HTTP', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice('2026-08-03T01:00:00Z');
  });
  afterAll(() => office.house.close());

  test('an application becomes a conclusion with a letter that anybody can check and the family can read', async () => {
    const { house, agency, assessor, experts, family, institutionId, personId } = office;
    const filed = (await agency('POST', '/api/applications', filingFor(personId))).json() as { id: string; number: string };
    expect(filed.number).toBe('QH-A-2026-000001');
    const url = `/api/applications/${filed.id}`;

    const accepted = await agency('POST', `${url}/accept`, { costCovered: true, materialsLacking: [] });
    expect(accepted.json()).toMatchObject({ state: 'accepted', value: 'accepted' });
    expect((await agency('POST', `${url}/dispatch`, { institutionId })).json()).toMatchObject({ state: 'dispatched' });
    // Ten working days after Monday 3 August 2026.
    expect((await assessor('GET', url)).json()).toMatchObject({ dueOn: '2026-08-17', overdue: false, person: { identityNumber: GUILAN.identityNumber }, acts: [{ act: 'assess', allowed: true }] });

    house.clock.now = new Date('2026-08-05T06:00:00Z');
    const answers = await answersOf(office, { adl: 'worst', cognition: 'worst', perception: 'best' });
    const made = (await assessor('POST', `${url}/assessment`, { ...ON_SITE, onSiteAt: '2026-08-05T02:30:00Z', answers })).json();
    expect(made).toMatchObject({ grade: 5, gradeZh: '重度失能Ⅲ级' });
    for (const [expert, state] of [[experts[0], 'scored'], [experts[1], 'confirmed']] as const) {
      expect((await expert('POST', `/api/assessments/${made.id}/confirmations`, { agrees: true })).json()).toEqual({ state });
    }

    house.clock.now = new Date('2026-08-06T01:00:00Z');
    const notice = (await agency('POST', `${url}/publish`)).json();
    expect(notice).toMatchObject({ startsOn: '2026-08-07', endsOn: '2026-08-21' });
    const hung = await house.outsider('GET', `/api/public/notices/${notice.noticeId}`);
    expect(hung.json()).toMatchObject({ maskedName: '王*兰', content: { grade: 5 } });
    expect(hung.body).not.toContain(GUILAN.name);
    expect((await family('GET', '/api/family/persons')).json()).toMatchObject([{ name: GUILAN.name, application: { state: 'onNotice' }, notice: { endsOn: '2026-08-21', state: 'running' }, hint: 'wait' }]);

    house.clock.now = new Date('2026-08-22T01:00:00Z');
    const concluded = (await agency('POST', `${url}/conclude`)).json();
    expect(concluded.number).toBe('QH-C-2026-000001');
    const conclusion = (await agency('GET', `/api/conclusions/${concluded.id}`)).json();
    expect(conclusion).toMatchObject({ grade: 5, concludedOn: '2026-08-22', effectiveOn: '2026-09-01', validUntilOn: '2028-08-31', state: 'notYet', origin: 'assessed', entitled: true });

    const letter = await agency('GET', `/api/conclusions/${concluded.id}/letter.pdf`);
    expect(letter.headers['content-type']).toBe('application/pdf');
    expect(letter.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const code = String(conclusion.verifyUrl).split('/').at(-1);
    const checked = await house.outsider('GET', `/api/public/letters/${code}`);
    expect(checked.json()).toEqual({
      number: 'QH-C-2026-000001', grade: 5, gradeZh: '重度失能Ⅲ级', gradeEn: expect.any(String), concludedOn: '2026-08-22', effectiveOn: '2026-09-01', validUntilOn: '2028-08-31', endedOn: null, maskedName: '王*兰', state: 'notYet',
    });
    expect(checked.body).not.toContain(GUILAN.identityNumber);

    house.clock.now = new Date('2026-09-01T01:00:00Z');
    expect((await family('GET', '/api/family/persons')).json()).toMatchObject([{ conclusion: { grade: 5, state: 'valid', entitled: true }, application: null, hint: 'choosePlan' }]);
    const own = await family('GET', `/api/family/conclusions/${concluded.id}/letter.pdf`);
    expect(own.rawPayload.equals(letter.rawPayload)).toBe(true);
    expect((await family('GET', '/api/family/applications')).json()).toMatchObject({ total: 1, rows: [{ state: 'concluded', decisionId: accepted.json().decisionId }] });
    expect((await family('GET', '/api/family/conclusions')).json()).toMatchObject({ total: 1, rows: [{ decisionId: made.decisionId }] });
    expect((await house.outsider('GET', `/api/public/letters/${code}`)).json().state).toBe('valid');
  });

  test('shows of all this nothing to another district, another institution, another family, nor to the public', async () => {
    const { house, agency, otherAgency, otherAssessor, otherFamily, personId } = office;
    const application = (await agency('GET', '/api/applications')).json().rows[0].id as string;
    const conclusion = (await agency('GET', '/api/conclusions')).json().rows[0].id as string;
    for (const outside of [otherAgency, otherAssessor]) {
      expect((await outside('GET', '/api/applications')).json()).toEqual({ rows: [], total: 0 });
      expect((await outside('GET', '/api/conclusions')).json()).toEqual({ rows: [], total: 0 });
      for (const path of [`applications/${application}`, `conclusions/${conclusion}`, `conclusions/${conclusion}/letter.pdf`]) expect((await outside('GET', `/api/${path}`)).statusCode).toBe(404);
    }
    expect((await otherFamily('GET', '/api/family/applications')).json()).toEqual({ rows: [], total: 0 });
    expect((await otherFamily('GET', '/api/family/conclusions')).json()).toEqual({ rows: [], total: 0 });
    expect((await otherFamily('GET', `/api/family/conclusions/${conclusion}/letter.pdf`)).statusCode).toBe(404);
    expect((await otherFamily('POST', '/api/family/applications', filingFor(personId))).statusCode).toBe(404);
    expect((await house.outsider('GET', `/api/applications/${application}`)).statusCode).toBe(401);
    expect((await house.outsider('GET', '/api/public/letters/AAAAAAAAAAAAAAAAAAAAAAAA')).statusCode).toBe(404);
  });

  test('gives the same values when every kept decision of the case is decided again', async () => {
    const { house, personId } = office;
    await house.act(async (act) => {
      const { rows } = await sql<KeptDecision>`SELECT * FROM platform.decision WHERE person_id = ${personId} ORDER BY id`.execute(act.db);
      expect(rows.map((row) => row.kind)).toEqual(['assessments.kind', 'assessments.acceptance', 'assessments.dispatch', 'assessments.grade', 'assessments.confirmation', 'assessments.effectiveFrom', 'assessments.validUntil', 'assessments.entitlement']);
      for (const kept of rows) {
        const again = await assessments.reruns[kept.kind]!(act, kept);
        expect({ value: again.value, reasons: again.reasons, stamp: again.stamp }).toEqual({ value: kept.value, reasons: kept.reasons, stamp: kept.stamp });
      }
    });
  });
});

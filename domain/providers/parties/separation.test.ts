import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertTie, registerPerson } from '#domain/people/index.ts';
import { registerInstitution } from '#domain/providers/index.ts';
import { creditCodeFor } from '#kit/credit-code.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';

const ASSESSING = creditCodeFor('990101', 31);
const CARING = creditCodeFor('990101', 32);
const HOLDING = creditCodeFor('990101', 33);
const OWNER = identityNumberFor('990101', '1970-02-02', 5);

describe('assessment stays apart from care and from administration', () => {
  let house: TestHouse;
  let agency: Caller;
  let assessing: string;
  let caring: string;
  let personId: string;
  const owner = () => house.platform.databases.ownerDb;
  const party = (institutionId: string, more: object = {}) => agency('POST', `/api/institutions/${institutionId}/related-parties`, { partyKind: 'person', partyNumber: OWNER, partyName: '金大川', relation: 'investor', fromOn: '2026-01-01', evidence: '章程', ...more });
  const register = (code: string, kind: 'assessment' | 'careHome', creditCode: string) =>
    house.act((act) => registerInstitution(act, { code, name: `机构${code}`, kind, districtCode: '990101', creditCode, address: '人民路 1 号', agreementFromOn: '2026-01-01' }));
  beforeAll(async () => {
    house = await openTestHouse('2026-11-16T02:00:00Z');
    agency = await house.signedIn({ signInName: 'agency-01', displayName: '陈敏', role: 'agencyOfficer', area: '990101' });
    assessing = (await register('QH-PG-31', 'assessment', ASSESSING)).id;
    caring = (await register('QH-HL-32', 'careHome', CARING)).id;
    personId = (await house.act((act) => registerPerson(act, { name: '王桂兰', identityNumber: '11010519491231002X', townshipCode: '990101001', community: '槐荫社区', address: '槐荫街道 1 号' }))).id;
  });
  afterAll(() => house.close());

  test('an investor of one side is refused on the other while the relation holds, and taken from the day on which it has ended', async () => {
    const id = (await party(assessing)).json().id as string;
    expect((await party(caring)).json()).toMatchObject({ status: 409, code: 'PARTY_ACROSS', params: { other: '机构QH-PG-31' } });
    expect((await party(assessing)).json().code).toBe('PARTY_TWICE');
    expect((await agency('POST', `/api/related-parties/${id}/end`, { toOn: '2026-01-01' })).json().code).toBe('PARTY_DAYS');
    expect((await agency('POST', `/api/related-parties/${id}/end`, { toOn: '2026-10-01' })).statusCode).toBe(200);
    expect((await party(caring, { fromOn: '2026-09-30' })).json().code).toBe('PARTY_ACROSS');
    expect((await party(caring, { fromOn: '2026-10-01' })).statusCode).toBe(200);
    expect((await agency('GET', `/api/institutions/${caring}/related-parties`)).json().parties).toMatchObject([{ partyName: '金大川', partyNumber: `${OWNER.slice(0, 6)}********${OWNER.slice(-4)}` }]);
  });

  test('neither may own the other, checked when the party and when the institution is registered', async () => {
    expect((await party(caring, { partyKind: 'company', partyNumber: ASSESSING, partyName: '同心' })).json().code).toBe('PARTY_ACROSS');
    expect((await party(assessing, { partyKind: 'company', partyNumber: CARING, partyName: '护理院' })).json().code).toBe('PARTY_ACROSS');
    expect((await party(caring, { partyKind: 'company', partyNumber: HOLDING, partyName: '康养集团' })).statusCode).toBe(200);
    await expect(register('QH-PG-33', 'assessment', HOLDING)).rejects.toMatchObject({ code: 'INSTITUTION_ACROSS' });
    await expect(register('QH-HL-33', 'careHome', HOLDING)).resolves.toHaveProperty('id');
    expect((await party(caring, { partyNumber: '990101197002020001' })).json().code).toBe('PARTY_NUMBER');
  });

  test('the database itself refuses a shared investor, whoever writes', async () => {
    const number = identityNumberFor('990101', '1971-03-03', 7);
    const row = (institutionId: string, side: string, fromOn: string) => sql`INSERT INTO providers.related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, evidence, actor_name, recorded_at)
      VALUES (${newId(Date.now())}, ${institutionId}, ${side}, 'person', ${number}, '石头', 'manager', ${fromOn}, '测试', '测试', now())`.execute(owner());
    await row(assessing, 'assessment', '2026-01-01');
    await expect(row(caring, 'care', '2026-05-01')).rejects.toThrow('related_party_apart');
    await expect(row(caring, 'assessment', '2026-05-01')).rejects.toThrow('related_party_institution');
  });

  test('an assessment institution is never tied to a person for care, nor a care institution for assessment', async () => {
    const tie = (institutionId: string, kind: 'care' | 'assessment') => house.act((act) => insertTie(act, { districtCode: '990101', personId, institutionId, kind, fromOn: act.today }));
    await tie(assessing, 'assessment');
    await tie(caring, 'care');
    await expect(tie(assessing, 'care')).rejects.toThrow('tie_fits_institution');
    await expect(tie(caring, 'assessment')).rejects.toThrow('tie_fits_institution');
    await expect(sql`INSERT INTO people.tie (district_code, person_id, institution_id, kind, from_on) VALUES ('990101', ${personId}, ${assessing}, 'care', '2026-01-01')`.execute(owner())).rejects.toThrow('tie_fits_institution');
    await expect(sql`UPDATE providers.institution SET kind = 'homeCare' WHERE id = ${assessing}`.execute(owner())).rejects.toThrow(/tie_fits_institution|related_party/);
  });

  test('an account sits on the side of its role', async () => {
    const open = (signInName: string, role: string, more: object) => house.signedIn({ signInName, displayName: '某人', role, ...more });
    await expect(open('wrong-1', 'assessor', { institutionId: caring })).rejects.toThrow('cannot sit in an institution of care');
    await expect(open('wrong-2', 'institutionOfficer', { institutionId: assessing })).rejects.toThrow('cannot sit in an institution of assessment');
    await expect(open('wrong-3', 'agencyOfficer', { area: '990101', institutionId: assessing })).rejects.toThrow('belongs to no institution');
    await expect(open('right-1', 'assessor', { institutionId: assessing })).resolves.toBeTypeOf('function');
    await expect(open('right-2', 'institutionOfficer', { institutionId: caring })).resolves.toBeTypeOf('function');
  });

  test('no role holds permissions of two sides', async () => {
    const role = (desk: string, permissions: string[]) => sql`INSERT INTO identity.role (code, name_zh, name_en, desk, permissions) VALUES (${`x${permissions.length}${desk}`}, '试', 'try', ${desk}, ${permissions})`.execute(owner());
    await expect(role('assessor', ['assessments.assess', 'assessments.dispatch'])).rejects.toThrow('role_one_side');
    await expect(role('agency', ['assessments.confirm'])).rejects.toThrow('role_one_side');
    await expect(role('institution', ['plans.propose', 'claims.close'])).rejects.toThrow('role_care_apart');
    await expect(role('assessor', ['assessments.assess', 'assessments.takeOrder', 'policy.read'])).resolves.toBeDefined();
  });

  test('suspends an agreement once and lets it hold again', async () => {
    const pause = (more: object = {}) => agency('POST', `/api/institutions/${assessing}/pauses`, { fromOn: '2026-11-01', reason: '整改', ...more });
    expect((await pause({ toOn: '2026-11-01' })).json().code).toBe('AGREEMENT_PAUSE_DAYS');
    const id = (await pause()).json().id as string;
    expect((await pause({ fromOn: '2026-12-01' })).json().code).toBe('PAUSE_OVERLAP');
    expect((await agency('POST', `/api/pauses/${id}/end`, { toOn: '2026-10-31' })).json().code).toBe('AGREEMENT_PAUSE_DAYS');
    expect((await agency('POST', `/api/pauses/${id}/end`, { toOn: '2026-11-20' })).statusCode).toBe(200);
    expect((await pause({ fromOn: '2026-11-20' })).statusCode).toBe(200);
  });
});

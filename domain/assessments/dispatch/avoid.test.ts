import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertTie } from '#domain/people/index.ts';
import { addWorker } from '#domain/workers/index.ts';
import { identityNumberFor } from '#kit/identity-number.ts';
import { newId } from '#kit/ids.ts';
import { getApplication } from '../actions/case.ts';
import { anotherPerson, assess, dispatchedCase, publishedCase } from '../testing.ts';
import { avoidanceOf, demandNoInterest, demandUnrelatedCare } from './avoid.ts';
import type { Avoidance } from './avoid.ts';
import { openDispatchOffice, sentPerson } from './testing.ts';
import type { DispatchOffice } from './testing.ts';

const START = '2026-08-03T01:00:00Z';

describe('recusal', () => {
  let office: DispatchOffice;
  beforeAll(async () => {
    office = await openDispatchOffice(START);
  });
  afterAll(() => office.house.close());

  const db = () => office.house.platform.databases.ownerDb;
  const avoided = (id: string): Promise<Avoidance[]> => office.house.act(async (act) => avoidanceOf(act, await getApplication(act, id)));
  const groundsOf = async (id: string, name?: string): Promise<string[]> => (await avoided(id)).filter((one) => name === undefined || one.name === name).map((one) => one.ground);
  /** A case of somebody with nothing in common with anybody. */
  const plainCase = async (more: object = {}): Promise<{ id: string; personId: string }> => {
    const personId = await anotherPerson(office, { address: `石桥街道 ${Math.random()} 号`, ...more });
    return { id: await dispatchedCase(office, personId), personId };
  };
  const caredBy = (personId: string, institutionId: string) => office.house.act((act) => insertTie(act, { districtCode: '990101', personId, institutionId, kind: 'care', fromOn: '2026-01-01' }));

  test('a case of a stranger avoids nobody', async () => {
    expect(await avoided((await plainCase()).id)).toEqual([]);
  });

  test('who has the telephone or the address of the person keeps away, and with another one does not', async () => {
    await sentPerson(office, office.institutionId, '同号', 'assessor', { phone: '13911112222' });
    await sentPerson(office, office.institutionId, '同住', 'assessor', { address: '石桥街道 77 号' });
    expect(await groundsOf((await plainCase({ phone: '13911112222' })).id)).toEqual(['samePhone']);
    expect(await groundsOf((await plainCase({ phone: '13911112223' })).id)).toEqual([]);
    expect(await groundsOf((await plainCase({ address: '石桥街道 77 号' })).id)).toEqual(['sameAddress']);
    expect(await groundsOf((await plainCase({ address: '石桥街道 78 号' })).id)).toEqual([]);
  });

  test('nobody assesses themselves', async () => {
    const { id, personId } = await plainCase();
    const { rows } = await sql<{ number: string }>`SELECT identity_number AS number FROM people.person WHERE id = ${personId}`.execute(db());
    await sentPerson(office, office.institutionId, '本人', 'expert', { identityNumber: rows[0]!.number });
    expect(await groundsOf(id)).toEqual(['self']);
  });

  test('who works for an institution that cares for the person keeps away; working for another one is no ground', async () => {
    const { id, personId } = await plainCase();
    const { assessor } = office.people;
    await office.house.act((act) => addWorker(act, { institutionId: office.careHomeId, name: assessor.name, identityNumber: assessor.identityNumber, workerClass: 'nurse', fromOn: '2025-01-01', toOn: '2025-12-31' }));
    expect(await groundsOf(id)).toEqual([]);
    await caredBy(personId, office.careHomeId);
    expect(await avoided(id)).toMatchObject([{ ground: 'worksForCarer', accountId: assessor.accountId, detail: '槐荫护理院', institutionId: null }]);
    await expect(office.house.act(async (act) => demandNoInterest(act, await getApplication(act, id), [assessor]))).rejects.toMatchObject({ code: 'ASSESSOR_RECUSED', params: { name: '方敏', ground: 'worksForCarer' } });
    await expect(office.house.act(async (act) => demandNoInterest(act, await getApplication(act, id), [office.people.spare, office.people.expert]))).resolves.toBeUndefined();
  });

  test('an institution keeps away whose investor also owned the one that cares for the person', async () => {
    const { id, personId } = await plainCase();
    const row = (institutionId: string, side: string, from: string, to: string | null) => sql`INSERT INTO providers.related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, to_on, evidence, actor_name, recorded_at)
      VALUES (${newId(Date.now())}, ${institutionId}, ${side}, 'person', ${identityNumberFor('990101', '1966-06-06', 8)}, '金大川', 'investor', ${from}, ${to}, '章程', '测试', now())`.execute(db());
    await row(office.secondInstitutionId, 'assessment', '2024-01-01', '2025-01-01');
    await row(office.careHomeId, 'care', '2025-01-01', null);
    expect(await groundsOf(id)).toEqual([]);
    await caredBy(personId, office.careHomeId);
    const hit = (await avoided(id)).filter((one) => one.institutionId !== null);
    expect(hit).toMatchObject([{ ground: 'sharedOwner', institutionId: office.secondInstitutionId, detail: '槐荫护理院' }]);
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.secondInstitutionId, reason: '试派' })).json()).toMatchObject({ code: 'DISPATCH_RECUSED', params: { ground: 'sharedOwner' } });
  });

  test('what was declared counts from its first to its last day, and for the person, the community or the care institution that it names', async () => {
    const { id, personId } = await plainCase({ community: '听雨社区' });
    const declare = (body: object) => office.agency('POST', '/api/interests', { institutionId: office.institutionId, relation: 'relative', fromOn: '2026-01-01', evidence: '本人申报', ...body });
    const end = (interestId: string, toOn: string) => office.agency('POST', `/api/interests/${interestId}/end`, { toOn, note: '已核实' });
    const ofPerson = (await declare({ workerId: office.people.spare.workerId, personNumber: (await sql<{ number: string }>`SELECT identity_number AS number FROM people.person WHERE id = ${personId}`.execute(db())).rows[0]!.number })).json().id as string;
    expect(await avoided(id)).toMatchObject([{ ground: 'declaredPerson', name: '于洋', accountId: office.people.spare.accountId, detail: 'relative' }]);
    expect((await end(ofPerson, '2026-08-03')).statusCode).toBe(200);
    expect(await groundsOf(id)).toEqual(['declaredPerson']);
    expect((await end(ofPerson, '2026-08-02')).statusCode).toBe(200);
    expect(await groundsOf(id)).toEqual([]);
    expect((await end(ofPerson, '2026-08-03')).json().code).toBe('INTEREST_DAYS');
    await declare({ workerId: office.people.spare.workerId, relation: 'neighbour', townshipCode: '990101002', community: '听雨社区', toOn: '2026-08-02' });
    expect(await groundsOf(id)).toEqual([]);
    await declare({ workerId: office.people.spare.workerId, relation: 'neighbour', townshipCode: '990101002', community: '听雨社区' });
    expect(await groundsOf(id)).toEqual(['declaredPerson']);
    expect(await groundsOf((await plainCase({ community: '观云社区' })).id)).toEqual([]);
    await caredBy(personId, office.careHomeId);
    await declare({ institutionId: office.secondInstitutionId, relation: 'owner', careInstitutionId: office.careHomeId });
    expect((await avoided(id)).filter((one) => one.ground === 'declaredInstitution')).toMatchObject([{ institutionId: office.secondInstitutionId, accountId: null }]);
    expect((await office.agency('GET', '/api/interests?current=true')).json().total).toBe(2);
  });

  test('a declaration says who and in what, by whoever speaks for the party', async () => {
    const declare = (by: DispatchOffice['agency'], body: object) => by('POST', '/api/interests', { institutionId: office.institutionId, relation: 'other', fromOn: '2026-01-01', evidence: '申报', careInstitutionId: office.careHomeId, ...body });
    expect((await declare(office.otherAgency, {})).json().code).toBe('INTEREST_PARTY');
    expect((await declare(office.secondOfficer, {})).json().code).toBe('INTEREST_PARTY');
    expect((await declare(office.agency, { community: '听雨社区' })).json().code).toBe('INTEREST_TARGET');
    expect((await declare(office.agency, { careInstitutionId: undefined })).json().code).toBe('INTEREST_TARGET');
    expect((await declare(office.agency, { careInstitutionId: undefined, personNumber: '990101194801010001' })).json().code).toBe('INTEREST_PERSON_NUMBER');
    expect((await declare(office.agency, { toOn: '2025-12-31' })).json().code).toBe('INTEREST_DAYS');
    expect((await declare(office.people.expert.caller, { workerId: office.people.spare.workerId })).json().code).toBe('INTEREST_PARTY');
    const own = (await declare(office.people.expert.caller, { workerId: office.people.expert.workerId, toOn: '2026-01-02' })).json() as { id: string };
    expect(own).toHaveProperty('id');
    expect((await office.secondOfficer('POST', `/api/interests/${own.id}/end`, { toOn: '2026-01-02', note: '试' })).statusCode).toBe(404);
  });

  test('a spot check is made by other persons than the assessment before, and after irregularities by another institution; other kinds are not bound', async () => {
    const conclude = async (personId: string): Promise<void> => {
      office.house.clock.now = new Date(START);
      const { id } = await publishedCase(office, personId);
      office.house.clock.now = new Date('2026-08-21T01:00:00Z');
      expect((await office.agency('POST', `/api/applications/${id}/conclude`)).statusCode).toBe(200);
    };
    const spotCheck = async (ground: string): Promise<string> => {
      const personId = ground === 'abnormalResult' ? office.personId : office.otherPersonId;
      await conclude(personId);
      return (await office.agency('POST', `/api/people/${personId}/spot-checks`, { ground, source: '检查记录', contactPhone: '13800000000', note: '抽查' })).json().id as string;
    };
    const abnormal = await spotCheck('abnormalResult');
    expect(await avoided(abnormal)).toEqual(expect.arrayContaining([expect.objectContaining({ ground: 'earlierAssessor', name: '孙丽' }), expect.objectContaining({ ground: 'earlierAssessor', name: '周明远' })]));
    expect((await avoided(abnormal)).every((one) => one.institutionId === null)).toBe(true);
    const irregular = await spotCheck('irregularAssessment');
    expect((await avoided(irregular)).find((one) => one.ground === 'irregularBefore')).toMatchObject({ institutionId: office.institutionId });
    await office.agency('POST', `/api/applications/${abnormal}/dispatch`, { institutionId: office.institutionId, reason: '同区' });
    expect(await assess(office, abnormal)).toBeUndefined();
    office.house.clock.now = new Date(START);
  });
});

describe('who cares afterwards has nothing to do with who assessed', () => {
  let office: DispatchOffice;
  beforeAll(async () => {
    office = await openDispatchOffice(START);
    const { id } = await publishedCase(office, office.personId);
    office.house.clock.now = new Date('2026-08-21T01:00:00Z');
    const done = await office.agency('POST', `/api/applications/${id}/conclude`);
    if (done.statusCode !== 200) throw new Error(done.body);
  });
  afterAll(() => office.house.close());

  const choose = (on = '2026-10-01') => office.house.act((act) => demandUnrelatedCare(act, { districtCode: '990101', personId: office.personId, institutionId: office.careHomeId, institutionName: '槐荫护理院', on }));
  const db = () => office.house.platform.databases.ownerDb;
  const stakes = async (institutionId: string, side: string, from: string, to: string | null, sequence: number) => {
    await sql`INSERT INTO providers.related_party (id, institution_id, side, party_kind, party_number, party_name, relation, from_on, to_on, evidence, actor_name, recorded_at)
      VALUES (${newId(Date.now())}, ${institutionId}, ${side}, 'person', ${identityNumberFor('990101', '1966-06-06', sequence)}, '金大川', 'investor', ${from}, ${to}, '章程', '测试', now())`.execute(db());
  };

  test('an investor who left the assessing institution before the assessment is no ground, one who left after it is', async () => {
    await expect(choose()).resolves.toBeUndefined();
    await stakes(office.institutionId, 'assessment', '2025-01-01', '2026-08-03', 11);
    await stakes(office.careHomeId, 'care', '2026-08-03', null, 11);
    await expect(choose()).resolves.toBeUndefined();
    await stakes(office.institutionId, 'assessment', '2025-01-01', '2026-08-04', 12);
    await stakes(office.careHomeId, 'care', '2026-08-04', '2026-10-02', 12);
    await expect(choose()).rejects.toMatchObject({ code: 'CARE_RELATED_TO_ASSESSOR', params: { ground: 'sharedOwner', institution: '槐荫护理院', assessedBy: '禾东失能评估中心' } });
    await expect(choose('2026-10-02')).resolves.toBeUndefined();
  });

  test('a plan with a related institution is refused at the window', async () => {
    const propose = async (fromOn: string) => (await office.agency('POST', '/api/plans', { personId: office.personId, institutionId: office.careHomeId, mode: 'institution', fromOn, items: [] })).json() as { code?: string };
    expect((await propose('2026-10-01')).code).toBe('CARE_RELATED_TO_ASSESSOR');
    expect((await propose('2026-10-02')).code).not.toBe('CARE_RELATED_TO_ASSESSOR');
  });

  test('a declared interest of the assessing institution in the care institution is a ground while it lasts', async () => {
    await office.agency('POST', '/api/interests', { institutionId: office.institutionId, relation: 'owner', careInstitutionId: office.careHomeId, fromOn: '2026-12-01', evidence: '申报' });
    await expect(choose('2026-11-30')).resolves.toBeUndefined();
    await expect(choose('2026-12-01')).rejects.toMatchObject({ params: { ground: 'declared' } });
  });
});

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '#server/testing.ts';
import { anotherPerson, filingFor, openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { MAX_PICTURE_BYTES } from './model.ts';
import { closeAllMissed } from './supply.ts';
import { strayFiles } from '../onsite/testing.ts';
import { pdf, png, sendFile } from './testing.ts';

const ORIGINALS = ['applicationForm', 'selfAssessment', 'identityCard', 'socialSecurityCard', 'medicalRecord', 'commitment'];
const SELF = { bathing: true, dressing: true, toileting: true, transfer: true, continence: false, feeding: false };

describe('papers of an application, from 1 December 2026 by the check-list', () => {
  let office: TestOffice;
  let township: Caller;
  beforeAll(async () => {
    office = await openTestOffice('2026-12-01T02:00:00Z');
    township = await office.house.signedIn({ signInName: 'township-01', displayName: '胡晓东', role: 'townshipOfficer', area: '990101002' });
  });
  afterAll(() => office.house.close());

  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  const file = async (by: Caller, personId: string, more: object = {}) => (await by('POST', '/api/applications', { ...filingFor(personId), materials: [], ...more })).json().id as string;
  const papers = async (id: string, by: Caller = office.agency) => (await by('GET', `/api/applications/${id}/materials`)).json();
  const letGoOn = (id: string) => township('POST', `/api/applications/${id}/pre-reviews`, PRE_REVIEW);
  const accept = async (id: string, body: object = {}) => (await office.agency('POST', `/api/applications/${id}/accept`, body)).json();
  /** A case accepted on a promise: the social security card is to come by the fifth working day. */
  const promised = async (): Promise<string> => {
    const id = await file(office.agency, await anotherPerson(office), { materials: ORIGINALS.filter((code) => code !== 'socialSecurityCard') });
    await letGoOn(id);
    expect(await accept(id, { promisedBy: '王小梅' })).toMatchObject({ state: 'accepted' });
    return id;
  };
  const stateOf = async (id: string) => (await office.agency('GET', `/api/applications/${id}`)).json() as { state: string; closedReason: string | null; comeAgainOn: string | null; supplyByOn: string | null };

  test('takes photographs and PDF under a name of ours, told by content, kept once, and says what is lacking', async () => {
    const id = await file(office.agency, await anotherPerson(office));
    const first = (await sendFile(office.agency, `/api/applications/${id}/materials?code=identityCard`, png(1), '../身份\u202Egnp.exe')).json();
    const number = (await office.agency('GET', `/api/applications/${id}`)).json().number as string;
    expect(first).toMatchObject({ code: 'identityCard', fileName: `${number}_有效身份证件或户口簿_1.png`, originalName: '身份gnp.exe', mediaType: 'image/png', sizeBytes: png(1).length, pages: null, sha256: createHash('sha256').update(png(1)).digest('hex'), own: true });
    expect(first.lacking).not.toContain('identityCard');
    expect((await sendFile(office.agency, `/api/applications/${id}/materials?code=medicalRecord`, pdf(3), 'record.pdf')).json()).toMatchObject({ mediaType: 'application/pdf', pages: 3, fileName: `${number}_病历诊断或检查材料_1.pdf` });
    expect((await sendFile(office.agency, `/api/applications/${id}/materials?code=otherPaper`, png(1))).json()).toMatchObject({ status: 409, code: 'MATERIAL_TWICE', params: { fileName: first.fileName } });
    const shown = await papers(id);
    expect(shown).toMatchObject({ demanded: true, outcome: 'incomplete', open: true });
    expect(shown.items.filter((one: { present: boolean }) => one.present).map((one: { code: string }) => one.code)).toEqual(['identityCard', 'medicalRecord']);
  });

  test('refuses what only looks like a photograph, what is empty, too big, too long, or not on the list', async () => {
    const id = await file(office.agency, await anotherPerson(office));
    const send = async (bytes: Buffer, name: string, code = 'identityCard') => (await sendFile(office.agency, `/api/applications/${id}/materials?code=${code}`, bytes, name)).json();
    const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4000)]);
    expect(await send(exe, 'card.jpg')).toMatchObject({ status: 422, code: 'MATERIAL_TYPE' });
    expect(await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'card.png')).toMatchObject({ code: 'MATERIAL_TYPE' });
    expect(await send(Buffer.from('<html>%PDF-1.4'), 'a.pdf')).toMatchObject({ code: 'MATERIAL_TYPE' });
    expect(await send(Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'a.pdf')).toMatchObject({ status: 422, code: 'MATERIAL_BROKEN' });
    expect(await send(pdf(1, 'broken off').subarray(0, 60), 'a.pdf')).toMatchObject({ code: 'MATERIAL_BROKEN' });
    expect(await send(Buffer.alloc(0), 'a.png')).toMatchObject({ code: 'MATERIAL_EMPTY' });
    const big = Buffer.concat([png(), Buffer.alloc(MAX_PICTURE_BYTES - png().length)]);
    expect(await send(big, 'fits.png')).toMatchObject({ sizeBytes: MAX_PICTURE_BYTES });
    expect(await send(Buffer.concat([big, Buffer.from([0])]), 'big.png')).toMatchObject({ code: 'MATERIAL_SIZE', params: { mostMib: 10 } });
    expect(await send(pdf(200), 'p.pdf')).toMatchObject({ pages: 200 });
    expect(await send(pdf(201), 'p.pdf')).toMatchObject({ code: 'MATERIAL_PAGES', params: { pages: 201, most: 200 } });
    expect((await office.agency('POST', `/api/applications/${id}/originals`, { codes: ['nonsense'] })).statusCode).toBe(400);
    await office.house.platform.databases.ownerDb.connection().execute((db) => sql`INSERT INTO assessments.material (district_code, id, application_id, person_id, township_code, code, form, sha256, media_type, size_bytes, file_name, original_name, provided_by, actor_name, provided_on, provided_at)
      SELECT district_code, gen_random_uuid(), id, person_id, township_code, 'otherPaper', 'file', encode(sha256(g::text::bytea), 'hex'), 'image/png', 1, 'x', 'x', 'office', 'x', filed_on, filed_at FROM assessments.application, generate_series(1, 58) g WHERE id = ${id}`.execute(db));
    expect(await send(png(7), 'one more.png')).toMatchObject({ code: 'MATERIAL_FILES', params: { most: 60 } });
    expect(await strayFiles(office.house)).toBe(0);
  });

  test('gives a file only as an attachment in a sandbox, and only to who may see the case', async () => {
    const id = await file(office.agency, office.personId);
    const { id: materialId } = (await sendFile(office.family, `/api/family/applications/${id}/materials?code=identityCard`, png(2), 'x.png')).json();
    const got = await office.family('GET', `/api/family/materials/${materialId}/file`);
    expect(got.rawPayload.equals(png(2))).toBe(true);
    expect(got.headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
    expect(String(got.headers['content-disposition'])).toMatch(/^attachment; /);
    expect((await office.otherFamily('GET', `/api/family/materials/${materialId}/file`)).json()).toMatchObject({ status: 404 });
    expect((await sendFile(office.otherFamily, `/api/family/applications/${id}/materials?code=identityCard`, png(3))).json()).toMatchObject({ status: 404 });
    expect((await office.otherAgency('GET', `/api/applications/${id}/materials`)).statusCode).toBe(404);
    expect((await office.assessor('GET', `/api/materials/${materialId}/file`)).statusCode).toBe(404);
    // Once the case is with an institution it reads the papers; another does not.
    await office.house.act((act) => sql`UPDATE assessments.application SET assessment_institution_id = ${office.institutionId}, state = 'dispatched', accepted_on = filed_on WHERE id = ${id}`.execute(act.db));
    expect((await office.assessor('GET', `/api/materials/${materialId}/file`)).statusCode).toBe(200);
    expect((await office.otherAssessor('GET', `/api/materials/${materialId}/file`)).statusCode).toBe(404);
    expect((await office.family('POST', `/api/family/applications/${id}/withdraw`, { reason: '测试' })).json()).toEqual({ state: 'withdrawn' });
  });

  test('a repeated sending with the same key is one paper', async () => {
    const id = await file(office.agency, await anotherPerson(office));
    const send = () => sendFile(office.agency, `/api/applications/${id}/materials?code=identityCard`, png(9), 'a.png', { 'idempotency-key': 'the same paper once' });
    const [first, second] = [await send(), await send()];
    expect(second.json()).toEqual(first.json());
    expect((await papers(id)).materials).toHaveLength(1);
  });

  test('papers are withdrawn with a reason and stay on record; a family takes back its own before acceptance', async () => {
    const id = await file(office.agency, office.otherPersonId);
    const { id: own } = (await sendFile(office.otherFamily, `/api/family/applications/${id}/materials?code=identityCard`, png(4))).json();
    const { id: theirs } = (await sendFile(office.agency, `/api/applications/${id}/materials?code=identityCard`, png(5))).json();
    expect((await office.otherFamily('POST', `/api/family/materials/${theirs}/withdrawal`, { reason: '不是我交的' })).json()).toMatchObject({ status: 404 });
    expect((await office.otherFamily('POST', `/api/family/materials/${own}/withdrawal`, { reason: '拍糊了' })).json().lacking).not.toContain('identityCard');
    expect((await office.otherFamily('POST', `/api/family/materials/${own}/withdrawal`, { reason: '拍糊了' })).json()).toMatchObject({ code: 'MATERIAL_WITHDRAWN' });
    expect((await office.agency('POST', `/api/materials/${theirs}/withdrawal`, { reason: '换新证' })).json().lacking).toContain('identityCard');
    expect((await papers(id)).materials).toMatchObject([{ withdrawn: { reason: '拍糊了' } }, { withdrawn: { reason: '换新证', actorName: '陈敏' } }]);
    expect((await sendFile(office.agency, `/api/applications/${id}/materials?code=identityCard`, png(4))).json()).toMatchObject({ code: 'identityCard' });
  });

  test('what the window saw counts with who saw it; what a family says it has does not, except the form that it fills in on its page', async () => {
    const window = await file(office.agency, await anotherPerson(office), { materials: ['identityCard'] });
    const shown = await papers(window);
    expect(shown.materials).toMatchObject([{ code: 'identityCard', form: 'original', actorName: '陈敏' }]);
    expect(shown.lacking).not.toContain('identityCard');
    const family = (await office.family('POST', '/api/family/applications', { ...filingFor(office.personId), materials: ORIGINALS })).json().id as string;
    expect((await papers(family)).lacking).toEqual(ORIGINALS.filter((code) => code !== 'applicationForm'));
    expect((await office.agency('POST', `/api/applications/${family}/originals`, { codes: ORIGINALS })).json()).toEqual({ lacking: [] });
    await office.family('POST', `/api/family/applications/${family}/withdraw`, { reason: '以后再办' });
  });

  test('an agent is named with a checked number, which is shown masked', async () => {
    const personId = await anotherPerson(office);
    const filing = { ...filingFor(personId), relation: 'agent', materials: [] };
    expect((await office.agency('POST', '/api/applications', filing)).json()).toMatchObject({ code: 'AGENT_MISSING' });
    expect((await office.agency('POST', '/api/applications', { ...filing, agent: { name: '周代', identityNumber: '110105194912310021' } })).json()).toMatchObject({ code: 'AGENT_IDENTITY_NUMBER', errors: [{ column: 'agent.identityNumber', code: 'IDENTITY_NUMBER_CHECK_DIGIT' }] });
    const id = (await office.agency('POST', '/api/applications', { ...filing, agent: { name: '周代', identityNumber: '11010519491231002x' } })).json().id as string;
    expect((await office.agency('GET', `/api/applications/${id}`)).json().agent).toEqual({ name: '周代', maskedNumber: expect.stringMatching(/^\d+\*+/) });
    expect((await papers(id)).items.map((one: { code: string }) => one.code)).toEqual(expect.arrayContaining(['powerOfAttorney', 'agentIdentity']));
  });

  test('the self-assessment form is filled in with the filing or later, is a hint, and the latest counts', async () => {
    const id = await file(office.agency, await anotherPerson(office), { selfAssessment: { answers: SELF } });
    expect((await papers(id)).selfAssessment).toMatchObject({ class: 'E', likely: true, filledBy: '王小梅', onPaper: true, answers: SELF });
    expect((await papers(id)).lacking).not.toContain('selfAssessment');
    const again = (await office.agency('POST', `/api/applications/${id}/self-assessment`, { answers: { ...SELF, transfer: false }, filledBy: '王小梅' })).json();
    expect(again).toMatchObject({ class: 'D', likely: false, reasons: [{ code: 'SELF_HELP' }, { code: 'SELF_CLASS' }] });
    expect((await papers(id)).selfAssessment).toMatchObject({ class: 'D' });
    expect((await office.agency('POST', `/api/applications/${id}/self-assessment`, { answers: {}, filledBy: '王小梅' })).json()).toMatchObject({ code: 'SELF_ASSESSMENT_MISSING' });
    expect((await office.agency('POST', `/api/applications/${id}/self-assessment`, { answers: { ...SELF, flying: true }, filledBy: '王小梅' })).json()).toMatchObject({ code: 'SELF_ASSESSMENT_FOREIGN' });
    const [{ n }] = (await office.house.act((act) => sql<{ n: number }>`SELECT count(*) AS n FROM assessments.self_assessment WHERE application_id = ${id}`.execute(act.db))).rows as [{ n: number }];
    expect(n).toBe(2);
  });

  test('accepts with every paper; refuses to accept without what cannot come later; asks for a promise for the rest', async () => {
    const id = await file(office.agency, await anotherPerson(office), { materials: ['applicationForm', 'selfAssessment', 'medicalRecord', 'commitment'] });
    await letGoOn(id);
    expect(await accept(id)).toMatchObject({ status: 409, code: 'MATERIALS_INCOMPLETE', params: { materialsZh: '有效身份证件或户口簿' } });
    expect((await stateOf(id)).state).toBe('filed');
    await office.agency('POST', `/api/applications/${id}/originals`, { codes: ['identityCard'] });
    expect(await accept(id)).toMatchObject({ status: 409, code: 'SUPPLY_PROMISE', params: { materialsZh: '社会保障卡', byOn: '2026-12-08' } });
    expect(await accept(id, { promisedBy: '王小梅' })).toMatchObject({ state: 'accepted', supplyByOn: '2026-12-08', comeAgainOn: null });
    expect((await papers(id)).supply).toEqual({ materials: ['socialSecurityCard'], promisedBy: '王小梅', byOn: '2026-12-08', suppliedOn: null, overdue: false });
    expect((await office.agency('GET', `/api/applications?queue=supply&person=${(await office.agency('GET', `/api/applications/${id}`)).json().personId}`)).json().total).toBe(1);
    const receipt = await office.agency('GET', `/api/applications/${id}/acceptance-receipt.pdf`);
    expect(receipt.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('what is promised and supplied on the last day is cleared, and after acceptance a required paper is replaced before it goes', async () => {
    const id = await promised();
    at('2026-12-08T15:59:59Z');
    const sent = (await sendFile(office.agency, `/api/applications/${id}/materials?code=socialSecurityCard`, png(11))).json();
    expect(sent.lacking).toEqual([]);
    expect((await papers(id)).supply).toMatchObject({ suppliedOn: '2026-12-08', overdue: false });
    at('2026-12-08T16:10:00Z');
    await office.house.act((act) => closeAllMissed(act));
    expect((await stateOf(id)).state).toBe('accepted');
    expect((await office.agency('POST', `/api/materials/${sent.id}/withdrawal`, { reason: '换一张' })).json()).toMatchObject({ status: 409, code: 'MATERIAL_NEEDED' });
    await sendFile(office.agency, `/api/applications/${id}/materials?code=socialSecurityCard`, png(12));
    expect((await office.agency('POST', `/api/materials/${sent.id}/withdrawal`, { reason: '换一张' })).json()).toEqual({ lacking: [] });
    at('2026-12-01T02:00:00Z');
  });

  test('what is missed closes the case on the day after and not on the last day, with the day to come again; a second run finds nothing', async () => {
    at('2026-12-01T02:00:00Z');
    const id = await promised();
    at('2026-12-08T15:59:59Z');
    await office.house.act((act) => closeAllMissed(act));
    expect(await stateOf(id)).toMatchObject({ state: 'accepted', supplyByOn: '2026-12-08' });
    at('2026-12-08T16:00:00Z');
    // Before the clock has been there: what comes after the last day does not rescue the case.
    expect((await sendFile(office.agency, `/api/applications/${id}/materials?code=socialSecurityCard`, png(13))).json()).toMatchObject({ status: 409, code: 'SUPPLY_OVER', params: { supplyByOn: '2026-12-08' } });
    expect((await office.agency('POST', `/api/applications/${id}/originals`, { codes: ['socialSecurityCard'] })).json().code).toBe('SUPPLY_OVER');
    const closed = await office.house.act((act) => closeAllMissed(act));
    expect(closed).toBeGreaterThan(0);
    expect(await stateOf(id)).toMatchObject({ state: 'closed', closedReason: 'SUPPLY_MISSED', comeAgainOn: '2026-12-09' });
    expect(await office.house.act((act) => closeAllMissed(act))).toBe(0);
    const told = await office.house.act((act) => sql<{ data: object }>`SELECT data FROM platform.event WHERE subject_id = ${id} AND kind = 'assessments.closedSupplyMissed'`.execute(act.db));
    expect(told.rows).toEqual([{ data: expect.objectContaining({ materialsZh: '社会保障卡', comeAgainOn: '2026-12-09' }) }]);
    expect((await sendFile(office.agency, `/api/applications/${id}/materials?code=socialSecurityCard`, png(13))).json()).toMatchObject({ code: 'MATERIAL_STATE' });
    const letter = await office.agency('GET', `/api/applications/${id}/closing-letter.pdf`);
    expect([letter.headers['content-type'], letter.rawPayload.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
    const { personId } = (await office.agency('GET', `/api/applications/${id}`)).json() as { personId: string };
    expect(await file(office.agency, personId)).toEqual(expect.any(String));
    at('2026-12-01T02:00:00Z');
  });

  test('closes more cases than one page holds, and goes on where a killed run stopped', async () => {
    await office.house.platform.databases.ownerDb.connection().execute(async (db) => {
      await sql`SET session_replication_role = replica`.execute(db);
      await sql`INSERT INTO assessments.application (district_code, id, number, person_id, township_code, kind, filed_on, filed_at, applicant_name, relation, contact_phone, disabled_since_on, state, state_since, accepted_on, supply_materials, supply_promised_by, supply_by_on)
        SELECT '990101', gen_random_uuid(), 'many-' || g, gen_random_uuid(), '990101002', 'initial', '2026-12-01', now(), 'x', 'self', '13900000000', '2025-01-01', 'accepted', now(), '2026-12-01', '{commitment}', 'x', '2026-12-02' FROM generate_series(1, 450) g`.execute(db);
      await sql`SET session_replication_role = DEFAULT`.execute(db);
    });
    at('2026-12-02T16:00:00Z');
    const killed = office.house.act(async (act) => {
      let left = 250;
      const log = act.platform;
      const some = { ...act, platform: { ...log, databases: new Proxy(log.databases, { get: (target, name) => { if (name === 'appDb' && left-- < 0) throw new Error('killed'); return Reflect.get(target, name); } }) } };
      return closeAllMissed(some);
    });
    await expect(killed).rejects.toThrow();
    const open = async () => (await office.house.act((act) => sql<{ n: number }>`SELECT count(*) AS n FROM assessments.application WHERE number LIKE 'many-%' AND state = 'accepted'`.execute(act.db))).rows[0]!.n;
    const left = await open();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(450);
    expect(await office.house.act((act) => closeAllMissed(act))).toBe(left);
    expect(await open()).toBe(0);
    at('2026-12-01T02:00:00Z');
  });

  test('the agency ends an accepted case on a coded ground with a kept decision and a letter, and no case before acceptance or after its end', async () => {
    const id = await promised();
    const close = async (which: string, more: object = {}) => (await office.agency('POST', `/api/applications/${which}/close`, { ground: 'NO_COOPERATION', note: '三次上门均不开门。', ...more })).json();
    const filed = await file(office.agency, await anotherPerson(office));
    expect(await close(filed)).toMatchObject({ status: 409, code: 'APPLICATION_STATE' });
    expect((await office.agency('GET', `/api/applications/${id}/closing-letter.pdf`)).json()).toMatchObject({ code: 'APPLICATION_STATE' });
    expect((await close(id, { ground: 'PERSON_DECEASED' })).code).toBe('INPUT_WRONG');
    expect(await close(id)).toEqual({ state: 'closed' });
    expect(await close(id)).toMatchObject({ status: 409, code: 'APPLICATION_STATE' });
    const { closedReason, decisionId } = (await office.agency('GET', `/api/applications/${id}`)).json();
    expect(closedReason).toBe('NO_COOPERATION');
    expect((await office.agency('POST', `/api/explanations/${decisionId}/rerun`, {})).json()).toMatchObject({ value: { ground: 'NO_COOPERATION', note: '三次上门均不开门。' }, reasons: [{ code: 'CLOSED_BY_OFFICER', sources: [{ document: 'changhu-design' }] }] });
    expect((await office.agency('GET', `/api/applications/${id}/closing-letter.pdf`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await office.agency('GET', `/api/records/${id}/history`)).body).toContain('assessments.closedByOffice');
  });

  test('a result does not hang out while something promised is outstanding', async () => {
    const id = await promised();
    await office.house.act((act) => sql`UPDATE assessments.application SET state = 'confirmed' WHERE id = ${id}`.execute(act.db));
    expect((await office.agency('POST', `/api/applications/${id}/publish`)).json()).toMatchObject({ status: 409, code: 'SUPPLY_OUTSTANDING', params: { supplyByOn: '2026-12-08' } });
    expect((await office.agency('GET', `/api/applications/${id}`)).json().acts).toContainEqual(expect.objectContaining({ act: 'publish', allowed: false, why: expect.objectContaining({ code: 'SUPPLY_OUTSTANDING' }) }));
  });

  test('the calendar of next year is asked for by name when the time to supply would run into it', async () => {
    at('2026-12-29T02:00:00Z');
    const id = await file(office.agency, await anotherPerson(office), { materials: ORIGINALS.filter((code) => code !== 'commitment') });
    await letGoOn(id);
    expect(await accept(id, { promisedBy: '王小梅' })).toMatchObject({ code: 'CALENDAR_MISSING', params: { file: 'policy/national/calendar/2027.yaml' } });
    expect((await papers(id)).byOn).toBeNull();
    at('2026-12-01T02:00:00Z');
  });
});

/** Every point answered, fit to go on, acknowledged by a tick. */
const PRE_REVIEW = {
  answers: { identitySeen: 'yes', livesHere: 'yes', eating: 'helped', dressing: 'helped', moving: 'cannot', mind: 'clear', reliefsTold: 'yes', processTold: 'yes' },
  result: 'goOn', toldName: '王小梅', toldRelation: 'family', acknowledged: 'tick',
};

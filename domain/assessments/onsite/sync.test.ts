/** A visit arrives in revisions, from the right phone, about the right case. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kit/ids.ts';
import { dispatchedCase, GUILAN, openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { accountIdOf, beginVisit, photo, revision, send, sha256, strayFiles, wholeVisit } from './testing.ts';

let office: TestOffice;
let caseId: string;

beforeAll(async () => {
  office = await openTestOffice('2026-09-15T02:00:00Z');
  caseId = await dispatchedCase(office, office.personId);
});
afterAll(() => office?.house.close());

const put = (id: string, body: object, by = office.assessor) => by('PUT', `/api/on-site/visits/${id}`, body);
const codeOf = (answer: { json(): { code?: string } }) => answer.json().code;

describe('the package for the phone', () => {
  it('holds the dispatched case with the whole number, its scale, the rules and who may come along', async () => {
    const answer = (await office.assessor('GET', '/api/on-site/package')).json();
    expect(answer.total).toBe(1);
    expect(answer.cases[0]).toMatchObject({ applicationId: caseId, personName: GUILAN.name, identityNumber: GUILAN.identityNumber, address: GUILAN.address, scaleId: 'national-2021', contradictionsId: 'own-2026', gradeBefore: null, overdue: false });
    expect(answer.cases[0].policy).toEqual({ personsOnSite: 2, expertsOnSite: 1, guardianRequired: true, videoRequired: false, videoFullWorkingDays: null });
    expect(answer.cases[0].identityNumberMasked).not.toContain(GUILAN.identityNumber.slice(3, 16));
    expect(answer.scales.map((one: { id: string }) => one.id)).toEqual(['national-2021']);
    expect(answer.contradictions[0].rules.length).toBeGreaterThan(10);
    expect(answer.companions.map((one: { name: string; expert: boolean }) => `${one.name} ${one.expert}`).sort()).toEqual(['吴静 true', '周明远 true', '郑凯 true'].sort());
  });

  it('carries the same stamp while nothing changed', async () => {
    const [first, second] = [(await office.assessor('GET', '/api/on-site/package')).json(), (await office.assessor('GET', '/api/on-site/package')).json()];
    expect(second.stamp).toBe(first.stamp);
  });

  it('holds nothing of another institution\'s case, and experts of the own institution have it too', async () => {
    expect((await office.otherAssessor('GET', '/api/on-site/package')).json().cases).toEqual([]);
    expect((await office.experts[0]('GET', '/api/on-site/package')).json().total).toBe(1);
    expect((await office.family('GET', '/api/on-site/package')).statusCode).toBe(403);
  });
});

describe('syncing a visit', () => {
  it('answers the same revision again with the same, and keeps one row of it', async () => {
    const id = newId();
    const body = revision(caseId, await wholeVisit(office));
    const [first, again] = [await put(id, body), await put(id, body)];
    expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
    expect(again.json()).toEqual(first.json());
    const { rows } = await office.house.platform.databases.owner.query('SELECT count(*)::int AS n FROM assessments.site_visit_revision WHERE site_visit_id = $1', [id]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('takes a newer revision and never an older one, whatever comes last', async () => {
    const { id, content } = await beginVisit(office, caseId);
    const third = await put(id, revision(caseId, { ...content, interviewNote: '第三版' }, 3));
    const late = await put(id, revision(caseId, { ...content, interviewNote: '第二版' }, 2));
    expect(third.json()).toMatchObject({ revision: 3, content: { interviewNote: '第三版' } });
    expect(late.json()).toEqual(third.json());
  });

  it('refuses another content under a number that is taken', async () => {
    const { id, content } = await beginVisit(office, caseId);
    const answer = await put(id, revision(caseId, { ...content, interviewNote: '别的内容' }, 1));
    expect([answer.statusCode, codeOf(answer), answer.json().params]).toEqual([409, 'SITE_VISIT_REVISION_TAKEN', { revision: 1 }]);
  });

  it('does not mind the order of the fields or another measure of the clock', async () => {
    const { id, content } = await beginVisit(office, caseId);
    const turned = Object.fromEntries(Object.entries(content).reverse()) as typeof content;
    expect((await put(id, revision(caseId, turned, 1, { clockOffsetMs: 777 }))).statusCode).toBe(200);
  });

  it('keeps a visit to the account that began it', async () => {
    const colleague = await office.house.signedIn({ signInName: 'assessor-02', displayName: '孙丽', role: 'assessor', institutionId: office.institutionId });
    const { id, content } = await beginVisit(office, caseId);
    expect(codeOf(await put(id, revision(caseId, content, 2), colleague))).toBe('SITE_VISIT_FOREIGN');
    expect(codeOf(await send(colleague, `/api/on-site/visits/${id}/evidence/${newId()}?subject=other&takenAt=2026-09-15T01:00:00Z&sha256=${sha256(photo(1))}`, photo(1)))).toBe('SITE_VISIT_FOREIGN');
    expect((await colleague('GET', `/api/on-site/visits/${id}`)).json().revision).toBe(1);
  });

  it('shows nothing to other institutions, other districts and families', async () => {
    const { id, content } = await beginVisit(office, caseId);
    expect((await office.otherAssessor('GET', `/api/on-site/visits/${id}`)).statusCode).toBe(404);
    expect((await put(id, revision(caseId, content, 5), office.otherAssessor)).statusCode).toBe(404);
    expect((await office.family('GET', `/api/on-site/visits/${id}`)).statusCode).toBe(403);
  });

  it('says at once that another person\'s number was read', async () => {
    const { id, content } = await beginVisit(office, caseId, { applicant: null });
    expect((await office.assessor('GET', `/api/on-site/visits/${id}`)).json().identityMatches).toBeNull();
    const other = await put(id, revision(caseId, { ...content, applicant: { document: 'identityCard', identityNumber: '440524188001010014' } }, 2));
    expect(other.json().identityMatches).toBe(false);
    const right = await put(id, revision(caseId, { ...content, applicant: { document: 'identityCard', identityNumber: GUILAN.identityNumber } }, 3));
    expect(right.json().identityMatches).toBe(true);
  });

  it('measures the way to the known point of the home, whatever datum the phone has', async () => {
    await office.house.platform.databases.owner.query(`UPDATE people.person SET longitude = 120.1, latitude = 30.2, datum = 'WGS84' WHERE id = $1`, [office.personId]);
    const { id, content } = await beginVisit(office, caseId);
    expect((await office.assessor('GET', `/api/on-site/visits/${id}`)).json().distanceM).toBe(0);
    const shifted = await put(id, revision(caseId, { ...content, place: { ...content.place!, datum: 'GCJ02' } }, 2));
    expect(shifted.json().distanceM).toBeGreaterThan(100);
  });
});

describe('a phone that two assessors share', () => {
  it('never sends the visit of one under the name of the other', async () => {
    const id = newId();
    const content = await wholeVisit(office);
    const foreign = await put(id, revision(caseId, content, 1, { accountId: await accountIdOf(office, 'assessor-03') }));
    expect([foreign.statusCode, codeOf(foreign)]).toEqual([409, 'SITE_VISIT_ACCOUNT']);
    expect((await office.assessor('GET', `/api/on-site/visits/${id}`)).statusCode).toBe(404);
    expect((await put(id, revision(caseId, content, 1, { accountId: await accountIdOf(office, 'assessor-01') }))).statusCode).toBe(200);
  });
});

describe('evidence', () => {
  const address = (id: string, evidenceId: string, bytes: Buffer, query = 'subject=item&item=adl.walking') => `/api/on-site/visits/${id}/evidence/${evidenceId}?${query}&takenAt=2026-09-15T01:30:00Z&sha256=${sha256(bytes)}`;

  it('is kept once under the phone\'s id, and answered the same when it comes again', async () => {
    const { id } = await beginVisit(office, caseId);
    const evidenceId = newId();
    const [first, again] = [await send(office.assessor, address(id, evidenceId, photo(2)), photo(2)), await send(office.assessor, address(id, evidenceId, photo(2)), photo(2))];
    expect(first.json()).toMatchObject({ id: evidenceId, subject: 'item', item: 'adl.walking', sha256: sha256(photo(2)), mediaType: 'image/jpeg' });
    expect(again.json()).toEqual(first.json());
    expect((await office.assessor('GET', `/api/on-site/visits/${id}`)).json().evidence).toHaveLength(1);
    expect(codeOf(await send(office.assessor, address(id, evidenceId, photo(3)), photo(3)))).toBe('EVIDENCE_OTHER');
  });

  it('is what it says: damaged, foreign, too large or without its item it is refused', async () => {
    const { id } = await beginVisit(office, caseId);
    expect(codeOf(await send(office.assessor, address(id, newId(), photo(4)), photo(5)))).toBe('EVIDENCE_HASH');
    const text = Buffer.from('<script>alert(1)</script>');
    expect(codeOf(await send(office.assessor, address(id, newId(), text), text))).toBe('EVIDENCE_TYPE');
    const large = Buffer.concat([photo(6), Buffer.alloc(10 * 1024 * 1024)]);
    expect(codeOf(await send(office.assessor, address(id, newId(), large), large))).toBe('EVIDENCE_TOO_LARGE');
    expect(codeOf(await send(office.assessor, address(id, newId(), photo(7), 'subject=item&item=adl.flying'), photo(7)))).toBe('EVIDENCE_ITEM');
    expect(codeOf(await send(office.assessor, address(id, newId(), photo(7), 'subject=item'), photo(7)))).toBe('EVIDENCE_ITEM');
    expect(codeOf(await send(office.assessor, address(id, newId(), photo(7), 'subject=surroundings&item=adl.walking'), photo(7)))).toBe('EVIDENCE_ITEM');
    expect((await office.assessor('GET', `/api/on-site/visits/${id}`)).json().evidence).toEqual([]);
  });

  it('leaves no file behind when it is refused: of a foreign visit, an unknown one, under an id that stands elsewhere, by a role that may not', async () => {
    const [{ id }, elsewhere] = [await beginVisit(office, caseId), await beginVisit(office, caseId)];
    const taken = newId();
    expect((await send(office.assessor, address(elsewhere.id, taken, photo(20)), photo(20))).statusCode).toBe(200);
    expect(codeOf(await send(office.assessor, address(id, taken, photo(21)), photo(21)))).toBe('EVIDENCE_OTHER');
    expect(codeOf(await send(office.assessor, address(newId(), newId(), photo(22)), photo(22)))).toBe('NOT_FOUND');
    expect((await send(office.agency, address(id, newId(), photo(23)), photo(23))).statusCode).toBe(403);
    expect(await strayFiles(office.house)).toBe(0);
  });

  it('is not acknowledged while the disk is full or closed, and taken when the phone sends it again', async () => {
    const { id } = await beginVisit(office, caseId);
    const { files } = office.house.platform;
    const { keep } = files;
    const evidenceId = newId();
    for (const [fault, code, status] of [['ENOSPC', 'STORE_FULL', 507], ['EROFS', 'STORE_CLOSED', 503]] as const) {
      files.keep = () => Promise.reject(Object.assign(new Error(`${fault}: of a test`), { code: fault }));
      const answer = await send(office.assessor, address(id, evidenceId, photo(9)), photo(9)).finally(() => { files.keep = keep; });
      expect([answer.statusCode, codeOf(answer)]).toEqual([status, code]);
      expect((await office.assessor('GET', `/api/on-site/visits/${id}`)).json().evidence).toEqual([]);
    }
    expect((await send(office.assessor, address(id, evidenceId, photo(9)), photo(9))).statusCode).toBe(200);
  });

  it('is not taken from an institution that has nothing to do with the case', async () => {
    const { id } = await beginVisit(office, caseId);
    expect((await send(office.otherAssessor, address(id, newId(), photo(8)), photo(8))).statusCode).toBe(404);
    expect(await accountIdOf(office, 'assessor-03')).toBeTruthy();
  });
});

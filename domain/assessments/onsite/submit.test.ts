/** Handing in: what must be there, what is compared, and that it happens once. The video of cases filed from December on. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#kit/ids.ts';
import { sentPerson } from '../dispatch/testing.ts';
import type { Person } from '../dispatch/testing.ts';
import { anotherPerson, dispatchedCase, GUILAN, ON_SITE, openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import type { SiteVisitContent } from './store/visit.ts';
import { accountIdOf, beginVisit, film, photo, piece, revision, send, sha256 } from './testing.ts';

let office: TestOffice;
let personId: string;
let caseId: string;
let number: string;

const codeOf = (answer: { json(): { code?: string } }) => answer.json().code;
const submit = (id: string, at = 1, by = office.assessor) => by('POST', `/api/on-site/visits/${id}/submit`, { revision: at });

/** A fresh case with a visit that lacks nothing but what the test takes away. */
async function visit(more: Partial<SiteVisitContent> = {}): Promise<string> {
  return (await beginVisit(office, caseId, { applicant: { document: 'identityCard', identityNumber: number }, ...more })).id;
}

async function freshCase(): Promise<void> {
  personId = await anotherPerson(office);
  caseId = await dispatchedCase(office, personId);
  number = (await office.agency('GET', `/api/people/${personId}`)).json().identityNumber;
}

describe('in September', () => {
  beforeAll(async () => {
    office = await openTestOffice('2026-09-15T02:00:00Z');
  });
  afterAll(() => office?.house.close());
  beforeEach(freshCase);

  it('a whole visit becomes the assessment, known by the account of the second person', async () => {
    const id = await visit();
    const made = await submit(id);
    expect(made.statusCode, made.body).toBe(200);
    expect(made.json().grade).toBe(0);
    const { rows } = await office.house.platform.databases.owner.query('SELECT site_visit_id, second_account_id, second_name, guardian_name, on_site_at FROM assessments.assessment WHERE id = $1', [made.json().id]);
    expect(rows).toEqual([{ site_visit_id: id, second_account_id: await accountIdOf(office, 'expert-01'), second_name: '周明远', guardian_name: '王小梅', on_site_at: '2026-09-15T01:00:00.000Z' }]);
    expect((await office.agency('GET', `/api/applications/${caseId}`)).json().state).toBe('scored');
  });

  it('handing in again answers the same and assesses once', async () => {
    const id = await visit();
    const [first, again] = [await submit(id), await submit(id)];
    expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
    const { rows } = await office.house.platform.databases.owner.query('SELECT count(*)::int AS n FROM assessments.assessment WHERE application_id = $1', [caseId]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('two tries at the same moment assess once', async () => {
    const id = await visit();
    const answers = await Promise.all([submit(id), submit(id), submit(id)]);
    expect(answers.map((one) => one.statusCode)).toEqual([200, 200, 200]);
    expect(new Set(answers.map((one) => one.json().id)).size).toBe(1);
  });

  it('after handing in nothing changes any more, and what stands is still answered', async () => {
    const { id, content } = await beginVisit(office, caseId, { applicant: { document: 'identityCard', identityNumber: number } });
    await submit(id);
    expect(codeOf(await office.assessor('PUT', `/api/on-site/visits/${id}`, revision(caseId, { ...content, interviewNote: '改写' }, 2)))).toBe('SITE_VISIT_CLOSED');
    expect((await office.assessor('PUT', `/api/on-site/visits/${id}`, revision(caseId, content, 1))).json().state).toBe('submitted');
    expect(codeOf(await send(office.assessor, `/api/on-site/visits/${id}/evidence/${newId()}?subject=other&takenAt=2026-09-15T01:00:00Z&sha256=${sha256(photo(1))}`, photo(1)))).toBe('SITE_VISIT_CLOSED');
  });

  it('hands in the revision that stands, no other', async () => {
    const id = await visit();
    const answer = await submit(id, 2);
    expect([codeOf(answer), answer.json().params]).toEqual(['SITE_VISIT_REVISION', { standing: 1, revision: 2 }]);
  });

  it('names every field that is missing', async () => {
    const answer = await submit(await visit({ guardian: null, applicant: null, consentAt: null, staffIdentityShown: false, interviewNote: ' ', leftAt: null }));
    expect(codeOf(answer)).toBe('SITE_VISIT_INCOMPLETE');
    expect((answer.json().errors as { column: string }[]).map((one) => one.column)).toEqual(['leftAt', 'staffIdentityShown', 'guardian', 'applicant', 'consentAt', 'interviewNote']);
  });

  it('refuses a number that is not the person\'s, and shows neither of the two whole', async () => {
    const answer = await submit(await visit({ applicant: { document: 'identityCard', identityNumber: GUILAN.identityNumber } }));
    expect(codeOf(answer)).toBe('SITE_IDENTITY_MISMATCH');
    expect(answer.body).not.toContain(GUILAN.identityNumber);
    expect(answer.body).not.toContain(number);
  });

  it('needs two persons, one of them an expert, told apart by account', async () => {
    expect(codeOf(await submit(await visit({ companionIds: [] })))).toBe('SITE_PERSONS');
    await office.house.signedIn({ signInName: 'assessor-02', displayName: '孙丽', role: 'assessor', institutionId: office.institutionId });
    const colleague = await accountIdOf(office, 'assessor-02');
    expect(codeOf(await submit(await visit({ companionIds: [colleague] })))).toBe('SITE_EXPERTS');
    expect(codeOf(await submit(await visit({ companionIds: [await accountIdOf(office, 'assessor-01'), await accountIdOf(office, 'expert-01')] })))).toBe('SITE_PERSON_UNKNOWN');
    expect(codeOf(await submit(await visit({ companionIds: [await accountIdOf(office, 'assessor-03')] })))).toBe('SITE_PERSON_UNKNOWN');
    // A colleague of the same name is another person.
    const made = await submit(await visit({ companionIds: [colleague, await accountIdOf(office, 'expert-02')] }));
    expect(made.statusCode, made.body).toBe(200);
  });

  it('refuses an expert whose account was closed', async () => {
    await office.house.signedIn({ signInName: `gone-${number}`, displayName: '冯远', role: 'assessmentExpert', institutionId: office.institutionId });
    const gone = await accountIdOf(office, `gone-${number}`);
    await office.house.platform.databases.owner.query('UPDATE identity.account SET disabled_at = now() WHERE id = $1', [gone]);
    expect(codeOf(await submit(await visit({ companionIds: [gone] })))).toBe('SITE_PERSON_UNKNOWN');
  });

  it('refuses times that cannot be', async () => {
    const at = (minutes: number) => new Date(office.house.clock.now.getTime() + minutes * 60_000).toISOString();
    expect(codeOf(await submit(await visit({ arrivedAt: at(-30), leftAt: at(-30) })))).toBe('SITE_TIMES');
    expect(codeOf(await submit(await visit({ arrivedAt: at(-30), leftAt: at(6) })))).toBe('SITE_TIMES');
    expect(codeOf(await submit(await visit({ arrivedAt: '2026-09-14T02:00:00Z', leftAt: '2026-09-14T03:00:00Z' })))).toBe('ASSESSMENT_ON_SITE_AT');
    const made = await submit(await visit({ arrivedAt: at(-30), leftAt: at(4) }));
    expect(made.statusCode, made.body).toBe(200);
  });

  it('reads a phone whose clock is an hour ahead by the server\'s clock', async () => {
    const { content } = await beginVisit(office, caseId);
    const late = (at: string | null) => new Date(new Date(at!).getTime() + 3_600_000).toISOString();
    const id = newId();
    const ahead = { ...content, applicant: { document: 'identityCard' as const, identityNumber: number }, arrivedAt: late(content.arrivedAt), leftAt: late(content.leftAt) };
    await office.assessor('PUT', `/api/on-site/visits/${id}`, revision(caseId, ahead, 1, { clockOffsetMs: 3_600_000 }));
    const made = await submit(id);
    expect(made.statusCode, made.body).toBe(200);
    const { rows } = await office.house.platform.databases.owner.query('SELECT arrived_at, left_at FROM assessments.site_visit WHERE id = $1', [id]);
    expect(rows).toEqual([{ arrived_at: '2026-09-15T01:00:00.000Z', left_at: '2026-09-15T01:30:00.000Z' }]);
  });

  it('waits for every photograph that the visit names', async () => {
    const evidenceId = newId();
    const id = await visit({ evidenceIds: [evidenceId] });
    expect(codeOf(await submit(id))).toBe('EVIDENCE_MISSING');
    await send(office.assessor, `/api/on-site/visits/${id}/evidence/${evidenceId}?subject=surroundings&takenAt=2026-09-15T01:30:00Z&sha256=${sha256(photo(2))}`, photo(2));
    expect((await submit(id)).statusCode).toBe(200);
  });

  it('every item is answered with an option of the scale', async () => {
    const { id, content } = await beginVisit(office, caseId, { applicant: { document: 'identityCard', identityNumber: number } });
    const { 'adl.eating': _, ...rest } = content.answers;
    await office.assessor('PUT', `/api/on-site/visits/${id}`, revision(caseId, { ...content, answers: rest }, 2));
    expect(codeOf(await submit(id, 2))).toBe('ASSESSMENT_ANSWER_MISSING');
    await office.assessor('PUT', `/api/on-site/visits/${id}`, revision(caseId, { ...content, answers: { ...content.answers, 'adl.eating': { points: 7, answeredAt: content.arrivedAt! } } }, 3));
    expect(codeOf(await submit(id, 3))).toBe('ASSESSMENT_ANSWER_FOREIGN');
  });

  it('asks for a remark on each contradiction, and leaves the answers as they are', async () => {
    const { id, content } = await beginVisit(office, caseId, { applicant: { document: 'identityCard', identityNumber: number } });
    const answeredAt = content.arrivedAt!;
    const answers = { ...content.answers, 'adl.walking': { points: 0, answeredAt }, 'adl.transfer': { points: 5, answeredAt }, 'cog.space': { points: 0, answeredAt } };
    await office.assessor('PUT', `/api/on-site/visits/${id}`, revision(caseId, { ...content, answers }, 2));
    const refused = await submit(id, 2);
    expect([codeOf(refused), refused.json().errors.map((one: { column: string }) => one.column)]).toEqual(['CONTRADICTION_UNEXPLAINED', ['remarks.BED_BOUND_CLIMBS_STAIRS']]);
    expect(refused.json().title).toContain('卧床不能行走，却能上下楼');
    await office.assessor('PUT', `/api/on-site/visits/${id}`, revision(caseId, { ...content, answers, remarks: { BED_BOUND_CLIMBS_STAIRS: '由家属背上楼，乘电梯。' } }, 3));
    const made = await submit(id, 3);
    expect(made.statusCode, made.body).toBe(200);
    const reading = (await office.agency('GET', `/api/assessments/${made.json().id}/site-visit`)).json();
    expect(reading.contradictions).toMatchObject([{ code: 'BED_BOUND_CLIMBS_STAIRS', remark: '由家属背上楼，乘电梯。', sides: [{ item: 'adl.walking', points: 0 }, { item: 'adl.stairs', points: 10 }] }]);
    expect(reading.items.find((one: { item: string }) => one.item === 'adl.walking').points).toBe(0);
  });

  it('the desk may still enter an assessment, and has no visit to show', async () => {
    const answers = Object.fromEntries(Object.entries((await beginVisit(office, caseId)).content.answers).map(([item, { points }]) => [item, points]));
    const made = await office.assessor('POST', `/api/applications/${caseId}/assessment`, { ...ON_SITE, onSiteAt: office.house.clock.now.toISOString(), answers });
    expect(made.statusCode, made.body).toBe(200);
    expect(codeOf(await office.agency('GET', `/api/assessments/${made.json().id}/site-visit`))).toBe('SITE_VISIT_NONE');
  });

  it('a case that others assessed meanwhile is not assessed again', async () => {
    const id = await visit();
    await submit(await visit());
    expect(codeOf(await submit(id))).toBe('APPLICATION_STATE');
  });

  it('reviewers read it, other districts, other institutions and families do not', async () => {
    const evidenceId = newId();
    const id = await visit({ evidenceIds: [evidenceId] });
    await send(office.assessor, `/api/on-site/visits/${id}/evidence/${evidenceId}?subject=surroundings&takenAt=2026-09-15T01:30:00Z&sha256=${sha256(photo(3))}`, photo(3));
    const assessmentId = (await submit(id)).json().id as string;
    const address = `/api/assessments/${assessmentId}/site-visit`;
    const reading = (await office.experts[1]('GET', address)).json();
    expect(reading).toMatchObject({ durationMin: 30, assessor: { name: '孙丽' }, companions: [{ name: '周明远', expert: true }], guardian: { name: '王小梅', identityNumberMasked: '**************002X' }, videoRequired: false, videoFullDueOn: null });
    expect(reading.items).toHaveLength(Object.keys((await office.assessor('GET', `/api/on-site/visits/${id}`)).json().content.answers).length);
    const picture = await office.agency('GET', `${address}/evidence/${evidenceId}`);
    expect([picture.statusCode, picture.headers['content-type'], picture.rawPayload.equals(photo(3))]).toEqual([200, 'image/jpeg', true]);
    for (const outside of [office.otherAgency, office.otherAssessor]) {
      expect((await outside('GET', address)).statusCode).toBe(404);
      expect((await outside('GET', `${address}/evidence/${evidenceId}`)).statusCode).toBe(404);
    }
    expect((await office.family('GET', address)).statusCode).toBe(403);
  });
});

describe('of a case filed in December', () => {
  // From December on only people of the register assess and confirm, and the confirming experts are drawn.
  let sent: Person;
  let companion: Person;
  let experts: Person[];

  beforeAll(async () => {
    office = await openTestOffice('2026-11-25T02:00:00Z');
    sent = await sentPerson(office, office.institutionId, '方敏', 'assessor');
    companion = await sentPerson(office, office.institutionId, '顾文澜', 'expert');
    experts = [await sentPerson(office, office.institutionId, '陆行', 'expert'), await sentPerson(office, office.institutionId, '江岚', 'expert'), await sentPerson(office, office.institutionId, '柏青', 'expert')];
  });
  afterAll(() => office?.house.close());
  beforeEach(async () => {
    office.house.clock.now = new Date('2026-11-25T02:00:00Z');
    await freshCase();
    // The road to dispatch has duties of its own from December on; only the day of filing matters here.
    const { owner } = office.house.platform.databases;
    await owner.query(`UPDATE assessments.application SET filed_on = '2026-12-01', accepted_on = '2026-12-01' WHERE id = $1`, [caseId]);
    await owner.query(`UPDATE assessments.dispatch_order SET state = 'accepted', answered_at = now(), assigned_at = now(), assessor_account_id = $2, assessor_name = $3, expert_account_id = $4, expert_name = $5 WHERE application_id = $1`,
      [caseId, sent.accountId, sent.name, companion.accountId, companion.name]);
    office.house.clock.now = new Date('2026-12-08T02:00:00Z');
  });

  const sentVisit = async (): Promise<string> => (await beginVisit(office, caseId, { applicant: { document: 'identityCard', identityNumber: number }, companionIds: [companion.accountId] }, sent.caller)).id;

  it('the package of those who were sent holds it, with what the video must be; a colleague\'s does not', async () => {
    for (const one of [sent, companion]) {
      const { cases } = (await one.caller('GET', '/api/on-site/package?pageSize=200')).json() as { cases: { applicationId: string; assignedTo: string; policy: object }[] };
      expect(cases.find((each) => each.applicationId === caseId)).toMatchObject({ assignedTo: sent.accountId, assignedExpert: companion.accountId, policy: { videoRequired: true, videoFullWorkingDays: 3 } });
    }
    expect((await office.assessor('GET', '/api/on-site/package?pageSize=200')).body).not.toContain(caseId);
  });

  it('the desk is told to go on site', async () => {
    const answers = Object.fromEntries(Object.entries((await beginVisit(office, caseId)).content.answers).map(([item, { points }]) => [item, points]));
    expect(codeOf(await sent.caller('POST', `/api/applications/${caseId}/assessment`, { ...ON_SITE, onSiteAt: office.house.clock.now.toISOString(), answers }))).toBe('SITE_VISIT_NEEDED');
  });

  it('the whole review rendition comes before handing in, the full one before any expert agrees', async () => {
    const id = await sentVisit();
    expect(codeOf(await submit(id, 1, sent.caller))).toBe('VIDEO_NEEDED');
    const first = piece(0, 'low');
    await send(sent.caller, `/api/on-site/visits/${id}/video/low/0?sha256=${sha256(first)}`, first);
    expect(codeOf(await submit(id, 1, sent.caller))).toBe('VIDEO_NEEDED');
    await film(sent.caller, id, 'low', 4);
    const made = await submit(id, 1, sent.caller);
    expect(made.statusCode, made.body).toBe(200);
    const agree = async () => {
      const answers = await Promise.all(experts.map((one) => one.caller('POST', `/api/assessments/${made.json().id}/confirmations`, { agrees: true })));
      return answers.filter((one) => codeOf(one) !== 'CONFIRMATION_NOT_DRAWN');
    };
    const early = await agree();
    expect(early.length).toBeGreaterThan(0);
    for (const one of early) expect([codeOf(one), one.json().params.dueOn]).toEqual(['VIDEO_FULL_NEEDED', '2026-12-11']);
    await film(sent.caller, id, 'full', 6);
    expect((await agree()).map((one) => one.statusCode)).toContain(200);
  });

  it('nobody who was on site is drawn to confirm the visit, also who came along as a third', async () => {
    const { id } = await beginVisit(office, caseId, { applicant: { document: 'identityCard', identityNumber: number }, companionIds: [companion.accountId, experts[0]!.accountId] }, sent.caller);
    await film(sent.caller, id, 'low', 4);
    const made = await submit(id, 1, sent.caller);
    const drawn = (await office.house.platform.databases.owner.query<{ who: string }>('SELECT expert_account_id AS who FROM assessments.expert_call WHERE assessment_id = $1', [made.json().id])).rows.map((row) => row.who);
    expect(drawn.sort()).toEqual([experts[1]!.accountId, experts[2]!.accountId].sort());
  });

  it('a video whose pieces have gaps is not whole', async () => {
    const id = await sentVisit();
    for (const at of [0, 2]) await send(sent.caller, `/api/on-site/visits/${id}/video/low/${at}?sha256=${sha256(piece(at, 'gap'))}`, piece(at, 'gap'));
    const told = await sent.caller('PUT', `/api/on-site/visits/${id}/video/low`, { mediaType: 'video/webm', pieces: 3, durationMs: 30_000 });
    expect(told.json()).toMatchObject({ pieces: 3, received: 2, missing: [1], sealedAt: null });
    expect(codeOf(await submit(id, 1, sent.caller))).toBe('VIDEO_NEEDED');
    await send(sent.caller, `/api/on-site/visits/${id}/video/low/1?sha256=${sha256(piece(1, 'gap'))}`, piece(1, 'gap'));
    const made = await submit(id, 1, sent.caller);
    expect(made.statusCode, made.body).toBe(200);
  });
});

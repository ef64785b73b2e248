import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '#kit/days.ts';
import { creditCodeFor } from '#kit/credit-code.ts';
import { registerInstitution } from '#domain/providers/index.ts';
import type { Caller } from '#server/testing.ts';
import { importConclusions } from './index.ts';
import { anotherPerson, answersOf, filingFor, ON_SITE, openTestOffice, publishedCase } from './testing.ts';
import type { TestOffice } from './testing.ts';

const START = '2026-08-03T01:00:00Z';

describe('kinds of application and what opens each', () => {
  let office: TestOffice;
  let reviewer: Caller;
  beforeAll(async () => {
    office = await openTestOffice(START);
    reviewer = await office.house.signedIn({ signInName: 'reviewer-01', displayName: '冯岚', role: 'agencyReviewer', area: '990101' });
  });
  afterAll(() => office.house.close());

  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  /** Somebody with an imported conclusion whose last day is given. */
  const graded = async (validUntilOn: string, effectiveOn = '2025-01-01') => {
    const personId = await anotherPerson(office);
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode: '990101002', personId, grade: 4, effectiveOn, validUntilOn, sourceRef: `kinds/${personId}` }]));
    return personId;
  };
  const file = async (personId: string, kind: string, by: Caller = office.agency) => (await by('POST', '/api/applications', { ...filingFor(personId), kind })).json();
  const stay = (personId: string, body: object) => office.agency('POST', `/api/people/${personId}/hospital-stays`, { hospital: '青禾市第一人民医院', ...body });
  const kindsOf = async (personId: string) => Object.fromEntries(((await office.agency('GET', `/api/people/${personId}/application-kinds`)).json() as { kind: string; fits: boolean; why: string | null }[]).map((one) => [one.kind, one.fits ? 'fits' : one.why]));

  test('takes one initial application in a life: a second is refused with the reason and the day that fits', async () => {
    expect(await file(await graded('2026-12-31'), 'initial')).toMatchObject({ status: 422, code: 'KIND_INITIAL_ONCE', params: { comeAgainOn: '2026-11-01' }, reasons: [{ code: 'KIND_INITIAL_ONCE' }] });
    const lapsed = await graded('2026-08-02');
    expect(await file(lapsed, 'initial')).toMatchObject({ code: 'KIND_INITIAL_LAPSED', params: { lastDayOn: '2026-08-02' } });
    expect(await file(lapsed, 'endOfTerm')).toHaveProperty('number');
  });

  test('takes an end of term on the sixtieth day before the last and not on the day before', async () => {
    const today = dayOf(new Date(START));
    expect(await file(await graded(addDays(today, 61)), 'endOfTerm')).toMatchObject({ code: 'KIND_TERM_NOT_NEAR', params: { comeAgainOn: addDays(today, 1) } });
    expect(await file(await graded(addDays(today, 60)), 'endOfTerm')).toHaveProperty('number');
  });

  test('takes a status change after an emergency observation within three months, and keeps the decision with the record', async () => {
    const personId = await graded('2026-12-31');
    await stay(personId, { admittedOn: '2026-04-20', dischargedOn: '2026-05-02' });
    expect(await file(personId, 'statusChange')).toMatchObject({ code: 'KIND_NO_ACUTE_STAY', params: { sinceOn: '2026-05-03', months: 3 } });
    expect((await stay(personId, { admittedOn: '2026-05-02', dischargedOn: '2026-05-03', kind: 'emergencyObservation' })).statusCode).toBe(200);
    expect((await office.agency('GET', `/api/people/${personId}/hospital-stays`)).json()).toMatchObject([{ kind: 'emergencyObservation' }, { kind: 'admission' }]);
    // Acceptance would still refuse it within six months of the conclusion: said before the form is filled in, filing stays open.
    const recent = await graded('2026-12-31', '2026-05-01');
    await stay(recent, { admittedOn: '2026-05-02', dischargedOn: '2026-05-03', kind: 'emergencyObservation' });
    const offers = (await office.agency('GET', `/api/people/${recent}/application-kinds`)).json() as { kind: string; early: object[] }[];
    expect(offers.find((one) => one.kind === 'statusChange')).toMatchObject({ fits: true, early: [{ code: 'LESS_THAN_6_MONTHS_SINCE_LAST', params: { comeAgainOn: '2026-11-01' } }] });
    expect(offers.filter((one) => one.kind !== 'statusChange').flatMap((one) => one.early)).toEqual([]);
    const { id } = await file(personId, 'statusChange');
    const record = (await office.agency('GET', `/api/applications/${id}`)).json();
    expect(record).toMatchObject({ kind: 'statusChange', before: { grade: 4, validUntilOn: '2026-12-31' } });
    const explained = (await office.agency('GET', `/api/explanations/${record.kindDecisionId}`)).json();
    expect(JSON.stringify(explained)).toContain('KIND_ACUTE_STAY');
    expect((await office.agency('POST', `/api/explanations/${record.kindDecisionId}/rerun`, {})).statusCode).toBe(200);
  });

  test('takes a status change on a district decision, once, and not from the one who decided', async () => {
    const { house, agency } = office;
    const personId = await graded('2026-12-31');
    const decide = async (by: Caller, who = personId) => (await by('POST', `/api/people/${who}/status-decisions`, { togetherWith: '石桥街道', note: '突发意外，未住院。' })).json();
    const role = (code: string) => sql`UPDATE identity.account SET role_code = ${code} WHERE sign_in_name = 'reviewer-01'`.execute(house.platform.databases.ownerDb);
    expect((await decide(agency)).status).toBe(403);
    expect(await decide(reviewer)).toHaveProperty('id');
    expect(await decide(reviewer)).toMatchObject({ status: 409, code: 'STATUS_DECISION_OPEN' });
    // The role that decides cannot file; an account that could do both is kept out all the same.
    expect((await file(personId, 'statusChange', reviewer)).status).toBe(403);
    await role('agencyOfficer');
    expect(await file(personId, 'statusChange', reviewer)).toMatchObject({ status: 403, code: 'FOUR_EYES' });
    await role('agencyReviewer');
    const { id } = await file(personId, 'statusChange');
    await agency('POST', `/api/applications/${id}/refuse`, { code: 'OTHER', note: '材料拿错，重新申请。' });
    // A refused application has not used the decision up; one under way has.
    expect(await kindsOf(personId)).toMatchObject({ statusChange: 'fits' });
    const second = await file(personId, 'statusChange');
    expect(await kindsOf(personId)).toMatchObject({ statusChange: 'KIND_NO_ACUTE_STAY' });
    // Nor has one that was withdrawn.
    await agency('POST', `/api/applications/${second.id}/withdraw`, { reason: '家属要求撤回。' });
    expect(await kindsOf(personId)).toMatchObject({ statusChange: 'fits' });
    expect(await file(personId, 'statusChange')).toHaveProperty('number');
    expect((await decide(reviewer, await anotherPerson(office))).code).toBe('APPLICATION_NO_CONCLUSION');
    expect((await decide(reviewer, await graded('2026-08-02'))).code).toBe('KIND_STATUS_LAPSED');
  });

  test('a decision of the district is taken back with a reason while no application rests on it, and not afterwards', async () => {
    const personId = await graded('2026-12-31');
    const post = async (by: Caller, path: string, body: object) => (await by('POST', `/api/people/${personId}/status-decisions${path}`, body)).json();
    const decide = () => post(reviewer, '', { togetherWith: '石桥街道', note: '突发意外，未住院。' });
    const revoke = (by: Caller = reviewer) => post(by, '/revocation', { note: '认错了人。' });
    const standing = async () => (await reviewer('GET', `/api/people/${personId}/status-decision`)).json();
    expect(await revoke()).toMatchObject({ status: 409, code: 'STATUS_DECISION_NONE' });
    expect(await standing()).toEqual({ decidedOn: null, usedBy: null });
    await decide();
    expect(await standing()).toEqual({ decidedOn: '2026-08-03', usedBy: null });
    expect((await revoke(office.agency)).status).toBe(403);
    expect(await revoke()).toHaveProperty('revokedOn');
    expect(await kindsOf(personId)).toMatchObject({ statusChange: 'KIND_NO_ACUTE_STAY' });
    expect(await file(personId, 'statusChange')).toMatchObject({ code: 'KIND_NO_ACUTE_STAY' });
    expect(await revoke()).toMatchObject({ code: 'STATUS_DECISION_NONE' });
    // Another decision can be made; once an application rests on it, that one has its own road.
    expect(await decide()).toHaveProperty('id');
    const { id, number } = await file(personId, 'statusChange');
    expect(await revoke()).toMatchObject({ status: 409, code: 'STATUS_DECISION_USED', params: { number } });
    expect(await standing()).toMatchObject({ usedBy: number });
    await office.agency('POST', `/api/applications/${id}/withdraw`, { reason: '家属要求撤回。' });
    expect(await revoke()).toHaveProperty('revokedOn');
    expect(JSON.stringify((await office.agency('GET', `/api/records/${personId}/history`)).json())).toContain('assessments.statusChangeRevoked');
  });

  test('says of every kind whether it fits, to the window and to the family of the person alone', async () => {
    expect(await kindsOf(office.personId)).toEqual({ initial: 'fits', endOfTerm: 'APPLICATION_NO_CONCLUSION', statusChange: 'APPLICATION_NO_CONCLUSION', review: 'APPLICATION_NO_CONCLUSION', finalReview: 'APPLICATION_NO_CONCLUSION' });
    expect(await kindsOf(await graded('2026-12-31', '2026-08-01'))).toEqual({ initial: 'KIND_INITIAL_ONCE', endOfTerm: 'KIND_TERM_NOT_NEAR', statusChange: 'KIND_NO_ACUTE_STAY', review: 'fits', finalReview: 'KIND_NO_REVIEW_YET' });
    const own = await office.family('GET', `/api/family/persons/${office.personId}/application-kinds`);
    expect((own.json() as { kind: string; fits: boolean }[]).filter((one) => one.fits).map((one) => one.kind)).toEqual(['initial']);
    expect((await office.otherFamily('GET', `/api/family/persons/${office.personId}/application-kinds`)).statusCode).toBe(404);
    expect((await office.otherAgency('GET', `/api/people/${office.personId}/application-kinds`)).statusCode).toBe(404);
  });

  test('opens a spot check with ground, source and note, which lowers the grade on the same road and shows before and after', async () => {
    const { agency, experts } = office;
    const personId = await graded('2026-12-31');
    const body = { ground: 'communityHealthFinding', source: '槐荫社区卫生服务中心 2026-08-01 随访记录', note: '已能独立行走。', contactPhone: '0990-5550101' };
    const open = async (who: string, by = agency, more = {}) => (await by('POST', `/api/people/${who}/spot-checks`, { ...body, ...more })).json();
    expect((await open(personId, reviewer)).status).toBe(403);
    expect((await open(personId, agency, { ground: 'hearsay' })).code).toBe('INPUT_WRONG');
    expect((await open(await graded('2026-08-02'))).code).toBe('KIND_SPOT_CHECK_LAPSED');
    expect((await open(await anotherPerson(office))).code).toBe('APPLICATION_NO_CONCLUSION');
    const { id } = await open(personId);
    expect((await open(personId)).code).toBe('APPLICATION_OPEN');
    expect((await agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ kind: 'spotCheck', state: 'accepted', relation: 'agency', ground: 'communityHealthFinding', groundSource: body.source, statement: body.note, disabledSinceOn: null, dueOn: '2026-08-17', before: { grade: 4 } });
    // What the family gets is a notice that says why, not a receipt of an application that nobody made.
    expect((await agency('GET', `/api/applications/${id}/acceptance-receipt.pdf`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    await agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId });
    const answers = await answersOf(office, { adl: 'best', cognition: 'best', perception: 'best' });
    const assessmentId = (await office.assessor('POST', `/api/applications/${id}/assessment`, { ...ON_SITE, onSiteAt: START, answers })).json().id;
    for (const expert of experts.slice(0, 2)) await expert('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true });
    const { endsOn } = (await agency('POST', `/api/applications/${id}/publish`)).json();
    at(`${addDays(endsOn, 1)}T01:00:00Z`);
    const made = (await agency('POST', `/api/applications/${id}/conclude`)).json();
    expect((await agency('GET', `/api/conclusions/${made.id}`)).json()).toMatchObject({ grade: 0, effectiveOn: '2026-09-01', entitled: false, before: { grade: 4, endedOn: '2026-08-31' } });
    at(START);
  });

  test('reviews by another institution and other persons, and finally by yet others', async () => {
    const { agency, house } = office;
    const personId = await anotherPerson(office);
    const first = await publishedCase(office, personId);
    at('2026-08-19T01:00:00Z');
    await agency('POST', `/api/applications/${first.id}/conclude`);
    const second = (await house.act((act) => registerInstitution(act, { code: 'QH-PG-11', name: '石桥失能评估中心', kind: 'assessment', districtCode: '990101', creditCode: creditCodeFor('990101', 111), address: '人民路 2 号', agreementFromOn: '2026-01-01' }))).id;
    const person = (signInName: string, displayName: string, role: string) => house.signedIn({ signInName, displayName, role, institutionId: second });
    const other = await person('assessor-12', '韩雪', 'assessor');
    const experts = [await person('expert-11', '蒋文', 'assessmentExpert'), await person('expert-12', '沈一', 'assessmentExpert')];
    const namesake = await person('assessor-11', '周明远', 'assessor');
    at('2026-09-02T01:00:00Z');
    const { id } = await file(personId, 'review');
    await agency('POST', `/api/applications/${id}/accept`, {});
    expect((await agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId })).json()).toMatchObject({ code: 'REVIEW_SAME_INSTITUTION', params: { institution: '禾东失能评估中心' } });
    expect((await agency('POST', `/api/applications/${id}/dispatch`, { institutionId: second })).json()).toMatchObject({ state: 'dispatched' });
    const body = { ...ON_SITE, onSiteAt: house.clock.now.toISOString(), answers: await answersOf(office, { adl: 'worst', cognition: 'worst', perception: 'best' }) };
    // 周明远 was the expert on site of the first assessment: he is neither assessor nor second person of the review.
    expect((await namesake('POST', `/api/applications/${id}/assessment`, { ...body, secondName: '蒋文' })).json()).toMatchObject({ status: 403, code: 'REVIEW_SAME_PERSON', params: { name: '周明远' } });
    expect((await other('POST', `/api/applications/${id}/assessment`, body)).json()).toMatchObject({ code: 'REVIEW_SAME_PERSON', params: { name: '周明远' } });
    const assessmentId = (await other('POST', `/api/applications/${id}/assessment`, { ...body, secondName: '蒋文' })).json().id;
    expect((await office.experts[1]('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true })).json()).toMatchObject({ code: 'REVIEW_SAME_PERSON', params: { name: '吴静' } });
    for (const expert of experts) await expert('POST', `/api/assessments/${assessmentId}/confirmations`, { agrees: true });
    const { endsOn } = (await agency('POST', `/api/applications/${id}/publish`)).json();
    at(`${addDays(endsOn, 1)}T01:00:00Z`);
    await agency('POST', `/api/applications/${id}/conclude`);
    expect(await kindsOf(personId)).toMatchObject({ initial: 'KIND_INITIAL_ONCE', review: 'KIND_REVIEW_ONCE', finalReview: 'fits' });
    const final = await file(personId, 'finalReview');
    await agency('POST', `/api/applications/${final.id}/accept`, {});
    for (const institutionId of [office.institutionId, second]) expect((await agency('POST', `/api/applications/${final.id}/dispatch`, { institutionId })).json().code).toBe('REVIEW_SAME_INSTITUTION');
    // The district has no third institution: one of another district may do it, which an initial application may not have.
    expect((await agency('POST', `/api/applications/${final.id}/dispatch`, { institutionId: office.otherInstitutionId })).json()).toMatchObject({ state: 'dispatched' });
    at(START);
  });
});

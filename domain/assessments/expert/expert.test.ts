import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PolicyBook } from '#platform/policy/index.ts';
import { creditCodeFor } from '#kit/credit-code.ts';
import type { Caller } from '#server/testing.ts';
import { registerInstitution } from '#domain/providers/index.ts';
import { getCurrentAssessment } from '../actions/case.ts';
import { findApplication } from '../store/application.ts';
import { anotherPerson, assess, dispatchedCase, openTestOffice, scoredCase } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { CHECK_POINTS } from './model.ts';
import { returnCase } from './return.ts';
import { sha256 } from './rules.ts';

const ALL = Object.fromEntries(CHECK_POINTS.map((point) => [point, true]));

/** The policy of a city that asks for draw and check on every day; what begins when is tested with the rules. */
function asking(policy: PolicyBook, names: readonly string[]): PolicyBook {
  const asked = (name: string) => names.includes(name);
  return {
    ...policy,
    figure: ((need, on) => ({ ...policy.figure(need, on), ...(asked(need.name) ? { value: true } : {}) })) as PolicyBook['figure'],
    all: () => policy.all().map((row) => (asked(row.name) ? { ...row, value: true } : row)),
  };
}

describe('drawn experts, the insurer\'s check and returned cases', () => {
  let office: TestOffice;
  let insurer: Caller;
  let plain: PolicyBook;
  beforeAll(async () => {
    office = await openTestOffice('2026-08-03T01:00:00Z');
    insurer = await office.house.signedIn({ signInName: 'insurer-01', displayName: '梅若兰', role: 'insurerOfficer', area: '990101' });
    plain = office.house.platform.policy;
  });
  afterAll(() => office.house.close());

  const ask = (...names: string[]) => Object.assign(office.house.platform, { policy: asking(plain, names) });
  const later = (day: string) => (office.house.clock.now = new Date(`${day}T01:00:00Z`));
  const voice = async (expert: Caller, assessmentId: string, body: object = { agrees: true }) => (await expert('POST', `/api/assessments/${assessmentId}/confirmations`, body)).json();
  const scrutiny = async (caller: Caller, id: string) => (await caller('GET', `/api/applications/${id}/scrutiny`)).json();
  const against = { agrees: false, note: '与录像不符。', reason: 'videoUnclear' };

  test('the draw is committed at dispatch, cannot be read before the assessment, and can be computed again from what is kept', async () => {
    ask('assessments.expertDraw');
    const id = await dispatchedCase(office, await anotherPerson(office));
    const { commitment } = await scrutiny(office.agency, id);
    expect(commitment.sha256).toMatch(/^[0-9a-f]{64}$/);
    await expect(office.house.act((act) => sql`SELECT secret FROM assessments.expert_seed`.execute(act.db))).rejects.toThrow(/permission denied/);
    const early = await office.house.act(async (act) => (await sql`SELECT * FROM assessments.reveal_draw('990101', ${id})`.execute(act.db)).rows);
    expect(early).toEqual([]);
    const assessmentId = await assess(office, id);
    const seen = await scrutiny(office.agency, id);
    expect(seen).toMatchObject({ drawAsked: true, lacking: 0, drawn: [{ place: 1, asked: true }, { place: 2, asked: true }] });
    const rows = await office.house.act(async (act) => (await sql<{ facts: { secret: string; commitment: string; number: string; day: string; eligible: string[] } }>`SELECT facts FROM platform.decision WHERE id = ${seen.drawDecisionId}`.execute(act.db)).rows);
    const { secret, number, day, eligible } = rows[0]!.facts;
    expect(sha256(secret)).toBe(commitment.sha256);
    const seed = sha256(`${number}|${day}|${secret}`);
    const byHand = eligible.map((account) => ({ account, lot: sha256(`${seed}|${account}`) })).sort((a, b) => (a.lot < b.lot ? -1 : 1)).map((one) => one.account);
    const calls = await office.house.act(async (act) => (await sql<{ account: string }>`SELECT expert_account_id AS account FROM assessments.expert_call WHERE assessment_id = ${assessmentId} ORDER BY place`.execute(act.db)).rows);
    expect(calls.map((one) => one.account)).toEqual(byHand.slice(0, 3));
    const again = (await office.agency('POST', `/api/explanations/${seen.drawDecisionId}/rerun`, {})).json();
    expect(again).toMatchObject({ value: { drawn: byHand.slice(0, 3) } });
  });

  test('after an upheld objection the next draw is committed with the institution that gets the case, which reads it', async () => {
    ask('assessments.expertDraw');
    const { id } = await scoredCase(office, await anotherPerson(office));
    const first = (await scrutiny(office.assessor, id)).commitment;
    await office.house.act(async (act) => {
      const application = (await findApplication(act, id, { lock: true }))!;
      await returnCase(act, application, await getCurrentAssessment(act, application), { by: 'objection', reason: 'other', items: [], note: null });
    });
    expect((await scrutiny(office.agency, id)).commitment).toEqual(first);
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.otherInstitutionId })).json()).toMatchObject({ state: 'dispatched' });
    const second = (await scrutiny(office.otherAssessor, id)).commitment;
    expect(second.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(second.sha256).not.toBe(first.sha256);
  });

  test('a case dispatched anew before the visit has a new commitment, read by the institution that has it now; the draw follows that one, and the case without a new dispatch keeps its own', async () => {
    ask('assessments.expertDraw');
    const id = await dispatchedCase(office, await anotherPerson(office));
    const first = (await scrutiny(office.assessor, id)).commitment;
    expect((await scrutiny(office.agency, id)).commitment).toEqual(first);
    const second = (await office.house.act((act) => registerInstitution(act, { code: 'QH-PG-02', name: '禾东第二失能评估中心', kind: 'assessment', districtCode: '990101', creditCode: creditCodeFor('990101', 102), address: '人民路 2 号', agreementFromOn: '2026-01-01' }))).id;
    const assessor = await office.house.signedIn({ signInName: 'assessor-02', displayName: '冯楠', role: 'assessor', institutionId: second });
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: second, reason: '原机构人手不足' })).json()).toMatchObject({ state: 'dispatched' });
    const anew = (await scrutiny(assessor, id)).commitment;
    expect(anew.sha256).not.toBe(first.sha256);
    expect((await scrutiny(office.assessor, id)).status).toBe(404);
    await assess(office, id, assessor);
    const { drawDecisionId } = await scrutiny(office.agency, id);
    const kept = await office.house.act(async (act) => (await sql<{ facts: { secret: string; commitment: string } }>`SELECT facts FROM platform.decision WHERE id = ${drawDecisionId}`.execute(act.db)).rows[0]!.facts);
    expect([kept.commitment, sha256(kept.secret)]).toEqual([anew.sha256, anew.sha256]);
  });

  test('only drawn experts have a voice, the third one only when the first two disagree; the case stands in their queue alone', async () => {
    ask('assessments.expertDraw');
    const more = await Promise.all([4, 5, 6].map((at) => office.house.signedIn({ signInName: `expert-0${at}`, displayName: `何专家${at}`, role: 'assessmentExpert', area: '990101' })));
    const callers = [...office.experts, ...more];
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    const places = await Promise.all(callers.map(async (caller) => (await scrutiny(caller, id)).drawn.find((one: { own: boolean }) => one.own)?.place as number | undefined));
    const drawn = [1, 2, 3].map((place) => callers[places.indexOf(place)]!);
    const others = callers.filter((_, at) => places[at] === undefined);
    expect([drawn.filter(Boolean).length, others.length]).toEqual([3, 3]);
    const waits = async (caller: Caller) => ((await caller('GET', '/api/applications?waitsFor=myVoice&pageSize=200')).json().rows as { id: string }[]).some((row) => row.id === id);
    expect(await Promise.all(callers.map(waits))).toEqual(places.map((place) => place === 1 || place === 2));
    // The names of the others are the office's to know.
    expect((await scrutiny(drawn[0]!, id)).drawn.filter((one: { name: string | null }) => one.name !== null)).toHaveLength(1);
    expect((await scrutiny(office.agency, id)).drawn.every((one: { name: string | null }) => one.name !== null)).toBe(true);
    expect(await voice(others[0]!, assessmentId)).toMatchObject({ status: 403, code: 'CONFIRMATION_NOT_DRAWN' });
    expect((await others[0]!('GET', `/api/applications/${id}`)).json().acts).toMatchObject([{ act: 'confirm', allowed: false, why: { code: 'CONFIRMATION_NOT_DRAWN' } }]);
    expect(await voice(drawn[2]!, assessmentId)).toMatchObject({ code: 'CONFIRMATION_NOT_DRAWN' });
    expect(await voice(drawn[1]!, assessmentId, against)).toEqual({ state: 'scored' });
    expect(await waits(drawn[2]!)).toBe(true);
    expect(await voice(drawn[0]!, assessmentId)).toEqual({ state: 'scored' });
    expect([await waits(drawn[0]!), await waits(drawn[1]!)]).toEqual([false, false]);
    expect(await voice(drawn[2]!, assessmentId)).toEqual({ state: 'confirmed' });
  });

  test('an expert who was on site confirms that visit only where the city lets them, by account and by name; others confirm in any case', async () => {
    ask();
    const name = 'assessments.onSiteExpertConfirms';
    const [zhou, wu, zheng] = office.experts;
    const waits = async (caller: Caller, id: string) => ((await caller('GET', '/api/applications?waitsFor=myVoice&pageSize=200')).json().rows as { id: string }[]).some((row) => row.id === id);
    const told = async (caller: Caller, id: string) => (await caller('GET', `/api/applications/${id}`)).json().acts as unknown;
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    // 周明远 stands in the record by name alone. Cases filed before December go on as they were.
    expect([await waits(zhou, id), await told(zhou, id)]).toMatchObject([true, [{ act: 'confirm', allowed: true }]]);
    Object.assign(office.house.platform, { policy: {
      ...plain,
      figure: ((need, on) => ({ ...plain.figure(need, on), ...(need.name === name ? { value: false } : {}) })) as PolicyBook['figure'],
      all: () => plain.all().map((row) => (row.name === name ? { ...row, value: false } : row)),
    } });
    expect(await voice(zhou, assessmentId)).toMatchObject({ status: 403, code: 'CONFIRMATION_OWN_VISIT' });
    expect([await waits(zhou, id), await told(zhou, id)]).toMatchObject([false, [{ act: 'confirm', allowed: false, why: { code: 'CONFIRMATION_OWN_VISIT' } }]]);
    expect([await waits(wu, id), await waits(zheng, id)]).toEqual([true, true]);
    // By account it is 郑凯, whatever name stands beside it; and 周明远 was not there.
    const owner = office.house.platform.databases.ownerDb;
    await sql`UPDATE assessments.assessment SET second_account_id = (SELECT id FROM identity.account WHERE sign_in_name = 'expert-03') WHERE id = ${assessmentId}`.execute(owner);
    expect([await waits(zhou, id), await waits(zheng, id)]).toEqual([true, false]);
    expect(await voice(zheng, assessmentId)).toMatchObject({ code: 'CONFIRMATION_OWN_VISIT' });
    expect(await voice(zhou, assessmentId)).toEqual({ state: 'scored' });
    expect(await voice(wu, assessmentId)).toEqual({ state: 'confirmed' });
  });

  test('draws again only where somebody drawn cannot take part any more', async () => {
    ask('assessments.expertDraw');
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    expect((await office.agency('POST', `/api/applications/${id}/experts`, { note: '重抽' })).json()).toMatchObject({ status: 409, code: 'DRAW_STANDS' });
    const owner = office.house.platform.databases.ownerDb;
    const first = await sql<{ account: string }>`SELECT expert_account_id AS account FROM assessments.expert_call WHERE assessment_id = ${assessmentId} AND place = 1`.execute(owner);
    const gone = first.rows[0]!.account;
    await sql`UPDATE identity.account SET disabled_at = now() WHERE id = ${gone}`.execute(owner);
    expect((await office.agency('POST', `/api/applications/${id}/experts`, { note: '该专家已离职。' })).json()).toMatchObject({ drawn: 3 });
    const now = await sql<{ account: string }>`SELECT expert_account_id AS account FROM assessments.expert_call WHERE assessment_id = ${assessmentId} AND draw = 2`.execute(owner);
    expect(now.rows.map((one) => one.account)).not.toContain(gone);
    await sql`UPDATE identity.account SET disabled_at = NULL WHERE id = ${gone}`.execute(owner);
  });

  test('where the check is asked for nothing is published before it, alone or in a batch, and what passed is', async () => {
    ask('assessments.insurerCheck');
    const community = '核查社区';
    const person = await anotherPerson(office, { community });
    const { id, assessmentId } = await scoredCase(office, person);
    expect((await insurer('POST', `/api/applications/${id}/check`, { result: 'passed', checklist: ALL })).json().code).toBe('APPLICATION_STATE');
    for (const expert of office.experts.slice(0, 2)) await voice(expert, assessmentId);
    const waiting = async () => ((await office.agency('GET', '/api/notices/batches/waiting')).json() as { community: string; cases: number }[]).find((one) => one.community === community)?.cases ?? 0;
    const queue = async () => ((await insurer('GET', '/api/applications?waitsFor=check&pageSize=200')).json().rows as { id: string }[]).some((row) => row.id === id);
    expect([await waiting(), await queue()]).toEqual([0, true]);
    expect((await office.agency('POST', `/api/applications/${id}/publish`)).json()).toMatchObject({ status: 409, code: 'CHECK_MISSING' });
    expect((await office.agency('GET', `/api/applications/${id}`)).json().acts).toContainEqual({ act: 'publish', allowed: false, why: { code: 'CHECK_MISSING', params: {} } });
    expect((await office.agency('POST', '/api/notices/batches', { townshipCode: '990101002', community })).json().code).toBe('BATCH_EMPTY');
    const half = (await insurer('POST', `/api/applications/${id}/check`, { result: 'passed', checklist: { ...ALL, videoComplete: false } })).json();
    expect(half).toMatchObject({ code: 'CHECK_POINTS_OPEN', params: { points: 1 }, errors: [{ column: 'videoComplete', code: 'CHECK_POINT_OPEN' }] });
    expect((await office.agency('POST', `/api/applications/${id}/check`, { result: 'passed', checklist: ALL })).statusCode).toBe(403);
    expect((await insurer('POST', `/api/applications/${id}/check`, { result: 'passed', checklist: ALL, note: '材料齐全。' })).json()).toEqual({ state: 'checked' });
    expect([await waiting(), await queue()]).toEqual([1, false]);
    expect((await office.agency('POST', '/api/notices/batches', { townshipCode: '990101002', community })).json().notices).toBe(1);
    expect(await scrutiny(office.agency, id)).toMatchObject({ checkAsked: true, check: { result: 'passed', checkerName: '梅若兰' } });
  });

  test('where the check is not asked for a confirmed result is published as before', async () => {
    ask();
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    for (const expert of office.experts.slice(0, 2)) await voice(expert, assessmentId);
    expect((await office.agency('POST', `/api/applications/${id}/publish`)).json()).toHaveProperty('noticeId');
  });

  test('who assessed or confirmed does not check', async () => {
    ask('assessments.insurerCheck');
    const owner = office.house.platform.databases.ownerDb;
    const double = await office.house.signedIn({ signInName: 'expert-09', displayName: '双任', role: 'assessmentExpert', area: '990101' });
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    await voice(double, assessmentId);
    await voice(office.experts[0], assessmentId);
    await sql`UPDATE identity.account SET role_code = 'insurerOfficer' WHERE sign_in_name = 'expert-09'`.execute(owner);
    expect((await double('POST', `/api/applications/${id}/check`, { result: 'passed', checklist: ALL })).json()).toMatchObject({ status: 403, code: 'CHECK_OWN_PART' });
  });

  test('the check sends a case back with reason and note; it is due, counted, late after the day, and answered by the next assessment', async () => {
    ask('assessments.insurerCheck');
    later('2026-08-03');
    const { id, assessmentId } = await scoredCase(office, await anotherPerson(office));
    for (const expert of office.experts.slice(0, 2)) await voice(expert, assessmentId);
    const back = { result: 'returned', checklist: { ...ALL, guardianPresent: false }, reason: 'evidenceMissing', note: '缺监护人在场的佐证。', items: ['adl.eating'] };
    const { reason: _no, ...unreasoned } = back;
    expect((await insurer('POST', `/api/applications/${id}/check`, unreasoned)).json()).toMatchObject({ code: 'CHECK_REASON', errors: [{ column: 'reason' }] });
    expect((await insurer('POST', `/api/applications/${id}/check`, { ...back, items: ['adl.flying'] })).json().code).toBe('RETURN_ITEM_UNKNOWN');
    expect((await insurer('POST', `/api/applications/${id}/check`, back)).json()).toEqual({ state: 'dispatched' });
    const rows = async (caller: Caller, query = '') => (await caller('GET', `/api/returns?pageSize=200${query}`)).json().rows.filter((one: { applicationId: string }) => one.applicationId === id);
    // The institution reads what came back, why and until when; another institution does not.
    expect(await rows(office.assessor)).toMatchObject([{ nth: 1, by: 'insurerCheck', byName: '梅若兰', reason: 'evidenceMissing', items: ['adl.eating'], note: '缺监护人在场的佐证。', returnedOn: '2026-08-03', dueOn: '2026-08-17', state: 'open', late: false }]);
    expect(await rows(office.otherAssessor)).toEqual([]);
    // The phone takes it along too.
    const { cases } = (await office.assessor('GET', '/api/on-site/package?pageSize=200')).json() as { cases: { applicationId: string; returned: unknown }[] };
    expect(cases.find((one) => one.applicationId === id)?.returned).toEqual({ nth: 1, by: 'insurerCheck', reason: 'evidenceMissing', items: ['adl.eating'], note: '缺监护人在场的佐证。', returnedOn: '2026-08-03', dueOn: '2026-08-17', mayMend: ['孙丽', '周明远'] });
    later('2026-08-17');
    expect([(await rows(office.agency, '&state=late')).length, (await rows(office.agency, '&state=open')).length]).toEqual([0, 1]);
    later('2026-08-18');
    expect([(await rows(office.agency, '&state=late')).length, (await rows(office.agency, '&by=agency')).length]).toEqual([1, 0]);
    const second = await assess(office, id);
    expect(await rows(office.agency)).toMatchObject([{ state: 'answered', late: true }]);
    expect(second).not.toBe(assessmentId);
    later('2026-08-03');
  });

  test('the agency sends a case back too; after so many returns who dispatches is told to change the institution', async () => {
    ask();
    later('2026-08-03');
    const { id } = await scoredCase(office, await anotherPerson(office));
    const back = () => office.agency('POST', `/api/applications/${id}/return`, { reason: 'recordIncomplete', note: '访谈记录缺页。' });
    expect((await back()).json()).toEqual({ state: 'dispatched' });
    expect((await back()).json().code).toBe('APPLICATION_STATE');
    expect((await scrutiny(office.agency, id)).changeInstitution).toBeNull();
    later('2026-08-04');
    await assess(office, id);
    later('2026-08-05');
    await back();
    expect(await scrutiny(office.agency, id)).toMatchObject({ changeInstitution: { returns: 2, max: 2, institutionName: '禾东失能评估中心' }, returns: [{ nth: 1, state: 'answered' }, { nth: 2, state: 'open' }] });
    expect((await scrutiny(office.assessor, id)).changeInstitution).toBeNull();
    const history = (await office.agency('GET', `/api/records/${id}/history`)).json();
    expect(JSON.stringify(history)).toContain('第 2 次退单');
    later('2026-08-03');
  });

  test('a case that waits for voices, check or notice stands in the list of late ones from the day after its last day, first in its queue, and counts at its place', async () => {
    ask();
    const community = '期限社区';
    const { id } = await scoredCase(office, await anotherPerson(office, { community }));
    // As if filed under the document of December: five working days for the voices, three for the check, three for the notice.
    const since = async (state: string) => {
      await sql`UPDATE assessments.application SET filed_on = '2026-12-01', state = ${state}, state_since = '2026-12-04T02:00:00Z' WHERE id = ${id}`.execute(office.house.platform.databases.ownerDb);
    };
    const late = async (query = '') => ((await office.agency('GET', `/api/applications?due=overdue&pageSize=200${query}`)).json().rows as { id: string }[]).some((row) => row.id === id);
    const due = async () => (await office.agency('GET', `/api/applications/${id}`)).json() as { dueOn: string; overdue: boolean };
    const counted = async () => ((await office.agency('GET', '/api/notices/batches/waiting')).json() as { community: string; cases: number; overdue: number }[]).find((one) => one.community === community);
    for (const [state, lastOn, dayAfter] of [['scored', '2026-12-11', '2026-12-12'], ['confirmed', '2026-12-09', '2026-12-10'], ['checked', '2026-12-09', '2026-12-10']] as const) {
      await since(state);
      later(lastOn);
      expect([await late(), await due()]).toMatchObject([false, { dueOn: lastOn, overdue: false }]);
      expect(await counted()).toEqual(state === 'checked' ? { townshipCode: '990101002', community, cases: 1, overdue: 0 } : undefined);
      later(dayAfter);
      expect([await late(), await due()]).toMatchObject([true, { dueOn: lastOn, overdue: true }]);
      expect((await counted())?.overdue).toBe(state === 'checked' ? 1 : undefined);
    }
    // What passed the check waits for its notice with the agency, and no more for the insurer.
    expect([await late('&waitsFor=publish'), await late('&waitsFor=check')]).toEqual([true, false]);
    await since('confirmed');
    expect([await late('&waitsFor=publish'), await late('&waitsFor=check')]).toEqual([false, true]);
    // Waiting for a promised paper is nobody's delay; from its arrival the notice has its three working days again.
    const supply = (byOn: string | null, on: string | null) => sql`UPDATE assessments.application SET supply_by_on = ${byOn}::date, supplied_on = ${on}::date, supply_materials = ${byOn === null ? [] : ['medicalRecord']}, supply_promised_by = ${byOn === null ? null : '王小梅'} WHERE id = ${id}`.execute(office.house.platform.databases.ownerDb);
    await since('checked');
    await supply('2026-12-22', null);
    expect([await late(), await due()]).toMatchObject([false, { dueOn: null, overdue: false }]);
    await supply('2026-12-22', '2026-12-07');
    for (const [day, isLate] of [['2026-12-10', false], ['2026-12-11', true]] as const) {
      later(day);
      expect([await late(), await due(), (await counted())?.overdue]).toMatchObject([isLate, { dueOn: '2026-12-10', overdue: isLate }, isLate ? 1 : 0]);
    }
    await supply(null, null);
    await since('confirmed');
    // Longest waiting first.
    const sinces = ((await office.agency('GET', '/api/applications?waitsFor=publish&pageSize=200')).json().rows as { stateSince: string }[]).map((row) => row.stateSince);
    expect(sinces).toEqual(sinces.toSorted());
    later('2026-08-03');
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAct } from '#platform/act.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { suspendAssessor } from '#domain/workers/register/actions.ts';
import { addDays } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { Refusal } from '#kit/refuse.ts';
import { actorOf, findAccountById } from '#platform/identity/accounts.ts';
import { anotherPerson, assess, dispatchedCase, openTestOffice } from '../testing.ts';
import { keepOrders } from '../index.ts';
import { getApplication } from '../actions/case.ts';
import { demandSent } from './guard.ts';
import { acceptedCase, openDispatchOffice, sentPerson } from './testing.ts';
import type { DispatchOffice, Person } from './testing.ts';

const START = '2026-12-07T01:00:00Z';

/** The code with which somebody who would record an assessment together with another is refused, or null. */
async function recordingRefusal(office: DispatchOffice, applicationId: string, by: Person, together: Person): Promise<string | null> {
  const account = await findAccountById(office.house.platform.databases.ownerDb, by.accountId);
  try {
    await office.house.act(async (act) => demandSent(act, await getApplication(act, applicationId), [together]), actorOf(account!));
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('orders to assessment institutions', () => {
  let office: DispatchOffice;
  beforeAll(async () => {
    office = await openDispatchOffice(START);
  });
  afterAll(() => office.house.close());

  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  const city = () => runAct(office.house.platform, officeActor('9901', ['*']), office.house.clock.now, keepOrders);
  const stateOf = async (id: string) => (await office.agency('GET', `/api/applications/${id}`)).json().state as string;
  const ordersOf = async (id: string) => (await office.agency('GET', `/api/orders?application=${id}`)).json().rows as { id: string; state: string; reasonCode: string | null; late: boolean; dueOn: string }[];
  /** A case whose order went to the first institution. */
  const ordered = async (): Promise<{ id: string; orderId: string; personId: string }> => {
    const personId = await anotherPerson(office);
    const id = await acceptedCase(office, personId);
    const answer = (await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId, reason: '离家近' })).json();
    return { id, orderId: answer.orderId as string, personId };
  };
  const sending = (more: object = {}) => ({ assessorAccountId: office.people.assessor.accountId, expertAccountId: office.people.expert.accountId, appointmentOn: '2026-12-10', windowFrom: '09:00', windowTo: '11:00', ...more });

  test('the first proposed needs no words, another one a reason, which is recorded with its place', async () => {
    const id = await acceptedCase(office, await anotherPerson(office));
    const proposal = (await office.agency('GET', `/api/applications/${id}/dispatch-proposal`)).json() as { proposed: { institutionId: string; name: string; place: number }[]; reasons: { code: string }[] };
    expect(proposal.proposed.map((one) => one.place)).toEqual([1, 2]);
    expect(proposal.reasons[0]).toMatchObject({ code: 'DISPATCH_PLACED' });
    const [first, second] = proposal.proposed as unknown as [{ institutionId: string; name: string }, { institutionId: string; name: string }];
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: second.institutionId })).json()).toMatchObject({ status: 422, code: 'DISPATCH_REASON', params: { first: first.name } });
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: second.institutionId, reason: '  ' })).json().code).toBe('DISPATCH_REASON');
    const { orderId } = (await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: second.institutionId, reason: '家属说明距离' })).json();
    expect((await office.agency('GET', `/api/orders/${orderId as string}`)).json()).toMatchObject({ place: 2, chosenReason: '家属说明距离', state: 'open', respondBy: '2026-12-09T16:00:00.000Z', dueOn: '2026-12-21' });
    const other = await acceptedCase(office, await anotherPerson(office));
    const next = (await office.agency('GET', `/api/applications/${other}/dispatch-proposal`)).json().proposed[0].institutionId as string;
    expect(next).toBe(first.institutionId);
    expect((await office.agency('POST', `/api/applications/${other}/dispatch`, { institutionId: next })).json()).toMatchObject({ state: 'dispatched' });
    const again = await office.agency('POST', `/api/applications/${other}/dispatch`, { institutionId: next, reason: '再派一次' });
    expect(again.json(), 'a second officer who did not see the first order').toMatchObject({ status: 409, code: 'DISPATCH_ALREADY' });
    expect((await ordersOf(other)).map((one) => one.state)).toEqual(['open']);
  });

  test('an institution takes an order and sends two people, who alone record', async () => {
    const { id, orderId } = await ordered();
    const { assessor, expert, spare } = office.people;
    expect(await recordingRefusal(office, id, assessor, expert)).toBe('ORDER_NOT_TAKEN');
    expect((await office.secondOfficer('POST', `/api/orders/${orderId}/accept`)).statusCode).toBe(404);
    expect((await office.agency('POST', `/api/orders/${orderId}/accept`)).json().code).toBe('NOT_PERMITTED');
    expect((await office.officer('POST', `/api/orders/${orderId}/assign`, sending())).json()).toMatchObject({ code: 'ORDER_STATE', status: 409 });
    expect((await office.officer('POST', `/api/orders/${orderId}/accept`)).json()).toMatchObject({ state: 'accepted', answererName: '尹思源' });
    expect((await office.officer('POST', `/api/orders/${orderId}/accept`)).json().code).toBe('ORDER_STATE');
    expect(await recordingRefusal(office, id, assessor, expert)).toBe('ORDER_NOT_ASSIGNED');
    expect((await office.officer('POST', `/api/orders/${orderId}/assign`, sending({ expertAccountId: office.people.spare.accountId }))).json().code).toBe('ORDER_PERSONS');
    expect((await office.officer('POST', `/api/orders/${orderId}/assign`, sending({ expertAccountId: office.secondPeople.expert.accountId }))).json().code).toBe('ORDER_PERSONS');
    expect((await office.officer('POST', `/api/orders/${orderId}/assign`, sending({ appointmentOn: '2026-12-06' }))).json().code).toBe('ORDER_APPOINTMENT');
    expect((await office.officer('POST', `/api/orders/${orderId}/assign`, sending({ windowTo: '09:00' }))).json().code).toBe('ORDER_APPOINTMENT');
    expect((await office.officer('POST', `/api/orders/${orderId}/assign`, sending())).json()).toMatchObject({ assessorName: '方敏', expertName: '顾文澜', appointmentOn: '2026-12-10' });
    expect((await office.officer('GET', '/api/orders?from=2026-12-10&to=2026-12-10')).json().total).toBe(1);
    expect(await recordingRefusal(office, id, spare, expert)).toBe('ORDER_OTHER_PERSON');
    expect(await recordingRefusal(office, id, assessor, expert)).toBeNull();
  });

  test('a case that came back is mended by one who was on site, and by others only after the institution sent them with a reason', async () => {
    const { id, orderId } = await ordered();
    const { assessor, expert, spare } = office.people;
    const stranger = await sentPerson(office, office.institutionId, '柏青', 'expert');
    const sent = async (more: object) => (await office.officer('POST', `/api/orders/${orderId}/assign`, sending({ assessorAccountId: spare.accountId, expertAccountId: stranger.accountId, ...more }))).json();
    const inHand = async (one: Person) => ((await one.caller('GET', '/api/on-site/package?pageSize=200')).json().cases as { applicationId: string; assignedTo: string | null; returned: { mayMend: string[] } | null }[]).find((each) => each.applicationId === id);
    await office.officer('POST', `/api/orders/${orderId}/accept`);
    await office.officer('POST', `/api/orders/${orderId}/assign`, sending());
    // Assessed by those who were sent, and sent back by the agency, as far as the order goes.
    const owner = office.house.platform.databases.ownerDb;
    const assessmentId = newId();
    await sql`INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_account_id, second_name, guardian_name, on_site_at, place, scale_id, answers, points, grade, decision_id, recorded_at)
      SELECT o.district_code, ${assessmentId}, o.application_id, o.person_id, o.township_code, o.assessment_institution_id, ${assessor.accountId}, ${assessor.name}, ${expert.accountId}, ${expert.name}, '家属', now(), '家中', 'national-2021', '{}', '{}', 3, o.decision_id, now()
      FROM assessments.dispatch_order o WHERE o.id = ${orderId}`.execute(owner);
    await sql`UPDATE assessments.dispatch_order SET state = 'done', ended_at = now() WHERE id = ${orderId}`.execute(owner);
    await sql`UPDATE assessments.application SET state = 'scored' WHERE id = ${id}`.execute(owner);
    expect(await sent({ note: '换人' }), 'a case that did not come back').toMatchObject({ status: 409, code: 'ORDER_STATE' });
    expect((await office.agency('POST', `/api/applications/${id}/return`, { reason: 'recordIncomplete', note: '访谈记录缺页。' })).json()).toEqual({ state: 'dispatched' });
    expect(await recordingRefusal(office, id, spare, stranger)).toBe('RETURN_OTHER_PERSONS');
    expect([await recordingRefusal(office, id, assessor, stranger), await recordingRefusal(office, id, spare, expert)]).toEqual([null, null]);
    expect((await office.officer('GET', `/api/orders/${orderId}`)).json()).toMatchObject({ sendAnew: true, mayMend: ['方敏', '顾文澜'], contactPhone: expect.any(String), applicantName: expect.any(String) });
    expect([await inHand(spare), await inHand(assessor)]).toMatchObject([{ assignedTo: null, returned: { mayMend: ['方敏', '顾文澜'] } }, { assignedTo: null }]);
    at('2026-12-07T03:00:00Z');
    expect(await sent({})).toMatchObject({ code: 'ORDER_ANEW_NOTE', errors: [{ column: 'note' }] });
    expect((await office.secondOfficer('POST', `/api/orders/${orderId}/assign`, sending({ note: '换人' }))).statusCode).toBe(404);
    expect(await sent({ note: '原评估员已调离。' })).toMatchObject({ state: 'done', assessorName: '于洋', expertName: '柏青' });
    expect([await recordingRefusal(office, id, assessor, expert), await recordingRefusal(office, id, spare, stranger)]).toEqual(['ORDER_OTHER_PERSON', null]);
    expect([await inHand(spare), await inHand(assessor)]).toMatchObject([{ assignedTo: spare.accountId, returned: { mayMend: ['于洋', '柏青'] } }, undefined]);
    expect((await office.officer('GET', `/api/orders/${orderId}`)).json()).toMatchObject({ sendAnew: true, mayMend: ['于洋', '柏青'] });
    expect(JSON.stringify((await office.agency('GET', `/api/records/${id}/history`)).json())).toContain('assessments.orderSentAnew');
    at(START);
  });

  test('a refused order counts, gives the case back with its next proposal, and the institution sees the person no more', async () => {
    const { id, orderId, personId } = await ordered();
    expect((await office.officer('GET', `/api/people/${personId}`)).statusCode).toBe(200);
    // Taken in time and given up later: it was answered when it was taken.
    const { answeredAt } = (await office.officer('POST', `/api/orders/${orderId}/accept`)).json() as { answeredAt: string };
    at('2026-12-09T02:00:00Z');
    expect((await office.officer('POST', `/api/orders/${orderId}/refuse`, { reason: 'NO_CAPACITY' })).statusCode).toBe(400);
    expect((await office.officer('POST', `/api/orders/${orderId}/refuse`, { reason: 'NO_CAPACITY', note: '本周人手不足' })).json()).toMatchObject({ state: 'refused', reasonCode: 'NO_CAPACITY', personName: null, answeredAt });
    expect(await stateOf(id)).toBe('accepted');
    expect((await office.officer('GET', `/api/people/${personId}`)).statusCode).toBe(404);
    expect((await office.officer('GET', `/api/applications/${id}`)).statusCode).toBe(404);
    const queue = (await office.agency('GET', '/api/dispatch-queue')).json().rows as { id: string; givenBack: number; first: { institutionId: string; name: string } }[];
    const row = queue.find((one) => one.id === id)!;
    expect(row).toMatchObject({ givenBack: 1, first: { institutionId: office.secondInstitutionId } });
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: row.first.institutionId })).json().state).toBe('dispatched');
    expect((await ordersOf(id)).map((one) => one.state)).toEqual(['open', 'refused']);
    const history = (await office.agency('GET', `/api/records/${id}/history`)).json() as { kind: string }[];
    expect(JSON.stringify(history)).toContain('assessments.orderRefused');
    at(START);
  });

  test('an order is answered until the last instant and lapses after it', async () => {
    at(START);
    const { id, orderId } = await ordered();
    const late = await ordered();
    at('2026-12-09T16:00:00Z');
    await city();
    expect((await office.officer('POST', `/api/orders/${orderId}/accept`)).json()).toMatchObject({ state: 'accepted' });
    at('2026-12-09T16:00:01Z');
    expect((await office.officer('POST', `/api/orders/${late.orderId}/accept`)).json()).toMatchObject({ code: 'ORDER_LAPSED', status: 409 });
    expect((await city()).lapsed).toBeGreaterThan(0);
    expect(await stateOf(late.id)).toBe('accepted');
    expect((await ordersOf(late.id))[0]).toMatchObject({ state: 'lapsed' });
    expect(await stateOf(id)).toBe('dispatched');
    expect((await city()).lapsed).toBe(0);
  });

  test('a visit that is not done by its day is marked once, on the day after', async () => {
    at(START);
    const { id, orderId } = await ordered();
    await office.officer('POST', `/api/orders/${orderId}/accept`);
    at('2026-12-21T15:00:00Z');
    await city();
    expect((await ordersOf(id))[0]).toMatchObject({ late: false, dueOn: '2026-12-21' });
    at('2026-12-21T16:30:00Z');
    expect((await city()).late).toBeGreaterThan(0);
    expect((await ordersOf(id))[0]).toMatchObject({ late: true, state: 'accepted' });
    expect((await city()).late).toBe(0);
    at(START);
  });

  test('the agency takes an order back with a reason, or dispatches anew, which withdraws the one before', async () => {
    const { id, orderId } = await ordered();
    expect((await office.agency('POST', `/api/orders/${orderId}/withdraw`, { reason: 'MISTAKE', note: '派错街镇' })).json()).toMatchObject({ state: 'withdrawn', reasonCode: 'MISTAKE' });
    expect((await office.agency('POST', `/api/orders/${orderId}/withdraw`, { reason: 'MISTAKE', note: '派错街镇' })).json().code).toBe('ORDER_STATE');
    expect(await stateOf(id)).toBe('accepted');
    await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.institutionId, reason: '仍派原机构' });
    await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.secondInstitutionId, reason: '机构来电，改派' });
    expect((await ordersOf(id)).map((one) => [one.state, one.reasonCode])).toEqual(expect.arrayContaining([['open', null], ['withdrawn', 'REDISPATCHED'], ['withdrawn', 'MISTAKE']]));
  });

  test('only who is in the register, unsuspended and trained is sent, and what is missing is said', async () => {
    const { orderId } = await ordered();
    await office.officer('POST', `/api/orders/${orderId}/accept`);
    const stranger = await sentPerson(office, office.institutionId, '未入库', 'assessor', { admitted: false });
    const untrained = await sentPerson(office, office.institutionId, '未培训', 'assessor', { hours: 15.5 });
    const suspended = await sentPerson(office, office.institutionId, '被暂停', 'assessor');
    await office.house.act((act) => suspendAssessor(act, suspended.workerId, { fromOn: '2026-12-01', toOn: '2027-02-28', reason: 'FALSE_RECORD', source: '检查记录 12 号', note: '记录与视频不符' }));
    const assign = async (accountId: string) => (await office.officer('POST', `/api/orders/${orderId}/assign`, sending({ assessorAccountId: accountId }))).json();
    expect(await assign(stranger.accountId)).toMatchObject({ code: 'ASSESSOR_NOT_ACTIVE', params: { fault: 'ASSESSOR_NOT_ADMITTED', sinceOn: '2026-12-01' } });
    expect(await assign(untrained.accountId)).toMatchObject({ code: 'ASSESSOR_NOT_ACTIVE', params: { fault: 'ASSESSOR_TRAINING_SHORT' } });
    expect(await assign(suspended.accountId)).toMatchObject({ code: 'ASSESSOR_NOT_ACTIVE', params: { fault: 'ASSESSOR_SUSPENDED', sinceOn: '2026-12-01' }, reasons: [{ code: 'ASSESSOR_SUSPENDED' }] });
    const shown = (await office.officer('GET', `/api/orders/${orderId}`)).json().persons as { name: string; fit: boolean; standing: string }[];
    expect(shown.find((one) => one.name === '被暂停')).toMatchObject({ fit: false, standing: 'ASSESSOR_SUSPENDED' });
    expect(shown.find((one) => one.name === '方敏')).toMatchObject({ fit: true, standing: 'active' });
    expect((await assign(office.people.assessor.accountId)).assessorName).toBe('方敏');
  });

  test('issuing a new order and refusing the old one in the same moment end without a fault, and the new order stands', async () => {
    at(START);
    for (let times = 0; times < 5; times += 1) {
      const { id, orderId } = await ordered();
      const both = await Promise.all([
        office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.secondInstitutionId, reason: '重新派单' }),
        office.officer('POST', `/api/orders/${orderId}/refuse`, { reason: 'NO_CAPACITY', note: '本周没有人手。' }),
      ]);
      expect(both.map((one) => one.statusCode >= 500)).toEqual([false, false]);
      expect(both[0]!.json()).toMatchObject({ state: 'dispatched' });
      expect((await office.agency('GET', `/api/applications/${id}`)).json()).toMatchObject({ state: 'dispatched', institutionId: office.secondInstitutionId });
    }
  });

  test('a paused agreement and an institution that does not exist get no orders', async () => {
    const id = await acceptedCase(office, await anotherPerson(office));
    const { ownerDb } = office.house.platform.databases;
    await sql`INSERT INTO providers.agreement_pause (id, institution_id, from_on, to_on, reason, actor_name, recorded_at) VALUES (gen_random_uuid(), ${office.secondInstitutionId}, '2026-12-01', '2026-12-08', '整改', '测试', now())`.execute(ownerDb);
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.secondInstitutionId, reason: '试派' })).json()).toMatchObject({ code: 'DISPATCH_PAUSED' });
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.careHomeId, reason: '试派' })).json()).toMatchObject({ code: 'DISPATCH_INSTITUTION' });
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.otherInstitutionId, reason: '试派' })).json()).toMatchObject({ code: 'DISPATCH_INSTITUTION' });
    at('2026-12-08T01:00:00Z');
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: office.secondInstitutionId, reason: '试派' })).json()).toMatchObject({ state: 'dispatched' });
    at(START);
  });

  test('where the register is asked for, an institution without active assessors gets no orders', async () => {
    const { registerInstitution } = await import('#domain/providers/index.ts');
    const { creditCodeFor } = await import('#kit/credit-code.ts');
    const bare = (await office.house.act((act) => registerInstitution(act, { code: 'QH-PG-09', name: '禾东新设评估所', kind: 'assessment', districtCode: '990101', creditCode: creditCodeFor('990101', 109), address: '文昌街 9 号', agreementFromOn: '2026-01-01' }))).id;
    const id = await acceptedCase(office, await anotherPerson(office));
    expect((await office.agency('POST', `/api/applications/${id}/dispatch`, { institutionId: bare, reason: '试派' })).json()).toMatchObject({ code: 'DISPATCH_NO_ASSESSORS' });
  });

  test('an order and a return that waited for the calendar of next year get their last day when it is published, and count as late after it', async () => {
    const plain = office.house.platform.policy;
    at('2026-12-29T01:00:00Z');
    const { id } = await ordered();
    expect((await ordersOf(id))[0]).toMatchObject({ dueOn: null, late: false });
    const back = await ordered();
    const assessmentId = newId();
    // A result that the agency sent back that day, as far as its deadline goes.
    const owner = office.house.platform.databases.ownerDb;
    await sql`INSERT INTO assessments.assessment (district_code, id, application_id, person_id, township_code, assessment_institution_id, assessor_account_id, assessor_name, second_name, guardian_name, on_site_at, place, scale_id, answers, points, grade, decision_id, recorded_at, superseded_at, superseded_by)
      SELECT a.district_code, ${assessmentId}, a.id, a.person_id, a.township_code, a.assessment_institution_id, ${newId()}, '方敏', '顾文澜', '家属', now(), '家中', 'national-2021', '{}', '{}', 3, o.decision_id, now(), now(), 'agency'
      FROM assessments.application a JOIN assessments.dispatch_order o ON o.application_id = a.id WHERE a.id = ${back.id}`.execute(owner);
    await sql`INSERT INTO assessments.case_return (district_code, id, application_id, assessment_id, person_id, township_code, assessment_institution_id, nth, returned_by, reason, returned_on, calendar_missing, returner_name, returned_at)
      SELECT district_code, ${newId()}, id, ${assessmentId}, person_id, township_code, assessment_institution_id, 1, 'agency', 'videoUnclear', '2026-12-29', 'policy/national/calendar/2027.yaml', '陈敏', '2026-12-29T01:00:00Z' FROM assessments.application WHERE id = ${back.id}`.execute(owner);
    const returned = async () => ((await office.agency('GET', '/api/returns?pageSize=100')).json().rows as { applicationId: string; dueOn: string | null; late: boolean }[]).find((row) => row.applicationId === back.id);
    expect(await returned()).toMatchObject({ dueOn: null, late: false });
    await sql`UPDATE assessments.dispatch_order SET state = 'accepted', answered_at = issued_at, answerer_name = '测试' WHERE application_id = ${id}`.execute(owner);
    await city();
    expect((await ordersOf(id))[0]).toMatchObject({ dueOn: null });
    // A calendar without holidays but Saturdays and Sundays: ten working days after Tuesday 29 December are over on 12 January.
    const weekday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    const addWorkingDays = (from: string, count: number) => {
      let day = from;
      for (let left = count; left > 0; ) if (weekday((day = addDays(day, 1)))) left -= 1;
      return day;
    };
    Object.assign(office.house.platform, { policy: { ...plain, workingDays: { ...plain.workingDays, addWorkingDays } } });
    try {
      at('2027-01-12T01:00:00Z');
      await city();
      expect([(await ordersOf(id))[0], await returned()]).toMatchObject([{ dueOn: '2027-01-12', late: false }, { dueOn: '2027-01-12', late: false }]);
      at('2027-01-13T01:00:00Z');
      await city();
      expect([(await ordersOf(id))[0], await returned()]).toMatchObject([{ late: true }, { late: true }]);
      // Had the calendar come a day later, nobody could have known the day before it was over.
      await sql`UPDATE assessments.dispatch_order SET due_on = NULL, due_known_on = NULL, late_on = NULL, state = 'open', respond_by = NULL, answered_at = NULL, answerer_name = NULL WHERE application_id = ${id}`.execute(owner);
      await sql`UPDATE assessments.case_return SET due_on = NULL, due_known_on = NULL, calendar_missing = 'policy/national/calendar/2027.yaml' WHERE application_id = ${back.id}`.execute(owner);
      for (const instant of ['2027-01-13T01:15:00Z', '2027-01-13T01:30:00Z']) {
        at(instant);
        await city();
        // The order has its whole time to answer from now on, and its visit is no delay; so with the returned case.
        expect([(await ordersOf(id))[0], await returned()]).toMatchObject([{ state: 'open', dueOn: '2027-01-12', late: false, responseOverdue: false }, { dueOn: '2027-01-12', late: false }]);
      }
      // So where the visit was recorded while nobody could know the day: it is filled in afterwards, counted from the acceptance and not from the return that came later.
      await sql`UPDATE assessments.dispatch_order SET state = 'done', issued_at = '2026-12-28T01:00:00Z', due_on = NULL, due_known_on = NULL, ended_at = now() WHERE application_id = ${back.id}`.execute(owner);
      await sql`UPDATE assessments.application SET returned_on = '2026-12-29', accepted_on = '2026-12-28' WHERE id = ${back.id}`.execute(owner);
      await city();
      const filled = await sql`SELECT due_on, due_known_on FROM assessments.dispatch_order WHERE application_id = ${back.id}`.execute(owner);
      expect([filled.rows[0], (await ordersOf(back.id))[0]]).toMatchObject([{ dueOn: '2027-01-11', dueKnownOn: '2027-01-13' }, { state: 'done', dueOn: '2027-01-11', late: false }]);
      const { respondBy } = (await ordersOf(id))[0] as unknown as { respondBy: string };
      expect(new Date(respondBy).getTime()).toBeGreaterThan(office.house.clock.now.getTime());
      expect((await office.agency('GET', `/api/orders?application=${id}&late=true`)).json().total).toBe(0);
      at(new Date(new Date(respondBy).getTime() + 1).toISOString());
      await city();
      expect((await ordersOf(id)).at(-1)).toMatchObject({ state: 'lapsed', late: false });
    } finally {
      Object.assign(office.house.platform, { policy: plain });
    }
    at(START);
  });
});

describe('orders of cases filed before the city asked for an answer', () => {
  test('an order that nobody took is done by the assessment itself, and never lapses', async () => {
    const office = await openTestOffice('2026-11-16T02:00:00Z');
    try {
      const id = await dispatchedCase(office, office.personId);
      const orders = async () => (await office.agency('GET', `/api/orders?application=${id}`)).json().rows as object[];
      expect(await orders()).toMatchObject([{ state: 'open', respondBy: null, place: 1 }]);
      await office.house.act(keepOrders);
      await assess(office, id);
      expect(await orders()).toMatchObject([{ state: 'done', late: false, answeredAt: null }]);
    } finally {
      await office.house.close();
    }
  });
});

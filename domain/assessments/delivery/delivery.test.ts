import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kit/days.ts';
import { startJobs } from '#platform/jobs/runner.ts';
import type { Caller } from '#server/testing.ts';
import { importConclusions } from '../index.ts';
import { anotherPerson, openTestOffice, publishedCase } from '../testing.ts';
import type { TestOffice } from '../testing.ts';

const START = '2026-11-30T01:00:00Z';
/** From this day of filing on a delivery has its due day. The calendar of 2027 is not published. */
const FILED_ON = '2026-12-01';
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]), Buffer.alloc(300)]);

describe('the delivery of a conclusion', () => {
  let office: TestOffice;
  let township: Caller;
  let assessmentOfficer: Caller;
  let otherInstitution: Caller;
  beforeAll(async () => {
    office = await openTestOffice(START);
    township = await office.house.signedIn({ signInName: 'township-2', displayName: '石桥窗口', role: 'townshipOfficer', area: '990101002' });
    assessmentOfficer = await office.house.signedIn({ signInName: 'assess-office-1', displayName: '评估中心送达', role: 'assessmentOfficer', institutionId: office.institutionId });
    otherInstitution = await office.house.signedIn({ signInName: 'assess-office-3', displayName: '澄湖送达', role: 'assessmentOfficer', institutionId: office.otherInstitutionId });
  });
  afterAll(() => office.house.close());

  const at = (instant: string) => {
    office.house.clock.now = new Date(instant);
  };
  /** A case on notice since START, concluded on 17 December. Its day of filing is set to the first on which the figure holds: what else holds from then on is tested elsewhere. */
  const concluded = async (personId: string): Promise<string> => {
    at(START);
    const { id } = await publishedCase(office, personId);
    await sql`UPDATE assessments.application SET filed_on = ${FILED_ON} WHERE id = ${id}`.execute(office.house.platform.databases.ownerDb);
    at('2026-12-17T01:00:00Z');
    return (await office.agency('POST', `/api/applications/${id}/conclude`)).json().id as string;
  };
  const deliver = async (id: string, body: object, by: Caller = township) => (await by('POST', `/api/conclusions/${id}/deliveries`, body)).json();
  const prove = async (id: string, bytes = JPEG, by: Caller = township) => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), 'signature.exe');
    const request = new Request('http://localhost', { method: 'POST', body: form });
    return (await by('POST', `/api/conclusions/${id}/delivery-proofs`, Buffer.from(await request.arrayBuffer()), { 'content-type': request.headers.get('content-type')! })).json();
  };
  const record = async (id: string) => (await office.agency('GET', `/api/conclusions/${id}/deliveries`)).json();
  const work = async (until: () => Promise<unknown>) => {
    const jobs = await startJobs(office.house.modules, office.house.platform, () => office.house.clock.now);
    try {
      await expect.poll(until, { timeout: 15_000 }).toBeTruthy();
    } finally {
      await jobs.stop();
    }
  };

  test('is due on the fifth working day after the conclusion and overdue on the day after it, not before', async () => {
    const id = await concluded(await anotherPerson(office));
    expect(await record(id)).toMatchObject({ dueOn: '2026-12-24', overdue: false, receivedOn: null, failures: 0, hasLetter: true, expected: { name: '王小梅', relation: 'family' } });
    at('2026-12-24T15:59:00Z');
    expect((await office.agency('GET', '/api/deliveries/waiting?due=overdue')).json().total).toBe(0);
    expect((await office.agency('GET', '/api/deliveries/waiting?due=open')).json()).toMatchObject({ rows: [{ id, dueOn: '2026-12-24', overdue: false }] });
    at('2026-12-24T16:00:00Z');
    expect((await office.agency('GET', '/api/deliveries/waiting?due=overdue')).json()).toMatchObject({ total: 1, rows: [{ id, overdue: true }] });
    expect(await record(id)).toMatchObject({ overdue: true });
    expect((await office.otherAgency('GET', '/api/deliveries/waiting')).json().total).toBe(0);
    await deliver(id, { way: 'post', outcome: 'delivered', trackingNumber: 'EMS1234567', recipientName: '沈平', recipientRelation: 'family' });
    expect((await office.agency('GET', '/api/deliveries/waiting')).json().total).toBe(0);
  });

  test('is handed over against a photograph of the signature, counts failed attempts, and is delivered by the first success', async () => {
    const id = await concluded(await anotherPerson(office));
    expect(await deliver(id, { way: 'handedOver', outcome: 'failed', failure: 'nobodyHome', note: '敲门无人应答' })).toMatchObject({ outcome: 'failed', failure: 'nobodyHome', actorName: '石桥窗口' });
    expect(await deliver(id, { way: 'post', outcome: 'failed', failure: 'returnedByPost', trackingNumber: 'EMS7654321' })).toMatchObject({ failure: 'returnedByPost' });
    const whom = { way: 'handedOver', outcome: 'delivered', recipientName: '沈平', recipientRelation: 'family' };
    expect(await deliver(id, whom)).toMatchObject({ code: 'DELIVERY_PROOF' });
    expect(await prove(id, Buffer.from('MZ this is no photograph at all, whatever it is called'))).toMatchObject({ code: 'DELIVERY_PROOF_KIND' });
    expect(await prove(id, Buffer.concat([JPEG, Buffer.alloc(10 * 1024 * 1024)]))).toMatchObject({ code: 'DELIVERY_PROOF_TOO_LARGE' });
    const proof = await prove(id);
    expect(proof).toMatchObject({ mediaType: 'image/jpeg', sizeBytes: JPEG.length });
    at('2026-12-19T01:00:00Z');
    expect(await deliver(id, { ...whom, proofId: proof.id, happenedOn: '2026-12-18' })).toMatchObject({ outcome: 'delivered', proof: { sha256: proof.sha256 } });
    expect(await deliver(id, { ...whom, proofId: proof.id })).toMatchObject({ code: 'DELIVERY_PROOF' });
    expect(await record(id)).toMatchObject({ receivedOn: '2026-12-18', failures: 2, attempts: [{ way: 'handedOver' }, { way: 'post' }, { way: 'handedOver', recipientName: '沈平' }] });
    const file = await township('GET', `/api/deliveries/proofs/${proof.id}/file`);
    expect(file.rawPayload.equals(JPEG)).toBe(true);
    expect(file.headers).toMatchObject({ 'content-disposition': expect.stringContaining('attachment'), 'content-security-policy': "default-src 'none'; sandbox" });
    expect((await office.otherAgency('GET', `/api/deliveries/proofs/${proof.id}/file`)).statusCode).toBe(404);
    await expect(office.house.act((act) => sql`UPDATE assessments.delivery SET note = 'x'`.execute(act.db))).rejects.toThrow(/permission denied/);
  });

  test('has no due day for a case filed on the day before the figure begins', async () => {
    const id = await concluded(await anotherPerson(office));
    await sql`UPDATE assessments.application SET filed_on = '2026-11-30' WHERE id = (SELECT application_id FROM assessments.conclusion WHERE id = ${id})`.execute(office.house.platform.databases.ownerDb);
    expect(await record(id)).toMatchObject({ dueOn: null, overdue: false });
    expect((await office.agency('GET', '/api/deliveries/waiting')).json()).toMatchObject({ rows: [{ id, dueOn: null, calendarMissing: null }] });
    await deliver(id, { way: 'post', outcome: 'delivered', trackingNumber: 'EMS1234567', recipientName: '沈平', recipientRelation: 'family' });
  });

  test.each<[string, object, string]>([
    ['a day before the conclusion', { way: 'handedOver', outcome: 'failed', failure: 'nobodyHome', happenedOn: '2026-12-16' }, 'DELIVERY_DAY'],
    ['a day to come', { way: 'handedOver', outcome: 'failed', failure: 'nobodyHome', happenedOn: '2026-12-18' }, 'DELIVERY_DAY'],
    ['a message that somebody says was delivered', { way: 'message', outcome: 'delivered', recipientName: '沈平', recipientRelation: 'family' }, 'DELIVERY_OUTCOME'],
    ['a failure without its reason', { way: 'handedOver', outcome: 'failed' }, 'DELIVERY_FAILURE'],
    ['a reason of another way', { way: 'handedOver', outcome: 'failed', failure: 'returnedByPost' }, 'DELIVERY_FAILURE'],
    ['a success with a reason of failure', { way: 'post', outcome: 'delivered', failure: 'returnedByPost', trackingNumber: 'EMS1234567', recipientName: '沈平', recipientRelation: 'family' }, 'DELIVERY_FAILURE'],
    ['a success without its recipient', { way: 'post', outcome: 'delivered', trackingNumber: 'EMS1234567' }, 'DELIVERY_RECIPIENT'],
    ['the post without a tracking number', { way: 'post', outcome: 'underway' }, 'DELIVERY_TRACKING'],
  ])('refuses %s', async (_, body, code) => {
    const id = await concluded(await anotherPerson(office));
    expect(await deliver(id, body)).toMatchObject({ code });
  });

  test('counts as delivered also where a failed attempt is recorded in the same moment', async () => {
    const id = await concluded(await anotherPerson(office));
    const { owner } = office.house.platform.databases;
    const [first, second] = [await owner.connect(), await owner.connect()];
    const attempt = async (client: typeof first, outcome: string, failure: string | null) => {
      await client.query('BEGIN');
      await client.query(`INSERT INTO assessments.delivery (district_code, id, conclusion_id, person_id, township_code, way, outcome, failure, happened_on, actor_name, recorded_at)
        SELECT district_code, gen_random_uuid(), id, person_id, township_code, 'post', $2, $3, concluded_on, '测试', now() FROM assessments.conclusion WHERE id = $1`, [id, outcome, failure]);
    };
    const follow = (client: typeof first) => client.query("SELECT assessments.follow_letters('990101', ARRAY[$1::uuid])", [id]);
    try {
      await attempt(first, 'delivered', null);
      await attempt(second, 'failed', 'returnedByPost');
      await follow(first);
      const waits = follow(second);
      await expect.poll(async () => (await owner.query('SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1', ['Lock'])).rows.length).toBe(1);
      await first.query('COMMIT');
      await waits;
      await second.query('COMMIT');
    } finally {
      for (const client of [first, second]) client.release(true);
    }
    expect((await owner.query('SELECT letter FROM assessments.conclusion WHERE id = $1', [id])).rows).toEqual([{ letter: 'delivered' }]);
  });

  test('is for the agency, the township of the person and the institution of the case alone', async () => {
    const id = await concluded(await anotherPerson(office));
    const attempt = { way: 'handedOver', outcome: 'failed', failure: 'nobodyHome' };
    expect(await deliver(id, attempt, assessmentOfficer)).toMatchObject({ outcome: 'failed' });
    expect((await assessmentOfficer('GET', `/api/deliveries/waiting?due=failed`)).json().rows.map((row: { id: string }) => row.id)).toContain(id);
    expect(await deliver(id, attempt, otherInstitution)).toMatchObject({ status: 404 });
    expect(await deliver(id, attempt, office.assessor)).toMatchObject({ status: 403 });
    // An institution that once had to do with the person sees the conclusion and still may not deliver it.
    await office.house.act((act) => sql`INSERT INTO people.tie (district_code, person_id, institution_id, kind, from_on) SELECT district_code, person_id, ${office.otherInstitutionId}, 'assessment', '2026-01-01' FROM assessments.conclusion WHERE id = ${id}`.execute(act.db));
    expect(await deliver(id, attempt, otherInstitution)).toMatchObject({ status: 403, code: 'DELIVERY_INSTITUTION' });
    const personId = await anotherPerson(office);
    await office.house.act((act) => importConclusions(act, [{ districtCode: '990101', townshipCode: '990101002', personId, grade: 4, effectiveOn: '2026-12-01', validUntilOn: '2028-11-30', sourceRef: 'delivery' }]));
    const imported = (await office.agency('GET', `/api/conclusions?person=${personId}`)).json().rows[0].id as string;
    expect(await deliver(imported, attempt)).toMatchObject({ code: 'DELIVERY_IMPORTED' });
    expect(await record(imported)).toMatchObject({ hasLetter: false, dueOn: null });
  });

  test('goes out as a text message that is recorded as delivered when the gateway took it, and as failed when the number is out of service', async () => {
    const id = await concluded(await anotherPerson(office));
    expect(await deliver(id, { way: 'message', outcome: 'underway' })).toMatchObject({ way: 'message', outcome: 'underway', phone: '13900000001' });
    expect(await deliver(id, { way: 'message', outcome: 'underway' })).toMatchObject({ status: 409, code: 'DELIVERY_MESSAGE_UNDER_WAY' });
    const lost = await concluded(await anotherPerson(office));
    await deliver(lost, { way: 'message', outcome: 'underway', phone: '13900009999' });
    await work(async () => (await record(id)).receivedOn !== null && (await record(lost)).failures === 1);
    expect(await record(id)).toMatchObject({ receivedOn: '2026-12-17', attempts: [{ outcome: 'underway' }, { outcome: 'delivered', way: 'message', recipientName: null }] });
    expect(await record(lost)).toMatchObject({ receivedOn: null, failures: 1, attempts: [{ outcome: 'underway' }, { outcome: 'failed', failure: 'messageFailed' }] });
    expect((await office.agency('GET', '/api/deliveries/waiting?due=failed')).json().rows.map((row: { id: string }) => row.id)).toContain(lost);
    const { rows } = await office.house.act((act) => sql<{ state: string; body: string; failure: string | null }>`SELECT state, body, failure FROM platform.message WHERE subject_id = ANY (${[id, lost]}::uuid[]) ORDER BY state DESC`.execute(act.db));
    expect(rows).toMatchObject([{ state: 'sent', failure: null }, { state: 'failed', failure: 'numberOutOfService' }]);
    expect(rows[0]!.body).toContain('/letters/');
    expect(rows[0]!.body).toMatch(/沈\*/);
  });

  test('a network that does not answer is tried again and the attempts are on record', async () => {
    const id = await concluded(await anotherPerson(office));
    await deliver(id, { way: 'message', outcome: 'underway', phone: '13900000000' });
    const attempts = async () => (await office.house.act((act) => sql<{ attempts: number; state: string; failure: string }>`SELECT attempts, state, failure FROM platform.message WHERE subject_id = ${id}`.execute(act.db))).rows[0]!;
    await work(async () => (await attempts()).attempts === 1);
    expect(await attempts()).toEqual({ attempts: 1, state: 'queued', failure: 'networkDown' });
    expect(await record(id)).toMatchObject({ failures: 0, attempts: [{ outcome: 'underway' }] });
    // Four more tries and it has failed for good.
    for (let n = 0; n < 4; n += 1) {
      await office.house.platform.databases.owner.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'platform.sendMessage:%'");
      await work(async () => (await attempts()).attempts === n + 2);
    }
    await work(async () => (await record(id)).failures === 1);
    expect(await attempts()).toEqual({ attempts: 5, state: 'failed', failure: 'networkDown' });
  });

  test('one act messages everybody of a district who waits, once, and says how many have no number', async () => {
    const ids = [await concluded(await anotherPerson(office)), await concluded(await anotherPerson(office))];
    expect((await office.otherAgency('POST', '/api/deliveries/messages', { districtCode: '990101' })).json()).toMatchObject({ status: 409, code: 'DELIVERY_NOBODY_WAITS' });
    const queued = (await township('POST', '/api/deliveries/messages', { districtCode: '990101' })).json();
    expect(queued.withoutPhone).toBe(0);
    expect(queued.queued).toBeGreaterThanOrEqual(2);
    expect((await township('POST', '/api/deliveries/messages', { districtCode: '990101' })).json()).toMatchObject({ code: 'DELIVERY_NOBODY_WAITS' });
    await work(async () => (await Promise.all(ids.map(record))).every((one) => one.receivedOn !== null));
    const { rows } = await office.house.act((act) => sql<{ jobs: number }>`SELECT count(*) AS jobs FROM platform.message WHERE purpose = 'assessments.conclusionDelivery' AND subject_id = ANY (${ids}::uuid[])`.execute(act.db));
    expect(rows[0]!.jobs).toBe(2);
  });

  test('the family that opens the letter in its portal has received it, recorded once however often, and nobody else leaves a trace', async () => {
    const id = await concluded(office.personId);
    expect((await office.agency('GET', `/api/conclusions/${id}/letter.pdf`)).statusCode).toBe(200);
    expect(await record(id)).toMatchObject({ receivedOn: null, attempts: [] });
    expect((await office.otherFamily('GET', `/api/family/conclusions/${id}/letter.pdf`)).statusCode).toBe(404);
    const opened = await Promise.all([1, 2, 3].map(() => office.family('GET', `/api/family/conclusions/${id}/letter.pdf`)));
    expect(opened.map((one) => one.statusCode)).toEqual([200, 200, 200]);
    expect(await record(id)).toMatchObject({ receivedOn: '2026-12-17', attempts: [{ way: 'portal', recipientName: '王小梅' }] });
    const history = (await office.agency('GET', `/api/records/${id}/history`)).json() as { kind: string }[] | { rows: { kind: string }[] };
    expect(JSON.stringify(history).split('assessments.delivered').length - 1).toBe(1);
    expect((await office.family('GET', '/api/family/conclusions')).json().rows[0]).toMatchObject({ id, receivedOn: '2026-12-17' });
  });

  test('moves the last day of a review to the days after receipt, and not the first day of the benefit', async () => {
    const personId = await anotherPerson(office);
    const id = await concluded(personId);
    const shown = async () => (await office.agency('GET', `/api/conclusions/${id}`)).json();
    const before = await shown();
    at('2027-01-16T01:00:00Z');
    const review = async () => ((await office.agency('GET', `/api/people/${personId}/application-kinds`)).json() as { kind: string; fits: boolean; reasons: { params: object }[] }[]).find((one) => one.kind === 'review')!;
    expect(await review()).toMatchObject({ fits: true, reasons: [{ params: { countsFromOn: '2026-12-17', lastRequestOn: '2027-01-16' } }] });
    at('2027-01-17T01:00:00Z');
    expect(await review()).toMatchObject({ fits: false });
    await deliver(id, { way: 'post', outcome: 'delivered', trackingNumber: 'EMS1234567', recipientName: '沈平', recipientRelation: 'family', happenedOn: '2026-12-28' });
    expect(await review()).toMatchObject({ fits: true, reasons: [{ params: { countsFromOn: '2026-12-28', lastRequestOn: addDays('2026-12-28', 30) } }] });
    expect(await shown()).toEqual({ ...before, state: 'valid', receivedOn: '2026-12-28' });
  });

  test('prints the form to be signed, for officers of the area only', async () => {
    const id = await concluded(await anotherPerson(office));
    const form = await township('GET', `/api/conclusions/${id}/delivery-form.pdf`);
    expect(form.headers['content-type']).toContain('application/pdf');
    expect(form.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await office.otherAgency('GET', `/api/conclusions/${id}/delivery-form.pdf`)).statusCode).toBe(404);
  });

  test('asks for a number where none is on record', async () => {
    const personId = await anotherPerson(office);
    const id = await concluded(personId);
    await sql`UPDATE assessments.application SET contact_phone = '' WHERE person_id = ${personId}`.execute(office.house.platform.databases.ownerDb);
    expect(await deliver(id, { way: 'message', outcome: 'underway' })).toMatchObject({ code: 'DELIVERY_PHONE' });
    expect((await township('POST', '/api/deliveries/messages', { districtCode: '990101' })).json()).toMatchObject({ withoutPhone: 1 });
  });
});

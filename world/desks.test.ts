/** Every desk of assessment has its work on the last day of the story, seen through the endpoints that its people use. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantOf } from '#kit/days.ts';
import { drawAsked, expertsNeeded, ownVisitAllowed } from '#domain/assessments/expert/rules.ts';
import { standingsOf } from '#domain/workers/index.ts';
import { assessorMustBeAdmitted } from '#domain/workers/policy.ts';
import { openTestHouse } from '#server/testing.ts';
import type { Caller, TestHouse } from '#server/testing.ts';
import { DEMO_PASSWORD } from './accounts.ts';
import { INSTITUTIONS } from './institutions.ts';
import { freshWorld } from './testing.ts';
import { WORLD_TODAY } from './today.ts';

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse(instantOf(WORLD_TODAY, 600).toISOString(), freshWorld());
}, 240_000);
afterAll(() => house.close());

async function signedIn(signInName: string): Promise<Caller> {
  const answer = await house.outsider('POST', '/api/session', { signInName, password: DEMO_PASSWORD });
  const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
  return (method, url, body, headers = {}) => house.outsider(method, url, body, { ...headers, cookie });
}

interface Page {
  total: number;
  rows: Record<string, unknown>[];
}

/** What an account reads; a refusal fails the test. */
async function read<T = Page>(signInName: string, url: string): Promise<T> {
  const answer = await (await signedIn(signInName))('GET', url);
  expect(answer.statusCode, `${signInName} ${url}: ${answer.body}`).toBe(200);
  return answer.json<T>();
}
const rows = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> => (await house.platform.databases.owner.query<R>(text, values)).rows;
const caseOf = async (name: string): Promise<string> => (await rows<{ id: string }>('SELECT a.id FROM assessments.application a JOIN people.person p ON p.district_code = a.district_code AND p.id = a.person_id WHERE p.name = $1 ORDER BY a.filed_at DESC', [name]))[0]!.id;
const names = (page: Page): unknown[] => page.rows.map((row) => row['personName']);

describe('before the visit', () => {
  test('two cases wait for papers that were promised, one of them over its day; in a copy of the database without its folder their files answer FILE_NOT_HERE', async () => {
    const queues = await read<Record<string, { open: number; overdue: number }>>('agency-01', '/api/applications/queues');
    expect(queues['supply']).toEqual({ open: 2, overdue: 1 });
    expect(queues['preReview']!.open).toBe(2);
    const papers = await read<{ supply: object; materials: { id: string; form: string }[] }>('agency-01', `/api/applications/${await caseOf('苏素梅')}/materials`);
    expect(papers.supply).toMatchObject({ materials: ['medicalRecord'], byOn: '2026-11-24', suppliedOn: null, overdue: false });
    const files = papers.materials.filter((one) => one.form === 'file');
    expect(files).toHaveLength(2);
    const agency = await signedIn('agency-01');
    for (const { id } of files) {
      const answer = await agency('GET', `/api/materials/${id}/file`);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'FILE_NOT_HERE']);
    }
    const late = await read<{ supply: object; materials: { id: string; form: string; pages: number | null }[] }>('agency-01', `/api/applications/${await caseOf('邱长庚')}/materials`);
    expect(late.supply).toMatchObject({ byOn: '2026-11-19', overdue: true });
    expect(late.materials.filter((one) => one.form === 'file')).toMatchObject([{ pages: 1 }]);
  });

  test('the township has two pre-reviews to make and let one go on', async () => {
    expect((await read<Record<string, { open: number }>>('township-01', '/api/applications/queues'))['preReview']!.open).toBe(2);
    expect(await read('township-01', `/api/applications/${await caseOf('陆松年')}/pre-reviews`)).toMatchObject({ owed: true, reviewedOn: '2026-11-18', rows: [{ result: 'goOn' }] });
  });

  test('a batch of at least twelve waits for dispatch, and both institutions would get orders', async () => {
    const preview = await read<{ cases: number; shares: unknown[]; unplaced: unknown[] }>('insurer-01', '/api/dispatch-batches/preview?districtCode=990101');
    expect(preview.cases).toBeGreaterThanOrEqual(12);
    expect([preview.shares.length, preview.unplaced.length]).toEqual([2, 0]);
  });

  test('an order waits for its answer, one was refused and went on to the other institution, one has its appointment tomorrow', async () => {
    expect(names(await read('assess-01', '/api/orders?state=open&pageSize=100'))).toContain('戴文彩');
    expect(names(await read('assess-01b', '/api/orders?state=open&pageSize=100'))).toContain('任素贞');
    expect(await read('insurer-01', `/api/orders?application=${await caseOf('任素贞')}`)).toMatchObject({ total: 2, rows: [{ state: 'open' }, { state: 'refused', reasonCode: 'NO_CAPACITY' }] });
    expect(await read('assessor-01', '/api/orders?from=2026-11-21&to=2026-11-21')).toMatchObject({ total: 1, rows: [{ personName: '方玉珍', state: 'accepted', windowFrom: '09:30' }] });
  });

  test('everybody who assesses stands in the register, one of them suspended; one has declared an interest', async () => {
    const { rows: people } = await read('agency-01', '/api/assessors?pageSize=100');
    expect(people.filter((one) => one['admittedOn'] !== null)).toHaveLength(people.length);
    expect(people.length).toBeGreaterThanOrEqual(11);
    expect(people.filter((one) => one['standing'] === 'ASSESSOR_SUSPENDED')).toMatchObject([{ suspendedToOn: '2026-12-11' }]);
    expect((await read('assess-01b', '/api/interests')).rows).toMatchObject([{ partyName: '阮秋白', relation: 'relative' }]);
  });
});

describe('cases filed in December', () => {
  test('every assessment institution has experts enough in the register: one goes on site, two confirm, a third settles a disagreement; and three others for a review', async () => {
    const filedOn = '2026-12-15';
    house.clock.now = instantOf(filedOn, 600);
    try {
      const policy = house.platform.policy;
      const { needed, atMost } = expertsNeeded(policy, filedOn);
      expect([policy.figure(assessorMustBeAdmitted, filedOn).value, drawAsked(policy, filedOn), ownVisitAllowed(policy, filedOn)]).toEqual([true, true, false]);
      const asked = Math.max(needed.value, atMost?.value ?? 0);
      const experts = await rows<{ id: string; institutionId: string | null; area: string | null }>(`SELECT a.id, a.institution_id AS "institutionId", a.area FROM identity.account a JOIN identity.role r ON r.code = a.role_code WHERE 'assessments.confirm' = ANY (r.permissions) AND a.disabled_at IS NULL`);
      const standings = await house.act((act) => standingsOf(act, experts.map((one) => one.id), filedOn));
      const active = experts.filter((one) => standings.get(one.id)!.value === 'active');
      for (const place of INSTITUTIONS.filter((one) => one.kind === 'assessment')) {
        const own = active.filter((one) => one.institutionId === place.id);
        const listed = active.filter((one) => one.area !== null && place.district.startsWith(one.area));
        expect(own.length, `${place.name}: somebody to send`).toBeGreaterThanOrEqual(1);
        expect(own.length - 1 + listed.length, `${place.name}: to draw from`).toBeGreaterThanOrEqual(asked);
        expect(own.length - 1 + listed.length - asked, `${place.name}: for a review by others`).toBeGreaterThanOrEqual(asked);
      }
      expect((await read('bureau', '/api/assessors?register=expert&standing=active&pageSize=100')).rows.filter((one) => one['institutionName'] === null)).toHaveLength(6);
    } finally {
      house.clock.now = instantOf(WORLD_TODAY, 600);
    }
  });
});

describe('from the visit to the notice', () => {
  test('a visit has its review film whole, of the full film a part, three photographs and an explained contradiction', async () => {
    const [one] = await rows<{ id: string }>('SELECT id FROM assessments.assessment WHERE application_id = $1', [await caseOf('姚金玲')]);
    const visit = await read<{ video: { rendition: string; sealedAt: string | null; missing: number[] }[]; evidence: { id: string }[]; contradictions: object[] }>('expert-01b', `/api/assessments/${one!.id}/site-visit`);
    expect(visit.video.find((two) => two.rendition === 'low')!.sealedAt).not.toBeNull();
    expect(visit.video.find((two) => two.rendition === 'full')).toMatchObject({ sealedAt: null, missing: [2, 3, 4] });
    expect(visit.evidence).toHaveLength(3);
    expect(visit.contradictions).toContainEqual(expect.objectContaining({ code: 'BED_BOUND_CLIMBS_STAIRS', remark: expect.stringContaining('康复记录') }));
    expect((await (await signedIn('expert-01b'))('GET', `/api/assessments/${one!.id}/site-visit/video/low`)).json()).toMatchObject({ code: 'FILE_NOT_HERE' });
  });

  test('two experts disagree and the third does not see what they said', async () => {
    const scrutiny = await read<{ voices: number; hidden: boolean }>('expert-01c', `/api/applications/${await caseOf('崔守仁')}/scrutiny`);
    expect(scrutiny).toMatchObject({ voices: 2, hidden: true, needed: 2, atMost: 3 });
  });

  test('a case that the insurer sent back before waits for its check again', async () => {
    expect(names(await read('insurer-01', '/api/applications?waitsFor=check'))).toEqual(['熊桂香']);
  });

  test('a case came back from the insurer for the second time, with a deadline', async () => {
    const page = await read('assess-01', '/api/returns?state=open');
    expect(page.rows).toMatchObject([{ personName: '孟宪章', nth: 2, by: 'insurerCheck', dueOn: '2026-11-27', late: false }]);
    expect((await read<{ changeInstitution: object }>('insurer-01', `/api/applications/${await caseOf('孟宪章')}/scrutiny`)).changeInstitution).toMatchObject({ returns: 2, max: 2 });
  });

  test('results are ready in two communities; a poster has its photograph, one lacks it near the last day, one was missing for two days', async () => {
    const waiting = await read<{ community: string; cases: number }[]>('agency-01', '/api/notices/batches/waiting');
    for (const [community, cases] of [['桥南社区', 3], ['书院社区', 4]] as const) expect(waiting.find((one) => one.community === community)!.cases).toBeGreaterThanOrEqual(cases);
    const batch = async (community: string) => (await read('agency-01', '/api/notices/batches?state=running&pageSize=100')).rows.find((one) => one['community'] === community && Number(one['notices']) > 1)!;
    expect(await batch('文昌阁社区')).toMatchObject({ notices: 3, proofs: 1, proofUrgent: false });
    expect(await batch('白云社区')).toMatchObject({ notices: 2, proofs: 0, proofUrgent: true, endsOn: '2026-11-21' });
    expect(await batch('山前村')).toMatchObject({ notices: 3, proofs: 1, endsOn: '2026-11-22' });
  });

  test('the objection against 冯秀英 has a number that anybody can ask for with the contact left', async () => {
    const [objection] = await rows<{ number: string; contact: string }>('SELECT number, contact FROM notices.objection');
    expect((await house.outsider('POST', '/api/public/objections/receipt', objection)).json()).toMatchObject({ number: objection!.number, receivedOn: '2026-11-16' });
  });
});

describe('after the conclusion', () => {
  test('a letter waits after a failed attempt, another was signed for', async () => {
    expect((await read('assess-01', '/api/deliveries/waiting?due=failed')).rows).toMatchObject([{ personName: '秦桂珠', failures: 1, lastAttempt: { failure: 'nobodyHome' } }]);
    const [signed] = await rows<{ id: string }>(`SELECT c.id FROM assessments.conclusion c JOIN people.person p ON p.id = c.person_id WHERE p.name = '龚守田'`);
    const record = await read<{ attempts: { proof: object }[] }>('assess-01', `/api/conclusions/${signed!.id}/deliveries`);
    expect(record).toMatchObject({ receivedOn: '2026-11-13', attempts: [{ way: 'handedOver', recipientName: '龚力' }] });
    expect(record.attempts[0]!.proof).toMatchObject({ mediaType: 'image/png' });
    expect((await read('agency-01', '/api/deliveries/waiting')).total).toBeLessThan(20);
  });

  test('conclusions end in 10, 41 and 55 days, and one has ended while care goes on', async () => {
    const page = await read('agency-01', '/api/conclusions/expiring?pageSize=100');
    const days = new Map(page.rows.map((row) => [row['personName'], row['daysLeft']]));
    expect([days.get('范玉芝'), days.get('邓若兰'), days.get('彭守信')]).toEqual([10, 41, 55]);
    expect(page.rows[0]).toMatchObject({ personName: '汤玉茹', group: 'lapsed', careRuns: true });
  });

  test('a benefit paused for a hospital stay waits for its re-check', async () => {
    expect((await read('township-01', '/api/suspensions?recheck=open')).total + (await read('agency-01', '/api/suspensions?recheck=open')).total).toBeGreaterThan(0);
    expect((await read('agency-01', '/api/suspensions?recheck=open')).rows).toMatchObject([{ personName: '贺兰英', reason: 'admission', state: 'paused' }]);
  });

  test('a review overturned the first result and its fee was taken back; a spot check lowered a grade', async () => {
    const grades = (name: string) => rows<{ kind: string; grade: number }>(`SELECT a.kind, c.grade FROM assessments.conclusion c JOIN assessments.application a ON a.id = c.application_id JOIN people.person p ON p.id = c.person_id WHERE p.name = $1 ORDER BY c.concluded_at`, [name]);
    expect(await grades('万秀莲')).toEqual([{ kind: 'initial', grade: 2 }, { kind: 'review', grade: 4 }]);
    expect(await grades('施国梁')).toEqual([{ kind: 'initial', grade: 5 }, { kind: 'spotCheck', grade: 3 }]);
    expect(await rows(`SELECT month::text, code, amount_fen AS "amountFen" FROM assessments.fee_line WHERE code = 'FEE_TAKEN_BACK'`)).toEqual([{ month: '2026-09-01', code: 'FEE_TAKEN_BACK', amountFen: -20_000 }]);
  });

  test('one complaint is open, one was found justified', async () => {
    expect((await read('agency-01', '/api/complaints?state=open')).total).toBe(1);
    expect((await read('assess-01', '/api/complaints')).rows).toMatchObject([{ state: 'upheld', subject: 'procedure' }]);
  });
});

describe('a year of quality and fees', () => {
  test('both institutions have returns, late visits and refused orders, at rates that can be believed', async () => {
    const found = await rows<{ name: string; figure: string; share: number }>(`SELECT i.name, f.figure, (sum(f.numerator) / sum(f.denominator))::float AS share FROM assessments.quality_figure f
      JOIN providers.institution i ON i.id = f.institution_id WHERE f.assessor_account_id IS NULL AND f.figure IN ('returnRate', 'visitLate', 'uploadLate', 'orderRefused') GROUP BY 1, 2`);
    expect(new Set(found.map((one) => one.name)).size).toBe(2);
    for (const one of found) expect(one.share, `${one.name} ${one.figure}`).toBeLessThan(0.2);
    for (const figure of ['returnRate', 'visitLate', 'uploadLate', 'orderRefused']) expect(found.some((one) => one.figure === figure && one.share > 0), figure).toBe(true);
    expect((await rows<{ months: number }>(`SELECT count(DISTINCT month)::int AS months FROM assessments.quality_month`))[0]!.months).toBe(12);
    const overview = await read<{ basis: string; institutions: unknown[] }>('bureau', '/api/quality?month=2026-09&district=990101');
    expect(overview).toMatchObject({ basis: 'kept' });
    expect(overview.institutions).toHaveLength(2);
  });

  test('fees are paid until September 2026 and drafted for October', async () => {
    expect(await rows(`SELECT DISTINCT state FROM assessments.fee_statement WHERE month < '2026-10-01'`)).toEqual([{ state: 'paid' }]);
    expect((await read('assess-01b', '/api/fee-statements?month=2026-10')).rows).toMatchObject([{ state: 'drafted' }]);
  });
});

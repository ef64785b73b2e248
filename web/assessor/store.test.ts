/** The phone's own database: every change stands at once, and nothing goes before the server has it. */
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test } from 'vitest';
import { Problem } from '../../kit/client.ts';
import type { Api } from './api.ts';
import { checkNumber } from './number-check.ts';
import { lacksOf } from './store/missing.ts';
import type { Phone } from './store/open.ts';
import { deviceOf, openPhone } from './store/open.ts';
import { addEvidence, addPiece, bytesOf, dropPart, durationOf, partsOf, takeBeginnings } from './store/parts.ts';
import { sha256Of } from './store/pieces.ts';
import { sendVisit } from './store/sender.ts';
import type { Visit } from './store/shapes.ts';
import { beginVisit, changeVisit, forgetOrders, keepPackage, listVisits, readPackage } from './store/visits.ts';
import { ORDER, PACKAGE } from './testing.ts';

const NOW = new Date('2026-12-10T02:10:00Z');
let accounts = 0;
let phones: Phone[] = [];

async function newPhone(account = `account-${(accounts += 1)}`): Promise<Phone> {
  const phone = await openPhone(account);
  phones.push(phone);
  return phone;
}

afterEach(() => {
  for (const phone of phones) phone.close();
  phones = [];
});

async function begun(phone: Phone): Promise<Visit> {
  const kept = await keepPackage(phone, PACKAGE, NOW);
  return (await beginVisit(phone, kept, ORDER, NOW))!;
}

const film = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const piece = (kind: 'low' | 'full', take: number, text: string, fromS: number, untilS: number) =>
  ({ kind, take, mediaType: 'video/webm', bytes: film(text), fromAt: new Date(NOW.getTime() + fromS * 1000), takenAt: new Date(NOW.getTime() + untilS * 1000) });

describe('a visit on the phone', () => {
  test('comes back as it was left when the page is gone', async () => {
    const phone = await newPhone('comes-back');
    const visit = await begun(phone);
    await changeVisit(phone, visit.id, NOW, ({ content }) => ({ step: 'items', item: 'memory', content: { ...content, answers: { stairs: { points: 5, answeredAt: NOW.toISOString() } } } }));
    await addPiece(phone, visit.id, piece('low', 1, 'a piece', 0, 10));
    phone.close();
    const again = await newPhone('comes-back');
    const [one] = await listVisits(again);
    expect(one!.visit).toMatchObject({ step: 'items', item: 'memory', revision: 2, content: { answers: { stairs: { points: 5 } } } });
    expect(one!.ground.case.personName).toBe('吴建国');
    const [part] = await partsOf(again, visit.id);
    expect(new TextDecoder().decode(await bytesOf(again, part!.id))).toBe('a piece');
    expect(part!.sha256).toBe(await sha256Of(film('a piece')));
  });

  test('counts a revision for each change of its content and none for a step', async () => {
    const phone = await newPhone();
    const { id } = await begun(phone);
    expect((await changeVisit(phone, id, NOW, () => ({ step: 'persons' })))!.revision).toBe(1);
    expect((await changeVisit(phone, id, NOW, ({ content }) => ({ content: { ...content, placeText: '医院' } })))!.revision).toBe(2);
    expect((await changeVisit(phone, id, NOW, ({ content }) => ({ content: { ...content, placeText: '医院' } })))!.revision).toBe(2);
  });

  test('loses no change of many made at the same time', async () => {
    const phone = await newPhone();
    const { id } = await begun(phone);
    await Promise.all(Array.from({ length: 40 }, (_, at) => changeVisit(phone, id, NOW, ({ content }) => ({ content: { ...content, remarks: { ...content.remarks, [`R${at}`]: 'x' } } }))));
    const visit = (await phone.get('visits', id))!;
    expect(Object.keys(visit.content.remarks)).toHaveLength(40);
    expect(visit.revision).toBe(41);
  });

  test('of a case is begun once, however often the button is pressed', async () => {
    const phone = await newPhone();
    const first = await begun(phone);
    expect((await begun(phone)).id).toBe(first.id);
    expect(await listVisits(phone)).toHaveLength(1);
  });

  test('belongs to its account: another one on the same phone does not see it', async () => {
    await begun(await newPhone('one-assessor'));
    const other = await newPhone('another-assessor');
    expect(await listVisits(other)).toEqual([]);
    expect(await readPackage(other)).toBeUndefined();
  });

  test('stays when its case is taken from the list', async () => {
    const phone = await newPhone();
    await begun(phone);
    await keepPackage(phone, { ...PACKAGE, cases: [], scales: [] }, NOW);
    const [one] = await listVisits(phone);
    expect(one!.ground.scale.id).toBe('two-items');
  });

  test('stays when its assessor signs out, with what it rests on; the list of orders and old receipts do not', async () => {
    const phone = await newPhone();
    const visit = await begun(phone);
    await addPiece(phone, visit.id, piece('low', 1, 'a', 0, 10));
    const receipt = { visitId: 'sent', applicationId: 'x', number: '1', personName: '吴建国', assessmentId: 'y', gradeZh: '', gradeEn: '', sentAt: NOW.toISOString(), answers: 0, photos: 0, lowPieces: 0, fullPieces: 0 };
    for (const [visitId, days] of [['fresh', 29], ['old', 31]] as const) await phone.put('receipts', { ...receipt, visitId, sentAt: new Date(NOW.getTime() - days * 86_400_000).toISOString() });
    await forgetOrders(phone, NOW);
    expect(await readPackage(phone)).toBeUndefined();
    expect((await listVisits(phone)).map((one) => one.ground.case.personName)).toEqual(['吴建国']);
    expect([await phone.count('bytes'), await phone.getAllKeys('receipts')]).toEqual([1, ['fresh']]);
  });

  test('knows how far the phone\'s clock is off', async () => {
    const phone = await newPhone();
    const kept = await keepPackage(phone, PACKAGE, new Date('2026-12-10T02:03:20Z'));
    expect(kept.offsetMs).toBe(200_000);
  });
});

describe('pieces of the video', () => {
  test('are numbered through, also over a second take', async () => {
    const phone = await newPhone();
    const { id } = await begun(phone);
    for (const one of [piece('low', 1, 'a', 0, 10), piece('full', 1, 'A', 0, 10), piece('low', 1, 'b', 10, 16), piece('low', 2, 'c', 100, 104)]) await addPiece(phone, id, one);
    const low = (await partsOf(phone, id)).filter((one) => one.kind === 'low');
    expect(low.map((one) => one.number)).toEqual([0, 1, 2]);
    expect(takeBeginnings(low)).toEqual([0, 2]);
    expect(durationOf(low)).toBe(20_000);
  });

  test('and photographs: one signature per person, and a photograph can be deleted until it was sent', async () => {
    const phone = await newPhone();
    const { id } = await begun(phone);
    const sign = (text: string) => addEvidence(phone, id, { subject: 'guardianSignature', item: null, mediaType: 'image/png', bytes: film(text), takenAt: NOW });
    await sign('first');
    const second = await sign('second');
    expect((await partsOf(phone, id)).map((one) => one.id)).toEqual([second.id]);
    await dropPart(phone, second.id);
    expect(await partsOf(phone, id)).toEqual([]);
    expect(await bytesOf(phone, second.id)).toBeUndefined();
  });
});

describe('what a visit still lacks', () => {
  test('is said step by step until nothing is missing', async () => {
    const phone = await newPhone();
    const visit = await begun(phone);
    const ground = (await phone.get('grounds', visit.id))!;
    expect(lacksOf(visit, ground, []).map((one) => one.what)).toEqual([
      'arrivedAt', 'place', 'staffIdentityShown', 'consent', 'applicant', 'companions', 'experts', 'guardian', 'video', 'answers', 'interviewNote', 'leftAt',
    ]);
    const at = NOW.toISOString();
    const answers = { stairs: { points: 5, answeredAt: at }, memory: { points: 0, answeredAt: at } };
    const content = {
      ...visit.content, arrivedAt: at, leftAt: at, placeMissing: '地下室', staffIdentityShown: true, consentAt: at, companionIds: [PACKAGE.companions[0]!.accountId], interviewNote: '一般', answers,
      applicant: { document: 'identityCard' as const, identityNumber: ORDER.identityNumber }, guardian: { name: '吴敏', relation: 'child' as const, identityNumber: '123X', checkedBy: 'identityCard' as const },
    };
    await addPiece(phone, visit.id, piece('low', 1, 'a', 0, 10));
    for (const subject of ['companionSignature', 'guardianSignature'] as const) await addEvidence(phone, visit.id, { subject, item: null, mediaType: 'image/png', bytes: film(subject), takenAt: NOW });
    const parts = await partsOf(phone, visit.id);
    expect(lacksOf({ ...visit, content }, ground, parts)).toEqual([{ step: 'review', what: 'remarks', count: 1 }]);
    expect(lacksOf({ ...visit, content: { ...content, remarks: { STAIRS_AND_MEMORY: '晚上才糊涂' } } }, ground, parts)).toEqual([]);
  });

  test('names the video where the case must be recorded, and asks for a reason where it need not', async () => {
    const phone = await newPhone();
    const visit = await begun(phone);
    const ground = (await phone.get('grounds', visit.id))!;
    const free = { ...ground, case: { ...ground.case, policy: { ...ground.case.policy, videoRequired: false } } };
    const refused = { ...visit, content: { ...visit.content, videoMissing: '家属不同意' } };
    const videoOf = (one: Visit, on: typeof ground) => lacksOf(one, on, []).filter(({ step }) => step === 'video').map(({ what }) => what);
    expect([videoOf(visit, ground), videoOf(refused, ground), videoOf(visit, free), videoOf(refused, free)]).toEqual([['video'], ['video'], ['videoMissing'], []]);
  });

  test('a number is compared by all eighteen or the last six characters', () => {
    const known = '990101195010010179';
    expect(checkNumber('010179', known)).toEqual({ state: 'agrees', full: known });
    expect(checkNumber('010178', known)).toEqual({ state: 'differs', full: null });
    expect(checkNumber('990101', known)).toEqual({ state: 'open', full: null });
    expect(checkNumber(known, known)).toEqual({ state: 'agrees', full: known });
    expect(checkNumber('990101195010010187', known)).toEqual({ state: 'differs', full: '990101195010010187' });
    expect(checkNumber('9901', known)).toEqual({ state: 'open', full: null });
  });
});

/** A server that takes everything, remembers what came, and fails where a test tells it to. */
function serverThat(fails: (call: string, times: number) => Problem | undefined = () => undefined): { api: Api; came: string[] } {
  const came: string[] = [];
  const seen = new Map<string, number>();
  const call = async (key: string, input: { params: Record<string, unknown>; upload?: File }) => {
    const name = `${key.split('/').slice(5).join('/').replace(/\{(\w+)\}/g, (_, one: string) => String(input.params[one]))}` || 'content';
    seen.set(name, (seen.get(name) ?? 0) + 1);
    const problem = fails(name, seen.get(name)!);
    if (problem) throw problem;
    came.push(name);
    if (key.startsWith('POST')) return { id: 'made', gradeZh: '重度Ⅱ', gradeEn: 'Severe II' };
    return { sealedAt: NOW.toISOString(), missing: [] };
  };
  return { api: call as unknown as Api, came };
}

const offline = () => new Problem({ code: 'OFFLINE', status: 0, title: '连不上' });

async function ready(phone: Phone): Promise<Visit> {
  const { id } = await begun(phone);
  for (const one of [piece('low', 1, 'a', 0, 10), piece('low', 1, 'b', 10, 16), piece('full', 1, 'A', 0, 10)]) await addPiece(phone, id, one);
  await addEvidence(phone, id, { subject: 'other', item: null, mediaType: 'image/jpeg', bytes: film('photo'), takenAt: NOW });
  return (await changeVisit(phone, id, NOW, () => ({ finishedAt: NOW.toISOString() })))!;
}

const ME = '01990000-0000-7000-8000-00000000000a';
const sending = (phone: Phone, api: Api, free = true, signedIn: string | null = ME) => ({ phone, api, accountId: ME, signedInAs: async () => signedIn, net: () => ({ free }), clock: () => NOW, went: () => undefined });

describe('sending a visit', () => {
  test('brings each thing once, and only the receipt stays on the phone', async () => {
    const phone = await newPhone();
    const visit = await ready(phone);
    const { api, came } = serverThat();
    const outcome = await sendVisit(sending(phone, api), visit.id);
    expect(outcome).toMatchObject({ done: 'sent', receipt: { assessmentId: 'made', photos: 1, lowPieces: 2, fullPieces: 1, gradeZh: '重度Ⅱ' } });
    expect(came).toEqual(['content', expect.stringContaining('evidence/'), 'video/low/0', 'video/low/1', 'video/low', 'submit', 'video/full/0', 'video/full']);
    expect([await phone.count('visits'), await phone.count('grounds'), await phone.count('parts'), await phone.count('bytes'), await phone.count('receipts')]).toEqual([0, 0, 0, 0, 1]);
  });

  test('goes on after a lost connection with the piece that failed, and repeats nothing', async () => {
    const phone = await newPhone();
    const visit = await ready(phone);
    const { api, came } = serverThat((call, times) => (call === 'video/low/1' && times === 1 ? offline() : undefined));
    expect(await sendVisit(sending(phone, api), visit.id)).toEqual({ done: 'again', title: '连不上' });
    expect(await sendVisit(sending(phone, api), visit.id)).toMatchObject({ done: 'sent' });
    expect(new Set(came).size).toBe(came.length);
  });

  test('sends pieces again that the server misses when it is told how many there are', async () => {
    const phone = await newPhone();
    const visit = await ready(phone);
    const { api, came } = serverThat();
    let asked = 0;
    const forgetful = (async (key: string, input: never) => (key.endsWith('{rendition}') && (asked += 1) === 1 ? { sealedAt: null, missing: [0] } : (api as unknown as (key: string, input: never) => Promise<unknown>)(key, input))) as unknown as Api;
    expect(await sendVisit(sending(phone, forgetful), visit.id)).toMatchObject({ done: 'sent' });
    expect(came.filter((one) => one === 'video/low/0')).toHaveLength(2);
    expect(came.filter((one) => one === 'video/low/1')).toHaveLength(1);
  });

  test('of somebody signed out keeps everything and asks to sign in', async () => {
    const phone = await newPhone();
    const visit = await ready(phone);
    const { api } = serverThat(() => new Problem({ code: 'SIGN_IN_NEEDED', status: 401, title: '请先登录。' }));
    expect(await sendVisit(sending(phone, api), visit.id)).toEqual({ done: 'signedOut' });
    expect((await phone.get('visits', visit.id))!.sent.refusal).toBeNull();
    expect(await phone.count('bytes')).toBe(4);
  });

  test('that the server refuses keeps the reason in place, and waits for the assessor', async () => {
    const phone = await newPhone();
    const visit = await ready(phone);
    const { api, came } = serverThat((call) => (call === 'submit' ? new Problem({ code: 'SITE_TIMES', status: 422, title: '上门时间不对。' }) : undefined));
    expect(await sendVisit(sending(phone, api), visit.id)).toEqual({ done: 'refused' });
    expect((await phone.get('visits', visit.id))!.sent).toMatchObject({ refusal: { code: 'SITE_TIMES', title: '上门时间不对。' }, made: null, sealed: ['low'] });
    const before = came.length;
    expect(await sendVisit(sending(phone, api), visit.id)).toEqual({ done: 'nothing' });
    expect(came).toHaveLength(before);
  });

  test('is not marked as somebody else\'s, or refused, because another person signed in on the phone meanwhile', async () => {
    const phone = await newPhone();
    const visit = await ready(phone);
    for (const problem of [new Problem({ code: 'SITE_VISIT_FOREIGN', status: 403, title: '另一个账号' }), new Problem({ code: 'NOT_PERMITTED', status: 403, title: '没有权限' }), new Problem({ code: 'SITE_VISIT_ACCOUNT', status: 409, title: '另一个账号' })]) {
      expect(await sendVisit(sending(phone, serverThat(() => problem).api, true, 'another'), visit.id)).toEqual({ done: 'signedOut' });
      expect((await phone.get('visits', visit.id))!.sent.refusal).toBeNull();
    }
    expect(await sendVisit(sending(phone, serverThat(() => new Problem({ code: 'SITE_VISIT_FOREIGN', status: 403, title: '另一个账号' })).api), visit.id)).toEqual({ done: 'refused' });
  });

  test('over a paid network hands in without the full video, and keeps it', async () => {
    const phone = await newPhone();
    const visit = await ready(phone);
    const { api, came } = serverThat();
    expect(await sendVisit(sending(phone, api, false), visit.id)).toEqual({ done: 'nothing' });
    expect(came.at(-1)).toBe('submit');
    expect((await partsOf(phone, visit.id)).filter((one) => !one.sent).map((one) => one.kind)).toEqual(['full']);
  });

  test('of a phone keeps its name from one visit to the next', async () => {
    const phone = await newPhone();
    expect(await deviceOf(phone)).toBe(await deviceOf(phone));
    expect((await deviceOf(phone)).length).toBeGreaterThan(20);
  });
});

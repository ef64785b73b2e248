/** The video in pieces: gaps are told, nothing is kept twice, the whole is sealed and played back in parts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatchedCase, openTestOffice } from '../testing.ts';
import type { TestOffice } from '../testing.ts';
import { sealOf } from './rules.ts';
import { beginVisit, film, piece, send, sha256, strayFiles } from './testing.ts';

let office: TestOffice;
let caseId: string;
let id: string;

beforeAll(async () => {
  office = await openTestOffice('2026-09-15T02:00:00Z');
  caseId = await dispatchedCase(office, office.personId);
});
afterAll(() => office?.house.close());

const codeOf = (answer: { json(): { code?: string } }) => answer.json().code;
const put = (at: number, bytes: Buffer, told = sha256(bytes), rendition = 'low') => send(office.assessor, `/api/on-site/visits/${id}/video/${rendition}/${at}?sha256=${told}`, bytes);
const tell = (pieces: number, more: object = {}) => office.assessor('PUT', `/api/on-site/visits/${id}/video/low`, { mediaType: 'video/webm', pieces, durationMs: 30_000, ...more });
const low = async () => ((await office.assessor('GET', `/api/on-site/visits/${id}/video`)).json() as { rendition: string }[]).find((one) => one.rendition === 'low') as unknown as { missing: number[]; sealedAt: string | null; sealSha256: string | null; received: number };

describe('pieces', () => {
  it('come in any order and more than once, and the gaps are told', async () => {
    ({ id } = await beginVisit(office, caseId));
    expect((await put(3, piece(3, 'a'))).json()).toEqual({ piece: 3, sha256: sha256(piece(3, 'a')), bytes: 200 });
    expect((await put(0, piece(0, 'a'))).statusCode).toBe(200);
    expect((await put(3, piece(3, 'a'))).statusCode).toBe(200);
    expect(await low()).toMatchObject({ received: 2, missing: [1, 2], sealedAt: null });
  });

  it('another content for a stored piece is refused, damaged bytes too', async () => {
    expect(codeOf(await put(3, piece(3, 'b')))).toBe('VIDEO_PIECE_OTHER');
    expect(codeOf(await put(1, piece(1, 'a'), sha256(piece(1, 'b'))))).toBe('VIDEO_PIECE_HASH');
    expect(codeOf(await put(1, Buffer.alloc(0)))).toBe('VIDEO_PIECE_HASH');
    expect(codeOf(await put(1, Buffer.alloc(4 * 1024 * 1024 + 1)))).toBe('VIDEO_PIECE_TOO_LARGE');
  });

  it('a manifest below what arrived is refused; told rightly the last piece seals it', async () => {
    expect(codeOf(await tell(3))).toBe('VIDEO_PIECE_BEYOND');
    expect((await tell(4)).json()).toMatchObject({ missing: [1, 2], sealedAt: null });
    await put(2, piece(2, 'a'));
    expect((await low()).sealedAt).toBeNull();
    await put(1, piece(1, 'a'));
    const sealed = await low();
    expect(sealed).toMatchObject({ missing: [], sealedAt: '2026-09-15T02:00:00.000Z', sealSha256: sealOf([0, 1, 2, 3].map((at) => ({ sha256: sha256(piece(at, 'a')) }))) });
    const { rows } = await office.house.platform.databases.owner.query(`SELECT data->>'sealSha256' AS seal FROM platform.event WHERE kind = 'assessments.siteVideoSealed' AND subject_id = $1`, [id]);
    expect(rows).toEqual([{ seal: sealed.sealSha256 }]);
  });

  it('after the seal the same is answered the same, and nothing else is taken', async () => {
    expect((await tell(4)).statusCode).toBe(200);
    expect(codeOf(await tell(5))).toBe('VIDEO_MANIFEST_OTHER');
    expect((await put(2, piece(2, 'a'))).statusCode).toBe(200);
    expect(codeOf(await put(4, piece(4, 'a')))).toBe('VIDEO_PIECE_BEYOND');
  });

  it('that are refused leave no file behind', async () => {
    expect(await strayFiles(office.house)).toBe(0);
  });

  it('the first piece must be a film, of the kind that was told', async () => {
    ({ id } = await beginVisit(office, caseId));
    expect(codeOf(await put(0, Buffer.from('no film at all')))).toBe('VIDEO_TYPE');
    await put(0, piece(0, 'c'));
    expect(codeOf(await tell(1, { mediaType: 'video/mp4' }))).toBe('VIDEO_TYPE');
    expect(codeOf(await tell(3, { takes: [0, 3] }))).toBe('VIDEO_TAKES');
    expect(codeOf(await tell(3, { takes: [1] }))).toBe('VIDEO_TAKES');
  });

  it('seals once although the last pieces arrive at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      ({ id } = await beginVisit(office, caseId));
      await Promise.all([...Array(8).keys()].map((at) => put(at, piece(at, round))).concat(tell(8)));
      expect((await low()).sealedAt).not.toBeNull();
      const { rows } = await office.house.platform.databases.owner.query(`SELECT count(*)::int AS n FROM platform.event WHERE kind = 'assessments.siteVideoSealed' AND subject_id = $1`, [id]);
      expect(rows).toEqual([{ n: 1 }]);
    }
  });
});

describe('playing', () => {
  it('serves the joined takes, whole and in ranges of bytes', async () => {
    const whole = await beginVisit(office, caseId);
    id = whole.id;
    for (const at of [0, 1, 2, 3, 4]) await put(at, piece(at === 3 ? 0 : at, 'd', 100 + at));
    await tell(5, { takes: [0, 3] });
    const made = await office.assessor('POST', `/api/on-site/visits/${id}/submit`, { revision: 1 });
    const address = `/api/assessments/${made.json().id}/site-visit/video`;
    const film1 = Buffer.concat([0, 1, 2].map((at) => piece(at, 'd', 100 + at)));
    const all = await office.agency('GET', `${address}/low`);
    expect([all.statusCode, all.headers['content-type'], all.headers['content-length'], all.rawPayload.equals(film1)]).toEqual([200, 'video/webm', String(film1.length), true]);
    for (const [from, to] of [[0, 0], [0, 49], [100, 260], [film1.length - 3, film1.length - 1]] as const) {
      const part = await office.agency('GET', `${address}/low`, undefined, { range: `bytes=${from}-${to}` });
      expect([part.statusCode, part.headers['content-range'], part.rawPayload.equals(film1.subarray(from, to + 1))]).toEqual([206, `bytes ${from}-${to}/${film1.length}`, true]);
    }
    expect((await office.agency('GET', `${address}/low`, undefined, { range: `bytes=${film1.length}-` })).statusCode).toBe(416);
    const second = await office.agency('GET', `${address}/low?take=1`);
    expect(second.rawPayload.equals(Buffer.concat([piece(0, 'd', 103), piece(4, 'd', 104)]))).toBe(true);
    expect((await office.agency('GET', `${address}/low?take=2`)).statusCode).toBe(404);
    expect(codeOf(await office.agency('GET', `${address}/full`))).toBe('VIDEO_NOT_SEALED');
    for (const outside of [office.otherAgency, office.otherAssessor]) expect((await outside('GET', `${address}/low`)).statusCode).toBe(404);
    expect((await office.family('GET', `${address}/low`)).statusCode).toBe(403);
    // The full rendition may follow.
    await film(office.assessor, id, 'full', 3);
    expect((await office.experts[0]('GET', `${address}/full`)).statusCode).toBe(200);
  });
});

/** What is sent next, what a failure means, and how long to wait. */
import { describe, expect, test } from 'vitest';
import { failureOf, lotsOf, nextWork, pauseMs } from './store/outbox.ts';
import type { Work } from './store/outbox.ts';
import { cutPiece, sha256Of, turnOf } from './store/pieces.ts';
import type { Part } from './store/shapes.ts';
import { finishedVisit, partOf } from './testing.ts';

const FREE = { free: true };
const PAID = { free: false };

describe('the order in which a visit is sent', () => {
  test('is answers, photographs, the low video, handing in, the full video, the receipt', () => {
    let visit = finishedVisit();
    let parts = [partOf('evidence', 0), partOf('low', 0), partOf('low', 1), partOf('full', 0)];
    const done: string[] = [];
    for (let work = nextWork(visit, parts, FREE); work !== null && done.length < 20; work = nextWork(visit, parts, FREE)) {
      done.push(nameOf(work));
      if (work.do === 'close') break;
      if (work.do === 'visit') visit = { ...visit, sent: { ...visit.sent, revision: visit.revision } };
      if (work.do === 'part') parts = parts.map((one) => (one === work.part ? { ...one, sent: true } : one));
      if (work.do === 'manifest') visit = { ...visit, sent: { ...visit.sent, sealed: [...visit.sent.sealed, work.rendition] } };
      if (work.do === 'submit') visit = { ...visit, sent: { ...visit.sent, made: { assessmentId: 'a', gradeZh: '', gradeEn: '', at: '' } } };
    }
    expect(done).toEqual(['visit', 'evidence 0', 'low 0', 'low 1', 'manifest low', 'submit', 'full 0', 'manifest full', 'close']);
  });

  test('leaves the full video for Wi-Fi, unless the assessor asks for it', () => {
    const visit = made();
    const parts = [{ ...partOf('low', 0), sent: true }, partOf('full', 0)];
    expect(nextWork(visit, parts, PAID)).toBeNull();
    expect(lotsOf(visit, parts, PAID, false).find((one) => one.name === 'full')!.state).toBe('held');
    expect(nextWork(visit, parts, FREE)).toMatchObject({ do: 'part' });
    expect(nextWork({ ...visit, sent: { ...visit.sent, fullAsked: true } }, parts, PAID)).toMatchObject({ do: 'part' });
  });

  test('of a visit without video ends with the receipt over any network', () => {
    expect(nextWork(made(), [{ ...partOf('evidence', 0), sent: true }], PAID)).toEqual({ do: 'close' });
  });

  test('sends the answers again after they were changed, before anything else', () => {
    const visit = { ...finishedVisit(), revision: 9 };
    expect(nextWork({ ...visit, sent: { ...visit.sent, revision: 8 } }, [partOf('evidence', 0)], FREE)).toEqual({ do: 'visit' });
  });

  test('stands still while a visit is not finished, or the server said no', () => {
    const visit = finishedVisit();
    expect(nextWork({ ...visit, finishedAt: null }, [], FREE)).toBeNull();
    expect(nextWork({ ...visit, sent: { ...visit.sent, refusal: { code: 'SITE_TIMES', title: '', details: [] } } }, [], FREE)).toBeNull();
  });
});

describe('a failed call', () => {
  test('without an answer, or with a broken server, is tried again later', () => {
    for (const problem of [{ status: 0, code: 'OFFLINE' }, { status: 503, code: 'HTTP_503' }, { status: 500, code: 'FAULT' }, { status: 429, code: 'HTTP_429' }]) expect(failureOf(problem)).toBe('again');
  });

  test('of somebody signed out asks to sign in; of a foreign case says so; any other no is shown', () => {
    expect(failureOf({ status: 401, code: 'SIGN_IN_NEEDED' })).toBe('signedOut');
    expect(failureOf({ status: 403, code: 'ASSESSMENT_INSTITUTION' })).toBe('notOurs');
    expect(failureOf({ status: 404, code: 'NOT_FOUND' })).toBe('notOurs');
    expect(failureOf({ status: 422, code: 'SITE_IDENTITY_MISMATCH' })).toBe('refused');
    expect(failureOf({ status: 409, code: 'VIDEO_NEEDED' })).toBe('refused');
  });

  test('is followed by pauses that double from two seconds to one minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(pauseMs)).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });
});

describe('pieces', () => {
  test('cut from bytes are the same bytes again, none larger than allowed', () => {
    const bytes = Uint8Array.from({ length: 1001 }, (_, at) => at % 251);
    const pieces = cutPiece(bytes.buffer, 250);
    expect(pieces.map((one) => one.byteLength)).toEqual([250, 250, 250, 250, 1]);
    expect(Uint8Array.from(pieces.flatMap((one) => [...new Uint8Array(one)]))).toEqual(bytes);
    expect(cutPiece(new ArrayBuffer(0), 250)).toEqual([]);
    expect(cutPiece(new ArrayBuffer(250), 250)).toHaveLength(1);
  });

  test('carry the SHA-256 of their bytes', async () => {
    // FIPS 180-2, appendix B.1.
    expect(await sha256Of(new TextEncoder().encode('abc').buffer)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('are kept in the order in which they came, and one that fails does not stop the next', async () => {
    const [kept, failed]: [number[], string[]] = [[], []];
    const turn = turnOf((error) => failed.push((error as Error).message));
    turn.add(async () => (await new Promise((resolve) => setTimeout(resolve, 20)), void kept.push(1)));
    turn.add(() => Promise.reject(new Error('full')));
    turn.add(async () => void kept.push(3));
    await turn.done();
    expect([kept, failed]).toEqual([[1, 3], ['full']]);
  });
});

const made = () => {
  const visit = finishedVisit();
  return { ...visit, sent: { ...visit.sent, revision: visit.revision, sealed: ['low' as const], made: { assessmentId: 'a', gradeZh: '', gradeEn: '', at: '' } } };
};

function nameOf(work: Work): string {
  if (work.do === 'part') return `${(work.part satisfies Part).kind} ${work.part.number}`;
  return work.do === 'manifest' ? `manifest ${work.rendition}` : work.do;
}

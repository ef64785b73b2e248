/** Sends finished visits, one call after the other. Every call may be repeated: the server takes the same thing once. */
import type { Rendition } from '#domain/assessments/onsite/model.ts';
import { Problem } from '../../../kit/client.ts';
import type { Api } from '../api.ts';
import type { Phone } from './open.ts';
import { deviceOf } from './open.ts';
import type { Net, Work } from './outbox.ts';
import { failureOf, nextWork } from './outbox.ts';
import { bytesOf, durationOf, markSent, partsOf, takeBeginnings } from './parts.ts';
import type { KeptRefusal, Part, Receipt, Visit } from './shapes.ts';
import { changeVisit, closeVisit } from './visits.ts';

export type Outcome = { done: 'sent'; receipt: Receipt } | { done: 'nothing' } | { done: 'again'; title: string } | { done: 'signedOut' } | { done: 'refused' };

export interface Sending {
  phone: Phone;
  /** Whose visits stand in this store. */
  accountId: string;
  /** Who is signed in now, as the server says; null: nobody. */
  signedInAs: () => Promise<string | null>;
  api: Api;
  net: () => Net;
  clock: () => Date;
  /** Told after every step that reached the server. */
  went: () => void;
}

/** A call without an answer counts as lost after so long; the piece is then sent again. */
const ANSWER_WAIT_MS = 90_000;

/** Sends what can be sent of a visit now, until nothing is left, or something stands in the way. */
export async function sendVisit(sending: Sending, id: string): Promise<Outcome> {
  for (;;) {
    const visit = await sending.phone.get('visits', id);
    if (!visit) return { done: 'nothing' };
    const parts = await partsOf(sending.phone, id);
    const work = nextWork(visit, parts, sending.net());
    if (work === null) return { done: 'nothing' };
    if (work.do === 'close') {
      const receipt = await closeVisit(sending.phone, visit, sending.clock());
      return receipt ? { done: 'sent', receipt } : { done: 'nothing' };
    }
    try {
      await carry(sending, visit, parts, work);
      sending.went();
    } catch (error) {
      return await afterFailure(sending, visit, error);
    }
  }
}

/** What the failure means; a "no" of the server is kept with the visit, in the server's words. Faults of this program go on. */
async function afterFailure({ phone, clock, accountId, signedInAs }: Sending, visit: Visit, error: unknown): Promise<Outcome> {
  const aborted = (error as Error).name === 'AbortError' || (error as Error).name === 'TimeoutError';
  if (!(error instanceof Problem) && !aborted) throw error;
  const problem = error instanceof Problem ? error : { status: 0, code: 'OFFLINE', title: '' };
  const failure = failureOf(problem);
  if (failure === 'again') return { done: 'again', title: problem.title };
  if (failure === 'signedOut') return { done: 'signedOut' };
  // A "no" to somebody else is none to this visit: another page of this phone may have signed another person in.
  const now = await signedInAs().catch(() => undefined);
  if (now === undefined) return { done: 'again', title: problem.title };
  if (now !== accountId) return { done: 'signedOut' };
  const refusal: KeptRefusal = {
    code: failure === 'notOurs' ? 'NOT_OURS' : problem.code, title: problem.title,
    details: error instanceof Problem ? [...error.errors.slice(0, 20).map((one) => one.detail), ...error.reasons.map((one) => one.sentence)] : [],
  };
  await changeVisit(phone, visit.id, clock(), (before) => ({ sent: { ...before.sent, refusal } }));
  return { done: 'refused' };
}

async function carry(sending: Sending, visit: Visit, parts: readonly Part[], work: Exclude<Work, { do: 'close' }>): Promise<void> {
  if (work.do === 'visit') return sendContent(sending, visit);
  if (work.do === 'part') return sendPart(sending, visit, work.part);
  if (work.do === 'manifest') return sendManifest(sending, visit, parts, work.rendition);
  return submit(sending, visit);
}

const how = () => ({ repeatKey: null, signal: AbortSignal.timeout(ANSWER_WAIT_MS) });

async function sendContent({ phone, api, clock, accountId }: Sending, visit: Visit): Promise<void> {
  const body = { applicationId: visit.applicationId, revision: visit.revision, deviceId: await deviceOf(phone), accountId, clockOffsetMs: Math.round(visit.offsetMs), content: visit.content };
  await api('PUT /api/on-site/visits/{id}', { params: { id: visit.id }, body }, how());
  await changeVisit(phone, visit.id, clock(), (before) => ({ sent: { ...before.sent, revision: visit.revision } }));
}

async function sendPart({ phone, api }: Sending, visit: Visit, part: Part): Promise<void> {
  const bytes = await bytesOf(phone, part.id);
  if (!bytes) throw new Error(`the bytes of the part ${part.id} are gone from this phone`);
  const upload = new File([bytes], `${part.id}.${part.mediaType.split('/')[1] ?? 'bin'}`, { type: part.mediaType });
  const { sha256 } = part;
  if (part.kind === 'evidence') {
    const query = { subject: part.subject!, ...(part.item === null ? {} : { item: part.item }), takenAt: part.takenAt, sha256 };
    await api('PUT /api/on-site/visits/{id}/evidence/{evidenceId}', { params: { id: visit.id, evidenceId: part.id }, query, upload }, how());
  } else {
    await api('PUT /api/on-site/visits/{id}/video/{rendition}/{piece}', { params: { id: visit.id, rendition: part.kind, piece: part.number }, query: { sha256 }, upload }, how());
  }
  await markSent(phone, part.id);
}

async function sendManifest({ phone, api, clock }: Sending, visit: Visit, parts: readonly Part[], rendition: Rendition): Promise<void> {
  const pieces = parts.filter((one) => one.kind === rendition);
  const mediaType = pieces[0]!.mediaType === 'video/mp4' ? 'video/mp4' : 'video/webm';
  const body = { mediaType, pieces: pieces.length, durationMs: Math.max(1, Math.round(durationOf(pieces))), takes: takeBeginnings(pieces) } as const;
  const video = await api('PUT /api/on-site/visits/{id}/video/{rendition}', { params: { id: visit.id, rendition }, body }, how());
  if (video.sealedAt === null) {
    // The server misses pieces that it once acknowledged: they are sent again.
    for (const piece of pieces.filter((one) => video.missing.includes(one.number))) await phone.put('parts', { ...piece, sent: false });
    return;
  }
  await changeVisit(phone, visit.id, clock(), (before) => ({ sent: { ...before.sent, sealed: [...new Set([...before.sent.sealed, rendition])] } }));
}

async function submit({ phone, api, clock }: Sending, visit: Visit): Promise<void> {
  const { id, gradeZh, gradeEn } = await api('POST /api/on-site/visits/{id}/submit', { params: { id: visit.id }, body: { revision: visit.revision } }, how());
  await changeVisit(phone, visit.id, clock(), (before) => ({ sent: { ...before.sent, made: { assessmentId: id, gradeZh, gradeEn, at: clock().toISOString() } } }));
}

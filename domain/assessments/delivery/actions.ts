/** Acts of delivery: record an attempt, keep its proof, and what the queue shows. */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { FILE_TYPES, fileTypeOf, isWholePdf } from '#platform/files/kind.ts';
import type { FileAnswer, Upload } from '#platform/module.ts';
import { gradeNamed } from '../actions/case.ts';
import { getConclusion } from '../actions/read.ts';
import type { Conclusion } from '../store/conclusion.ts';
import type { DeliveryBodySchema, DeliveryRecordSchema, WaitingDeliverySchema } from './contract.ts';
import { queueLetterMessages, recipientOf } from './message.ts';
import { FAILURES_OF, OUTCOMES_OF } from './model.ts';
import { recordAttempts } from './record.ts';
import type { Recipient } from './model.ts';
import { deliveryDue } from './rules.ts';
import { findAddressee, findDeliveryProof, insertDeliveries, insertDeliveryProof, listDeliveries, listWaiting, listWaitingDays } from './store.ts';
import type { Addressee, Delivery, DeliveryProof, NewDelivery, WaitingQuery } from './store.ts';

type DeliveryBody = Static<typeof DeliveryBodySchema>;

/** Largest proof: a photograph or a scanned slip. */
const MAX_PROOF_BYTES = 10 * 1024 * 1024;
const PROOF_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];

/** A conclusion that the actor may deliver, with its addressee. Refuses with NOT_FOUND, DELIVERY_IMPORTED, DELIVERY_INSTITUTION. */
async function deliverable(act: Act, conclusionId: string): Promise<{ conclusion: Conclusion; to: Addressee }> {
  const conclusion = await getConclusion(act, conclusionId);
  if (conclusion.origin === 'imported') refuse('DELIVERY_IMPORTED', { number: conclusion.number });
  const to = await findAddressee(act, conclusionId);
  assert(to, `the conclusion ${conclusion.number} has its case`);
  if (act.actor.institutionId !== null && act.actor.institutionId !== to.institutionId) refuse('DELIVERY_INSTITUTION', { number: conclusion.number }, { status: 403 });
  return { conclusion, to };
}

/** How a conclusion was delivered so far. Refuses with NOT_FOUND. */
export async function readDeliveries(act: Act, conclusionId: string): Promise<Static<typeof DeliveryRecordSchema>> {
  const conclusion = await getConclusion(act, conclusionId);
  const attempts = await listDeliveries(act, conclusionId);
  const to = await findAddressee(act, conclusionId);
  const due = deliveryDue(to?.filedOn ?? null, conclusion.concludedOn, act.policy);
  const relation = recipientOf(to?.relation ?? null);
  return {
    attempts, receivedOn: conclusion.receivedOn, failures: attempts.filter((one) => one.outcome === 'failed').length, ...due,
    overdue: due.dueOn !== null && (conclusion.receivedOn ?? act.today) > due.dueOn, phone: to?.phone ?? null, expected: relation && to?.applicantName ? { name: to.applicantName, relation } : null, hasLetter: conclusion.origin === 'assessed',
  };
}

/** One page of what waits, the earliest due first. */
export async function pageOfWaiting(act: Act, query: WaitingQuery): Promise<{ rows: Static<typeof WaitingDeliverySchema>[]; total: number }> {
  const days = await listWaitingDays(act);
  const dues = days.flatMap((one) => {
    const { dueOn } = deliveryDue(one.filedOn, one.concludedOn, act.policy);
    return dueOn === null ? [] : [{ ...one, dueOn }];
  });
  const page = await listWaiting(act, query, dues);
  return {
    total: page.total,
    rows: page.rows.map(({ scaleId, filedOn, ...row }) => {
      const due = deliveryDue(filedOn, row.concludedOn, act.policy);
      return { ...row, ...gradeNamed(act, row.grade, scaleId), ...due, overdue: due.dueOn !== null && act.today > due.dueOn };
    }),
  };
}

/**
 * Records an attempt. A message is queued, and what became of it is recorded by itself. Refuses with NOT_FOUND, DELIVERY_IMPORTED, DELIVERY_INSTITUTION, DELIVERY_DAY,
 * DELIVERY_OUTCOME, DELIVERY_FAILURE, DELIVERY_RECIPIENT, DELIVERY_PROOF, DELIVERY_TRACKING, DELIVERY_PHONE, DELIVERY_MESSAGE_UNDER_WAY.
 */
export async function recordDelivery(act: Act, conclusionId: string, body: DeliveryBody): Promise<Delivery> {
  const { conclusion, to } = await deliverable(act, conclusionId);
  demandFacts(act, conclusion, body);
  const proofId = await proofOf(act, conclusionId, body);
  const id = newId<'delivery'>(act.now.getTime());
  const attempt: NewDelivery = {
    ...aboutOf(conclusion, to), id, way: body.way, outcome: body.outcome, failure: body.failure ?? null, happenedOn: body.happenedOn ?? act.today,
    recipientName: body.recipientName?.trim() ?? null, recipientRelation: body.recipientRelation ?? null, phone: null, trackingNumber: body.trackingNumber?.trim() ?? null, messageId: null, proofId, note: body.note?.trim() ?? null,
  };
  if (body.way === 'message') await sendLetter(act, conclusion, to, { ...attempt, phone: body.phone ?? to.phone });
  else {
    await insertDeliveries(act, [attempt]);
    await recordAttempts(act, [{ ...attempt, number: conclusion.number }]);
  }
  const made = (await listDeliveries(act, conclusionId)).find((one) => one.id === id);
  assert(made, 'an attempt that was just recorded is there');
  return made;
}

const aboutOf = ({ districtCode, id, personId, townshipCode }: Conclusion, to: Addressee) => ({ districtCode, conclusionId: id, personId, townshipCode, assessmentInstitutionId: to.institutionId });

function demandFacts(act: Act, conclusion: Conclusion, body: DeliveryBody): void {
  const { way, outcome, failure } = body;
  const on = body.happenedOn ?? act.today;
  if (!OUTCOMES_OF[way].includes(outcome)) refuse('DELIVERY_OUTCOME', { way, outcome });
  if (on < conclusion.concludedOn || on > act.today) refuse('DELIVERY_DAY', { happenedOn: on, concludedOn: conclusion.concludedOn, today: act.today });
  if (outcome === 'failed' ? failure === undefined || !FAILURES_OF[way].includes(failure) : failure !== undefined) refuse('DELIVERY_FAILURE', { way });
  if (outcome === 'delivered' && (body.recipientName === undefined || body.recipientRelation === undefined)) refuse('DELIVERY_RECIPIENT', {});
  if (way === 'post' && body.trackingNumber === undefined) refuse('DELIVERY_TRACKING', {});
}

/** The proof that an attempt rests on: one of this conclusion, used once. What is handed over needs one. */
async function proofOf(act: Act, conclusionId: string, body: DeliveryBody): Promise<string | null> {
  if (body.proofId === undefined) return body.way === 'handedOver' && body.outcome === 'delivered' ? refuse('DELIVERY_PROOF', {}) : null;
  const proof = await findDeliveryProof(act, body.proofId);
  if (proof?.conclusionId !== conclusionId || proof.used) refuse('DELIVERY_PROOF', {});
  return proof.id;
}

async function sendLetter(act: Act, conclusion: Conclusion, to: Addressee, attempt: NewDelivery): Promise<void> {
  if (attempt.phone === null) refuse('DELIVERY_PHONE', { number: conclusion.number });
  if (to.messageUnderWay) refuse('DELIVERY_MESSAGE_UNDER_WAY', { number: conclusion.number }, { status: 409 });
  await queueLetterMessages(act, [{ ...attempt, phone: attempt.phone, number: conclusion.number, personName: conclusion.personName }]);
}

/** Keeps a proof in the vault, told by its content. Refuses with NOT_FOUND, DELIVERY_IMPORTED, DELIVERY_INSTITUTION, DELIVERY_PROOF_KIND, MATERIAL_BROKEN, DELIVERY_PROOF_TOO_LARGE. */
export async function keepProof(act: Act, conclusionId: string, { bytes, laidDown }: Upload): Promise<Omit<DeliveryProof, 'conclusionId'>> {
  const { conclusion, to } = await deliverable(act, conclusionId);
  if (bytes.length > MAX_PROOF_BYTES) refuse('DELIVERY_PROOF_TOO_LARGE', { maxMiB: MAX_PROOF_BYTES / 1024 / 1024 }, { status: 413 });
  const mediaType = await fileTypeOf(bytes);
  if (mediaType === undefined || !PROOF_TYPES.includes(mediaType)) refuse('DELIVERY_PROOF_KIND', {});
  if (mediaType === 'application/pdf' && !isWholePdf(bytes)) refuse('MATERIAL_BROKEN');
  const proof = { id: newId<'deliveryProof'>(act.now.getTime()) as string, mediaType, ...(await act.platform.files.keep(bytes, laidDown)) };
  await insertDeliveryProof(act, aboutOf(conclusion, to), proof);
  return proof;
}

/** A proof as a file. Refuses with NOT_FOUND. */
export async function readProof(act: Act, id: string): Promise<FileAnswer> {
  const proof = (await findDeliveryProof(act, id)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  return { mediaType: proof.mediaType, fileName: `${proof.sha256.slice(0, 16)}.${FILE_TYPES[proof.mediaType as keyof typeof FILE_TYPES]}`, body: await act.platform.files.read(proof.sha256), handedIn: true };
}

/** That a family opened the letter in its own portal: receipt, recorded once. Others who open a letter leave no trace. */
export async function recordReading(act: Act, conclusionId: string): Promise<void> {
  const conclusion = await getConclusion(act, conclusionId);
  if (conclusion.origin === 'imported' || !act.actor.persons.some((one) => one.personId === conclusion.personId)) return;
  const to = await findAddressee(act, conclusionId);
  const attempt: NewDelivery = {
    ...aboutOf(conclusion, { institutionId: null, ...to } as Addressee), id: newId<'delivery'>(act.now.getTime()), way: 'portal', outcome: 'delivered', failure: null, happenedOn: act.today,
    recipientName: act.actor.name, recipientRelation: 'family' satisfies Recipient, phone: null, trackingNumber: null, messageId: null, proofId: null, note: null,
  };
  const made = await insertDeliveries(act, [attempt]);
  if (made.length > 0) await recordAttempts(act, [{ ...attempt, number: conclusion.number }]);
}

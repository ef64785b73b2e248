/** Visits on the phone: every change is written at once, in one transaction, and counted. */
import { newId } from '../../../kit/ids.ts';
import type { Content, OnSiteCase } from '../api.ts';
import type { Phone } from './open.ts';
import type { Ground, KeptPackage, Part, Receipt, Sent, Visit } from './shapes.ts';

const NOTHING_SENT: Sent = { revision: 0, sealed: [], made: null, refusal: null, fullAsked: false };

const EMPTY: Content = {
  arrivedAt: null, leftAt: null, place: null, placeText: '', companionIds: [], staffIdentityShown: false, guardian: null, applicant: null, consentAt: null,
  interviewNote: '', neighbourNote: '', answers: {}, remarks: {}, evidenceIds: [],
};

/** Keeps the orders that the server told; visits that stand on the phone are not touched. `phoneAt` is the phone's clock at that moment. */
export async function keepPackage(phone: Phone, told: Omit<KeptPackage, 'offsetMs' | 'fetchedAt'>, phoneAt: Date): Promise<KeptPackage> {
  const kept = { ...told, offsetMs: phoneAt.getTime() - Date.parse(told.serverAt), fetchedAt: phoneAt.toISOString() };
  await phone.put('packages', kept, 'last');
  return kept;
}

/** Receipts are forgotten after so many days; the server has everything that they tell of. */
const RECEIPT_DAYS = 30;

/**
 * Forgets what is not needed any more when the assessor signs out: the list of orders, which is fetched again at the next sign-in, and old receipts.
 * Visits that are not sent, with what they rest on, are never touched.
 */
export async function forgetOrders(phone: Phone, now: Date): Promise<void> {
  const tx = phone.transaction(['packages', 'receipts'], 'readwrite');
  await tx.objectStore('packages').clear();
  const until = new Date(now.getTime() - RECEIPT_DAYS * 86_400_000).toISOString();
  for (const receipt of await tx.objectStore('receipts').getAll()) if (receipt.sentAt < until) await tx.objectStore('receipts').delete(receipt.visitId);
  await tx.done;
}

export const readPackage = (phone: Phone): Promise<KeptPackage | undefined> => phone.get('packages', 'last');

/** Begins the visit of a case, or goes on with the one that stands on this phone. Undefined where the package lacks its scale. */
export async function beginVisit(phone: Phone, kept: KeptPackage, order: OnSiteCase, now: Date): Promise<Visit | undefined> {
  const scale = kept.scales.find((one) => one.id === order.scaleId);
  if (!scale) return undefined;
  const rules = kept.contradictions.find((one) => one.id === order.contradictionsId)?.rules ?? [];
  const tx = phone.transaction(['visits', 'grounds'], 'readwrite');
  const open = (await tx.objectStore('visits').getAll()).find((one) => one.applicationId === order.applicationId);
  if (open) return await tx.done, open;
  const expert = kept.companions.filter((one) => one.accountId === order.assignedExpert).map((one) => one.accountId);
  const visit: Visit = {
    id: newId(now.getTime()), applicationId: order.applicationId, revision: 1, content: { ...EMPTY, placeText: order.address.slice(0, 200), companionIds: expert }, step: 'arrive', item: null,
    beganAt: now.toISOString(), changedAt: now.toISOString(), offsetMs: kept.offsetMs, finishedAt: null, sent: NOTHING_SENT,
  };
  await tx.objectStore('visits').put(visit);
  await tx.objectStore('grounds').put({ visitId: visit.id, case: order, scale, rules, companions: kept.companions });
  await tx.done;
  return visit;
}

/** Writes a change of the visit; a change of its content grows the revision. Undefined when the visit is gone. */
export async function changeVisit(phone: Phone, id: string, now: Date, change: (visit: Visit) => Partial<Visit>): Promise<Visit | undefined> {
  const tx = phone.transaction('visits', 'readwrite', { durability: 'strict' });
  const before = await tx.store.get(id);
  if (!before) return await tx.done, undefined;
  const changed = { ...before, ...change(before) };
  const grown = JSON.stringify(changed.content) === JSON.stringify(before.content) ? {} : { revision: before.revision + 1, changedAt: now.toISOString() };
  const after = { ...changed, ...grown };
  await tx.store.put(after);
  await tx.done;
  return after;
}

export async function listVisits(phone: Phone): Promise<{ visit: Visit; ground: Ground }[]> {
  const [visits, grounds] = await Promise.all([phone.getAll('visits'), phone.getAll('grounds')]);
  return visits.flatMap((visit) => grounds.filter((one) => one.visitId === visit.id).map((ground) => ({ visit, ground })));
}

/** Forgets a visit that the server has whole, and keeps its receipt; everything in one transaction. */
export async function closeVisit(phone: Phone, visit: Visit, now: Date): Promise<Receipt | undefined> {
  const { made } = visit.sent;
  const tx = phone.transaction(['visits', 'grounds', 'parts', 'bytes', 'receipts'], 'readwrite', { durability: 'strict' });
  const [ground, parts] = [await tx.objectStore('grounds').get(visit.id), await tx.objectStore('parts').index('visit').getAll(visit.id)];
  if (!ground || !made || parts.some((one) => !one.sent)) return await tx.done, undefined;
  const receipt = receiptOf(visit, ground, parts, made, now);
  await tx.objectStore('receipts').put(receipt);
  for (const part of parts) await Promise.all([tx.objectStore('parts').delete(part.id), tx.objectStore('bytes').delete(part.id)]);
  await tx.objectStore('visits').delete(visit.id);
  await tx.objectStore('grounds').delete(visit.id);
  await tx.done;
  return receipt;
}

function receiptOf(visit: Visit, ground: Ground, parts: readonly Part[], made: NonNullable<Sent['made']>, now: Date): Receipt {
  const count = (kind: Part['kind']) => parts.filter((one) => one.kind === kind).length;
  return {
    visitId: visit.id, applicationId: visit.applicationId, number: ground.case.number, personName: ground.case.personName, assessmentId: made.assessmentId, gradeZh: made.gradeZh, gradeEn: made.gradeEn,
    sentAt: now.toISOString(), answers: Object.keys(visit.content.answers).length, photos: count('evidence'), lowPieces: count('low'), fullPieces: count('full'),
  };
}

/** Deletes a visit that was never handed in, with all its parts; the assessor asked for it. */
export async function dropVisit(phone: Phone, id: string): Promise<void> {
  const tx = phone.transaction(['visits', 'grounds', 'parts', 'bytes'], 'readwrite');
  for (const part of await tx.objectStore('parts').index('visit').getAllKeys(id)) await Promise.all([tx.objectStore('parts').delete(part), tx.objectStore('bytes').delete(part)]);
  await tx.objectStore('visits').delete(id);
  await tx.objectStore('grounds').delete(id);
  await tx.done;
}

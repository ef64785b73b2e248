/** Letters announced by text message: queued in the act, and recorded as delivered or failed when the gateway has answered. */
import { maskName } from '#kit/mask.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { queueMessages } from '#platform/gateways/message.ts';
import type { Heard } from '#platform/module.ts';
import { loadWords, sentence } from '#platform/words/words.ts';
import { readCheckCode } from '../store/conclusion.ts';
import { recordAttempts } from './record.ts';
import { findMessageAttempt, insertDeliveries, listToMessage } from './store.ts';
import type { NewDelivery } from './store.ts';

const WORDS = loadWords([{ name: 'assessments', words: new URL('../', import.meta.url) }]);
const PURPOSE = 'assessments.conclusionDelivery';

/** The text of a message, in Chinese as it goes out. */
export function messageText(act: Act, code: string, params: Record<string, unknown>): string {
  return sentence(WORDS, 'zh', 'messages', code, { city: act.policy.about.name.zh, ...params });
}

/** Queues the messages and records them as attempts under way, as a set. */
export async function queueLetterMessages(act: Act, attempts: readonly (NewDelivery & { phone: string; number: string; personName: string; checkCode?: string })[]): Promise<void> {
  const letters = [];
  for (const one of attempts) letters.push({ ...one, checkCode: one.checkCode ?? (await readCheckCode(act, one.conclusionId)) });
  const queued = await queueMessages(act, letters.map((one) => ({
    districtCode: one.districtCode, key: `delivery:${one.id}`, purpose: PURPOSE, to: one.phone, subjectType: 'conclusion', subjectId: one.conclusionId, personId: one.personId, townshipCode: one.townshipCode, institutionId: one.assessmentInstitutionId,
    text: messageText(act, 'letterReady', { name: maskName(one.personName), number: one.number, address: `${act.platform.publicUrl}/letters/${one.checkCode}` }),
  })));
  const messages = new Map(queued.map((one) => [one.key, one.id]));
  const rows = letters.map(({ personName: _name, checkCode: _code, number, ...one }) => ({ ...one, messageId: messages.get(`delivery:${one.id}`) ?? null, number }));
  await insertDeliveries(act, rows.map(({ number: _number, ...one }) => one));
  await recordAttempts(act, rows);
}

/** A message to everybody of a district (or one township) who waits. Who has no number is counted and left to another way. Refuses with DELIVERY_NOBODY_WAITS. */
export async function messageAllWaiting(act: Act, { districtCode, township }: { districtCode: string; township?: string }): Promise<{ queued: number; withoutPhone: number }> {
  const waiting = await listToMessage(act, districtCode, township ?? null);
  const reachable = waiting.flatMap((one) => (one.phone === null ? [] : [{ ...one, phone: one.phone }]));
  if (waiting.length === 0) refuse('DELIVERY_NOBODY_WAITS', {}, { status: 409 });
  await queueLetterMessages(act, reachable.map((one) => ({
    id: newId<'delivery'>(act.now.getTime()) as string, districtCode: one.districtCode, conclusionId: one.id, personId: one.personId, townshipCode: one.townshipCode, assessmentInstitutionId: one.institutionId,
    way: 'message' as const, outcome: 'underway' as const, failure: null, happenedOn: act.today, recipientName: one.applicantName, recipientRelation: recipientOf(one.relation), phone: one.phone, trackingNumber: null, messageId: null, proofId: null,
    note: null, number: one.number, personName: one.personName, checkCode: one.checkCode,
  })));
  return { queued: reachable.length, withoutPhone: waiting.length - reachable.length };
}

/** Who applies is expected to receive; nobody in particular where the relation is another one. */
export const recipientOf = (relation: string | null): NewDelivery['recipientRelation'] => (relation === 'self' || relation === 'family' || relation === 'guardian' || relation === 'agent' ? relation : null);

/** What became of a message is an attempt of its own: delivered, or failed, which shows in the queue until somebody delivers in another way. */
async function recordOutcome(act: Act, { districtCode, data }: Heard, outcome: 'delivered' | 'failed'): Promise<void> {
  if (data['purpose'] !== PURPOSE) return;
  const sent = await findMessageAttempt(act, districtCode, String(data['messageId']));
  if (!sent) return;
  const { number, ...rest } = sent;
  const attempt: NewDelivery = { ...rest, id: newId<'delivery'>(act.now.getTime()), outcome, failure: outcome === 'failed' ? 'messageFailed' : null, happenedOn: act.today, note: null };
  const made = await insertDeliveries(act, [attempt]);
  if (made.length > 0) await recordAttempts(act, [{ ...attempt, number }]);
}

export const messageListeners = [
  { event: 'platform.messageSent', job: 'assessments.recordMessageSent', run: (act: Act, heard: Heard) => recordOutcome(act, heard, 'delivered') },
  { event: 'platform.messageFailed', job: 'assessments.recordMessageFailed', run: (act: Act, heard: Heard) => recordOutcome(act, heard, 'failed') },
];

/** Reminders before a conclusion ends, by the clock. */
import { maskName } from '#kit/mask.ts';
import { daysBetween } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { recordEvents } from '#platform/events/record.ts';
import { queueMessages } from '#platform/gateways/message.ts';
import { messageText } from '../delivery/message.ts';
import { benefitMinGrade, reassessReminderDays } from '../policy.ts';
import { insertReminders } from './store.ts';

/**
 * Reminds the families of conclusions that end: once for each threshold and conclusion, by text message where a number is known and in the family's portal. Repeated
 * on the same day it does nothing. Returns how many were reminded. Figures: assessments.reassessReminderDays, benefitMinGrade.
 */
export async function remindExpiring(act: Act): Promise<number> {
  if (!act.policy.has(reassessReminderDays, act.today)) return 0;
  const reminded = await insertReminders(act, act.policy.figure(reassessReminderDays, act.today).value, act.policy.figure(benefitMinGrade, act.today).value);
  await queueMessages(act, reminded.flatMap((one) => (one.phone === null ? [] : [{
    districtCode: one.districtCode, key: `reminder:${one.conclusionId}:${one.thresholdDays}`, purpose: 'assessments.expiryReminder', to: one.phone, subjectType: 'conclusion', subjectId: one.conclusionId, personId: one.personId, townshipCode: one.townshipCode,
    text: messageText(act, 'conclusionEnds', { name: maskName(one.personName), number: one.number, lastDayOn: one.lastDayOn, days: daysBetween(act.today, one.lastDayOn) }),
  }])));
  await recordEvents(act, reminded.map((one) => ({
    districtCode: one.districtCode, kind: 'assessments.expiryReminded', subjectType: 'conclusion', subjectId: one.conclusionId, personId: one.personId, townshipCode: one.townshipCode,
    data: { number: one.number, lastDayOn: one.lastDayOn, thresholdDays: one.thresholdDays, byMessage: one.phone !== null },
  })));
  return reminded.length;
}

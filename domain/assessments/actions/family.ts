/** What a family account sees: its own persons, their applications and conclusions. */
import type { Static } from '@sinclair/typebox';
import { daysBetween } from '#kit/days.ts';
import { maskIdentityNumber } from '#kit/mask.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { findNoticeOf } from '#domain/notices/index.ts';
import { findPerson } from '#domain/people/index.ts';
import type { FamilyApplicationSchema, FamilyPersonSchema } from '../contract/conclusion.ts';
import { lastReminderOn } from '../expiry/store.ts';
import { familyHint } from '../model.ts';
import { endOfTermDays } from '../policy.ts';
import { decideEntitlement } from '../rules.ts';
import { findOpenApplication, listApplications } from '../store/application.ts';
import type { Filing } from '../store/application.ts';
import { findCurrentAssessment } from '../store/assessment.ts';
import { listOwnAppointments } from '../dispatch/store.ts';
import { listCurrentConclusions } from '../store/conclusion.ts';
import type { Conclusion } from '../store/conclusion.ts';
import { findSuspensionIn } from '../suspension/store.ts';
import { fileApplication } from './file.ts';
import { conclusionRow } from './read.ts';

/** The persons for whom the account stands, with their grade, open application, notice, and what to do next. */
export async function listFamilyPersons(act: Act): Promise<Static<typeof FamilyPersonSchema>[]> {
  const conclusions = await listCurrentConclusions(act, act.actor.persons.map((one) => one.personId));
  const shown: Static<typeof FamilyPersonSchema>[] = [];
  for (const { personId } of act.actor.persons) {
    const person = await findPerson(act, personId);
    if (!person) continue;
    const { districtCode, name, townshipZh, townshipEn, community } = person;
    const conclusion = conclusions.get(personId);
    const entitled = conclusion ? decideEntitlement(conclusion.grade, conclusion.effectiveOn, act.policy).value : null;
    const open = await findOpenApplication(act, personId);
    const assessment = open?.state === 'onNotice' ? await findCurrentAssessment(act, open.id) : undefined;
    const notice = assessment && (await findNoticeOf(act, districtCode, assessment.id));
    shown.push({
      personId, districtCode, name, maskedNumber: maskIdentityNumber(person.identityNumber), townshipZh, townshipEn, community,
      conclusion: conclusion && entitled !== null ? { ...conclusionRow(act, conclusion), entitled } : null,
      application: open ? { id: open.id, number: open.number, kind: open.kind, state: open.state, filedOn: open.filedOn } : null,
      notice: notice ? { id: notice.id, startsOn: notice.startsOn, endsOn: notice.endsOn, state: notice.state } : null,
      ending: conclusion && entitled && !open ? await endingOf(act, conclusion) : null,
      pausedFromOn: (await findSuspensionIn(act, personId, act.today, act.today))?.fromOn ?? null,
      hint: familyHint({ applicationOpen: open !== undefined, entitled }),
    });
  }
  return shown;
}

/** When a conclusion in force ends within the days of an end-of-term application. Figure: assessments.endOfTermDays. */
async function endingOf(act: Act, conclusion: Conclusion): Promise<Static<typeof FamilyPersonSchema>['ending']> {
  const lastDayOn = conclusion.endedOn ?? conclusion.validUntilOn;
  const daysLeft = daysBetween(act.today, lastDayOn);
  if (conclusion.effectiveOn > act.today || daysLeft > act.policy.figure(endOfTermDays, act.today).value) return null;
  return { lastDayOn, daysLeft, remindedOn: await lastReminderOn(act, conclusion.id) };
}

/** Files for an own person. Refuses with NOT_FOUND for anybody else's, and like filing at the window. */
export async function fileForOwn(act: Act, filing: Filing): Promise<{ id: string; number: string }> {
  if (!act.actor.persons.some((one) => one.personId === filing.personId)) refuse('NOT_FOUND', {}, { status: 404 });
  return fileApplication(act, filing);
}

/** Applications of the own persons, newest first, each with its agreed visit. */
export async function listFamilyApplications(act: Act, query: { page?: number; pageSize?: number }): Promise<{ rows: Static<typeof FamilyApplicationSchema>[]; total: number }> {
  const { rows, total } = await listApplications(act, query, null);
  const appointments = await listOwnAppointments(act);
  return { rows: rows.map((row) => ({ ...row, appointment: appointments.get(row.id) ?? null })), total };
}

/** What an attempt to deliver leaves in the history. */
import type { Act } from '#platform/act.ts';
import { recordEvents } from '#platform/events/record.ts';
import type { NewDelivery } from './store.ts';

/** The events of attempts that were just stored; history, quality figures and the family read them. */
export async function recordAttempts(act: Act, attempts: readonly (NewDelivery & { number: string })[]): Promise<void> {
  const KINDS = { delivered: 'assessments.delivered', failed: 'assessments.deliveryFailed', underway: 'assessments.deliveryUnderway' } as const;
  await recordEvents(act, attempts.map(({ districtCode, conclusionId, personId, townshipCode, assessmentInstitutionId, outcome, way, failure, happenedOn, recipientName, note, number }) => ({
    districtCode, kind: KINDS[outcome], subjectType: 'conclusion', subjectId: conclusionId, personId, townshipCode, institutionId: assessmentInstitutionId, note, data: { number, way, failure, happenedOn, recipient: recipientName },
  })));
}

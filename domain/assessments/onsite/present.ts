/** Who was on site: the assessor, the second person, and whoever else came along. */
import type { Act } from '#platform/act.ts';
import type { Participant } from '../actions/kind.ts';
import type { Assessment } from '../store/assessment.ts';
import { findVisitOf } from './store/visit.ts';

/** Those who were on site for an assessment; without account where a desk entry names somebody, without name where only an account is on record. */
export async function presentAt(act: Act, assessment: Pick<Assessment, 'id' | 'assessorAccountId' | 'assessorName' | 'secondAccountId' | 'secondName' | 'siteVisitId'>): Promise<Participant[]> {
  const { assessorAccountId, assessorName, secondAccountId, secondName } = assessment;
  const named = [{ accountId: assessorAccountId, name: assessorName }, { accountId: secondAccountId, name: secondName }];
  const along = assessment.siteVisitId === null ? [] : ((await findVisitOf(act, assessment.id))?.companionIds ?? []);
  return [...named, ...along.filter((id) => !named.some((one) => one.accountId === id)).map((accountId) => ({ accountId, name: '' }))];
}

/** The same person: by account, or by name where one side is only a name. */
export function samePerson(one: Participant, other: Participant): boolean {
  return one.accountId !== null && other.accountId !== null ? one.accountId === other.accountId : one.name !== '' && one.name === other.name;
}

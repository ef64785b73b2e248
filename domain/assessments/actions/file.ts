/** Filing an application: by the window, the township, or the family for its own person. */
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { nextNumber } from '#platform/numbers.ts';
import { getPerson } from '#domain/people/index.ts';
import { findOpenApplication, insertApplication } from '../store/application.ts';
import type { Filing } from '../store/application.ts';
import { lastConclusionOn } from '../store/conclusion.ts';

/**
 * Files an application for a person in scope. Refuses with NOT_FOUND, APPLICATION_PERSON_DECEASED, APPLICATION_DISABLED_SINCE,
 * APPLICATION_NO_CONCLUSION (an end-of-term or status-change application follows a conclusion) or APPLICATION_OPEN (one at a time).
 */
export async function fileApplication(act: Act, filing: Filing): Promise<{ id: string; number: string }> {
  const person = await getPerson(act, filing.personId);
  if (person.deceasedOn !== null) refuse('APPLICATION_PERSON_DECEASED', { deceasedOn: person.deceasedOn });
  if (filing.disabledSinceOn > act.today || filing.disabledSinceOn < person.birthOn) {
    refuse('APPLICATION_DISABLED_SINCE', { disabledSinceOn: filing.disabledSinceOn }, { errors: [{ column: 'disabledSinceOn', value: filing.disabledSinceOn, code: 'APPLICATION_DISABLED_SINCE' }] });
  }
  if (filing.kind !== 'initial' && (await lastConclusionOn(act, person.id)) === null) refuse('APPLICATION_NO_CONCLUSION', { kind: filing.kind });
  const open = await findOpenApplication(act, person.id);
  if (open) refuse('APPLICATION_OPEN', { number: open.number }, { status: 409 });
  const id = newId<'application'>(act.now.getTime());
  const number = await nextNumber(act, 'A');
  const { districtCode, townshipCode } = person;
  // Somebody else filed in the same moment: the database lets one through.
  if (!(await insertApplication(act, { ...filing, id, number, districtCode, townshipCode }))) refuse('APPLICATION_OPEN', { number: null }, { status: 409 });
  await recordEvent(act, { districtCode, kind: 'assessments.applicationFiled', subjectType: 'application', subjectId: id, personId: person.id, townshipCode, data: { number, kind: filing.kind } });
  return { id, number };
}

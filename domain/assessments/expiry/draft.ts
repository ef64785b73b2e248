/** What is known for the next application of a person: nothing is typed twice. */
import type { Static } from '@sinclair/typebox';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { getPerson } from '#domain/people/index.ts';
import { listKinds } from '../actions/kind.ts';
import { MATERIALS, RELATIONS } from '../model.ts';
import type { FilingDraftSchema } from './contract.ts';
import { findLastFiling } from './store.ts';

const known = <T extends string>(values: readonly T[], value: string | null): T | null => values.find((one) => one === value) ?? null;

/** Kind that fits today, and the values of the last case that a person filed. Refuses with NOT_FOUND or CALENDAR_MISSING. */
export async function draftFiling(act: Act, personId: string): Promise<Static<typeof FilingDraftSchema>> {
  const person = await getPerson(act, personId);
  const kind = (await listKinds(act, personId)).find((one) => one.fits)?.kind ?? null;
  const last = await findLastFiling(act, personId);
  if (!last) return { kind, applicantName: null, relation: null, contactPhone: person.phone, disabledSinceOn: null, materials: [], from: null };
  const { applicantName, relation, contactPhone, disabledSinceOn, materials, number } = last;
  return { kind, applicantName, relation: known(RELATIONS, relation), contactPhone: contactPhone || person.phone, disabledSinceOn, materials: MATERIALS.filter((one) => materials.includes(one)), from: number };
}

/** The same for an own person of a family. Refuses with NOT_FOUND for anybody else's. */
export async function draftOwnFiling(act: Act, personId: string): Promise<Static<typeof FilingDraftSchema>> {
  if (!act.actor.persons.some((one) => one.personId === personId)) refuse('NOT_FOUND', {}, { status: 404 });
  return draftFiling(act, personId);
}

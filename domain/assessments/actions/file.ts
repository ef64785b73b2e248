/** Filing an application: by the window, the township, or the family for its own person; and the agency's own spot check. */
import type { Static } from '@sinclair/typebox';
import type { Decision } from '#kit/decision.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import { nextNumber } from '#platform/numbers.ts';
import { getPerson } from '#domain/people/index.ts';
import type { Person } from '#domain/people/index.ts';
import type { SpotCheckBodySchema } from '../contract/application.ts';
import type { KindAnswer } from '../rules/kind.ts';
import { findOpenApplication, insertApplication } from '../store/application.ts';
import type { Filing, NewApplication } from '../store/application.ts';
import { decideKindToday, demandFit, knownOfKind } from './kind.ts';
import type { KnownOfKind } from './kind.ts';

type Filed = { id: string; number: string };

/**
 * Files an application for a person in scope. Refuses with NOT_FOUND, APPLICATION_PERSON_DECEASED, APPLICATION_DISABLED_SINCE, the grounds of
 * the rule on kinds (KIND_…, APPLICATION_NO_CONCLUSION), FOUR_EYES (who decided the special case does not file on it) or APPLICATION_OPEN (one at a time).
 */
export async function fileApplication(act: Act, filing: Filing): Promise<Filed> {
  const person = await getPerson(act, filing.personId);
  if (person.deceasedOn !== null) refuse('APPLICATION_PERSON_DECEASED', { deceasedOn: person.deceasedOn });
  if (filing.disabledSinceOn > act.today || filing.disabledSinceOn < person.birthOn) {
    refuse('APPLICATION_DISABLED_SINCE', { disabledSinceOn: filing.disabledSinceOn }, { errors: [{ column: 'disabledSinceOn', value: filing.disabledSinceOn, code: 'APPLICATION_DISABLED_SINCE' }] });
  }
  const known = await knownOfKind(act, person.id);
  const decision = decideKindToday(act, known.factsFor(filing.kind));
  demandFit(decision);
  const statusDecisionId = restsOn(act, decision, known);
  const { applicantName, relation, contactPhone, disabledSinceOn, materials, statement, kind } = filing;
  return openCase(act, person, decision, { kind, applicantName, relation, contactPhone, disabledSinceOn, materials, statement: statement ?? null, aboutConclusionId: known.last?.id ?? null, statusDecisionId, ground: null, groundSource: null, state: 'filed' });
}

/** The district decision that the kind rests on, or null. Refuses with FOUR_EYES when the one who files made it. */
function restsOn(act: Act, decision: Decision<KindAnswer>, { statusDecision }: KnownOfKind): string | null {
  if (!statusDecision || !decision.reasons.some((reason) => reason.code === 'KIND_DISTRICT_DECISION')) return null;
  if (statusDecision.accountId === act.actor.accountId) refuse('FOUR_EYES', {}, { status: 403 });
  return statusDecision.id;
}

/**
 * Opens the agency's own status assessment, which may lower the grade: on a coded ground with note and source. The case is accepted from
 * the start and takes the same road. Refuses with NOT_FOUND, APPLICATION_PERSON_DECEASED, APPLICATION_NO_CONCLUSION, KIND_SPOT_CHECK_LAPSED or APPLICATION_OPEN.
 */
export async function openSpotCheck(act: Act, personId: string, body: Static<typeof SpotCheckBodySchema>): Promise<Filed> {
  const person = await getPerson(act, personId);
  if (person.deceasedOn !== null) refuse('APPLICATION_PERSON_DECEASED', { deceasedOn: person.deceasedOn });
  const known = await knownOfKind(act, person.id);
  const decision = decideKindToday(act, known.factsFor('spotCheck', body.ground));
  demandFit(decision);
  return openCase(act, person, decision, {
    kind: 'spotCheck', applicantName: act.actor.name, relation: 'agency', contactPhone: body.contactPhone, disabledSinceOn: null, materials: [], statement: body.note.trim(), aboutConclusionId: known.last?.id ?? null,
    statusDecisionId: null, ground: body.ground, groundSource: body.source.trim(), state: 'accepted',
  });
}

async function openCase(act: Act, person: Person, decision: Decision<KindAnswer>, filed: Omit<NewApplication, 'id' | 'number' | 'personId' | 'districtCode' | 'townshipCode'>): Promise<Filed> {
  const open = await findOpenApplication(act, person.id);
  if (open) refuse('APPLICATION_OPEN', { number: open.number }, { status: 409 });
  const id = newId<'application'>(act.now.getTime());
  const number = await nextNumber(act, 'A');
  const { id: personId, districtCode, townshipCode } = person;
  // Somebody else filed in the same moment: the database lets one through.
  if (!(await insertApplication(act, { ...filed, id, number, personId, districtCode, townshipCode }))) refuse('APPLICATION_OPEN', { number: null }, { status: 409 });
  const about = { districtCode, subjectType: 'application', subjectId: id, personId, townshipCode };
  await keepDecision(act, decision, { ...about, decidedOn: act.today });
  if (filed.kind === 'spotCheck') await recordEvent(act, { ...about, kind: 'assessments.spotCheckOpened', note: filed.statement, data: { number, ground: filed.ground, source: filed.groundSource } });
  else await recordEvent(act, { ...about, kind: 'assessments.applicationFiled', data: { number, kind: filed.kind } });
  return { id, number };
}

/** Which kinds fit a person, the district's decision on a special case, and whom a review avoids. */
import type { Static } from '@sinclair/typebox';
import { newId } from '#kit/ids.ts';
import { refuse, Refusal } from '#kit/refuse.ts';
import type { Day } from '#kit/days.ts';
import type { Decision, Reason } from '#kit/decision.ts';
import type { Act } from '#platform/act.ts';
import { recordEvent } from '#platform/events/record.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import { findAcuteStay, getPerson } from '#domain/people/index.ts';
import type { Person } from '#domain/people/index.ts';
import type { KindOfferSchema, StatusDecisionBodySchema } from '../contract/application.ts';
import { FILED_KINDS, REFUSAL_CODES } from '../model.ts';
import type { ApplicationKind, FiledKind, RefusalCode, SpotCheckGround } from '../model.ts';
import { decideAcceptance } from '../rules.ts';
import { decideKind } from '../rules/kind.ts';
import type { KindAnswer, KindFacts } from '../rules/kind.ts';
import type { Application } from '../store/application.ts';
import { lastConclusionOn } from '../store/conclusion.ts';
import { findLastConclusion, findLastRefusal, findStandingDecision, findStatusDecision, insertRevocation, insertStatusDecision, listTookPart, lockStatusDecision } from '../store/kind.ts';
import type { LastConclusion, StatusDecision } from '../store/kind.ts';

export interface KnownOfKind {
  last: LastConclusion | undefined;
  statusDecision: StatusDecision | undefined;
  factsFor: (kind: ApplicationKind, ground?: SpotCheckGround) => KindFacts;
}

/** What decides the kind of an application of a person today. */
export async function knownOfKind(act: Act, personId: string): Promise<KnownOfKind> {
  const last = await findLastConclusion(act, personId);
  const stay = await findAcuteStay(act, personId, act.today);
  const statusDecision = await findStatusDecision(act, personId);
  const factsFor = (kind: ApplicationKind, ground: SpotCheckGround | null = null): KindFacts => ({
    kind, on: act.today, lastConclusionOn: last?.concludedOn ?? null, lastDayOn: last?.lastDayOn ?? null, receivedOn: last?.receivedOn ?? null, lastKind: last?.kind ?? null,
    stayAdmittedOn: stay?.admittedOn ?? null, stayDischargedOn: stay?.dischargedOn ?? null, statusDecisionOn: statusDecision?.decidedOn ?? null, ground,
  });
  return { last, statusDecision, factsFor };
}

/** The decision on a kind; refuses with CALENDAR_MISSING where a limit in working days runs into a year without calendar. */
export function decideKindToday(act: Act, facts: KindFacts): Decision<KindAnswer> {
  try {
    return decideKind(facts, act.policy);
  } catch (error) {
    if (error instanceof PolicyProblem) refuse('CALENDAR_MISSING', { file: error.faults[0]?.file ?? '' });
    throw error;
  }
}

/** Refuses with the ground of the decision where the kind does not fit. */
export function demandFit(decision: Decision<KindAnswer>): void {
  const { value, reasons } = decision;
  if (value !== 'fits') throw new Refusal(value, reasons[0]?.params ?? {}, { reasons });
}

/** Every kind that can be filed, with whether it fits a person in scope today. Refuses with NOT_FOUND or CALENDAR_MISSING. */
export async function listKinds(act: Act, personId: string): Promise<Static<typeof KindOfferSchema>[]> {
  const person = await getPerson(act, personId);
  const known = await knownOfKind(act, person.id);
  const refused = { lastConclusionOn: await lastConclusionOn(act, person.id), refusal: await findLastRefusal(act, person.id) };
  return FILED_KINDS.map((kind) => {
    const { value, reasons } = decideKindToday(act, known.factsFor(kind));
    const comeAgainOn = reasons[0]?.params['comeAgainOn'];
    const fits = value === 'fits';
    return { kind, fits, why: fits ? null : value, comeAgainOn: !fits && typeof comeAgainOn === 'string' ? comeAgainOn : null, reasons, early: fits ? earlyFor(act, person, kind, refused) : [] };
  });
}

/** What acceptance would hold against an application of today by the day alone: the interval since the last conclusion, the lowest age, and the day that an earlier refusal named. */
function earlyFor(act: Act, person: Person, kind: FiledKind, { lastConclusionOn, refusal }: { lastConclusionOn: Day | null; refusal: { number: string; kind: string; comeAgainOn: Day } | undefined }): Reason[] {
  const on = act.today;
  // Disabled from birth on: since when is asked in the form, and checked when it is known.
  const { reasons } = decideAcceptance({ kind, appliedOn: on, insured: true, bornOn: person.birthOn, disabledSince: person.birthOn, lastConclusionOn, costCovered: true, materialsLacking: [] }, act.policy);
  const byRule = reasons.filter((one) => typeof one.params['comeAgainOn'] === 'string' && one.params['comeAgainOn'] > on && REFUSAL_CODES.includes(one.code as RefusalCode));
  if (refusal?.kind !== kind || refusal.comeAgainOn <= on || byRule.some((one) => one.params['comeAgainOn'] === refusal.comeAgainOn)) return byRule;
  return [...byRule, { rule: 'assessments.filing', code: 'REFUSED_UNTIL', params: { number: refusal.number, comeAgainOn: refusal.comeAgainOn }, sources: [] }];
}

/** The same for an own person of a family. Refuses with NOT_FOUND for anybody else's. */
export async function listKindsOfOwn(act: Act, personId: string): Promise<Static<typeof KindOfferSchema>[]> {
  if (!act.actor.persons.some((one) => one.personId === personId)) refuse('NOT_FOUND', {}, { status: 404 });
  return listKinds(act, personId);
}

/**
 * Records that the district lets a person apply for a status assessment although there was no acute stay. Good for one application, which
 * somebody else files. Refuses with NOT_FOUND, APPLICATION_PERSON_DECEASED, APPLICATION_NO_CONCLUSION, KIND_STATUS_LAPSED, STATUS_DECISION_OPEN.
 */
export async function decideStatusChange(act: Act, personId: string, body: Static<typeof StatusDecisionBodySchema>): Promise<{ id: string }> {
  const person = await getPerson(act, personId);
  if (person.deceasedOn !== null) refuse('APPLICATION_PERSON_DECEASED', { deceasedOn: person.deceasedOn });
  await lockStatusDecision(act, person.id);
  const { last, statusDecision, factsFor } = await knownOfKind(act, person.id);
  if (!last) refuse('APPLICATION_NO_CONCLUSION');
  if (act.today > last.lastDayOn) refuse('KIND_STATUS_LAPSED', { lastDayOn: last.lastDayOn });
  const stands = statusDecision && decideKindToday(act, { ...factsFor('statusChange'), stayAdmittedOn: null, stayDischargedOn: null }).value !== 'KIND_DECISION_EXPIRED';
  if (stands) refuse('STATUS_DECISION_OPEN', { decidedOn: statusDecision.decidedOn }, { status: 409 });
  const id = newId<'statusDecision'>(act.now.getTime());
  const { districtCode, townshipCode } = person;
  const [togetherWith, note] = [body.togetherWith.trim(), body.note.trim()];
  await insertStatusDecision(act, { id, districtCode, townshipCode, personId: person.id, togetherWith, note });
  await recordEvent(act, { districtCode, kind: 'assessments.statusChangeDecided', subjectType: 'person', subjectId: person.id, personId: person.id, townshipCode, note, data: { togetherWith, statusDecisionId: id } });
  return { id };
}

/** The decision on a special case that was not taken back, and the application that rests on it. Refuses with NOT_FOUND. */
export async function readStatusDecision(act: Act, personId: string): Promise<{ decidedOn: string | null; usedBy: string | null }> {
  const standing = await findStandingDecision(act, (await getPerson(act, personId)).id);
  return { decidedOn: standing?.decidedOn ?? null, usedBy: standing?.usedBy ?? null };
}

/**
 * Takes back the district's decision on a person, with the reason; another one can be made afterwards. Refuses with NOT_FOUND, STATUS_DECISION_NONE, and with STATUS_DECISION_USED
 * {number} while an application rests on it: that one is then refused, withdrawn or closed on its own road.
 */
export async function revokeStatusDecision(act: Act, personId: string, note: string): Promise<{ revokedOn: string }> {
  const { id: who, districtCode, townshipCode } = await getPerson(act, personId);
  await lockStatusDecision(act, who);
  const standing = (await findStandingDecision(act, who)) ?? refuse('STATUS_DECISION_NONE', {}, { status: 409 });
  const { id, decidedOn, usedBy } = standing;
  if (usedBy !== null) refuse('STATUS_DECISION_USED', { decidedOn, number: usedBy }, { status: 409 });
  const reason = note.trim();
  await insertRevocation(act, { id, districtCode, townshipCode, personId: who, reason });
  await recordEvent(act, { districtCode, kind: 'assessments.statusChangeRevoked', subjectType: 'person', subjectId: who, personId: who, townshipCode, note: reason, data: { decidedOn, statusDecisionId: id } });
  return { revokedOn: act.today };
}

/**
 * A review, or a case back after an upheld objection, goes to another institution than those whose result it looks at; a district with one
 * alone takes one of another district (`elsewhere`). Refuses with REVIEW_SAME_INSTITUTION.
 */
export async function demandOtherInstitution(act: Act, application: Application, institution: { id: string; name: string }): Promise<{ elsewhere: boolean }> {
  const before = await listTookPart(act, application);
  if (before.some((one) => one.institutionId === institution.id)) refuse('REVIEW_SAME_INSTITUTION', { institution: institution.name });
  return { elsewhere: before.length > 0 || application.kind === 'review' || application.kind === 'finalReview' };
}

/** Somebody who takes part in an assessment; without account where only a name is known. */
export interface Participant {
  accountId: string | null;
  name: string;
}

/** A review is done by other persons than the result under review: told apart by account, and by name where one side is only a name. Refuses with REVIEW_SAME_PERSON. */
export async function demandOtherPersons(act: Act, application: Application, also: readonly Participant[] = []): Promise<void> {
  const before = await listTookPart(act, application);
  const now = [{ accountId: act.actor.accountId, name: act.actor.name }, ...also];
  const again = before.find((one) => now.some((other) => (one.accountId !== null && other.accountId !== null ? one.accountId === other.accountId : one.name === other.name)));
  if (again) refuse('REVIEW_SAME_PERSON', { name: again.name }, { status: 403 });
}

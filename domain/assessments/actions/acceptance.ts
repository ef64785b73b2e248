/** Accepting an application, or not. */
import type { Static } from '@sinclair/typebox';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { getPerson } from '#domain/people/index.ts';
import type { Person } from '#domain/people/index.ts';
import type { AcceptanceSchema, AcceptBodySchema, RefuseBodySchema } from '../contract/application.ts';
import type { Day } from '#kit/days.ts';
import type { Reason } from '#kit/decision.ts';
import { REFUSAL_CODES } from '../model.ts';
import type { ApplicationState, RefusalCode } from '../model.ts';
import { decideAcceptance } from '../rules.ts';
import type { ApplicationFacts } from '../rules.ts';
import { decideRefusal, EARLY_GROUNDS } from '../rules/taken-over.ts';
import { moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { demandMaterials, recordPromise } from '../materials/supply.ts';
import { preReviewHindrance } from '../prereview/actions.ts';
import { lastConclusionOn } from '../store/conclusion.ts';
import { demandDisabledSince, recordStep, takeInHand } from './case.ts';

/**
 * Lets the rule decide on acceptance. A refusal by the rule is an answer, not an error: the decision is kept, the application
 * becomes `refused` with the code and, where a rule names one, the day from which to come again. Where the township has to look first it must have; where the city's
 * check-list is demanded the papers are complete, or their later supply is promised. Refuses with NOT_FOUND, APPLICATION_STATE, PRE_REVIEW_MISSING, MATERIALS_INCOMPLETE, SUPPLY_PROMISE, CALENDAR_MISSING.
 */
export async function acceptApplication(act: Act, id: string, body: Static<typeof AcceptBodySchema>): Promise<Static<typeof AcceptanceSchema>> {
  const application = await takeInHand(act, id, 'accept');
  const waits = preReviewHindrance(application);
  if (waits) throw waits;
  const person = await getPerson(act, application.personId);
  const decision = decideAcceptance({ ...(await knownOf(act, application, person)), costCovered: body.costCovered, materialsLacking: body.materialsLacking }, act.policy);
  // Papers are asked for only where nothing else stands against acceptance.
  const papers = decision.value === 'accepted' ? await demandMaterials(act, application, body.promisedBy) : undefined;
  const decisionId = await keepDecision(act, decision, subjectOf(application));
  if (decision.value === 'accepted') {
    await moveApplication(act, application, { state: 'accepted', decisionId, acceptedOn: act.today });
    const promise = papers && (await recordPromise(act, application, papers, body.promisedBy ?? ''));
    await recordStep(act, application, 'applicationAccepted');
    if (promise) await recordStep(act, application, 'supplyPromised', { data: { ...promise, promisedBy: body.promisedBy?.trim() ?? '' } });
    return { state: 'accepted', value: 'accepted', decisionId, reasons: decision.reasons, comeAgainOn: null, supplyByOn: promise?.supplyByOn ?? null };
  }
  const comeAgainOn = comeAgainOf(decision.reasons);
  await moveApplication(act, application, { state: 'refused', refusalCode: decision.value, decisionId, ...(comeAgainOn === null ? {} : { comeAgainOn }) });
  await recordStep(act, application, 'applicationRefused', { data: { code: decision.value } });
  return { state: 'refused', value: decision.value, decisionId, reasons: decision.reasons, comeAgainOn, supplyByOn: null };
}

/** The latest of the days that the grounds of a refusal name: before it the application would be refused again. */
function comeAgainOf(reasons: readonly Reason[]): Day | null {
  const days = reasons.filter((one) => REFUSAL_CODES.includes(one.code as RefusalCode)).map((one) => one.params['comeAgainOn']).filter((day) => typeof day === 'string');
  return days.toSorted().at(-1) ?? null;
}

/**
 * An officer's refusal with a code and a note; kept as a decision. A ground of "too early" holds only where the rule finds it so, by the day that the officer
 * read in the medical record; it names the day from which to come again. "Not insured" against the record needs words on what was found elsewhere, kept with the decision. Refuses with NOT_FOUND, APPLICATION_STATE,
 * APPLICATION_DISABLED_SINCE, REFUSAL_NOT_EARLY, REFUSAL_INSURED.
 */
export async function refuseApplication(act: Act, id: string, body: Static<typeof RefuseBodySchema>): Promise<{ state: ApplicationState }> {
  const application = await takeInHand(act, id, 'refuse');
  const early = (EARLY_GROUNDS as readonly string[]).includes(body.code) ? await earlyFacts(act, application, body) : undefined;
  const againstRecord = body.code === 'NOT_INSURED' ? await insuredByRecord(act, application, body) : undefined;
  const decision = decideRefusal({ code: body.code, note: body.note, on: application.filedOn, ...(early ? { early } : {}), ...(againstRecord ? { againstRecord } : {}) }, act.policy);
  const comeAgainOn = comeAgainOf(decision.reasons);
  const { groundZh, groundEn } = decision.value;
  if (early && comeAgainOn === null) refuse('REFUSAL_NOT_EARLY', { groundZh, groundEn, filedOn: application.filedOn }, { errors: [{ column: 'code', value: body.code, code: 'REFUSAL_NOT_EARLY', params: { groundZh, groundEn, filedOn: application.filedOn } }] });
  const decisionId = await keepDecision(act, decision, subjectOf(application));
  await moveApplication(act, application, { state: 'refused', refusalCode: body.code, decisionId, ...(comeAgainOn === null ? {} : { comeAgainOn }) });
  await recordStep(act, application, 'applicationRefused', { note: body.note, data: { code: body.code } });
  return { state: 'refused' };
}

/** What stands against "not insured", with the officer's words on it; nothing where the record knows of no insurance either. Refuses with REFUSAL_INSURED. */
async function insuredByRecord(act: Act, application: Application, body: Static<typeof RefuseBodySchema>): Promise<{ insuredFromOn: Day | null; found: string } | undefined> {
  const person = await getPerson(act, application.personId);
  if (!insuredOn(person, application.filedOn)) return undefined;
  const found = body.againstRecord?.trim();
  const params = { filedOn: application.filedOn, insuredFromOn: person.insuredFromOn ?? '–' };
  if (!found) refuse('REFUSAL_INSURED', params, { errors: [{ column: 'againstRecord', value: '', code: 'REFUSAL_INSURED', params }] });
  return { insuredFromOn: person.insuredFromOn, found };
}

async function earlyFacts(act: Act, application: Application, body: Static<typeof RefuseBodySchema>): Promise<ApplicationFacts> {
  const person = await getPerson(act, application.personId);
  if (body.disabledSinceOn !== undefined) demandDisabledSince(act, body.disabledSinceOn, person);
  const known = await knownOf(act, application, person);
  return { ...known, disabledSince: body.disabledSinceOn ?? known.disabledSince, costCovered: true, materialsLacking: [] };
}

/** What the records say of an application and its person, for the rule of acceptance. */
async function knownOf(act: Act, application: Application, person: Person): Promise<Omit<ApplicationFacts, 'costCovered' | 'materialsLacking'>> {
  assert(application.disabledSinceOn !== null, `the application ${application.number}, which waits for acceptance, says since when the disability lasts`);
  return {
    kind: application.kind, appliedOn: application.filedOn, insured: insuredOn(person, application.filedOn), bornOn: person.birthOn, disabledSince: application.disabledSinceOn,
    lastConclusionOn: await lastConclusionOn(act, person.id),
  };
}

function insuredOn(person: Person, day: string): boolean {
  return person.insuredKind !== null && (person.insuredFromOn === null || person.insuredFromOn <= day);
}

function subjectOf(application: Application) {
  const { districtCode, personId, townshipCode } = application;
  return { districtCode, personId, townshipCode, subjectType: 'application', subjectId: application.id, decidedOn: application.filedOn };
}

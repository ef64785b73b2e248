/** Filing an application: by the window, the township, or the family for its own person; and the agency's own spot check. */
import type { Static } from '@sinclair/typebox';
import type { Decision } from '#kit/decision.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { checkIdentityNumber } from '#kit/identity-number.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import { nextNumber } from '#platform/numbers.ts';
import { getPerson } from '#domain/people/index.ts';
import type { Person } from '#domain/people/index.ts';
import type { SpotCheckBodySchema } from '../contract/application.ts';
import type { KindAnswer } from '../rules/kind.ts';
import { byWhom, insertOriginals, keepUp } from '../materials/actions.ts';
import { materialList } from '../materials/policy.ts';
import { storeSelfAssessment } from '../materials/self-assessment.ts';
import { preReviewOwed } from '../prereview/rules.ts';
import { findOpenApplication, insertApplication } from '../store/application.ts';
import type { Filing, NewApplication } from '../store/application.ts';
import { demandDisabledSince, getApplication } from './case.ts';
import { decideKindToday, demandFit, knownOfKind } from './kind.ts';
import type { KnownOfKind } from './kind.ts';
import { lockStatusDecision } from '../store/kind.ts';

type Filed = { id: string; number: string };

/**
 * Files an application for a person in scope. Refuses with NOT_FOUND, APPLICATION_PERSON_DECEASED, APPLICATION_DISABLED_SINCE, the grounds of
 * the rule on kinds (KIND_…, APPLICATION_NO_CONCLUSION), AGENT_MISSING, AGENT_IDENTITY_NUMBER, SELF_ASSESSMENT_…, FOUR_EYES (who decided the special case does not file on it) or APPLICATION_OPEN (one at a time).
 */
export async function fileApplication(act: Act, filing: Filing): Promise<Filed> {
  const person = await getPerson(act, filing.personId);
  if (person.deceasedOn !== null) refuse('APPLICATION_PERSON_DECEASED', { deceasedOn: person.deceasedOn });
  demandDisabledSince(act, filing.disabledSinceOn, person);
  if (filing.kind === 'statusChange') await lockStatusDecision(act, person.id);
  const known = await knownOfKind(act, person.id);
  const decision = decideKindToday(act, known.factsFor(filing.kind));
  demandFit(decision);
  const statusDecisionId = restsOn(act, decision, known);
  const agent = agentOf(act, filing);
  const { applicantName, relation, contactPhone, disabledSinceOn, statement, kind } = filing;
  // What a family fills in on its own page is the application form itself; whatever else it says it has does not count.
  const materials: Filing['materials'] = byWhom(act) === 'office' ? filing.materials : ['applicationForm'];
  const filed = await openCase(act, person, decision, {
    kind, applicantName, relation, contactPhone, disabledSinceOn, materials, statement: statement ?? null, aboutConclusionId: known.last?.id ?? null, statusDecisionId, ground: null, groundSource: null, state: 'filed',
    agentName: agent?.name ?? null, agentIdentityNumber: agent?.number ?? null, preReviewOwed: preReviewOwed(kind, act.today, act.policy),
  });
  await takePapers(act, filed.id, filing);
  return filed;
}

/** What came with the filing: originals that the window saw, and the self-assessment form. What a family says it has does not count until it is handed in. */
async function takePapers(act: Act, id: string, { materials, selfAssessment, applicantName }: Filing): Promise<void> {
  const application = await getApplication(act, id);
  const listed = act.policy.edition(materialList, application.filedOn).value.items.map((one) => one.code);
  if (byWhom(act) === 'office') await insertOriginals(act, application, materials.filter((code) => listed.includes(code)));
  if (selfAssessment) await storeSelfAssessment(act, application, { answers: selfAssessment.answers, filledBy: applicantName, ...(selfAssessment.onPaper === undefined ? {} : { onPaper: selfAssessment.onPaper }) });
  await keepUp(act, application);
}

/** The agent with a checked number. Refuses with AGENT_IDENTITY_NUMBER, and with AGENT_MISSING where the city's check-list is demanded and nobody is named. */
function agentOf(act: Act, { relation, agent }: Filing): { name: string; number: string } | undefined {
  if (agent === undefined) {
    if (relation === 'agent' && act.policy.edition(materialList, act.today).value.demanded) refuse('AGENT_MISSING', {}, { errors: [{ column: 'agent.name', value: '', code: 'AGENT_MISSING' }] });
    return undefined;
  }
  const checked = checkIdentityNumber(agent.identityNumber, act.today);
  if (!checked.ok) refuse('AGENT_IDENTITY_NUMBER', {}, { errors: [{ column: 'agent.identityNumber', value: agent.identityNumber, code: checked.code }] });
  return { name: agent.name.trim(), number: checked.number };
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
    statusDecisionId: null, ground: body.ground, groundSource: body.source.trim(), state: 'accepted', agentName: null, agentIdentityNumber: null, preReviewOwed: false,
  });
}

async function openCase(act: Act, person: Person, decision: Decision<KindAnswer>, filed: Omit<NewApplication, 'id' | 'number' | 'personId' | 'districtCode' | 'townshipCode'>): Promise<Filed> {
  const open = await findOpenApplication(act, person.id);
  if (open) refuse('APPLICATION_OPEN', { number: open.number, filedOn: open.filedOn }, { status: 409 });
  const id = newId<'application'>(act.now.getTime());
  const number = await nextNumber(act, 'A');
  const { id: personId, districtCode, townshipCode } = person;
  // Somebody else filed in the same moment: the database lets one through.
  if (!(await insertApplication(act, { ...filed, id, number, personId, districtCode, townshipCode }))) refuse('APPLICATION_OPEN', { number: null, filedOn: act.today }, { status: 409 });
  const about = { districtCode, subjectType: 'application', subjectId: id, personId, townshipCode };
  await keepDecision(act, decision, { ...about, decidedOn: act.today });
  if (filed.kind === 'spotCheck') await recordEvent(act, { ...about, kind: 'assessments.spotCheckOpened', note: filed.statement, data: { number, ground: filed.ground, source: filed.groundSource } });
  else await recordEvent(act, { ...about, kind: 'assessments.applicationFiled', data: { number, kind: filed.kind } });
  return { id, number };
}

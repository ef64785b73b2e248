/** The assessment on site: answers of the scale become a grade. */
import type { Static } from '@sinclair/typebox';
import { dayOf } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { keepDecision } from '#platform/decisions/keep.ts';
import { recordEvent } from '#platform/events/record.ts';
import type { EditionOn } from '#platform/policy/index.ts';
import type { AssessmentBodySchema, AssessmentMadeSchema, PreviewSchema, ScaleEditionSchema } from '../contract/grading.ts';
import { expertsOnSite, personsOnSite, scale } from '../policy.ts';
import { gradeAnswers, pointsOf } from '../rules.ts';
import type { Answers } from '../rules.ts';
import { filledAnswers, isWeighted, progressOf } from '../scale/model.ts';
import type { Scale } from '../scale/model.ts';
import { commitBeforehand, drawForAssessment } from '../expert/draw.ts';
import { moveApplication } from '../store/application.ts';
import type { Application } from '../store/application.ts';
import { insertAssessment } from '../store/assessment.ts';
import { isVideoRequired } from '../onsite/actions/required.ts';
import { demandSent } from '../dispatch/guard.ts';
import { findCurrentOrder } from '../dispatch/store.ts';
import { demandOtherInstitution, demandOtherPersons } from './kind.ts';
import { getApplication, gradeNamed, recordStep, takeInHand } from './case.ts';

type AssessmentBody = Static<typeof AssessmentBodySchema>;

/** The assessor and the expert whose names the record carries. */
const PRESENT = 2;

/** The visit on site that becomes an assessment, with all who came along beside the assessor. */
export interface OnSite {
  id: string;
  secondAccountId: string;
  companions: readonly { accountId: string; name: string }[];
}

/** The edition of the scale that a case keeps: the one in force when it was filed. */
export function scaleOf(act: Act, application: { filedOn: string }): EditionOn<Scale> {
  return act.policy.edition(scale, application.filedOn);
}

/**
 * Records the assessment by an assessor of the institution in charge, entered at a desk or handed in as a visit on site. Refuses with
 * SITE_VISIT_NEEDED at a desk where the case must be recorded on video, ASSESSMENT_INSTITUTION, ASSESSMENT_PERSONS_ON_SITE,
 * ASSESSMENT_SECOND_PERSON, ASSESSMENT_ON_SITE_AT, REVIEW_SAME_INSTITUTION or REVIEW_SAME_PERSON (a review, or what an upheld
 * objection overturned, is done by others than those who assessed or confirmed first), and with
 * ASSESSMENT_ANSWER_MISSING or ASSESSMENT_ANSWER_FOREIGN with one error per item.
 */
export async function recordAssessment(act: Act, applicationId: string, body: AssessmentBody, onSite?: OnSite): Promise<Static<typeof AssessmentMadeSchema>> {
  const application = await takeInHand(act, applicationId, 'assess');
  await demandProperVisit(act, application, body, onSite);
  const edition = scaleOf(act, application);
  const decision = gradeAnswers(edition, body.answers);
  const id = newId<'assessment'>(act.now.getTime());
  const about = { districtCode: application.districtCode, subjectType: 'assessment', subjectId: id, personId: application.personId, townshipCode: application.townshipCode, institutionId: act.actor.institutionId };
  const decisionId = await keepDecision(act, decision, { ...about, decidedOn: dayOf(new Date(body.onSiteAt)) });
  const { grade } = decision.value;
  await commitBeforehand(act, application.districtCode, [application], { anew: false });
  await insertAssessment(act, application, {
    id, institutionId: application.institutionId!, assessorAccountId: act.actor.accountId, assessorName: act.actor.name, secondName: body.secondName.trim(), guardianName: body.guardianName.trim(),
    onSiteAt: body.onSiteAt, place: body.place.trim(), scaleId: edition.id, answers: body.answers, points: pointsOf(decision.value), grade, decisionId,
    siteVisitId: onSite?.id ?? null, secondAccountId: onSite?.secondAccountId ?? null,
  });
  await moveApplication(act, application, { state: 'scored' });
  await recordEvent(act, { ...about, kind: 'assessments.assessed', data: { number: application.number, grade, applicationId } });
  await recordStep(act, application, 'scored', { data: { grade } });
  await drawForAssessment(act, application, id);
  return { id, decisionId, reasons: decision.reasons, ...gradeNamed(act, grade, edition.id) };
}

async function demandProperVisit(act: Act, application: Application, body: AssessmentBody, onSite: OnSite | undefined): Promise<void> {
  if (application.institutionId === null || act.actor.institutionId !== application.institutionId) refuse('ASSESSMENT_INSTITUTION', {}, { status: 403 });
  const day = dayOf(new Date(body.onSiteAt));
  const needed = Math.max(act.policy.figure(personsOnSite, day).value, act.policy.figure(expertsOnSite, day).value + 1);
  const present = onSite ? onSite.companions.length + 1 : PRESENT;
  if (needed > present) refuse('ASSESSMENT_PERSONS_ON_SITE', { needed, present });
  if (!onSite && isVideoRequired(act, application)) refuse('SITE_VISIT_NEEDED', {}, { status: 409 });
  // A visit knows its persons by account: two of one name may stand in it.
  if (!onSite && body.secondName.trim() === act.actor.name) refuse('ASSESSMENT_SECOND_PERSON', { name: act.actor.name });
  const order = await findCurrentOrder(act, application.id);
  // Nobody was there for the case before it was given to the institution.
  const earliestOn = [application.returnedOn ?? application.acceptedOn ?? application.filedOn, ...(order ? [dayOf(new Date(order.issuedAt))] : [])].toSorted().at(-1)!;
  if (day < earliestOn || new Date(body.onSiteAt) > act.now) {
    refuse('ASSESSMENT_ON_SITE_AT', { earliestOn }, { errors: [{ column: 'onSiteAt', value: body.onSiteAt, code: 'ASSESSMENT_ON_SITE_AT', params: { earliestOn } }] });
  }
  await demandOtherInstitution(act, application, { id: application.institutionId, name: act.actor.name });
  const companions = onSite?.companions ?? [{ accountId: null, name: body.secondName.trim() }];
  await demandOtherPersons(act, application, companions);
  await demandSent(act, application, companions);
}

/** The grade so far: what is missing, the sums, the grades that the open answers still allow. Refuses foreign answers. Nothing is stored. */
export async function previewGrade(act: Act, applicationId: string, answers: Answers): Promise<Static<typeof PreviewSchema>> {
  const edition = scaleOf(act, await getApplication(act, applicationId));
  const { value: scaleBody } = edition;
  const missing = scaleBody.items.filter((item) => answers[item.code] === undefined);
  const heaviest = gradeAnswers(edition, filledAnswers(scaleBody, answers, 'heaviest'));
  const lightest = gradeAnswers(edition, filledAnswers(scaleBody, answers, 'lightest'));
  const sums = progressOf(scaleBody, answers).map(({ code, points, maxPoints, inHundredths, answered, items }) => ({ dimension: code, points, maxPoints, inHundredths, answered, items }));
  return {
    scaleId: edition.id, missing: missing.map((item) => item.code), sums,
    possible: { lightest: lightest.value.grade, heaviest: heaviest.value.grade },
    grading: missing.length > 0 ? null : { ...gradeNamed(act, heaviest.value.grade, edition.id), reasons: heaviest.reasons },
  };
}

/** The edition for the entry form, by id or the one in force today; one that lies ready can be read too. Refuses with SCALE_UNKNOWN. */
export function readScale(act: Act, id: string | undefined): Static<typeof ScaleEditionSchema> {
  const known = act.policy.all().filter((row) => row.name === scale.name);
  const ready = act.policy.ready(scale);
  const aside = ready.find((one) => one.id === id);
  if (id !== undefined && !aside && !known.some((row) => row.id === id)) refuse('SCALE_UNKNOWN', { id, known: known.map((row) => row.id).join(', ') }, { status: 404 });
  const edition = aside ?? (id === undefined ? act.policy.edition(scale, act.today) : act.policy.editionById(scale, id));
  const cited = new Set([...edition.sources.map((one) => one.document), ...partsOf(edition.value).map((part) => part.source.document)]);
  const documents = act.policy.sources().filter((one) => cited.has(one.id)).map(({ id: document, number, title }) => ({ id: document, number: number ?? null, title }));
  return { id: edition.id, from: edition.from, to: edition.to, status: edition.status, file: edition.file, use: aside?.use ?? null, scale: edition.value, documents };
}

/** The parts of a scale that carry a document of their own. */
function partsOf(scaleBody: Scale): { source: { document: string } }[] {
  if (isWeighted(scaleBody)) return [...scaleBody.items, ...scaleBody.dimensions, scaleBody.bands, ...(scaleBody.treatmentFirst ? [scaleBody.treatmentFirst] : [])];
  return [...scaleBody.items, ...scaleBody.cutPoints, scaleBody.matrix];
}

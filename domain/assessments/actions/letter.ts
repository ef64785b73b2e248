/** The conclusion letter of a stored case: everything on it is read from what was kept, in both languages. */
import { dayOf, daysBetween } from '#kit/days.ts';
import type { Reason } from '#kit/decision.ts';
import { assert, refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { findDecision, listDecisions } from '#platform/decisions/keep.ts';
import type { KeptDecision } from '#platform/decisions/keep.ts';
import type { FileAnswer } from '#platform/module.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import type { EditionOn } from '#platform/policy/index.ts';
import { codeWord, loadWords, sentence } from '#platform/words/words.ts';
import { findNotice } from '#domain/notices/index.ts';
import { getPerson } from '#domain/people/index.ts';
import { recordReading } from '../delivery/actions.ts';
import { conclusionLetterPdf } from '../letter.ts';
import type { ConclusionLetter, LetterReason } from '../letter.ts';
import { scale } from '../policy.ts';
import { pointsOf } from '../rules.ts';
import type { Grading } from '../rules.ts';
import { fromHundredths, isWeighted, progressOf } from '../scale/model.ts';
import type { Scale } from '../scale/model.ts';
import { reviewRequest } from '../rules/kind.ts';
import { findApplication } from '../store/application.ts';
import { findAssessment, listConfirmations } from '../store/assessment.ts';
import { findConclusion } from '../store/conclusion.ts';
import type { Conclusion } from '../store/conclusion.ts';
import { gradeNamed } from './case.ts';
import { getConclusion, verifyUrlOf } from './read.ts';

// Every rule that speaks in a letter belongs to this module, so its own words are enough.
const WORDS = loadWords([{ name: 'assessments', words: new URL('../', import.meta.url) }]);

/** The letter as PDF. Refuses with NOT_FOUND, LETTER_OF_IMPORTED, LETTER_OF_OTHERS, LETTER_AGENCY_MISSING, CALENDAR_MISSING, DOCUMENT_CHARACTER_MISSING. */
export async function printLetter(act: Act, conclusionId: string): Promise<FileAnswer> {
  const conclusion = await getConclusion(act, conclusionId);
  if (conclusion.origin === 'imported') refuse('LETTER_OF_IMPORTED', { number: conclusion.number });
  return { mediaType: 'application/pdf', fileName: `${conclusion.number}.pdf`, body: await conclusionLetterPdf(await letterOf(act, conclusion)) };
}

/** The letter for a family, whose opening it is the proof of receipt (delivery by the portal, recorded once). Refuses like printLetter. */
export async function openOwnLetter(act: Act, conclusionId: string): Promise<FileAnswer> {
  const letter = await printLetter(act, conclusionId);
  await recordReading(act, conclusionId);
  return letter;
}

/** What the letter of a conclusion says. Refuses with LETTER_OF_OTHERS: who assessed the same person before or afterwards sees the conclusion, and not the assessment of the others. */
export async function letterOf(act: Act, conclusion: Conclusion): Promise<ConclusionLetter> {
  if (act.actor.institutionId !== null && (conclusion.assessmentId === null || conclusion.applicationId === null)) refuse('LETTER_OF_OTHERS', { number: conclusion.number }, { status: 403 });
  const person = await getPerson(act, conclusion.personId);
  const assessment = await findAssessment(act, conclusion.assessmentId ?? '');
  const notice = await findNotice(act, conclusion.noticeId ?? '');
  const graded = await findDecision(act, conclusion.decisionId);
  const verifyUrl = await verifyUrlOf(act, conclusion);
  assert(assessment && notice && graded && verifyUrl, `the conclusion ${conclusion.number} has its assessment, notice and decision`);
  const edition = act.policy.editionById(scale, assessment.scaleId);
  const voices = (await listConfirmations(act, [assessment.id])).get(assessment.id) ?? [];
  const days = (await listDecisions(act, conclusion.id)).filter((one) => one.kind !== 'assessments.entitlement');
  const { grade, gradeZh, gradeEn } = gradeNamed(act, conclusion.grade, assessment.scaleId);
  const { district, agency } = agencyOf(act, conclusion.districtCode);
  const institution = assessment.institutionName ?? '';
  return {
    number: conclusion.number, issuedOn: conclusion.concludedOn, issuer: agency.name, ...(await caseOf(act, conclusion)),
    person: { name: person.name, identityNumber: person.identityNumber, district },
    assessment: {
      institution: { zh: institution, en: institution }, assessedOn: dayOf(new Date(assessment.onSiteAt)),
      scale: labelOf(act, edition.id), experts: voices.filter((one) => one.agrees).map((one) => one.expertName),
    },
    grade: { level: grade, name: { zh: gradeZh, en: gradeEn }, status: isWeighted(edition.value) ? edition.value.bands.status : edition.value.matrix.status },
    sums: sumsOf(edition, graded), reasons: [...graded.reasons, ...days.flatMap((one) => one.reasons)].map((reason) => reasonOf(act, reason)),
    notice: { startsOn: notice.startsOn, endsOn: notice.endsOn, days: daysBetween(notice.startsOn, notice.endsOn) + 1 },
    effectiveOn: conclusion.effectiveOn, validUntilOn: conclusion.validUntilOn,
    objection: { to: agency.name, ...reviewOf(act, conclusion), address: agency.address, phone: agency.phone },
    verifyUrl,
  };
}

function sumsOf(edition: EditionOn<Scale>, graded: KeptDecision): ConclusionLetter['sums'] {
  const grading = graded.value as Grading;
  const { value } = edition;
  const points = pointsOf(grading);
  return progressOf(value, {}).map(({ code, zh, en, maxPoints, inHundredths, weightBp }) => {
    const impairment = grading.type === 'weightedSum' || isWeighted(value) ? undefined : value.classes.find((one) => one.code === grading.classes[code as 'adl']);
    const shown = (amount: number): string => (inHundredths ? fromHundredths(amount) : String(amount));
    const share = fromHundredths(weightBp ?? 0);
    return { dimension: { zh, en }, points: shown(points[code] ?? 0), maxPoints: shown(maxPoints), impairment: impairment ? { zh: impairment.zh, en: impairment.en } : { zh: `占 ${share}%`, en: `${share} % of the score` } };
  });
}

function reasonOf(act: Act, reason: Reason): LetterReason {
  return {
    sentence: { zh: sentence(WORDS, 'zh', 'reasons', reason.code, reason.params), en: sentence(WORDS, 'en', 'reasons', reason.code, reason.params) },
    sources: reason.sources.map(({ document, article, status }) => {
      const cited = act.policy.sources().find((one) => one.id === document);
      return { title: cited?.number ?? cited?.title.zh ?? document, status, ...(article === undefined ? {} : { article }) };
    }),
  };
}

function labelOf(act: Act, editionId: string): { zh: string; en: string } {
  const row = act.policy.all().find((one) => one.name === scale.name && one.id === editionId);
  assert(row, `the edition ${editionId} stands in the policy book`);
  return row.label;
}

/** The district and its agency. Refuses with LETTER_AGENCY_MISSING. */
export function agencyOf(act: Act, districtCode: string) {
  const district = act.policy.about.districts?.find((one) => one.code === districtCode);
  if (!district?.agency) refuse('LETTER_AGENCY_MISSING', { district: district?.name.zh ?? districtCode, file: `policy/cities/${act.policy.about.city}/city.yaml` });
  return { district: district.name, agency: district.agency };
}

/** Until when a re-assessment may be asked for: counted from receipt where it is on record, else from the conclusion. Figure: assessments.reviewRequestDays. */
function reviewOf(act: Act, { concludedOn, receivedOn }: Conclusion): Pick<ConclusionLetter['objection'], 'untilOn' | 'receivedOn' | 'days'> {
  try {
    const { lastRequestOn, figure } = reviewRequest(concludedOn, receivedOn, act.policy);
    return { untilOn: lastRequestOn, receivedOn, days: figure.value };
  } catch (error) {
    if (error instanceof PolicyProblem) refuse('CALENDAR_MISSING', { file: error.faults[0]?.file ?? '' });
    throw error;
  }
}

/** Kind of the case in words, and the grade before where there was one. */
async function caseOf(act: Act, conclusion: Conclusion): Promise<Pick<ConclusionLetter, 'kind' | 'before'>> {
  const application = conclusion.applicationId === null ? undefined : await findApplication(act, conclusion.applicationId);
  assert(application, `the conclusion ${conclusion.number} has its case`);
  const word = (lang: 'zh' | 'en'): string => codeWord(WORDS, lang, 'assessments', application.kind) ?? application.kind;
  const before = application.aboutConclusionId === null ? undefined : await findConclusion(act, application.aboutConclusionId);
  const named = before && gradeNamed(act, before.grade, before.scaleId);
  return { kind: { zh: word('zh'), en: word('en') }, before: before && named ? { number: before.number, level: before.grade, name: { zh: named.gradeZh, en: named.gradeEn } } : null };
}

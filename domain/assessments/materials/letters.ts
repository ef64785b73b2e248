/** The letters before the assessment: not accepted (不予受理通知书), and the receipt of acceptance (受理通知书). Everything on them is read from what was kept. */
import { dayOf } from '#kit/days.ts';
import type { Bilingual } from '#kit/contract.ts';
import type { Reason } from '#kit/decision.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { findDecision } from '#platform/decisions/keep.ts';
import { renderPdf } from '#platform/documents/render.ts';
import type { FileAnswer } from '#platform/module.ts';
import { loadWords, sentence } from '#platform/words/words.ts';
import { getPerson } from '#domain/people/index.ts';
import { getApplication, stateParams } from '../actions/case.ts';
import { GROUND_WORDS } from '../model.ts';
import { refusalCodes } from '../policy.ts';
import type { RefusalCode } from '../policy.ts';
import type { Application } from '../store/application.ts';
import { itemOf } from './actions.ts';
import { listPresent } from './store.ts';

const WORDS = loadWords([{ name: 'assessments', words: new URL('../', import.meta.url) }]);

/** The agency of a district as a letter names it; refuses with LETTER_AGENCY_MISSING. */
export function agencyOf(act: Act, districtCode: string) {
  const district = act.policy.about.districts?.find((one) => one.code === districtCode);
  if (!district?.agency) refuse('LETTER_AGENCY_MISSING', { district: district?.name.zh ?? districtCode, file: `policy/cities/${act.policy.about.city}/city.yaml` });
  return { district: district.name, agency: district.agency };
}

export const worded = (space: string, code: string, params: Reason['params'] = {}): Bilingual => ({ zh: sentence(WORDS, 'zh', space, code, params), en: sentence(WORDS, 'en', space, code, params) });

/** What every letter about an application says at its head. */
export async function headOf(act: Act, application: Application) {
  const person = await getPerson(act, application.personId);
  const { district, agency } = agencyOf(act, application.districtCode);
  const { number, filedOn, applicantName } = application;
  return { number, issuer: agency.name, address: agency.address, phone: agency.phone, applicantName, filedOn, kind: worded('values', application.kind), person: { name: person.name, identityNumber: person.identityNumber, district } };
}

/** One reason in the words of staff and with the documents it rests on. */
function reasonShown(act: Act, reason: Reason) {
  return {
    sentence: worded('reasons', reason.code, reason.params),
    sources: reason.sources.map(({ document, article, status }) => {
      const cited = act.policy.sources().find((one) => one.id === document);
      return { title: cited?.number ?? cited?.title.zh ?? document, unverified: status === 'unverified', ...(article === undefined ? {} : { article }) };
    }),
  };
}

/** The letter of refusal of a refused application: code, reason in plain words, source, what can be done, and from when to come again. Refuses with NOT_FOUND, APPLICATION_STATE, LETTER_AGENCY_MISSING, DOCUMENT_CHARACTER_MISSING. */
export async function printRefusal(act: Act, id: string): Promise<FileAnswer> {
  const application = await getApplication(act, id);
  if (application.state !== 'refused' || application.refusalCode === null) refuse('APPLICATION_STATE', stateParams(application.state), { status: 409 });
  const head = await headOf(act, application);
  const decision = application.decisionId === null ? undefined : await findDecision(act, application.decisionId);
  const grounds = act.policy.edition(refusalCodes, application.filedOn).value.codes;
  const against = (decision?.reasons ?? []).filter((one) => one.code === 'REFUSED_BY_OFFICER' || grounds.some((ground) => ground.code === (one.code as RefusalCode)));
  const number = `${application.number}-R`;
  const body = await renderPdf(new URL('refusal.typ', import.meta.url), {
    ...head, number, applicationNumber: application.number, issuedOn: dayOf(new Date(application.stateSince)), code: application.refusalCode, ground: worded('values', application.refusalCode),
    reasons: against.map((one) => reasonShown(act, one)), comeAgainOn: application.comeAgainOn, next: worded('nextSteps', application.refusalCode),
  });
  return { mediaType: 'application/pdf', fileName: `${number}.pdf`, body };
}

/** The letter about a case that was closed: ground, reasons with their sources, what can be done. Refuses with NOT_FOUND, APPLICATION_STATE, LETTER_AGENCY_MISSING, DOCUMENT_CHARACTER_MISSING. */
export async function printClosing(act: Act, id: string): Promise<FileAnswer> {
  const application = await getApplication(act, id);
  const { state, closedReason, comeAgainOn } = application;
  if (state !== 'closed' || closedReason === null) refuse('APPLICATION_STATE', stateParams(state), { status: 409 });
  const head = await headOf(act, application);
  // A case that ended with a death keeps the decision on its acceptance: no reason of its end.
  const decision = closedReason === 'PERSON_DECEASED' || application.decisionId === null ? undefined : await findDecision(act, application.decisionId);
  const number = `${application.number}-T`;
  const body = await renderPdf(new URL('closing.typ', import.meta.url), {
    ...head, number, applicationNumber: application.number, issuedOn: dayOf(new Date(application.stateSince)), code: closedReason, ground: worded('values', closedReason),
    reasons: (decision?.reasons ?? []).map((one) => reasonShown(act, one)), comeAgainOn, next: worded('nextSteps', closedReason),
  });
  return { mediaType: 'application/pdf', fileName: `${number}.pdf`, body };
}

/** The receipt of an accepted application, with what is to be supplied until when; of a spot check the notice that the agency has it assessed anew, and why. Refuses with NOT_FOUND, APPLICATION_STATE, LETTER_AGENCY_MISSING, DOCUMENT_CHARACTER_MISSING. */
export async function printAcceptance(act: Act, id: string): Promise<FileAnswer> {
  const application = await getApplication(act, id);
  if (application.acceptedOn === null) refuse('APPLICATION_STATE', stateParams(application.state), { status: 409 });
  const head = await headOf(act, application);
  const present = await listPresent(act, application);
  const named = (codes: readonly string[]) => codes.map((code) => itemOf(act, application, code)).map(({ zh, en }) => ({ zh, en }));
  const { supplyByOn, suppliedOn, supplyPromisedBy, supplyMaterials, acceptedOn, ground, groundSource } = application;
  const number = `${application.number}-S`;
  const body = await renderPdf(new URL('acceptance.typ', import.meta.url), {
    ...head, number, applicationNumber: application.number, issuedOn: acceptedOn, present: named(present),
    spotCheck: ground === null ? null : { ground: GROUND_WORDS[ground], source: groundSource ?? '' },
    supply: supplyByOn === null ? null : { byOn: supplyByOn, promisedBy: supplyPromisedBy, suppliedOn, materials: named(supplyMaterials) },
  });
  return { mediaType: 'application/pdf', fileName: `${number}.pdf`, body };
}

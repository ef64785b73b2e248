/** What is shown of papers: the check-list with what is there, and the self-assessment form. */
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { PolicyProblem } from '#platform/policy/index.ts';
import { getApplication } from '../actions/case.ts';
import { listPreReviews } from '../prereview/store.ts';
import type { Application } from '../store/application.ts';
import type { MaterialItemSchema, MaterialSchema, MaterialsSchema, SelfAssessmentSchema, SelfFormSchema } from './contract.ts';
import { MATERIAL_STATES } from './actions.ts';
import { MAX_FILES, MAX_PAGES, MAX_PDF_BYTES, MAX_PICTURE_BYTES } from './model.ts';
import { materialList, selfAssessmentForm } from './policy.ts';
import { classOf, decideMaterials, itemsFor, lackingOf } from './rules.ts';
import type { MaterialItem } from './rules.ts';
import { findSelfAssessment, listMaterials, listPresent } from './store.ts';
import type { Material } from './store.ts';

const LIMITS = { pictureBytes: MAX_PICTURE_BYTES, pdfBytes: MAX_PDF_BYTES, pages: MAX_PAGES, files: MAX_FILES };

const itemShown = ({ code, zh, en, helpZh, helpEn, required, supplyLater, types }: MaterialItem): Static<typeof MaterialItemSchema> => ({ code, zh, en, helpZh, helpEn, required, supplyLater, types });

/** The check-list of today for a kind and an applicant. */
export function readList(act: Act, { kind = 'initial', relation = 'self' }: { kind?: string; relation?: string }) {
  const list = act.policy.edition(materialList, act.today);
  return { edition: list.id, demanded: list.value.demanded, limits: LIMITS, items: itemsFor(list.value, { kind, relation }).map(itemShown) };
}

/** The self-assessment form of today. */
export function readSelfForm(act: Act): Static<typeof SelfFormSchema> {
  const form = act.policy.edition(selfAssessmentForm, act.today);
  return { edition: form.id, verified: form.status === 'verified', items: form.value.items };
}

/** The papers of an application, what the rule says of them today, and the self-assessment form. Refuses with NOT_FOUND. */
export async function readMaterials(act: Act, applicationId: string): Promise<Static<typeof MaterialsSchema>> {
  const application = await getApplication(act, applicationId);
  const list = act.policy.edition(materialList, application.filedOn);
  const present = await listPresent(act, application);
  const { outcome, lacking, byOn } = answerToday(act, application, present);
  const { supplyByOn, supplyMaterials, supplyPromisedBy, suppliedOn } = application;
  return {
    edition: list.id, demanded: list.value.demanded, limits: LIMITS, outcome, lacking, byOn, open: MATERIAL_STATES.includes(application.state),
    items: itemsFor(list.value, application).map((one) => ({ ...itemShown(one), present: present.includes(one.code) })),
    supply: supplyByOn === null || supplyPromisedBy === null ? null : { materials: supplyMaterials, promisedBy: supplyPromisedBy, byOn: supplyByOn, suppliedOn, overdue: suppliedOn === null && act.today > supplyByOn },
    preReview: application.state === 'filed' ? await lastPreReview(act, application) : null,
    materials: (await listMaterials(act, application)).map((one) => materialShown(act, one)),
    selfAssessment: await selfShown(act, application),
  };
}

async function lastPreReview(act: Act, application: Application): Promise<Static<typeof MaterialsSchema>['preReview']> {
  const [last] = await listPreReviews(act, application);
  return last ? { result: last.result, reason: last.reason, insists: last.insists, bring: last.bring, reviewedOn: last.reviewedOn } : null;
}

/** What the rule would say today; where the working days are not published it says so at acceptance, here the day stays open. */
function answerToday(act: Act, application: Application, present: string[]): { outcome: 'complete' | 'supplyLater' | 'incomplete'; lacking: string[]; byOn: Day | null } {
  const { kind, relation, filedOn } = application;
  try {
    return decideMaterials({ kind, relation, filedOn, on: act.today, present }, act.policy).value;
  } catch (error) {
    if (!(error instanceof PolicyProblem)) throw error;
    return { outcome: 'supplyLater', lacking: lackingOf(act.policy.edition(materialList, filedOn).value, application, present).map((one) => one.code), byOn: null };
  }
}

export function materialShown(act: Act, material: Material): Static<typeof MaterialSchema> {
  const { districtCode: _district, applicationId: _application, accountId, ...rest } = material;
  return { ...rest, own: accountId !== null && accountId === act.actor.accountId };
}

async function selfShown(act: Act, application: Application): Promise<Static<typeof SelfAssessmentSchema> | null> {
  const filled = await findSelfAssessment(act, application);
  if (!filled) return null;
  const { value } = classOf(act.policy.editionById(selfAssessmentForm, filled.edition), filled.answers);
  return { ...filled, classZh: value.zh, classEn: value.en, likely: value.likely };
}

/** Papers, the self-assessment form, withdrawal and letters, bound to their work. */
import type { Act } from '#platform/act.ts';
import type { Routes, Timed } from '#platform/module.ts';
import type { Rerun } from '#platform/module.ts';
import { closeByOffice, withdrawApplication, withdrawOwn } from '../actions/close.ts';
import { decideClosing } from '../rules/closing.ts';
import type { ClosingFacts } from '../rules/closing.ts';
import { handIn, openMaterial, recordOriginals, withdrawMaterial } from './actions.ts';
import { materialShown, readList, readMaterials, readSelfForm } from './read.ts';
import type { materialsContract } from './contract.ts';
import { printAcceptance, printClosing, printRefusal } from './letters.ts';
import { readQueues } from './queues.ts';
import { classAgain, decideMaterials, decideSupply } from './rules.ts';
import type { MaterialFacts, SupplyFacts } from './rules.ts';
import { recordSelfAssessment } from './self-assessment.ts';
import { closeAllMissed } from './supply.ts';

async function handedIn(act: Act, id: string, code: Parameters<typeof handIn>[2], upload: Parameters<typeof handIn>[3]) {
  const { lacking, ...material } = await handIn(act, id, code, upload);
  return { ...materialShown(act, material), lacking };
}

export const materialsRoutes: Routes<typeof materialsContract> = {
  'GET /api/material-list': async (act, { query }) => readList(act, query),
  'GET /api/self-assessment-form': async (act) => readSelfForm(act),
  'GET /api/applications/queues': (act, { query }) => readQueues(act, query),
  'GET /api/applications/{id}/materials': (act, { params }) => readMaterials(act, params.id),
  'GET /api/family/applications/{id}/materials': (act, { params }) => readMaterials(act, params.id),
  'POST /api/applications/{id}/materials': (act, { params, query, upload }) => handedIn(act, params.id, query.code, upload),
  'POST /api/family/applications/{id}/materials': (act, { params, query, upload }) => handedIn(act, params.id, query.code, upload),
  'POST /api/applications/{id}/originals': (act, { params, body }) => recordOriginals(act, params.id, body.codes),
  'POST /api/materials/{id}/withdrawal': (act, { params, body }) => withdrawMaterial(act, params.id, body.reason),
  'POST /api/family/materials/{id}/withdrawal': (act, { params, body }) => withdrawMaterial(act, params.id, body.reason),
  'GET /api/materials/{id}/file': (act, { params }) => openMaterial(act, params.id),
  'GET /api/family/materials/{id}/file': (act, { params }) => openMaterial(act, params.id),
  'POST /api/applications/{id}/self-assessment': (act, { params, body }) => recordSelfAssessment(act, params.id, body),
  'POST /api/family/applications/{id}/self-assessment': (act, { params, body }) => recordSelfAssessment(act, params.id, body),
  'POST /api/applications/{id}/withdraw': (act, { params, body }) => withdrawApplication(act, params.id, body.reason),
  'POST /api/family/applications/{id}/withdraw': (act, { params, body }) => withdrawOwn(act, params.id, body.reason),
  'POST /api/applications/{id}/close': (act, { params, body }) => closeByOffice(act, params.id, body),
  'GET /api/applications/{id}/closing-letter.pdf': (act, { params }) => printClosing(act, params.id),
  'GET /api/family/applications/{id}/closing-letter.pdf': (act, { params }) => printClosing(act, params.id),
  'GET /api/applications/{id}/refusal-letter.pdf': (act, { params }) => printRefusal(act, params.id),
  'GET /api/applications/{id}/acceptance-receipt.pdf': (act, { params }) => printAcceptance(act, params.id),
  'GET /api/family/applications/{id}/refusal-letter.pdf': (act, { params }) => printRefusal(act, params.id),
  'GET /api/family/applications/{id}/acceptance-receipt.pdf': (act, { params }) => printAcceptance(act, params.id),
};

export const materialsReruns: Record<string, Rerun> = {
  'assessments.materials': async (act, { facts }) => decideMaterials(facts as unknown as MaterialFacts, act.policy),
  'assessments.closing': async (act, { facts }) => decideClosing(facts as unknown as ClosingFacts, act.policy),
  'assessments.supply': async (act, { facts }) => decideSupply(facts as unknown as SupplyFacts, act.policy),
  'assessments.selfAssessment': async (act, { facts }) => classAgain(facts, act.policy),
};

/** After midnight, cases whose time to supply is over. */
export const materialsTimed: Timed[] = [{
  job: 'assessments.closeMissed',
  cron: '15 0 * * *',
  run: async (act) => {
    act.platform.log.info({ closed: await closeAllMissed(act) }, 'cases whose promised papers did not come were closed');
  },
}];

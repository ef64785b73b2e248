/** Endpoints before publication, bound to their work. */
import type { Routes } from '#platform/module.ts';
import { checkResult } from './check.ts';
import type { expertContract } from './contract.ts';
import { drawAgain } from './draw.ts';
import { caseOf, listReturns, readScrutiny } from './read.ts';
import { returnByAgency } from './return.ts';

export const expertRoutes: Routes<typeof expertContract> = {
  'GET /api/applications/{id}/scrutiny': (act, { params }) => readScrutiny(act, params.id),
  'GET /api/assessments/{id}/application': (act, { params }) => caseOf(act, params.id),
  'POST /api/applications/{id}/experts': (act, { params, body }) => drawAgain(act, params.id, body.note),
  'POST /api/applications/{id}/check': (act, { params, body }) => checkResult(act, params.id, body),
  'POST /api/applications/{id}/return': (act, { params, body }) => returnByAgency(act, params.id, body),
  'GET /api/returns': (act, { query }) => listReturns(act, query),
};

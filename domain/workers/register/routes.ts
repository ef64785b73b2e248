/** Binds the register's contract to its work. */
import type { Routes } from '#platform/module.ts';
import { admitAssessor, departAssessor, liftSuspension, pageOfAssessors, readAssessor, readOwnFile, recordTraining, suspendAssessor } from './actions.ts';
import type { registerContract } from './contract.ts';

export const registerRoutes: Routes<typeof registerContract> = {
  'GET /api/assessors': (act, { query }) => pageOfAssessors(act, query),
  'GET /api/assessors/{id}': (act, { params }) => readAssessor(act, params.id),
  'GET /api/own-assessor-file': (act) => readOwnFile(act),
  'POST /api/assessors/{id}/admissions': (act, { params, body }) => admitAssessor(act, params.id, body),
  'POST /api/assessors/{id}/trainings': (act, { params, body }) => recordTraining(act, params.id, body),
  'POST /api/assessors/{id}/suspensions': (act, { params, body }) => suspendAssessor(act, params.id, body),
  'POST /api/assessor-suspensions/{id}/lift': (act, { params, body }) => liftSuspension(act, params.id, body),
  'POST /api/assessors/{id}/departures': (act, { params, body }) => departAssessor(act, params.id, body),
};

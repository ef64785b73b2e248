/** Binds the contract of quality to its acts. */
import type { Routes } from '#platform/module.ts';
import { keepQualityMonth, pageOfCases, readAssessor, readInstitution, readOverview } from './actions.ts';
import { answerComplaint, fileComplaint, fileOwnComplaint, pageOfComplaints } from './complaints.ts';
import type { qualityContract } from './contract.ts';
import { listKept } from './store.ts';

export const qualityRoutes: Routes<typeof qualityContract> = {
  'GET /api/quality': (act, { query }) => readOverview(act, query),
  'GET /api/quality/institutions/{id}': (act, { params, query }) => readInstitution(act, params.id, query),
  'GET /api/quality/assessors/{id}': (act, { params, query }) => readAssessor(act, params.id, query),
  'GET /api/quality/{figure}/cases': (act, { params, query }) => pageOfCases(act, params.figure, query),
  'GET /api/quality-months': (act, { query }) => listKept(act, query),
  'POST /api/quality-months': (act, { body }) => keepQualityMonth(act, body.districtCode, body.month),
  'GET /api/complaints': (act, { query }) => pageOfComplaints(act, query),
  'POST /api/complaints': (act, { body }) => fileComplaint(act, body),
  'POST /api/complaints/{id}/answer': (act, { params, body }) => answerComplaint(act, params.id, body),
  'GET /api/family/complaints': (act, { query }) => pageOfComplaints(act, query),
  'POST /api/family/complaints': (act, { body }) => fileOwnComplaint(act, body),
};

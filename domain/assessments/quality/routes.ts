/** Binds the contract of quality to its acts. */
import { addMonthsToMonth, monthOf } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { Routes } from '#platform/module.ts';
import { keepQualityMonth, pageOfCases, readAssessor, readInstitution, readOverview } from './actions.ts';
import { answerComplaint, fileComplaint, fileOwnComplaint, pageOfComplaints } from './complaints.ts';
import type { qualityContract } from './contract.ts';
import { pageOfItemCases, readItems } from './read-items.ts';
import { listKept } from './store.ts';

/** A question about no month in particular is about the last one that is over. */
const placed = <Q extends { month?: string }>(act: Act, query: Q): Q & { month: string } => ({ ...query, month: query.month ?? addMonthsToMonth(monthOf(act.today), -1) });

export const qualityRoutes: Routes<typeof qualityContract> = {
  'GET /api/quality': (act, { query }) => readOverview(act, placed(act, query)),
  'GET /api/quality/institutions/{id}': (act, { params, query }) => readInstitution(act, params.id, placed(act, query)),
  'GET /api/quality/assessors/{id}': (act, { params, query }) => readAssessor(act, params.id, placed(act, query)),
  'GET /api/quality/{figure}/cases': (act, { params, query }) => pageOfCases(act, params.figure, placed(act, query)),
  'GET /api/quality-items': (act, { query }) => readItems(act, placed(act, query)),
  'GET /api/quality-items/{item}/cases': (act, { params, query }) => pageOfItemCases(act, params.item, placed(act, query)),
  'GET /api/quality-months': (act, { query }) => listKept(act, query),
  'POST /api/quality-months': (act, { body }) => keepQualityMonth(act, body.districtCode, body.month),
  'GET /api/complaints': (act, { query }) => pageOfComplaints(act, query),
  'GET /api/complaints/filed': (act, { query }) => pageOfComplaints(act, { ...query, source: 'township' }),
  'POST /api/complaints': (act, { body }) => fileComplaint(act, body),
  'POST /api/complaints/{id}/answer': (act, { params, body }) => answerComplaint(act, params.id, body),
  'GET /api/family/complaints': (act, { query }) => pageOfComplaints(act, { ...query, source: 'family' }),
  'POST /api/family/complaints': (act, { body }) => fileOwnComplaint(act, body),
};

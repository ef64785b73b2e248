/** Front door of visits. */
import { defineModule } from '#platform/module.ts';
import { visitsContract } from './contract.ts';
import { exportVisits, showOwnVisits, showVisit, showVisits, visitsTemplate } from './show.ts';
import { listIntakes } from './store/intakes.ts';
import { takeInTable } from './table/take-in.ts';

export { lockMonth, VISIT_TABLES } from './store/lock.ts';
export { takeInHhcrsp } from './hhcrsp/take-in.ts';
export type { HhcrspFiles, Progress, TakenIn } from './hhcrsp/take-in.ts';
export { takeInTable } from './table/take-in.ts';
export type { TableTakenIn, VisitsFile } from './table/take-in.ts';
export { VISIT_COLUMNS } from './table/columns.ts';

export const visits = defineModule('visits', import.meta.url, visitsContract, {
  'GET /api/visits': (act, { query }) => showVisits(act, query),
  'GET /api/visits/{id}': (act, { params, query }) => showVisit(act, params.id, query.serviceOn),
  'GET /api/intakes': (act, { query }) => listIntakes(act, query),
  'POST /api/visits/intake': (act, { query, upload }) => takeInTable(act, { fileName: upload.fileName, bytes: upload.bytes, format: query.format, districtCode: query.district }),
  'GET /api/visits/template.xlsx': (act) => visitsTemplate(act),
  'GET /api/visits/export.xlsx': (act, { query }) => exportVisits(act, query),
  'GET /api/family/visits': (act, { query }) => showOwnVisits(act, query),
});

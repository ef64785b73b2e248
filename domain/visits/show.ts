/** Visits as they are shown and exported: with the item's name from the catalogue of their day. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { OutputOf } from '#kit/contract.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import type { OutputColumn, OutputRow } from '#platform/files/write.ts';
import { writeExcel } from '#platform/files/write.ts';
import { excelTemplate } from '#platform/files/template.ts';
import type { FileAnswer } from '#platform/module.ts';
import { catalogue } from '#domain/providers/index.ts';
import type { visitsContract } from './contract.ts';
import type { StoredVisit, VisitFilter } from './store/visits.ts';
import { eachVisit, findVisit, pageOfVisits } from './store/visits.ts';
import { VISIT_COLUMNS } from './table/columns.ts';

type VisitPage = OutputOf<(typeof visitsContract)['GET /api/visits']>;
type VisitShown = OutputOf<(typeof visitsContract)['GET /api/visits/{id}']>;
type Named<T> = T & { itemZh: string; itemEn: string };

const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Puts the item's names to visits; a code that the catalogue of the day does not list stands for itself. */
function naming(act: Act): <T extends StoredVisit>(visit: T) => Named<T> {
  const byDay = new Map<string, Map<string, { zh: string; en: string }>>();
  return (visit) => {
    let items = byDay.get(visit.serviceOn);
    if (!items) {
      items = new Map((act.policy.has(catalogue, visit.serviceOn) ? act.policy.edition(catalogue, visit.serviceOn).value.items : []).map((item) => [item.code, item]));
      byDay.set(visit.serviceOn, items);
    }
    const item = items.get(visit.itemCode);
    return { ...visit, itemZh: item?.zh ?? visit.itemCode, itemEn: item?.en ?? visit.itemCode };
  };
}

export async function showVisits(act: Act, query: VisitFilter & { page?: number; pageSize?: number }): Promise<VisitPage> {
  const { rows, total } = await pageOfVisits(act, query);
  return { rows: rows.map(naming(act)), total };
}

/** Visits of the actor's own persons only, whatever else the actor may see. */
export async function showOwnVisits(act: Act, query: { month?: string; person?: string; page?: number; pageSize?: number }): Promise<VisitPage> {
  const { rows, total } = await pageOfVisits(act, query, act.actor.persons.map((one) => one.personId));
  return { rows: rows.map(naming(act)), total };
}

/** A visit in scope; refuses with NOT_FOUND. */
export async function showVisit(act: Act, id: string, serviceOn?: string): Promise<VisitShown> {
  const visit = (await findVisit(act, id, serviceOn)) ?? refuse('NOT_FOUND', {}, { status: 404 });
  return naming(act)(visit);
}

const EXPORT: readonly OutputColumn[] = [
  { code: 'serviceOn', title: '服务日期 Day', kind: 'day' },
  { code: 'personName', title: '参保人 Person', kind: 'text', width: 14 },
  { code: 'institutionName', title: '机构 Institution', kind: 'text', width: 30 },
  { code: 'workerName', title: '护理人员 Carer', kind: 'text', width: 14 },
  { code: 'workerClass', title: '人员级别 Class', kind: 'code', width: 12 },
  { code: 'itemCode', title: '项目编码 Item code', kind: 'code', width: 14 },
  { code: 'itemZh', title: '项目 Item', kind: 'text', width: 22 },
  { code: 'itemEn', title: '项目（英文）Item in English', kind: 'text', width: 26 },
  { code: 'from', title: '开始 Start', kind: 'time' },
  { code: 'until', title: '结束 End', kind: 'time' },
  { code: 'durationMin', title: '分钟 Minutes', kind: 'integer' },
  { code: 'pairRef', title: '双人服务编号 Pair', kind: 'code' },
  { code: 'sourceRef', title: '来源编号 Source reference', kind: 'code' },
];

/** Office time of an instant as Excel shows it. */
const clock = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/**
 * The visits of a filter as Excel. Rows come through a cursor, so only the packed file is held; it is complete before the
 * act ends, because behind the act there is no scope any more.
 */
export async function exportVisits(act: Act, filter: VisitFilter): Promise<FileAnswer> {
  const name = naming(act);
  async function* rows(): AsyncGenerator<OutputRow> {
    for await (const visit of eachVisit(act, filter)) {
      const named = name(visit);
      yield { ...named, from: clock(named.startedAt), until: clock(named.endedAt) };
    }
  }
  const output = new PassThrough();
  const [body] = await Promise.all([buffer(output), writeExcel(output, [{ name: '服务记录 Visits', columns: EXPORT, rows: rows() }], act.now)]);
  return { mediaType: EXCEL, fileName: `服务记录-${filter.day ?? filter.month ?? act.today}.xlsx`, body };
}

/** The template that institutions fill in. */
export async function visitsTemplate(act: Act): Promise<FileAnswer> {
  const output = new PassThrough();
  const [body] = await Promise.all([buffer(output), excelTemplate(output, VISIT_COLUMNS, { sheet: '服务记录', language: 'zh', createdAt: act.now })]);
  return { mediaType: EXCEL, fileName: '服务记录导入模板.xlsx', body };
}

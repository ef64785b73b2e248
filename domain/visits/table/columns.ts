/** The columns of a file of visits; the same for CSV and Excel. */
import type { ColumnSpec } from '#platform/files/columns.ts';

export const VISIT_COLUMNS: readonly ColumnSpec[] = [
  { code: 'institution', zh: '机构编码', en: 'Institution code', kind: 'code', required: true, note: { zh: '定点机构在本平台的编码', en: 'The code of the institution on this platform' } },
  { code: 'carer', zh: '护理人员公民身份号码', en: 'Identity number of the carer', kind: 'code', required: true, note: { zh: '该机构在职人员的号码，按文本填写', en: 'Of somebody who works there on that day; kept as text' } },
  { code: 'person', zh: '参保人公民身份号码', en: 'Identity number of the person', kind: 'code', required: true, note: { zh: '本区已登记的参保人，按文本填写', en: 'Of a person registered in the district; kept as text' } },
  { code: 'item', zh: '项目编码', en: 'Item code', kind: 'code', required: true, note: { zh: '服务当日有效的目录中的编码', en: 'From the catalogue in force on that day' } },
  { code: 'startedAt', zh: '开始时间', en: 'Start', kind: 'time', required: true, note: { zh: '北京时间', en: 'Office time (UTC+8)' } },
  { code: 'endedAt', zh: '结束时间', en: 'End', kind: 'time', required: true, note: { zh: '与开始同一天，晚于开始', en: 'On the same day, after the start' } },
  { code: 'longitude', zh: '经度', en: 'Longitude', kind: 'text', required: false, note: { zh: '度，WGS84；与纬度同填或同空', en: 'Degrees, WGS 84; both or neither' } },
  { code: 'latitude', zh: '纬度', en: 'Latitude', kind: 'text', required: false, note: { zh: '度，WGS84；与经度同填或同空', en: 'Degrees, WGS 84; both or neither' } },
  { code: 'reference', zh: '来源编号', en: 'Source reference', kind: 'code', required: true, note: { zh: '贵机构系统中的编号，同一机构同一天不重复', en: 'Your own number; once per institution and day' } },
  { code: 'pair', zh: '双人服务编号', en: 'Pair reference', kind: 'code', required: false, note: { zh: '计划内的双人服务：两行填同一编号', en: 'A planned visit of two carers: the same on both rows' } },
];

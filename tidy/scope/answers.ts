/** Looks through an answer – JSON, Excel or text – for anything outside the viewer's scope. */
import ExcelJS from 'exceljs';
import type { LightMyRequestResponse } from 'fastify';
import type { Oracle, Viewer } from './oracle.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const IDENTITY_NUMBER = /(?<![0-9A-Za-z])[0-9]{17}[0-9X](?![0-9A-Za-z])/g;
const AREA_FIELDS = /^(districtCode|townshipCode|district|township)$/;

export interface LookOptions {
  /** A published register: districts of the whole city may stand in it. */
  register?: boolean;
  /** Ids and areas that the asker named itself: an answer may repeat them. */
  asked?: readonly string[];
}

/** Sentences of what the answer shows and should not. */
export async function faultsIn(answer: LightMyRequestResponse, oracle: Oracle, viewer: Viewer, options: LookOptions = {}): Promise<string[]> {
  const type = String(answer.headers['content-type'] ?? '');
  if (type.includes('json')) return unique([...textFaults(answer.body, oracle, viewer, options), ...jsonFaults(answer.json(), oracle, viewer, options)]);
  if (type.includes('spreadsheet')) {
    const cells = await cellsOf(answer.rawPayload);
    return unique([...textFaults(cells.join('\n'), oracle, viewer, options), ...cells.map((cell) => oracle.faultOfSourceRef(cell, viewer)).filter((one) => one !== undefined)]);
  }
  if (type.includes('text/')) return unique(textFaults(answer.body, oracle, viewer, options));
  return [];
}

function textFaults(text: string, oracle: Oracle, viewer: Viewer, options: LookOptions): string[] {
  const ids = [...new Set(text.match(UUID) ?? [])].filter((id) => !options.asked?.includes(id)).map((id) => oracle.faultOfId(id, viewer));
  const numbers = [...new Set(text.match(IDENTITY_NUMBER) ?? [])].map((number) => oracle.faultOfIdentityNumber(number, viewer));
  return [...ids, ...numbers].filter((one) => one !== undefined);
}

function jsonFaults(value: unknown, oracle: Oracle, viewer: Viewer, options: LookOptions): string[] {
  const faults: (string | undefined)[] = [];
  eachField(value, (name, text, owner) => {
    if (name === 'personName') faults.push(oracle.faultOfPersonName(text, viewer));
    // The register of institutions is published: one that is named by its id, as a candidate of a dispatch, may be named with its district.
    if (!options.register && oracle.districtOfInstitution(String(owner['id'])) !== text && AREA_FIELDS.test(name) && !options.asked?.includes(text) && /^[0-9]{6}([0-9]{3})?$/.test(text)) faults.push(oracle.faultOfArea(text, viewer));
  });
  return faults.filter((one) => one !== undefined);
}

/** Calls `look` with every text of an answer, the name of its field and the record that it stands in. */
export function eachField(value: unknown, look: (name: string, text: string, owner: Record<string, unknown>) => void, name = '', owner: Record<string, unknown> = {}): void {
  if (typeof value === 'string') look(name, value, owner);
  else if (Array.isArray(value)) for (const one of value) eachField(one, look, name, owner);
  else if (typeof value === 'object' && value !== null) for (const [key, one] of Object.entries(value)) eachField(one, look, key, value as Record<string, unknown>);
}

/** Every cell of a workbook as text. */
export async function cellsOf(bytes: Buffer): Promise<string[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  const cells: string[] = [];
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => void cells.push(cell.text))));
  return cells;
}

/** Rows below the head of a workbook's first sheet. */
export async function rowsOf(bytes: Buffer): Promise<number> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  let rows = 0;
  book.worksheets[0]!.eachRow(() => void (rows += 1));
  return rows - 1;
}

const unique = (sentences: string[]): string[] => [...new Set(sentences)];

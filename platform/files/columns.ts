/** What a table file must hold: its columns by title, and how one cell becomes the text that an import reads. */
import type { Bilingual } from '#kit/contract.ts';
import { isDay } from '#kit/days.ts';
import { unguarded } from './guard.ts';

/** day: YYYY-MM-DD · time: YYYY-MM-DD HH:mm (office time) · integer: digits · code: text without layout, e.g. an identity number. */
export type ColumnKind = 'text' | 'day' | 'time' | 'integer' | 'code';

export interface ColumnSpec {
  /** Name in the program; also accepted as a title. */
  code: string;
  zh: string;
  en: string;
  kind: ColumnKind;
  required: boolean;
  /** One line for the notes sheet of the template. */
  note: Bilingual;
  /** The only values allowed, where there is such a list. */
  choices?: readonly string[];
}

/** A cell as a file holds it, before its column is known. */
export type RawCell =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number }
  /** A number that the file shows as a day or time; counted from 1899-12-30. */
  | { kind: 'serial'; serial: number }
  /** A cell that holds an error instead of a value. */
  | { kind: 'broken'; text: string; code: string };

export interface RawRow {
  /** Row number as the person sees it, from 1. */
  row: number;
  /** Cells by column, from 0; empty cells may be absent. */
  cells: Map<number, RawCell>;
}

/** A cell's text, and the code of what is wrong with it. */
export interface CellText {
  text: string;
  code?: string;
}

/** Compares titles as people write them: width, blanks, stars and hints in brackets do not matter. */
export function titleKey(title: string): string {
  return title.normalize('NFKC').replace(/\(.*?\)/g, '').replace(/[\s*:_-]/g, '').toLowerCase();
}

/** Text of a cell in a column of this kind; a wrong one keeps its text and gets a code. */
export function cellText(spec: ColumnSpec, raw: RawCell | undefined): CellText {
  const cell = raw ? rawText(spec.kind, raw) : { text: '' };
  if (cell.code) return cell;
  if (cell.text === '') return spec.required ? { text: '', code: 'CELL_REQUIRED' } : cell;
  const checked = checkedText(spec.kind, cell.text);
  if (!checked.code && spec.choices && !spec.choices.includes(checked.text)) return { text: cell.text, code: 'CELL_NOT_IN_LIST' };
  return checked;
}

function rawText(kind: ColumnKind, raw: RawCell): CellText {
  if (raw.kind === 'broken') return { text: raw.text, code: raw.code };
  if (raw.kind === 'text') return { text: unguarded(raw.text.trim()) };
  if (raw.kind === 'serial') return { text: serialText(raw.serial) ?? String(raw.serial) };
  const { number } = raw;
  if ((kind === 'day' || kind === 'time') && number < 2_958_466) {
    const text = serialText(number);
    if (text) return { text };
  }
  const plain = Number.isInteger(number) ? number.toFixed(0) : String(Number(number.toPrecision(15)));
  // A spreadsheet keeps 15 digits of a number: a longer one has lost its last digits before it reached us.
  return Math.abs(number) >= 1e15 ? { text: plain, code: 'CELL_DIGITS_LOST' } : { text: plain };
}

/** Excel's day count → 'YYYY-MM-DD', with ' HH:mm' (':ss') when it has a time; below one day only 'HH:mm'. */
export function serialText(serial: number): string | undefined {
  if (!(serial >= 0 && serial < 2_958_466)) return undefined;
  // Excel believes in 29 February 1900 (serial 60); the days before it are one off.
  const corrected = serial >= 1 && serial < 60 ? serial + 1 : serial;
  const iso = new Date(Date.UTC(1899, 11, 30) + Math.round(corrected * 86_400) * 1000).toISOString();
  const seconds = iso.slice(17, 19) === '00' ? '' : iso.slice(16, 19);
  const clock = iso.slice(11, 16) + seconds;
  if (serial < 1) return clock;
  return clock === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${clock}`;
}

function checkedText(kind: ColumnKind, text: string): CellText {
  if (kind === 'text') return { text };
  const plain = text.normalize('NFKC').trim();
  if (kind === 'code') return /^\d(\.\d+)?E\+\d+$/i.test(plain) ? { text, code: 'CELL_DIGITS_LOST' } : { text: plain };
  if (kind === 'integer') {
    const digits = /^[+-]?\d{1,3}(,\d{3})+$/.test(plain) ? plain.replaceAll(',', '') : plain;
    const fits = /^[+-]?\d+$/.test(digits) && Number.isSafeInteger(Number(digits));
    return fits ? { text: String(Number(digits)) } : { text, code: 'CELL_NOT_INTEGER' };
  }
  return dayOrTime(kind, plain) ?? { text, code: kind === 'day' ? 'CELL_NOT_DAY' : 'CELL_NOT_TIME' };
}

const DAY_TIME = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?)?$/;

function dayOrTime(kind: 'day' | 'time', plain: string): CellText | undefined {
  const part = DAY_TIME.exec(plain);
  if (!part) return undefined;
  const two = (text: string | undefined) => (text ?? '0').padStart(2, '0');
  const day = `${part[1]}-${two(part[3] ?? part[5] ?? part[7])}-${two(part[4] ?? part[6] ?? part[8])}`;
  if (!isDay(day)) return undefined;
  const hasClock = part[9] !== undefined;
  const [hours, minutes, seconds] = [two(part[9]), two(part[10]), two(part[11])];
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  if (kind === 'day') return !hasClock || `${hours}${minutes}${seconds}` === '000000' ? { text: day } : undefined;
  // A spreadsheet drops the clock of midnight, so a bare day in a column of times is its first minute.
  return { text: `${day} ${hours}:${minutes}${seconds === '00' ? '' : `:${seconds}`}` };
}

/** The policy book as rows: what holds, since when, from which document, and who may change it. */
import type { Static } from '@sinclair/typebox';
import type { Bilingual } from '#kit/contract.ts';
import type { Day } from '#kit/days.ts';
import type { PolicyBook, PolicyRow } from '../policy/index.ts';
import type { Words } from '../words/words.ts';
import type { PolicyRowSchema, SourceRowSchema } from './contract.ts';
import { bothOf, citedOf, documentsOf } from './wording.ts';

type Row = Static<typeof PolicyRowSchema>;

/** Rows of a book that fit the filters; the content of an edition stands only in the answer for one name (`whole`). */
export function policyRows(words: Words, book: PolicyBook, today: Day, filter: { module?: string; name?: string; status?: string; whole?: boolean }): Row[] {
  const all = book.all();
  const documents = documentsOf(book);
  const inForce = (row: PolicyRow) => row.from <= today && (row.to === null || today <= row.to);
  const ownNow = new Set(all.filter((row) => row.area !== 'national' && inForce(row)).map((row) => row.name));
  return all
    .filter((row) => (filter.module === undefined || moduleOf(row) === filter.module) && (filter.name === undefined || row.name === filter.name) && (filter.status === undefined || row.status === filter.status))
    .map((row) => ({
      name: row.name, module: moduleOf(row), shape: row.shape, area: row.area, areaName: areaName(words, book, row.area), id: row.id, from: row.from, to: row.to, unit: row.unit, label: row.label,
      decidedBy: row.decidedBy, effect: row.effect, note: row.note, status: row.status, overrides: row.overrides, stamp: row.stamp, file: row.file,
      current: inForce(row) && (row.area !== 'national' || !ownNow.has(row.name)),
      sources: row.sources.map(({ document, article }) => citedOf(documents, { document: document.id, ...(article === null ? {} : { article }), status: row.status, policy: row.name, file: row.file })),
      value: row.shape === 'edition' && filter.whole !== true ? null : row.value,
    }));
}

/** Every document with the number of dated values and editions of all shipped cities that cite it. */
export function sourceRows(book: PolicyBook): Static<typeof SourceRowSchema>[] {
  const rows = new Map(book.cities().flatMap((one) => book.city(one.city).all()).map((row) => [`${row.area} ${row.name} ${row.id} ${row.from}`, row]));
  const uses = new Map<string, number>();
  for (const row of rows.values()) for (const id of new Set(row.sources.map((one) => one.document.id))) uses.set(id, (uses.get(id) ?? 0) + 1);
  return book.sources().map((one) => ({
    id: one.id, number: one.number ?? null, title: one.title, date: one.date ?? null, address: one.address ?? null, confidence: one.confidence, fictional: one.fictional ?? false, uses: uses.get(one.id) ?? 0,
  }));
}

function moduleOf(row: PolicyRow): string {
  return row.name.split('.')[0] ?? row.name;
}

function areaName(words: Words, book: PolicyBook, area: string): Bilingual {
  return book.cities().find((one) => one.city === area)?.name ?? bothOf(words, 'values', area, {});
}

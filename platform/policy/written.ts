/** An edition that somebody hands in as a file: read and checked like those of the policy data, but put nowhere. */
import type { Static, TSchema } from '@sinclair/typebox';
import { parseDocument } from 'yaml';
import type { Bilingual } from '#kit/contract.ts';
import type { EditionOn } from './book.ts';
import { hashOf } from './dated.ts';
import { shapeFaults } from './files.ts';
import type { EditionNeed } from './needs.ts';
import { EditionFile } from './shapes.ts';

/** Longest file that is read, in bytes: a scale has some tens of kilobytes. */
const MAX_BYTES = 1024 * 1024;

export interface WrittenEdition<V = unknown> extends EditionOn<V> {
  label: Bilingual;
}

/** The edition in a YAML file, or sentences of what is wrong with the file. Anchors may be used, but not to blow the file up. */
export function readEdition<S extends TSchema>(bytes: Buffer, fileName: string, need: EditionNeed<S>): { edition: WrittenEdition<Static<S>> } | { faults: string[] } {
  if (bytes.length > MAX_BYTES) return { faults: [`is longer than ${MAX_BYTES} bytes.`] };
  let content: unknown;
  try {
    const parsed = parseDocument(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (parsed.errors.length > 0) return { faults: parsed.errors.slice(0, 5).map((error) => `is not readable YAML: ${error.message.split('\n')[0]}`) };
    content = parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { faults: [`is not readable YAML: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`] };
  }
  const wrong = shapeFaults(EditionFile, content);
  if (wrong.length > 0) return { faults: wrong };
  const read = content as EditionFile;
  if (read.edition !== need.name) return { faults: [`holds the edition ${read.edition}; here ${need.name} is read.`] };
  const body = shapeFaults(need.schema, read.body);
  const deeper = body.length > 0 ? body : (need.examine?.(read.body) ?? []).slice(0, 20);
  if (deeper.length > 0) return { faults: deeper };
  const sources = [read.source].flat().map((source) => ({ ...source, status: read.status, policy: read.edition, file: fileName }));
  return { edition: { id: read.id, value: read.body as Static<S>, from: read.from, to: read.to ?? null, stampKey: read.edition, stamp: `file@${read.from}#${hashOf(read.body)}`, sources, status: read.status, file: fileName, label: read.label } };
}

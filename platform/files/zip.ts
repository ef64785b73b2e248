/**
 * The parts of a ZIP file, by its central directory, unpacked under a budget. The sizes that the file declares are not
 * believed: inflated bytes are counted while they come, so a small file cannot unpack without end.
 */
import { createInflateRaw } from 'node:zlib';
import { refuse } from '#kit/refuse.ts';
import type { FileSource } from './source.ts';

export interface ZipPart {
  name: string;
  method: number;
  packedBytes: number;
  localAt: number;
}

/** Counts down; an inflating part that goes below zero refuses FILE_UNPACKS_TOO_LARGE. */
export interface Budget {
  leftBytes: number;
  maxBytes: number;
}

export function budgetOf(maxBytes: number): Budget {
  return { leftBytes: maxBytes, maxBytes };
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const MAX_PARTS = 5000;

/** Reads the list of parts; refuses FILE_EXCEL_BROKEN for what is no readable ZIP file. */
export async function zipParts(source: FileSource): Promise<Map<string, ZipPart>> {
  const tailBytes = Math.min(source.size, 65_557);
  const tail = await source.read(source.size - tailBytes, tailBytes);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end--;
  if (end < 0) refuse('FILE_EXCEL_BROKEN', { detail: 'end of directory' });
  const count = tail.readUInt16LE(end + 10);
  const directoryBytes = tail.readUInt32LE(end + 12);
  const directoryAt = tail.readUInt32LE(end + 16);
  if (count > MAX_PARTS || directoryAt + directoryBytes > source.size) refuse('FILE_EXCEL_BROKEN', { detail: 'directory' });
  const directory = await source.read(directoryAt, directoryBytes);
  const parts = new Map<string, ZipPart>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) refuse('FILE_EXCEL_BROKEN', { detail: 'directory' });
    const nameBytes = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    if ((directory.readUInt16LE(at + 8) & 1) === 1) refuse('FILE_EXCEL_OLD_OR_LOCKED');
    parts.set(name.replace(/^\//, ''), {
      name,
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      localAt: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return parts;
}

/** Text of a part, piece by piece, each counted against every budget. Closing the iteration stops the inflating. */
export async function* unpackText(source: FileSource, part: ZipPart, budgets: Budget[]): AsyncGenerator<string> {
  const local = await source.read(part.localAt, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== LOCAL_SIGNATURE || (part.method !== 0 && part.method !== 8)) {
    refuse('FILE_EXCEL_BROKEN', { detail: part.name });
  }
  const from = part.localAt + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = source.stream(from, from + part.packedBytes);
  const plain = part.method === 0 ? packed : packed.pipe(createInflateRaw());
  packed.on('error', (error) => plain.destroy(error));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      for (const budget of budgets) {
        budget.leftBytes -= chunk.length;
        if (budget.leftBytes < 0) refuse('FILE_UNPACKS_TOO_LARGE', { maxMiB: budget.maxBytes / 1024 ** 2 });
      }
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof Error && isDamage(error)) refuse('FILE_EXCEL_BROKEN', { detail: part.name });
    throw error;
  } finally {
    packed.destroy();
    plain.destroy();
  }
}

/** Damaged packing (zlib) or bytes that are no UTF-8. */
function isDamage(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return code.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

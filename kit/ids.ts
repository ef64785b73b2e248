/** Ids are UUIDv7 made in the program: sortable by time, the same in every database. */
import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
export type Id<Noun extends string> = string & { readonly [brand]?: Noun };

let lastMs = 0;
let counter = 0;

/** A fresh UUIDv7 for an instant; ids of the same millisecond keep their order. */
export function newId<Noun extends string>(atMs: number = Date.now()): Id<Noun> {
  if (atMs === lastMs) counter = (counter + 1) & 0xfff;
  else {
    lastMs = atMs;
    counter = randomBytes(2).readUInt16BE() & 0x7ff;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(atMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Noun>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return UUID.test(text);
}

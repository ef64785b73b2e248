/** Ids are UUIDv7 made in the program: sortable by time, the same in every database. */

declare const brand: unique symbol;
export type Id<Noun extends string> = string & { readonly [brand]?: Noun };

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
let lastMs = 0;
let counter = 0;

/** A fresh UUIDv7 for an instant; ids of the same millisecond keep their order. */
export function newId<Noun extends string>(atMs: number = Date.now()): Id<Noun> {
  if (atMs === lastMs) counter = (counter + 1) & 0xfff;
  else {
    lastMs = atMs;
    counter = crypto.getRandomValues(new Uint16Array(1))[0]! & 0x7ff;
  }
  const bytes = randomBytes();
  bytes[0] = (bytes[0]! & 0x3f) | 0x80;
  let random = '';
  for (const byte of bytes) random += HEX[byte]!;
  const hex = atMs.toString(16).padStart(12, '0') + (0x7000 | counter).toString(16) + random;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Noun>;
}

// Random bytes are fetched for 512 ids at a time: asking for eight takes nearly as long as for thousands.
const pool = new Uint8Array(4096);
let used = pool.length;

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += 8;
  return pool.subarray(used - 8, used);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return UUID.test(text);
}

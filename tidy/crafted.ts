/** Bodies made from the shape that a contract asks for: ones that fit, and ones in which a place or two holds what nobody would write by accident. */
import fc from 'fast-check';
import type { Chance } from './scope/random.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
/** A JSON Schema as TypeBox writes it; only what the contracts use. */
export interface Shape {
  type?: string;
  const?: Json;
  anyOf?: Shape[];
  allOf?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  patternProperties?: Record<string, Shape>;
  items?: Shape;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
}

/** What the city knows, so that a body gets beyond its shape. */
export interface Known {
  ids: readonly string[];
  codes: readonly string[];
}

const DAYS = ['2026-11-20', '2026-11-19', '2026-12-31', '2025-01-01'];

/** A value of this shape. */
export function sampleOf(shape: Shape, chance: Chance, known: Known): Json {
  if (shape.const !== undefined) return shape.const;
  if (shape.anyOf) return sampleOf(chance.pick(shape.anyOf), chance, known);
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((one) => sampleOf(one, chance, known)));
  switch (shape.type) {
    case 'object': {
      const own = Object.entries(shape.properties ?? {}).filter(([name]) => shape.required?.includes(name) || chance.maybe(0.6)).map(([name, one]) => [name, sampleOf(one, chance, known)] as const);
      const [open] = Object.values(shape.patternProperties ?? {});
      return Object.fromEntries([...own, ...(open ? [[chance.pick(known.codes), sampleOf(open, chance, known)] as const] : [])]);
    }
    case 'array': return Array.from({ length: Math.max(shape.minItems ?? 0, chance.below(3)) }, () => sampleOf(shape.items!, chance, known));
    case 'string': return textOf(shape, chance, known);
    case 'integer':
    case 'number': return (shape.minimum ?? 0) + chance.below(Math.min((shape.maximum ?? 9) - (shape.minimum ?? 0), 9) + 1);
    case 'boolean': return chance.maybe(0.5);
    default: return null;
  }
}

function textOf({ pattern, format, minLength = 0, maxLength = 40 }: Shape, chance: Chance, known: Known): string {
  if (format === 'uuid') return chance.pick(known.ids);
  if (format === 'date') return chance.pick(DAYS);
  if (format === 'date-time') return `${chance.pick(DAYS)}T01:30:00Z`;
  if (pattern === '^[0-9]{6}$') return '990101';
  if (pattern !== undefined && pattern !== '\\S') return fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: chance.below(1_000_000) })[0]!;
  return chance.maybe(0.3) ? chance.pick(known.codes).slice(0, maxLength) : '一段文字，写明情况。'.repeat(1 + Math.ceil(minLength / 10)).slice(0, Math.min(maxLength, Math.max(minLength, 20)));
}

/** By what they pretend to be: what no shape should let through, or the work behind it must bear. */
const CRAFTED_AS = {
  day: ['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-29', '2026-02-30', '2026-13-01', '10000-01-01', '-000001-01-01', '1582-10-10', '1900-01-01', '2027-03-01', '2024-02-29'],
  instant: ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2016-12-31T23:59:60Z', '2016-12-31T23:59:60+00:00', '2026-11-20T01:30:00+23:59', '2026-11-20t01:30:00z', '2026-11-20 01:30:00Z', '9999-12-31T23:59:59-14:00', '2026-11-20T24:00:00Z', '2026-11-20T01:30:00.123456789012Z'],
  id: ['urn:uuid:00000000-0000-7000-8000-000000000001', '00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', '{00000000-0000-7000-8000-000000000001}'],
  text: ['', ' ', '\t\n', 'a'.repeat(100_000), '长'.repeat(5_000), '\u202e\u200b\ufeff', '😀'.repeat(20), '𠮷\u0301\u0007', 'NaN', '%00', '${1}', '{{x}}', "'; DROP TABLE x; --", '__proto__', 'constructor', 'toString', '../../etc/passwd', '000000', '999999', '0000-01', '9999-12', '1'.repeat(400)],
  number: [0, -0, -1, 0.1, 1.5, 32_768, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991, 9_007_199_254_740_993, 1e21, 1e308, -1e308, 5e-324],
  other: [null, true, [], {}, [[]], { toString: 1 }, { length: -1 }, Array.from({ length: 2_000 }, () => 0), Array.from({ length: 50 }, () => '00000000-0000-7000-8000-000000000001')],
} as const satisfies Record<string, readonly Json[]>;
export const CRAFTED: readonly Json[] = Object.values(CRAFTED_AS).flat();

/** What a value may be exchanged for: mostly something that pretends to be of its kind. */
function craftedLike(value: Json, chance: Chance): Json {
  if (chance.maybe(0.3)) return chance.pick(CRAFTED);
  if (typeof value === 'number') return chance.pick(CRAFTED_AS.number);
  if (typeof value !== 'string') return chance.pick(CRAFTED_AS.other);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return chance.pick(CRAFTED_AS.day);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return chance.pick(CRAFTED_AS.instant);
  return chance.pick(/^[0-9a-f]{8}-/.test(value) ? CRAFTED_AS.id : CRAFTED_AS.text);
}

/** The value with one or two of its places filled with crafted ones, or with places too many. */
export function craftedFrom(value: Json, chance: Chance): Json {
  const copy = structuredClone(value);
  const places = placesOf(copy);
  if (places.length === 0) return chance.pick(CRAFTED);
  for (let times = 1 + chance.below(2); times > 0; times -= 1) {
    const { within, name } = chance.pick(places);
    if (chance.maybe(0.05)) delete (within as Record<string, Json>)[name];
    else if (chance.maybe(0.05)) (within as Record<string, Json>)[chance.pick(['__proto__x', 'constructor', 'note', 'id', '长'])] = chance.pick(CRAFTED);
    else (within as Record<string, Json>)[name] = craftedLike((within as Record<string, Json>)[name]!, chance);
  }
  return copy;
}

function placesOf(value: Json): { within: object; name: string }[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => [{ within: value, name }, ...placesOf(one)]);
}

/** Bodies that are no value at all, or no value that anybody sends: as they go over the wire. */
export const RAW: readonly { says: string; body: string; type?: string }[] = [
  { says: 'nothing', body: '' },
  { says: 'no JSON', body: '{"a":' },
  { says: 'a lone quote', body: '"' },
  { says: 'not a number', body: '{"note":NaN}' },
  { says: 'a number without end', body: `{"note":${'9'.repeat(5000)},"revision":1e999}` },
  { says: 'the same name twice', body: '{"note":"a","note":{"b":1},"reason":"x","reason":null}' },
  { says: 'the prototype', body: '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}' },
  { says: 'a NUL character', body: '{"note":"a\\u0000b","reason":"\\u0000"}' },
  { says: 'half a character', body: '{"note":"\\ud800","reason":"\\udfff"}' },
  { says: 'lists deep in lists', body: `${'['.repeat(200_000)}${']'.repeat(200_000)}` },
  { says: 'objects deep in objects', body: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}` },
  { says: 'a field deep in lists', body: `{"note":${'['.repeat(50_000)}${']'.repeat(50_000)}}` },
  { says: 'more than the house takes', body: `{"note":"${'x'.repeat(3 * 1024 * 1024)}"}` },
  { says: 'very many names', body: JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`n${n}`, n]))) },
  { says: 'a list', body: '[1,2,3]' },
  { says: 'a text', body: '"text"' },
  { says: 'nothing, in JSON', body: 'null' },
  { says: 'XML', body: '<a/>', type: 'application/xml' },
  { says: 'a form', body: 'a=1&b=2', type: 'application/x-www-form-urlencoded' },
  { says: 'a type that is none', body: '{}', type: 'x;;;/==' },
  { says: 'a file without a border', body: 'abc', type: 'multipart/form-data' },
  { says: 'a file that never ends', body: '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc', type: 'multipart/form-data; boundary=b' },
  { says: 'a file with a strange name', body: '--b\r\nContent-Disposition: form-data; name="file"; filename="../../\u0001\\";;x"\r\nContent-Type: text/html\r\n\r\n\u0000\r\n--b--\r\n', type: 'multipart/form-data; boundary=b' },
  { says: 'an empty file', body: '--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--b--\r\n', type: 'multipart/form-data; boundary=b' },
];

/** How a module says what it needs from the published documents: a name, a unit and a shape. YAML supplies the values. */
import type { TSchema } from '@sinclair/typebox';

export interface FigureNeed<S extends TSchema = TSchema> {
  shape: 'figure';
  /** `<module>.<camelCase>`; the file is `<module>/<kebab-case>.yaml`. */
  name: string;
  unit: string;
  schema: S;
  /** A city may leave it out: read it only after `book.has`. */
  optional: boolean;
}

export interface EditionNeed<S extends TSchema = TSchema> {
  shape: 'edition';
  name: string;
  schema: S;
  optional: boolean;
  /** What a schema cannot say (sums, references inside the body): sentences of what is wrong, none when all is well. */
  examine?: (body: unknown) => string[];
  /** It decides about people: outside fictional cities only what an official document says is in force. */
  official?: boolean;
}

export type PolicyNeed = FigureNeed | EditionNeed;

/** One number or small table that changes by date. `unit` must be the unit written in the file. */
export function figure<S extends TSchema>(name: string, unit: string, schema: S, more: { optional?: boolean } = {}): FigureNeed<S> {
  return { shape: 'figure', name, unit, schema, optional: more.optional ?? false };
}

/** A numbered whole that is replaced, never edited. */
export function edition<S extends TSchema>(
  name: string,
  schema: S,
  more: { optional?: boolean; examine?: (body: unknown) => string[]; official?: boolean } = {},
): EditionNeed<S> {
  const { examine, official } = more;
  return { shape: 'edition', name, schema, optional: more.optional ?? false, ...(examine ? { examine } : {}), ...(official ? { official } : {}) };
}

/** `claims.weeklyCapMin` → `{ module: 'claims', file: 'weekly-cap-min' }`. */
export function placeOf(name: string): { module: string; file: string } {
  const dot = name.indexOf('.');
  const kebab = name.slice(dot + 1).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { module: name.slice(0, dot), file: kebab };
}

/** A module reads where it must and writes only its own schema: whoever wants a row elsewhere calls the act of the module that owns it. */
import { describe, expect, it } from 'vitest';
import { filesLike, isTest, lineOf, moduleNames, textOf, told } from './source.ts';
import { sqlOf, writesIn } from './sql.ts';

const PLATFORM_SCHEMAS = new Set(['platform', 'identity', 'public', 'graphile_worker']);

describe('who writes where', () => {
  it('a module writes only into its own schema', () => {
    const modules = new Set(moduleNames());
    const files = filesLike(/^domain\/.*\.(ts|sql)$/).filter((path) => !isTest(path));
    const foreign = files.flatMap((path) => {
      const own = path.split('/')[1]!;
      return writesOf(path).filter(({ schema }) => schema !== own && (modules.has(schema) || PLATFORM_SCHEMAS.has(schema))).map((one) => `${lineOf(path, one.index)}: ${one.verb} ${one.table}`);
    });
    expect(told(foreign, 'Call the act that the owning module exports from its index.ts, in the same transaction; or record an event that it listens to.')).toBe('');
  });

  it('the platform writes only its own tables', () => {
    const foreign = filesLike(/^platform\/.*\.(ts|sql)$/).filter((path) => !isTest(path)).flatMap((path) =>
      writesOf(path).filter(({ schema }) => !PLATFORM_SCHEMAS.has(schema)).map((one) => `${lineOf(path, one.index)}: ${one.verb} ${one.table}`));
    expect(told(foreign, 'The platform knows no care-insurance word: let the module write.')).toBe('');
  });

  it('the server, the commands and the pages write nothing but accounts and areas', () => {
    const foreign = filesLike(/^(server|commands|web|kit|bin)\/.*\.tsx?$/).filter((path) => !isTest(path)).flatMap((path) =>
      writesOf(path).filter(({ schema }) => !PLATFORM_SCHEMAS.has(schema)).map((one) => `${lineOf(path, one.index)}: ${one.verb} ${one.table}`));
    expect(told(foreign, 'Call an act of the module instead.')).toBe('');
  });
});

/** Writes into named schemas; temporary tables have no schema in their name and belong to whoever made them. */
function writesOf(path: string): { verb: string; table: string; schema: string; index: number }[] {
  const text = path.endsWith('.sql') ? sqlOf(path) : textOf(path);
  return writesIn(text).filter((one) => one.table.includes('.')).map((one) => ({ ...one, schema: one.table.split('.')[0]! }));
}

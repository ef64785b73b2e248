/** Every figure has a source, in every city; nothing in the project points at the machine it was written on. */
import { describe, expect, it } from 'vitest';
import { gatherNeeds } from '../commands/policy.ts';
import { loadPolicy } from '#platform/policy/index.ts';
import { ROOT, filesLike, lineOf, textOf, told } from './source.ts';

describe('sources', () => {
  it('every figure and edition of every city names its document, and says whether it was verified', async () => {
    const needs = await gatherNeeds();
    const book = loadPolicy({ root: `${ROOT}/policy`, city: 'qinghe', needs: needs.map((need) => ({ ...need, optional: true })), strict: true });
    const rows = book.cities().flatMap((about) => book.city(about.city).all());
    expect(rows.length).toBeGreaterThan(20);
    expect(told(rows.filter((row) => row.sources.length === 0 || row.sources.some((one) => !one.document)).map((row) => `${row.file}: ${row.name} from ${row.from}`), 'Name the document (policy/sources.yaml) and the article.')).toBe('');
  });

  it('a city that is marked complete answers every need', async () => {
    const needs = await gatherNeeds();
    const book = loadPolicy({ root: `${ROOT}/policy`, city: 'qinghe', needs });
    for (const about of book.cities().filter((one) => one.complete)) expect(() => loadPolicy({ root: `${ROOT}/policy`, city: about.city, needs })).not.toThrow();
  });

  it('no file points at a folder of the machine it was written on', () => {
    const machine = new RegExp(['/wo' + 'rk/(main|shared|\\.)', '/tmp/stu' + 'dio', '/fa' + 'rm\\b', '/ro' + 'ot/', '/ho' + 'me/[a-z]+/'].join('|'), 'g');
    const files = filesLike(/\.(ts|tsx|mjs|cjs|js|json|yaml|yml|md|sql|typ|css|html|csv)$|^\.ci\//).filter((path) => path !== 'package-lock.json');
    const found = files.flatMap((path) => [...textOf(path).matchAll(machine)].map((hit) => `${lineOf(path, hit.index)}: ${hit[0]}`));
    expect(told(found, 'Use a path relative to the file (import.meta.dirname) or a setting of server/settings.ts.')).toBe('');
  });

  it('the lock file names the public registry only', () => {
    const hosts = new Set([...textOf('package-lock.json').matchAll(/"resolved": "https?:\/\/([^/"]+)/g)].map((hit) => hit[1]!));
    expect([...hosts].filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });
});

/** Migrations: plain SQL, numbered, forward only, each saying what it is for. */
import { describe, expect, it } from 'vitest';
import { filesLike, textOf, told } from './source.ts';

const files = filesLike(/^db\/migrations\//);

describe('migrations', () => {
  it('are named by a number of four digits and what they are about', () => {
    const odd = files.filter((path) => !/^db\/migrations\/\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/.test(path));
    expect(told(odd, 'Name it NNNN-what-it-is-about.sql.')).toBe('');
  });

  it('each number is given once', () => {
    const numbers = files.map((path) => path.slice('db/migrations/'.length, 'db/migrations/'.length + 4));
    const twice = numbers.filter((number, place) => numbers.indexOf(number) !== place);
    expect(told(twice, 'Two migrations of one number run in an order nobody chose: renumber the one that has not run anywhere yet.')).toBe('');
  });

  it('begin with a comment that says what they do', () => {
    const silent = files.filter((path) => !textOf(path).startsWith('-- '));
    expect(told(silent, 'Begin with a line "-- what this changes, and why".')).toBe('');
  });

  it('keys between districts\' tables are added after the step that distributes them', () => {
    const early = files.filter((path) => path < 'db/migrations/0050' && /\(district_code, [a-z_, ]+\) REFERENCES/.test(textOf(path)));
    expect(told(early, 'On a cluster, foreign keys inside a district come after distribution: write them in a migration after 0050.')).toBe('');
  });
});

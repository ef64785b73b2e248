import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy } from '#platform/policy/index.ts';
import { letterCode, letterStanding } from './letter-code.ts';
import { findFigures, piecesOf } from './policy-search.ts';

describe('the code of a letter', () => {
  test('is taken as typed, with spaces, or out of the address of the QR picture', () => {
    expect(letterCode(' AbC_123-xyz 0987654321 ')).toBe('AbC_123-xyz0987654321');
    expect(letterCode('https://qinghe.example/letters/AbC_123-xyz0987654321?from=scan')).toBe('AbC_123-xyz0987654321');
  });

  test('is refused when too short or with foreign characters', () => {
    expect(letterCode('short')).toBeUndefined();
    expect(letterCode('青禾青禾青禾青禾青禾青禾青禾青禾青禾')).toBeUndefined();
    expect(letterCode('')).toBeUndefined();
  });

  test('says valid on the last day, expired the day after, and ended when it was ended earlier', () => {
    const letter = { effectiveOn: '2026-10-01', validUntilOn: '2028-09-30', endedOn: null };
    expect(letterStanding({ ...letter, state: 'notYet' }, '2026-09-30')).toBe('notYet');
    expect(letterStanding({ ...letter, state: 'valid' }, '2028-09-30')).toBe('valid');
    expect(letterStanding({ ...letter, state: 'ended' }, '2028-10-01')).toBe('expired');
    expect(letterStanding({ ...letter, endedOn: '2027-05-01', state: 'ended' }, '2027-05-02')).toBe('ended');
  });
});

describe('finding a figure', () => {
  const words = parse(readFileSync(new URL('./zh.yaml', import.meta.url), 'utf8')) as { policy: { also: Record<string, string> } };
  const { book } = loadPolicyBook();

  test('breaks Chinese into pairs and keeps Latin words whole', () => {
    expect(piecesOf('每周限额 Cap')).toEqual(['每周', '周限', '限额', 'cap']);
  });

  test.each([['每周限额', 'claims.weeklyCapMin'], ['weekly cap', 'claims.weeklyCapMin'], ['报销比例', 'claims.fundRatioBp'], ['公示多少天', 'notices.days'], ['住院', 'claims.hospitalDays']])(
    '%s finds %s first in the real book',
    (asked, name) => {
      expect(findFigures(book, asked)[0]?.name).toBe(name);
    },
  );

  test('says nothing fits rather than something far off', () => {
    expect(findFigures(book, '火星旅行补贴')).toEqual([]);
  });

  test('without words gives the whole book in its order', () => {
    expect(findFigures(book, '  ')).toEqual(book);
  });

  function loadPolicyBook() {
    const policy = loadPolicy({ root: fileURLToPath(new URL('../../policy/', import.meta.url)), city: 'qinghe', needs: [] });
    const names = new Map(policy.all().map((row) => [row.name, row]));
    return { book: [...names.values()].map((row) => ({ name: row.name, texts: [`${row.label.zh} ${row.label.en} ${words.policy.also[row.name.replace('.', '-')] ?? ''}`, `${row.effect.zh} ${row.effect.en}`] })) };
  }
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy } from '#platform/policy/index.ts';
import { scale as scaleNeed } from '../policy.ts';
import { contradictionsOf, unexplained } from './contradictions.ts';
import { examineContradictions } from './contradiction-rules.ts';
import { contradictions, onsiteNeeds, videoFullWorkingDays, videoRequired } from './policy.ts';
import { contentSha256, fateOf, missingPieces, sealOf, serverInstant } from './rules.ts';

const policy = loadPolicy({ root: join(import.meta.dirname, '../../../policy'), city: 'qinghe', needs: [scaleNeed, ...onsiteNeeds] });
const scale = policy.edition(scaleNeed, '2026-09-01').value;
const { rules } = policy.edition(contradictions, '2026-09-01').value;
const best = Object.fromEntries(scale.items.map((item) => [item.code, Math.max(...item.options.map((option) => option.points))]));

describe('contradictions', () => {
  const cases = parse(readFileSync(join(import.meta.dirname, 'cases/contradictions.yaml'), 'utf8')) as { sentence: string; answers: Record<string, number>; found: string[] }[];

  it.each(cases)('$sentence', ({ answers, found }) => {
    expect(contradictionsOf({ ...best, ...answers }, rules, scale).map((one) => one.code)).toEqual(found);
  });

  it('every rule has a case on both sides', () => {
    const [found, notFound] = [new Set(cases.flatMap((one) => one.found)), cases.filter((one) => one.found.length === 0)];
    expect(rules.map((one) => one.code).filter((code) => !found.has(code))).toEqual([]);
    for (const rule of rules) {
      const [a, b] = rule.sides.map((side) => side.item) as [string, string];
      expect(notFound.some(({ answers }) => a in answers && b in answers), `${rule.code}: a case with both items where nothing is pointed out`).toBe(true);
    }
  });

  it('names both items and both options in both languages', () => {
    const [one] = contradictionsOf({ 'adl.walking': 0, 'adl.stairs': 5 }, rules, scale);
    expect(one!.sides).toEqual([
      { item: 'adl.walking', itemZh: '平地行走', itemEn: 'Walking on the level', points: 0, optionZh: '卧床不起、不能步行，移动全靠人', optionEn: 'Bed-bound, cannot walk, moved by others' },
      { item: 'adl.stairs', itemZh: '上下楼', itemEn: 'Stairs', points: 5, optionZh: '需部分帮助（扶手、一人、拐杖、提示）', optionEn: 'Some help (rail, one person, cane, prompting)' },
    ]);
  });

  it('says nothing of an item that is not answered yet, or that the scale does not have', () => {
    expect(contradictionsOf({ 'adl.walking': 0 }, rules, scale)).toEqual([]);
    expect(contradictionsOf({ 'adl.walking': 0, 'adl.stairs': 5 }, rules, { items: [] })).toEqual([]);
  });

  it('takes blanks for no remark', () => {
    const found = contradictionsOf({ 'adl.walking': 0, 'adl.stairs': 5 }, rules, scale);
    expect(unexplained(found, { BED_BOUND_CLIMBS_STAIRS: '  ' })).toEqual(found);
    expect(unexplained(found, { BED_BOUND_CLIMBS_STAIRS: '由家属背上楼' })).toEqual([]);
  });

  it('an edition with a code twice or a side without bound is refused at the start', () => {
    const side = { item: 'adl.walking', atMost: 0 };
    const one = { code: 'A_B', zh: '甲', en: 'a', sides: [side, { item: 'adl.stairs' }] };
    expect(examineContradictions({ rules: [one, { ...one, sides: [side, side] }] })).toEqual(['lists the contradiction A_B twice.', 'names no bound on a side of A_B.']);
  });
});

describe('what the city asks of the video', () => {
  it('nothing of cases filed up to 2026-11-30, the whole video from 2026-12-01, the full rendition within three working days', () => {
    expect([policy.figure(videoRequired, '2026-11-30').value, policy.figure(videoRequired, '2026-12-01').value]).toEqual([false, true]);
    expect([policy.has(videoFullWorkingDays, '2026-11-30'), policy.figure(videoFullWorkingDays, '2026-12-01').value]).toEqual([false, 3]);
  });
});

describe('revisions', () => {
  it('the same number is the same content or taken; a lower one is older, a higher one newer', () => {
    const standing = { revision: 5, contentSha256: 'a' };
    expect(fateOf({ revision: 5, contentSha256: 'a' }, standing)).toBe('stands');
    expect(fateOf({ revision: 5, contentSha256: 'b' }, standing)).toBe('taken');
    expect(fateOf({ revision: 4, contentSha256: 'a' }, standing)).toBe('older');
    expect(fateOf({ revision: 6, contentSha256: 'a' }, standing)).toBe('newer');
  });

  it('the hash of a content does not depend on the order of its fields, and on nothing but them', () => {
    expect(contentSha256({ a: 1, b: { c: [1, 2], d: null } })).toBe(contentSha256({ b: { d: null, c: [1, 2] }, a: 1 }));
    expect(contentSha256({ a: [1, 2] })).not.toBe(contentSha256({ a: [2, 1] }));
  });

  it('takes the phone\'s offset off its instants', () => {
    expect(serverInstant('2026-09-15T10:00:05.000Z', 5000).toISOString()).toBe('2026-09-15T10:00:00.000Z');
    expect(serverInstant('2026-09-15T10:00:00.000Z', -5000).toISOString()).toBe('2026-09-15T10:00:05.000Z');
  });
});

describe('pieces of a video', () => {
  it('the missing ones are those below the told count, or below the highest that came', () => {
    expect(missingPieces([0, 1, 3], 5)).toEqual([2, 4]);
    expect(missingPieces([0, 1, 3], null)).toEqual([2]);
    expect(missingPieces([], 2)).toEqual([0, 1]);
    expect(missingPieces([], null)).toEqual([]);
  });

  it('the seal changes with every piece and with their order', () => {
    const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
    fc.assert(fc.property(fc.uniqueArray(hash, { minLength: 2, maxLength: 12 }), fc.nat(), hash, (pieces, at, other) => {
      const sealed = sealOf(pieces.map((sha256) => ({ sha256 })));
      const spot = at % pieces.length;
      const changed = pieces.with(spot, other === pieces[spot] ? '0'.repeat(64) : other);
      expect(sealOf(changed.map((sha256) => ({ sha256 })))).not.toBe(sealed);
      expect(sealOf([...pieces].reverse().map((sha256) => ({ sha256 })))).not.toBe(sealed);
    }));
    expect(sealOf([{ sha256: 'a'.repeat(64) }])).toBe('a'.repeat(64));
  });
});

/** No figures in rules: a number that a document sets stands in policy/, with its source. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { eachNode, filesLike, isTest, placeOf, told } from './source.ts';
import { sqlOf } from './sql.ts';

/** Numbers that no document sets: identity, halves, units of time and money with their halves (for rounding), days of a week (Monday + 6), months of a year, basis points. */
const ARITHMETIC = new Set([0, 1, 2, 6, 7, 10, 12, 24, 30, 60, 100, 1000, 1440, 3600, 5000, 10_000, 60_000, 3_600_000, 86_400_000]);

/** Numbers of an audit rule that are no policy: what it is, and where. */
const KNOWN: Record<string, string[]> = {
  // Known travel times are kept to a thousandth of a minute: the rounding is never held against a carer.
  'domain/claims/audit/travel-impossible.sql': ['0.001'],
};

describe('figures', () => {
  it('rules contain no number of their own', () => {
    const rules = filesLike(/^domain\/[a-z]+\/(rules\.ts|rules\/.*\.ts|.*-rules\.ts)$/).filter((path) => !isTest(path));
    const found: string[] = [];
    for (const path of rules) {
      eachNode(path, (node) => {
        if (ts.isNumericLiteral(node) && !ARITHMETIC.has(Number(node.text))) found.push(`${placeOf(path, node)}: ${node.parent.getText().slice(0, 80)}`);
      });
    }
    expect(rules.length).toBeGreaterThan(0);
    expect(told(found, 'Ask for it in the module\'s policy.ts and write the value, with document and article, under policy/.')).toBe('');
  });

  it('audit rules contain no number of their own', () => {
    const found = filesLike(/^domain\/claims\/audit\/.*\.sql$/).flatMap((path) => numbersIn(path));
    expect(told(found, 'Name the figure under the rule\'s `parameters` in policy/national/claims/audit-rules-2026.yaml and take it as :parameter.')).toBe('');
  });
});

function numbersIn(path: string): string[] {
  return sqlOf(path).split('\n').flatMap((text, index) =>
    [...text.matchAll(/(?<![\w.$:'])(\d+(?:\.\d+)?)(?![\w'])/g)].filter((hit) => !ARITHMETIC.has(Number(hit[1])) && !KNOWN[path]?.includes(hit[1]!)).map((hit) => `${path}:${index + 1}: ${hit[1]} in ${text.trim().slice(0, 80)}`));
}

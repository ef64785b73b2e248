import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { failureLines, failuresInPlaywright, failuresInVitest } from './failures.ts';
import { allSteps } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'changhu-failures-'));
const root = join(import.meta.dirname, '../..');
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('what a failed npm test says last', () => {
  it('names each failed test with the first line of its error, and how to run its file again with the same lots', () => {
    const test = (status: string, title: string) => ({ status, ancestorTitles: ['reading'], title, failureMessages: status === 'failed' ? ['\u001B[31mAssertionError\u001B[39m: one row too many\n    at somewhere'] : [] });
    const failures = failuresInVitest(report({ testResults: [
      { name: join(root, 'server/scope.test.ts'), status: 'failed', assertionResults: [test('passed', 'GET /api/a'), test('failed', 'GET /api/b'), test('failed', 'GET /api/c')] },
      { name: join(root, 'kit/days.test.ts'), status: 'failed', message: 'Error: no such module', assertionResults: [] },
      { name: join(root, 'kit/ids.test.ts'), status: 'passed', assertionResults: [test('passed', 'x')] },
    ] }));
    expect(failureLines(failures, 'unused', 7)).toEqual([
      '✗ server/scope.test.ts › reading › GET /api/b', '    AssertionError: one row too many',
      '✗ server/scope.test.ts › reading › GET /api/c', '    AssertionError: one row too many',
      '  再试 again: SEED=7 npm test -- server/scope.test.ts',
      '✗ kit/days.test.ts › could not be loaded', '    Error: no such module',
      '  再试 again: SEED=7 npm test -- kit/days.test.ts',
    ]);
  });

  it('names failed journeys, also those in groups, and the filter that it gives runs them', () => {
    const spec = (title: string, ok: boolean) => ({ title, ok, file: 'story.journey.ts', tests: [{ results: ok ? [] : [{}, { error: { message: 'Error: not visible\nmore' } }] }] });
    const failures = failuresInPlaywright(report({ suites: [{ file: 'story.journey.ts', specs: [spec('a', true)], suites: [{ file: 'story.journey.ts', specs: [spec('b', false)] }] }] }));
    expect(failureLines(failures, 'unused', 7)).toEqual(['✗ journeys/story.journey.ts › b', '    Error: not visible', '  再试 again: SEED=7 npm test -- journeys/story.journey.ts']);
    expect(allSteps(['journeys/story.journey.ts'], 'report').map((step) => step.name.en)).toEqual(['web build', 'journeys']);
  });

  it('gives the command of a step that failed as a whole', () => {
    expect(failureLines([], 'node check', 7)).toEqual(['✗ node check']);
    expect(failuresInVitest(join(folder, 'none.json'))).toEqual([]);
  });
});

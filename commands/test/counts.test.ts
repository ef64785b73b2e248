import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countPlaywright, countStep, countVitest, lastLine, sum } from './counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'changhu-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, testResults: [] };

describe('the counts of npm test', () => {
  it('takes passed, failed and skipped tests from the report of vitest', () => {
    expect(countVitest(report(vitest), 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  it('counts a test file that could not be loaded as a failure', () => {
    const unloaded = { ...vitest, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countVitest(report(unloaded), 1)).toMatchObject({ failed: 1 });
  });

  it('counts a failure when the run ends badly although no test failed', () => {
    expect(countVitest(report({ ...vitest, numFailedTests: 0 }), 1).failed).toBe(1);
    expect(countVitest(report({ ...vitest, numFailedTests: 0 }), 0).failed).toBe(0);
  });

  it('counts a failure when there is no report at all', () => {
    expect(countVitest(join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a journey that passes only at the second try as failed', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 1 };
    expect(countPlaywright(report({ stats, errors: [] }), 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('ends with the sum of all steps, and names skipped tests only when there are any', () => {
    const total = sum([countStep(0), countStep(1), { passed: 10, failed: 0, skipped: 0 }]);
    expect(lastLine(total)).toBe('11 passed, 1 failed');
    expect(lastLine({ ...total, skipped: 2 })).toBe('11 passed, 1 failed, 2 skipped');
  });
});

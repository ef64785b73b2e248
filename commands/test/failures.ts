/** What failed, read from the reports of the test programs: the last lines of a failed `npm test` name each test and how to run it again. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface Failure {
  /** Path from the project's folder; undefined where the step failed as a whole. */
  file?: string;
  /** Name of the test with the groups around it. */
  name: string;
  /** First line of the error. */
  because?: string;
}

interface VitestReport {
  testResults: { name: string; status: string; message?: string; assertionResults: { status: string; ancestorTitles: string[]; title: string; failureMessages?: string[] }[] }[];
}

interface Suite {
  file: string;
  specs?: { title: string; ok: boolean; file: string; tests: { results: { error?: { message?: string } }[] }[] }[];
  suites?: Suite[];
}

export function failuresInVitest(report: string): Failure[] {
  const read = readReport<VitestReport>(report);
  return (read?.testResults ?? []).flatMap((result) => {
    const file = relative(ROOT, result.name);
    const failed = result.assertionResults.filter((one) => one.status === 'failed');
    if (failed.length === 0 && result.status === 'failed') return [{ file, name: 'could not be loaded', ...because(result.message) }];
    return failed.map((one) => ({ file, name: [...one.ancestorTitles, one.title].join(' › '), ...because(one.failureMessages?.[0]) }));
  });
}

export function failuresInPlaywright(report: string): Failure[] {
  const read = readReport<{ suites: Suite[] }>(report);
  const of = (suite: Suite): Failure[] => [
    ...(suite.specs ?? []).filter((spec) => !spec.ok).map((spec) => ({ file: `journeys/${spec.file}`, name: spec.title, ...because(spec.tests.flatMap((one) => one.results).find((one) => one.error)?.error?.message) })),
    ...(suite.suites ?? []).flatMap(of),
  ];
  return (read?.suites ?? []).flatMap(of);
}

/** The lines about one failed step; `command` runs it again where no single file is to blame. */
export function failureLines(failures: readonly Failure[], command: string, seed: number): string[] {
  if (failures.length === 0) return [`✗ ${command}`];
  const files = [...new Set(failures.map((one) => one.file ?? ''))];
  return files.flatMap((file) => [
    ...failures.filter((one) => (one.file ?? '') === file).flatMap((one) => [`✗ ${file} › ${one.name}`, ...(one.because === undefined ? [] : [`    ${one.because}`])]),
    `  再试 again: SEED=${seed} npm test -- ${file}`,
  ]);
}

const COLOURS = /\u001B\[[0-9;]*m/g;

function because(message: string | undefined): { because?: string } {
  const line = message?.replace(COLOURS, '').split('\n')[0]?.trim().slice(0, 200);
  return line ? { because: line } : {};
}

function readReport<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

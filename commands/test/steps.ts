/** The steps of `npm test`, in their order; each is another program whose exit code and report are counted. */
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bilingual } from '#kit/contract.ts';
import { countPlaywright, countStep, countVitest, type Counts } from './counts.ts';
import { failuresInPlaywright, failuresInVitest, type Failure } from './failures.ts';

export const ROOT = join(import.meta.dirname, '../..');

export interface Step {
  name: Bilingual;
  /** File that must be there for the step to make sense; without it the step is skipped. */
  needs?: string;
  args: string[];
  env?: Record<string, string>;
  /** How the outcome is counted: as a whole, or by the report written to `report`. */
  count: (report: string, exitCode: number) => Counts;
  /** The single failures in the report, for a step whose tests have names. */
  failures?: (report: string) => Failure[];
}

export interface Outcome {
  step: Step;
  counts: Counts;
  failures: Failure[];
  seconds: number;
}

/** Everything, in the order in which a fault is found soonest. `filter` limits the tests to matching files; a path in journeys/ runs only that. */
export function allSteps(filter: string[], report: string): Step[] {
  const tests = vitestStep({ zh: '测试', en: 'tests' }, filter, report);
  // Before the tests: one of them reads the sizes of the build.
  const build = { name: { zh: '网页构建', en: 'web build' }, needs: 'web/vite.config.ts', args: ['bin/build-web.ts'], count: whole };
  if (filter.length > 0 && filter.every((one) => one.startsWith('journeys'))) return [build, journeyStep(filter, report)];
  if (filter.length > 0) return [tests];
  return [
    { name: { zh: '政策文件', en: 'policy check' }, needs: 'commands/policy.ts', args: ['bin/command.ts', 'policy', 'check'], count: whole },
    { name: { zh: '类型检查', en: 'type check' }, args: ['node_modules/typescript-7/bin/tsc', '--noEmit', '-p', '.'], count: whole },
    { name: { zh: '代码检查', en: 'lint' }, args: ['node_modules/oxlint/bin/oxlint', '--quiet'], count: whole },
    dependencyStep(),
    build,
    tests,
    journeyStep([], report),
  ];
}

function journeyStep(filter: string[], report: string): Step {
  return {
    name: { zh: '浏览器全程', en: 'journeys' },
    needs: 'journeys',
    args: ['node_modules/@playwright/test/cli.js', 'test', '--pass-with-no-tests', '--reporter=list,json', ...filter],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: countPlaywright,
    failures: failuresInPlaywright,
  };
}

export function vitestStep(name: Bilingual, filter: string[], report: string): Step {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { name, args: ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...filter], count: countVitest, failures: failuresInVitest };
}

/** Runs one step with its output on the terminal. */
export async function runStep(step: Step, report: string, env: Record<string, string>): Promise<Outcome> {
  if (step.needs && !existsSync(join(ROOT, step.needs))) return { step, counts: { passed: 0, failed: 0, skipped: 1 }, failures: [], seconds: 0 };
  process.stdout.write(`\n── ${step.name.zh} ${step.name.en}\n`);
  rmSync(report, { force: true });
  const begun = performance.now();
  const code = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, step.args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env, ...step.env } });
    const stop = (): void => void child.kill('SIGTERM');
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.on('error', () => resolve(127));
    child.on('exit', (status) => {
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
      resolve(status ?? 1);
    });
  });
  return { step, counts: step.count(report, code), failures: step.failures?.(report) ?? [], seconds: (performance.now() - begun) / 1000 };
}

/** One line of the summary. */
export function summaryLine({ step, counts, seconds }: Outcome): string {
  const mark = counts.failed > 0 ? '✗' : counts.passed > 0 ? '✓' : '–';
  const skipped = counts.skipped > 0 ? ` · 跳过 skipped ${counts.skipped}` : '';
  return `${mark} ${step.name.zh} ${step.name.en}：通过 ok ${counts.passed} · 失败 wrong ${counts.failed}${skipped} · ${seconds.toFixed(1)} s`;
}

function whole(_report: string, exitCode: number): Counts {
  return countStep(exitCode);
}

function dependencyStep(): Step {
  const config = ['tidy/dependency-cruiser.cjs', 'tidy/dependency-cruiser.mjs', 'tidy/dependency-cruiser.js', '.dependency-cruiser.cjs', '.dependency-cruiser.mjs'];
  const found = config.find((file) => existsSync(join(ROOT, file))) ?? 'tidy/dependency-cruiser.cjs';
  const folders = ['kit', 'platform', 'domain', 'server', 'web', 'world', 'commands', 'bin', 'bench', 'journeys', 'tidy'].filter((folder) => existsSync(join(ROOT, folder)));
  const program = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
  return { name: { zh: '依赖方向', en: 'dependency directions' }, needs: found, args: [program, '--config', found, ...folders], count: whole };
}


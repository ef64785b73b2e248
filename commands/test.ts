/** `npm test`: brings what the tests need, runs every step, and ends with `N passed, N failed`. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, type OpenDatabase, type Say } from '#platform/db/embedded.ts';
import { lastLine, sum } from './test/counts.ts';
import { failureLines } from './test/failures.ts';
import { ensureMachine } from './test/machine.ts';
import { allSteps, runStep, summaryLine, vitestStep, type Outcome, type Step } from './test/steps.ts';

const HELP = `npm test                 运行全部：政策、类型、代码、依赖方向、网页、测试、浏览器全程
                         everything: policy, types, lint, dependency directions, web, tests, journeys
npm test -- claims       只运行路径含 claims 的测试文件
                         only the test files whose path contains claims
npm test -- journeys/story   只运行这一段浏览器全程
                         only this journey in the browser
SEED=…                   重复一次随机测试（失败时会写明）
                         repeats what a run drew by lot (a failed run names it)
TEST_DATABASE_URL=…      用这台 PostgreSQL（≥ 15，超级用户）测试，而不另起一台
                         test on this PostgreSQL (≥ 15, superuser) instead of a server of our own
TEST_PG15=1              在 Debian 的 PostgreSQL 15 上再运行一遍 domain 的测试
                         run the tests of domain once more on Debian's PostgreSQL 15
CHROMIUM=/path           浏览器程序  the browser
`;

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
/** What every test of the run draws its lots by. */
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));
const say: Say = ({ zh, en }) => void process.stdout.write(`${zh}  ${en}\n`);

export async function run(args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const filter = args.filter((arg) => arg !== '--');
  if (!(await ensureMachine(say))) return 1;
  const folder = mkdtempSync(join(tmpdir(), 'changhu-npm-test-'));
  chmodSync(folder, 0o755);
  try {
    const outcomes = await runAll(filter, folder);
    const total = sum(outcomes.map((outcome) => outcome.counts));
    const failed = outcomes.filter((outcome) => outcome.counts.failed > 0).flatMap(({ step, failures }) => failureLines(failures, `node ${step.args.join(' ')}`, SEED));
    process.stdout.write(`\n${[...outcomes.map(summaryLine), ...(failed.length > 0 ? ['', ...failed] : [])].join('\n')}\n\n${lastLine(total)}\n`);
    return total.failed > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runAll(filter: string[], folder: string): Promise<Outcome[]> {
  const report = join(folder, 'report.json');
  const outcomes = await withServer(folder, undefined, process.env['TEST_DATABASE_URL'], allSteps(filter, report), report);
  if (process.env['TEST_PG15'] === '1') {
    const second = vitestStep({ zh: 'PostgreSQL 15 上的测试', en: 'tests on PostgreSQL 15' }, filter.length > 0 ? filter : ['domain/'], report);
    const absent = !existsSync(DEBIAN_15) && !process.env['TEST_SECOND_DATABASE_URL'];
    const step = absent ? { ...second, needs: DEBIAN_15 } : second;
    outcomes.push(...(await withServer(join(folder, 'second'), absent ? undefined : DEBIAN_15, process.env['TEST_SECOND_DATABASE_URL'], [step], report)));
  }
  return outcomes;
}

/** Runs the steps one after the other on one server; a step that fails does not stop the next. */
async function withServer(folder: string, binaries: string | undefined, url: string | undefined, steps: Step[], report: string): Promise<Outcome[]> {
  const database: OpenDatabase | undefined = url
    ? undefined
    : await openEmbedded({ dataDir: join(folder, 'data'), forTests: true, log: say, ...(binaries ? { binaries } : {}) });
  const outcomes: Outcome[] = [];
  let interrupted = false;
  const interrupt = (): void => void (interrupted = true);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    for (const step of steps) {
      outcomes.push(await runStep(step, report, { TEST_DATABASE_URL: url ?? database?.url ?? '', SEED: String(SEED) }));
      if (interrupted) break;
    }
  } finally {
    await database?.close();
    process.removeListener('SIGINT', interrupt).removeListener('SIGTERM', interrupt);
  }
  if (interrupted) process.exit(130);
  return outcomes;
}

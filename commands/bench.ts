/** `npm run bench [-- --visits 100000]`: the close's visits per second on a throw-away database, and two ratios of the same run. */
import { parseArgs } from 'node:util';
import { benchClose } from '../bench/close.ts';
import type { BenchOptions } from '../bench/close.ts';
import { benchApplications } from '../bench/applications.ts';
import { benchQuality } from '../bench/quality.ts';

const HELP = `在一次性的内置数据库上，为一个区生成一个月的服务，测量月结的速度，并与两种做法比较（同一次运行，交替测量，取中位数）：
Generates a month of visits of one district on a throw-away embedded database and measures the close, with two comparisons in the same run:

  INSERT … SELECT   把同样的明细直接写入结构相同的分区表  the same lines into an identical partitioned table
  row by row        同样的规则逐条执行（抽样，按条换算）    the same rules visit by visit (a sample, scaled per visit)

  npm run bench [-- --visits 100000 --people 3000 --carers 400 --rounds 3 --sample 2000 --json]

从申请到送达的列表、队列、搜索（各 20000 行，按角色）和批量派单（5000 件、20 家机构）的用时，与裸查询比较：
Lists, queues and searches of the road from application to letter (20 000 rows in each, by role), and a batch dispatch of 5000 cases among 20 institutions, against the bare indexed statement:

  npm run bench -- applications [--open 20000 --past 60000 --rounds 30 --json]

一个区一个月的全部质量指标（按机构和评估员）、逐项一致、留存整月，与对同一批评估的一次聚合比较：
Every figure of quality of a district's month, by institution and assessor, agreement per item and the keeping of the month, against one aggregate of the same assessments:

  npm run bench -- quality [--perMonth 5000 --rounds 3 --json]
`;

/** Returns the exit code: 0 measured, 2 when the arguments are wrong. */
export async function run(args: string[]): Promise<number> {
  if (args[0] === 'applications') return runApplications(args.slice(1));
  if (args[0] === 'quality') return runQuality(args.slice(1));
  const options = readArgs(args);
  if (options === null) {
    process.stdout.write(HELP);
    return 0;
  }
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${HELP}`);
    return 2;
  }
  const result = await benchClose(options, (line) => process.stderr.write(`${line}\n`));
  const { visits, lines, findings } = result.closed;
  const perSecond = (visits * 1000) / result.closeMs;
  const toBare = result.closeMs / result.bareMs;
  const toRows = result.rowByRowMs / result.sample / (result.closeMs / visits);
  process.stdout.write(options.json
    ? `${JSON.stringify({ visits, lines, findings, closeMs: Math.round(result.closeMs), visitsPerSecond: Math.round(perSecond), timesBareInsert: round2(toBare), fasterThanRowByRow: round2(toRows) })}\n`
    : `月结 close                 ${visits} 次服务 visits, ${lines} 条明细 lines, ${findings} 条疑点 findings, ${(result.closeMs / 1000).toFixed(2)} s
每秒 per second            ${Math.round(perSecond).toLocaleString('en')} 次服务 visits
比直接写入 to INSERT…SELECT  ${toBare.toFixed(2)} 倍时间 times as long (${(result.bareMs / 1000).toFixed(2)} s)
比逐条执行 to row by row     快 ${toRows.toFixed(0)} 倍 times as fast (${((result.rowByRowMs / result.sample) * 1000).toFixed(0)} µs 每次 per visit)
`);
  return 0;
}

/** The numbers of a bench's own options, or null after saying which is wrong. */
function numbersOf<Name extends string>(args: string[], defaults: Record<Name, number>): (Record<Name, number> & { json: boolean }) | null {
  const names = Object.keys(defaults) as Name[];
  try {
    const { values } = parseArgs({ args, options: { ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])), json: { type: 'boolean' } } });
    const numbers = Object.fromEntries(names.map((name) => [name, Number((values as Record<string, unknown>)[name] ?? defaults[name])])) as Record<Name, number>;
    const wrong = names.find((name) => !Number.isInteger(numbers[name]) || numbers[name] < 1);
    if (wrong === undefined) return { ...numbers, json: (values as Record<string, unknown>)['json'] === true };
    process.stderr.write(`--${wrong} 要写正整数。  --${wrong} takes a whole number from 1.\n\n${HELP}`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
  return null;
}

async function runApplications(args: string[]): Promise<number> {
  const asked = numbersOf(args, { open: 20_000, past: 60_000, rounds: 30 });
  if (asked === null) return 2;
  const measured = await benchApplications(asked, (line) => process.stderr.write(`${line}\n`));
  const bare = measured[0]!;
  const shown = measured.map((one) => ({ ...one, p50Ms: round2(one.p50Ms), p95Ms: round2(one.p95Ms), timesBare: round2(one.p50Ms / bare.p50Ms) }));
  process.stdout.write(asked.json ? `${JSON.stringify(shown)}\n` : shown.map((one) => `${one.name}  ${one.rows}/${one.total}  p50 ${one.p50Ms} ms  p95 ${one.p95Ms} ms  ×${one.timesBare}\n`).join(''));
  return 0;
}

async function runQuality(args: string[]): Promise<number> {
  const asked = numbersOf(args, { perMonth: 5_000, rounds: 3 });
  if (asked === null) return 2;
  const found = await benchQuality(asked, (line) => process.stderr.write(`${line}\n`));
  const { assessments, figures, cases, allMs, itemsMs, bareMs, keepMs, keepAgainMs, readMs, cityMs, slowest } = found;
  const timesBare = round2(allMs / bareMs);
  const ms = { allMs, itemsMs, bareMs, keepMs, keepAgainMs, readMs, cityMs };
  const seconds = (of: number) => `${(of / 1000).toFixed(2)} s`;
  process.stdout.write(asked.json
    ? `${JSON.stringify({ assessments, figures, cases, ...Object.fromEntries(Object.entries(ms).map(([name, value]) => [name, Math.round(value)])), timesBare, timesBarePerFigure: round2(timesBare / figures), slowest: { figure: slowest.figure, ms: Math.round(slowest.ms) } })}\n`
    : `质量 quality               ${assessments} 件评估 assessments, ${figures} 项指标 figures, ${seconds(allMs)}
比一次聚合 to one aggregate  ${timesBare} 倍时间 times as long (${Math.round(bareMs)} ms)，每项指标 per figure ${round2(timesBare / figures)}
最慢 slowest               ${slowest.figure} ${Math.round(slowest.ms)} ms
逐项一致 items             ${seconds(itemsMs)}
留存整月 keeping           ${seconds(keepMs)}，${cases} 件案件 cases；再留存 again ${seconds(keepAgainMs)}；读 reading ${Math.round(readMs)} ms
全市实时 whole city, live   ${seconds(cityMs)}
`);
  return 0;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

function readArgs(args: string[]): (BenchOptions & { json: boolean }) | string | null {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args, options: { visits: text, people: text, carers: text, rounds: text, sample: text, json: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help) return null;
    const numbers = { visits: Number(values.visits ?? 100_000), people: Number(values.people ?? 3000), carers: Number(values.carers ?? 400), rounds: Number(values.rounds ?? 3), sample: Number(values.sample ?? 2000) };
    const wrong = Object.entries(numbers).find(([, value]) => !Number.isInteger(value) || value < 1);
    if (wrong) return `--${wrong[0]} 要写正整数。  --${wrong[0]} takes a whole number from 1.`;
    if (numbers.people < numbers.carers) return '--people 不能少于 --carers。  --people is at least --carers.';
    if (numbers.visits > numbers.people * 60) return '每人每天最多两次服务：增加 --people。  At most two visits a day each: more --people.';
    return { ...numbers, sample: Math.min(numbers.sample, numbers.visits), json: values.json ?? false };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `npm run close -- --district 990102 --month 2026-09 [--json]`: closes a district's month; a second time changes nothing and answers the same. */
import { parseArgs } from 'node:util';
import { isMonth } from '#kit/days.ts';
import { yuan } from '#kit/money.ts';
import { runAct } from '#platform/act.ts';
import type { Act } from '#platform/act.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { closeMonth, listFindings } from '#domain/claims/index.ts';
import type { CloseOutcome } from '#domain/claims/index.ts';
import { inHouse } from '#server/in-house.ts';

const HELP = `办理一个区的月结：逐条计价、封顶、审核、分账，按机构生成结算单。重复办理不改变任何数据。
Closes a district's month: prices every visit, applies caps and audit rules, splits each line, drafts one statement per institution.
Closing twice changes nothing.

  npm run close -- --district 990102 --month 2026-09 [--json] [--early]

  --district  区划代码，六位            code of the district, six digits
  --month     月份 YYYY-MM             the month
  --json      最后一行输出一个对象      the last line printed is one object
              {visits, lines, findings: [{rule, ref}], billedFen, fundFen, personFen, refusedFen}
  --early     月份未结束也办理（此后不能再导入该月的服务）
              close although the month is not over (it then takes no more visits)
  --help      本说明                   this text
`;

/** What `--json` prints: amounts in fen, findings in the order of the rules. */
export interface CloseReport {
  visits: number;
  lines: number;
  findings: { rule: string; ref: string }[];
  billedFen: number;
  fundFen: number;
  personFen: number;
  refusedFen: number;
}

/** Returns the exit code: 0 closed (now or before), 2 when the arguments are wrong. Refusals are thrown. */
export async function run(args: string[]): Promise<number> {
  const options = readArgs(args);
  if (options === 'help') return say(HELP, 0);
  if ('wrong' in options) return complain(`${options.wrong}\n\n${HELP}`);
  const { district, month, json, early } = options;
  return inHouse(async ({ platform }) => {
    const actor = officeActor(district, ['*'], '命令行');
    const began = performance.now();
    const { closed, report } = await runAct(platform, actor, new Date(), async (act) => {
      const done = await closeMonth(act, district, month, { early });
      return { closed: done, report: await reportOf(act, done) };
    });
    return say(json ? `${JSON.stringify(report)}\n` : summary(closed, report, performance.now() - began), 0);
  });
}

/** The close with every finding's rule and reference. */
export async function reportOf(act: Act, closed: CloseOutcome): Promise<CloseReport> {
  const findings: CloseReport['findings'] = [];
  for (let page = 1; findings.length < closed.findings; page += 1) {
    const { rows } = await listFindings(act, { district: closed.districtCode, month: closed.month, page, pageSize: 5000 });
    findings.push(...rows.map(({ rule, ref }) => ({ rule, ref })));
    if (rows.length === 0) break;
  }
  const { visits, lines, billedFen, fundFen, personFen, refusedFen } = closed;
  return { visits, lines, findings, billedFen, fundFen, personFen, refusedFen };
}

function readArgs(args: string[]): 'help' | { wrong: string } | { district: string; month: string; json: boolean; early: boolean } {
  try {
    const { values } = parseArgs({ args, options: { district: { type: 'string' }, month: { type: 'string' }, json: { type: 'boolean' }, early: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help) return 'help';
    const { district = '', month = '' } = values;
    if (!/^\d{6}$/.test(district)) return { wrong: `--district 要写六位区划代码，如 990102。  --district takes six digits, e.g. 990102, not "${district}".` };
    if (!isMonth(month)) return { wrong: `--month 要写成 YYYY-MM，如 2026-09。  --month takes YYYY-MM, e.g. 2026-09, not "${month}".` };
    return { district, month, json: values.json ?? false, early: values.early ?? false };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function summary(closed: CloseOutcome, report: CloseReport, tookMs: number): string {
  const byRule = Map.groupBy(report.findings, (one) => one.rule);
  const rules = [...byRule].map(([rule, found]) => `    ${rule}  ${found.length}\n`).join('');
  return `${closed.districtZh} ${closed.districtEn} ${closed.month} ${closed.again ? '此前已结，未作改动。 was closed before; nothing was changed.' : `已结，用时 ${(tookMs / 1000).toFixed(1)} 秒。 closed.`}
  服务 visits ${closed.visits}   明细 lines ${closed.lines}   疑点 findings ${closed.findings}
${rules}  金额 billed ${yuan(closed.billedFen)}   基金 fund ${yuan(closed.fundFen)}   个人 person ${yuan(closed.personFen)}   不予支付 not paid ${yuan(closed.refusedFen)}
`;
}

function say(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

function complain(text: string): number {
  process.stderr.write(text);
  return 2;
}

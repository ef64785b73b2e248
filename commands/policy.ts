/** `npm run policy -- check | show`: checks the files under policy/, and prints what a figure says, from where, and who may change it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPolicy, missingNeeds, PolicyProblem, type PolicyBook, type PolicyNeed, type PolicyRow } from '#platform/policy/index.ts';

const PROJECT = join(import.meta.dirname, '..');
type Language = 'zh' | 'en';

const HELP: Record<Language, string> = {
  zh: `用法：npm run policy -- <命令> [选项]

  check [--city 城市]     检查全部（或一个）城市的政策数据；有问题时列出文件并以 1 退出
  show <名称> [--city 城市] 打印一个数字或版本的全部取值：期间、依据、谁可以改、超出怎样处理
选项：--lang en 用英文输出；--root 目录 另一个 policy 目录；--help 本说明
例：npm run policy -- show claims.weeklyCapMin`,
  en: `Usage: npm run policy -- <command> [options]

  check [--city CITY]       checks the policy data of all cities (or one); on faults it names the files and exits with 1
  show <name> [--city CITY] prints every value of a figure or edition: period, source, who may change it, what happens beyond it
Options: --lang en English output; --root FOLDER another policy folder; --help this text
Example: npm run policy -- show claims.weeklyCapMin --lang en`,
};

/** The needs of every module: the `policyNeeds` of each domain/<module>/policy.ts. */
export async function gatherNeeds(project: string = PROJECT): Promise<PolicyNeed[]> {
  const folder = join(project, 'domain');
  const modules = readdirSync(folder).filter((module) => existsSync(join(folder, module, 'policy.ts'))).sort();
  const read = await Promise.all(modules.map((module) => import(join(folder, module, 'policy.ts')) as Promise<{ policyNeeds: PolicyNeed[] }>));
  return read.flatMap((one) => one.policyNeeds);
}

/** Returns the exit code: 0 all well, 1 faults in the data, 2 a command that does not exist. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals, wrong } = readArgs(args);
  const language: Language = values.lang === 'en' ? 'en' : 'zh';
  const [command, name] = positionals;
  if (values.help || (command === undefined && !wrong)) return say(HELP[language], 0);
  if (wrong) return say(`${wrong}\n\n${HELP[language]}`, 2);
  const root = values.root ?? join(PROJECT, 'policy');
  try {
    const needs = await gatherNeeds();
    if (command === 'check') return check(root, needs, values.city, language);
    if (command === 'show' && name) return show(root, needs, name, values.city, language);
  } catch (problem) {
    if (problem instanceof PolicyProblem) return sayFaults(problem, language);
    throw problem;
  }
  return say(HELP[language], 2);
}

interface Options {
  city?: string;
  lang?: string;
  root?: string;
  help?: boolean;
}

function readArgs(args: string[]): { values: Options; positionals: string[]; wrong: string | null } {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { city: text, lang: text, root: text, help: { type: 'boolean' } } });
    return { values, positionals, wrong: null };
  } catch (error) {
    return { values: {}, positionals: [], wrong: error instanceof Error ? error.message : String(error) };
  }
}

function check(root: string, needs: PolicyNeed[], city: string | undefined, language: Language): number {
  const book = openAny(root, needs, city);
  const cities = city ? [book.about] : book.cities();
  const words = language === 'zh'
    ? { head: ['城市', '数字', '版本', '取值', '未核实', '未公布（未收录）'], fictional: '（虚构）', well: '政策数据可用。', days: '工作日历' }
    : { head: ['city', 'figures', 'editions', 'values', 'unverified', 'not published to us'], fictional: ' (fictional)', well: 'The policy data can be used.', days: 'working-day calendar' };
  const lines = cities.map((about) => {
    const own = book.city(about.city).all();
    const names = (shape: PolicyRow['shape']): number => new Set(own.filter((row) => row.shape === shape).map((row) => row.name)).size;
    const lacking = missingNeeds(book.city(about.city), needs);
    if (about.complete && lacking.length > 0) loadPolicy({ root, city: about.city, needs });
    return [about.name[language] + (about.fictional ? words.fictional : ''), names('figure'), names('edition'), own.length, own.filter((row) => row.status === 'unverified').length, lacking.map((need) => need.name).join(' ') || '—'].map(String);
  });
  const years = book.workingDays.years;
  return say(`${table([words.head, ...lines])}\n\n${words.days}: ${years[0]}–${years.at(-1)}\n${words.well}`, 0);
}

function show(root: string, needs: PolicyNeed[], name: string, city: string | undefined, language: Language): number {
  const book = openAny(root, needs, city);
  const cities = city ? [book.about] : book.cities();
  const rows = unique(cities.flatMap((about) => book.city(about.city).all())).filter((row) => row.name === name);
  if (rows.length === 0) {
    const near = needs.map((need) => need.name).filter((known) => known.startsWith(`${name.split('.')[0]}.`));
    return say(language === 'zh' ? `没有“${name}”。有：${(near.length > 0 ? near : needs.map((need) => need.name)).join(' ')}` : `There is no '${name}'. There is: ${(near.length > 0 ? near : needs.map((need) => need.name)).join(' ')}`, 1);
  }
  return say(rows.map((row) => describe(row, book, language)).join('\n\n'), 0);
}

/** A book to look through: of the city asked for, else of the first that is complete. */
function openAny(root: string, needs: PolicyNeed[], city: string | undefined): PolicyBook {
  const whole = loadPolicy({ root, city: city ?? firstCity(root), needs: needs.map((need) => ({ ...need, optional: true })), strict: true });
  return whole;
}

function firstCity(root: string): string {
  const folder = join(root, 'cities');
  const [first] = existsSync(folder) ? readdirSync(folder).sort() : [];
  if (first === undefined) throw new PolicyProblem([{ file: 'policy/cities/', what: 'holds no city; each city is a folder with a city.yaml.' }]);
  return first;
}

function describe(row: PolicyRow, book: PolicyBook, language: Language): string {
  const zh = language === 'zh';
  const area = row.area === 'national' ? (zh ? '全国' : 'national') : book.city(row.area).about.name[language];
  const period = zh ? `自 ${row.from}${row.to ? ` 至 ${row.to}` : ' 起'}` : `from ${row.from}${row.to ? ` to ${row.to}` : ''}`;
  const status = row.status === 'verified' ? (zh ? '已核实' : 'verified') : zh ? '未核实' : 'unverified';
  const value = row.shape === 'figure' ? `${JSON.stringify(row.value)} ${row.unit}` : `${row.id} (${zh ? '内容见文件' : 'see the file'})`;
  const sources = row.sources.map(({ document, article }) => [document.number, document.title[language], article].filter(Boolean).join(' ')).join('; ');
  const words = zh
    ? { value: '取值', source: '依据', who: '谁可以改', effect: '怎样处理', note: '说明', file: '文件' }
    : { value: 'value', source: 'source', who: 'who may change it', effect: 'what happens', note: 'note', file: 'file' };
  const parts: [string, string | null][] = [
    [words.value, `${value}  ${period}  [${status}]`], [words.source, sources], [words.effect, row.effect[language]],
    [words.who, row.decidedBy[language]], [words.note, row.note?.[language] ?? null], [words.file, row.file],
  ];
  return [`${row.name}  ${row.label[language]} · ${area}`, ...parts.filter(([, text]) => text !== null).map(([word, text]) => `  ${word}: ${text}`)].join('\n');
}

function unique(rows: PolicyRow[]): PolicyRow[] {
  return [...new Map(rows.map((row) => [`${row.area} ${row.name} ${row.from} ${row.id}`, row])).values()];
}

function sayFaults(problem: PolicyProblem, language: Language): number {
  const head = language === 'zh' ? `政策数据有 ${problem.faults.length} 处问题：` : `${problem.faults.length} faults in the policy data:`;
  return say([head, ...problem.faults.map((fault) => `  ${fault.file}\n      ${fault.what}`)].join('\n'), 1);
}

function table(rows: string[][]): string {
  const width = (text: string): number => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! > 0x2e80 ? 2 : 1), 0);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => width(row[column]!))));
  return rows.map((row) => row.map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell))).join('  ').trimEnd()).join('\n');
}

function say(text: string, code: number): number {
  process.stdout.write(`${text}\n`);
  return code;
}

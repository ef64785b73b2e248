/** `npm run import`: published home-care days and files of visits, all or nothing per file. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bilingual } from '#kit/contract.ts';
import { Refusal } from '#kit/refuse.ts';
import { takeInHhcrsp, takeInTable } from '#domain/visits/index.ts';
import type { Progress } from '#domain/visits/index.ts';
import { runAct } from '#platform/act.ts';
import { officeActor } from '#platform/scope/actor.ts';
import { fill, sentence } from '#platform/words/words.ts';
import type { Words } from '#platform/words/words.ts';
import { inHouse } from '#server/in-house.ts';

const HELP = `npm run import -- hhcrsp --instance 文件 --solution 文件 --day 2026-09-01 --district 990102 [--json]
    导入一天公开的居家护理日程（实例与排班）：人员、护理员、计划、服务记录
    imports a published home-care day (instance and schedule): people, carers, plans, visits
npm run import -- visits --file 文件.csv|文件.xlsx --district 990102 [--json]
    导入服务记录文件，列名见模板（docs/how-to/import-visits.md）
    imports a file of visits; its columns are those of the template (docs/how-to/import-visits.md)
--json   最后一行只打印一个对象 {people, workers, visits, rejected}
         the last line printed is one object {people, workers, visits, rejected}
整个文件要么全部导入，要么一条也不导入；有错误时逐行列出，以 1 退出。同一文件再导入不增加任何内容。
A file goes in as a whole or not at all; faults are listed row by row and the exit code is 1. The same file again adds nothing.
`;

interface Options {
  instance?: string;
  solution?: string;
  file?: string;
  day?: string;
  district?: string;
  json?: boolean;
}

/** What an import added; `rejected` counts the bad rows of a file that was not taken in. */
interface Added {
  people: number;
  workers: number;
  visits: number;
  rejected: number;
}

const print = (line: string): void => void process.stderr.write(`${line}\n`);

export async function run(args: string[]): Promise<number> {
  const read = readArgs(args);
  if ('wrong' in read) {
    print(`${read.wrong.zh}  ${read.wrong.en}\n\n${HELP}`);
    return 2;
  }
  if (read.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const added = await inHouse(async (house) => {
    try {
      return await runAct(house.platform, officeActor(read.options.district!, ['*']), new Date(), (act) => (read.what === 'hhcrsp' ? importDay(act, read.options) : importTable(act, read.options)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return tellRefusal(house.words, error);
    }
  });
  const rejected = 'refused' in added;
  const { people, workers, visits } = added;
  if (!rejected) print(`新增：人员 ${people}，护理员 ${workers}，服务记录 ${visits}  Added: ${people} people, ${workers} carers, ${visits} visits`);
  if (read.options.json) process.stdout.write(`${JSON.stringify({ people, workers, visits, rejected: added.rejected })}\n`);
  return rejected ? 1 : 0;
}

type Act = Parameters<Parameters<typeof runAct>[3]>[0];

async function importDay(act: Act, options: Options): Promise<Added> {
  const files = { instance: textOf(options.instance!), solution: textOf(options.solution!), day: options.day!, districtCode: options.district! };
  const taken = await takeInHhcrsp(act, files, progress);
  if (taken.visits === 0 && taken.rows > 0) print(`${taken.rows} 条服务记录都已导入过，没有新增。  All ${taken.rows} visits were imported before; nothing was added.`);
  return { people: taken.people, workers: taken.workers, visits: taken.visits, rejected: 0 };
}

async function importTable(act: Act, options: Options): Promise<Added> {
  const fileName = basename(options.file!);
  const taken = await takeInTable(act, { fileName, bytes: readFileSync(options.file!), format: /\.xlsx$/i.test(fileName) ? 'excel' : 'csv', districtCode: options.district! }, progress);
  if (taken.already) print(`这个文件的 ${taken.rows} 条记录都已导入过，没有新增。  All ${taken.rows} rows of this file were imported before; nothing was added.`);
  return { people: 0, workers: 0, visits: taken.visits, rejected: 0 };
}

const textOf = (path: string): { fileName: string; text: string } => ({ fileName: basename(path), text: readFileSync(path, 'utf8') });

const progress: Progress = (step, done, of) => print(`${step.zh}  ${step.en}${of > 0 ? `  ${done}/${of}` : ''}`);

function tellRefusal(words: Words, refusal: Refusal): Added & { refused: true } {
  for (const lang of ['zh', 'en'] as const) print(sentence(words, lang, 'refusals', refusal.code, refusal.params));
  for (const error of refusal.errors) {
    const place = `${error.params?.['file'] ? `${error.params['file']} ` : ''}${error.row === undefined ? '' : `${error.row} `}${error.column} = ${error.value || '–'}`;
    print(fill('  {place}: {zh}  {en}', { place, zh: sentence(words, 'zh', 'refusals', error.code, error.params), en: sentence(words, 'en', 'refusals', error.code, error.params) }));
  }
  const rejected = refusal.params['rejected'];
  return { people: 0, workers: 0, visits: 0, rejected: typeof rejected === 'number' ? rejected : refusal.errors.length, refused: true };
}

type Args = { help: true; what?: never; options?: never } | { help: false; what: 'hhcrsp' | 'visits'; options: Options } | { wrong: Bilingual };

function readArgs(args: string[]): Args {
  const text = { type: 'string' } as const;
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { instance: text, solution: text, file: text, day: text, district: text, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    return { wrong: { zh: '选项不对：', en: (error as Error).message } };
  }
  const { values, positionals } = parsed;
  if (values.help || args.length === 0) return { help: true };
  const what = positionals[0];
  if (what !== 'hhcrsp' && what !== 'visits') return { wrong: { zh: `不认识的格式“${what ?? ''}”：应为 hhcrsp 或 visits。`, en: 'The format is hhcrsp or visits.' } };
  const needed = what === 'hhcrsp' ? (['instance', 'solution', 'day', 'district'] as const) : (['file', 'district'] as const);
  const missing = needed.filter((name) => !values[name]);
  if (missing.length > 0) return { wrong: { zh: `缺少选项 --${missing.join('、--')}。`, en: `The option --${missing.join(', --')} is missing.` } };
  if (!/^\d{6}$/.test(values.district!)) return { wrong: { zh: `--district 应为六位区划代码，不是“${values.district}”。`, en: `--district is a division code of six digits, not "${values.district}".` } };
  const absent = [values.instance, values.solution, values.file].filter((path) => path !== undefined && !existsSync(path));
  if (absent.length > 0) return { wrong: { zh: `找不到文件 ${absent.join('、')}。`, en: `There is no file ${absent.join(', ')}.` } };
  return { help: false, what, options: values };
}

/** `npm run explain -- <id>`: prints where a claim line, a grade or another decision comes from, and decides it again. */
import { parseArgs } from 'node:util';
import { yuan } from '#kit/money.ts';
import type { Explanation, RerunOutcome } from '#kit/explanation.ts';
import { isId } from '#kit/ids.ts';
import { runAct } from '#platform/act.ts';
import { explain, rerun } from '#platform/records/index.ts';
import { officeActor } from '#platform/scope/actor.ts';
import type { House } from '#server/house.ts';
import { inHouse } from '#server/in-house.ts';

type Lang = 'zh' | 'en';

const HELP: Record<Lang, string> = {
  zh: `用法：npm run explain -- <编号> [选项]
  打印一条结算明细、一个等级或其他决定的结论、依次适用的规则及其文件、采用的事实、所用政策版本，并按原事实重新计算一次
选项：--lang en 用英文输出；--json 输出一个 JSON 对象；--help 本说明
重新计算的结果与原来不同时以 1 退出。编号写在说明页的地址里。`,
  en: `Usage: npm run explain -- <id> [options]
  prints the value of a claim line, a grade or another decision, the rules in order with their sources, the facts, the stamp of
  the policy, and decides it again from the same facts
Options: --lang en English output; --json one JSON object; --help this text
Exits with 1 when deciding again gives another value. The id stands in the address of the explanation page.`,
};

/** Returns the exit code: 0 explained and the same again, 1 another value, 2 a wrong command line. */
export async function run(args: string[]): Promise<number> {
  const { id, lang, json, help, wrong } = readArgs(args);
  if (help) return say(HELP[lang], 0);
  if (wrong !== null || id === undefined) return say(`${wrong ?? ''}\n${HELP[lang]}`.trimStart(), 2);
  if (!isId(id)) return say(lang === 'zh' ? `“${id}”不是编号：编号是 36 个字符的 UUID。` : `'${id}' is not an id: an id is a UUID of 36 characters.`, 2);
  return inHouse(async (house) => {
    const { explanation, again } = await explainIn(house, id, new Date());
    if (json) return say(JSON.stringify({ ...explanation, rerun: again }), again?.same === false ? 1 : 0);
    return say(pageOf(explanation, again, lang), again?.same === false ? 1 : 0);
  });
}

/** Explains a decision and, where its kind can be decided again, does so; the office of the whole city looks. */
export async function explainIn(house: House, id: string, now: Date): Promise<{ explanation: Explanation; again: RerunOutcome | null }> {
  const known = { modules: house.modules, words: house.words };
  const actor = officeActor(house.platform.cityCode, ['*']);
  return runAct(house.platform, actor, now, async (act) => {
    const explanation = await explain(act, known, id);
    return { explanation, again: explanation.canRerun ? await rerun(act, known, id) : null };
  });
}

function readArgs(args: string[]): { id?: string; lang: Lang; json: boolean; help: boolean; wrong: string | null } {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { lang: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
    const [id] = positionals;
    return { ...(id === undefined ? {} : { id: id.toLowerCase() }), lang: values.lang === 'en' ? 'en' : 'zh', json: values.json === true, help: values.help === true, wrong: null };
  } catch (error) {
    return { lang: 'zh', json: false, help: false, wrong: error instanceof Error ? error.message : String(error) };
  }
}

const HEADS = {
  zh: { kind: '种类', on: '决定日期', rules: '依次适用的规则', source: '依据', facts: '采用的事实', stamp: '所用政策', unverified: '[未核实]', fictional: '[虚构]', caution: '注意：部分依据尚未核实。', same: '按原事实重新计算：结果相同。', other: '按原事实重新计算：结果不同！', policy: '所用政策版本已与当时不同。', no: '这类决定不能重新计算。' },
  en: { kind: 'kind', on: 'decided on', rules: 'rules in order', source: 'source', facts: 'facts', stamp: 'policy', unverified: '[unverified]', fictional: '[fictional]', caution: 'Note: some of this rests on sources that are not verified.', same: 'Decided again from the same facts: the same value.', other: 'Decided again from the same facts: ANOTHER VALUE.', policy: 'The policy used differs from the one used then.', no: 'This kind of decision cannot be decided again.' },
} as const;

/** The explanation as plain text. */
export function pageOf(explanation: Explanation, again: RerunOutcome | null, lang: Lang): string {
  const head = HEADS[lang];
  const rules = explanation.reasons.flatMap((one, index) => [
    `  ${index + 1}. ${one.sentence[lang]}  (${one.rule})`,
    ...one.sources.map((source) => `     ${head.source}: ${[source.number, source.title[lang], source.article, source.policy && `${source.policy} · ${source.file ?? ''}`, source.status === 'unverified' ? head.unverified : '', source.fictional ? head.fictional : ''].filter(Boolean).join('  ')}`),
  ]);
  const facts = explanation.facts.map((one) => `  ${one.name[lang]}: ${one.key.endsWith('Fen') && typeof one.value === 'number' ? yuan(one.value) : factText(one.value, explanation.names, lang)}`);
  const stamp = Object.entries(explanation.stamp).map(([name, used]) => `  ${name}: ${used}`);
  const end = again === null ? [head.no] : [again.same ? head.same : `${head.other} ${again.headline[lang]} ${JSON.stringify(again.value)}`, ...(again.sameStamp ? [] : [head.policy])];
  return [
    explanation.headline[lang], JSON.stringify(explanation.value), `${head.kind}: ${explanation.kind}   ${head.on}: ${explanation.decidedOn}`, '', `${head.rules}:`, ...rules, '', `${head.facts}:`, ...facts, '', `${head.stamp}:`, ...stamp, '',
    ...(explanation.unverified ? [head.caution] : []), ...end,
  ].join('\n');
}

/** A fact with the names of its codes and keys. */
function factText(value: unknown, names: Explanation['names'], lang: Lang): string {
  const word = (code: string) => names[code]?.[lang] ?? code;
  if (typeof value === 'string') return word(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((one) => factText(one, names, lang)).join(', ')}]`;
  const { code, params } = value as { code?: unknown; params?: unknown };
  if (typeof code === 'string' && params !== undefined) return word(code);
  return `{ ${Object.entries(value).map(([key, one]) => `${word(key)}: ${factText(one, names, lang)}`).join(', ')} }`;
}

function say(text: string, code: number): number {
  process.stdout.write(`${text}\n`);
  return code;
}

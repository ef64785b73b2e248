/** docs/reference/refusals.md: every expected "no", worded. */
import { houseWords } from '#server/house.ts';
import type { WordTree } from '#platform/words/words.ts';
import { codesOfCode } from '../codes.ts';
import { entries } from './endpoints.ts';
import { byText, code, page, table } from './markdown.ts';

export function refusalsPage(): string {
  const words = houseWords();
  const zh = sentencesOf(words.zh);
  const en = sentencesOf(words.en);
  const uses = codesOfCode().filter((one) => one.kind === 'refusal');
  const endpoints = entries();
  const rows = [...zh.keys()].sort(byText).map((one) => [
    code(one), zh.get(one)!.sentence, en.get(one)?.sentence, zh.get(one)!.module,
    endpoints.filter((entry) => entry.endpoint.refusals?.includes(one)).map((entry) => code(entry.key)).join('<br>') || [...new Set(uses.filter((use) => use.code === one).map((use) => code(use.place.replace(/:\d+$/, ''))))].sort(byText).join('<br>'),
  ]);
  return page(
    '拒绝代码 · Refusals',
    {
      zh: '程序说“不”时的每个代码、说给人听的句子、写在哪个模块、由哪个接口（或文件）发出。代码不变，句子可以改。',
      en: 'Every code with which the program says "no", its sentence, the module that words it, and the endpoints (or files) it comes from. Codes are stable; sentences may change.',
    },
    table(['代码 code', '中文', 'English', '模块 module', '出处 where'], rows),
  );
}

function sentencesOf(modules: Record<string, WordTree>): Map<string, { module: string; sentence: string }> {
  const found = new Map<string, { module: string; sentence: string }>();
  for (const [module, tree] of Object.entries(modules)) {
    for (const [one, sentence] of Object.entries((tree['refusals'] ?? {}) as WordTree)) if (typeof sentence === 'string' && !found.has(one)) found.set(one, { module, sentence });
  }
  return found;
}

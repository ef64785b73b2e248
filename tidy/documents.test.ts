/** The documents are true where a machine can tell: links lead somewhere, commands and settings exist, accounts are those of the world. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '#server/settings.ts';
import { DEMO_ACCOUNTS } from '#world/accounts.ts';
import { COMMANDS } from '../bin/commands.ts';
import { codesOfCode } from './codes.ts';
import { ROOT, filesLike, lineOf, moduleNames, textOf, told } from './source.ts';

const pages = filesLike(/\.md$/);
const handwritten = pages.filter((path) => !path.startsWith('docs/reference/'));

/** Every match of a pattern in a page, with its place. */
function hits(path: string, pattern: RegExp): { text: string; place: string }[] {
  return [...textOf(path).matchAll(pattern)].map((hit) => ({ text: hit[1]!, place: lineOf(path, hit.index) }));
}

describe('documents', () => {
  it('links lead to files of the project', () => {
    const broken = pages.flatMap((path) => hits(path, /\]\((?!https?:|mailto:|#)([^)\s]+)\)/g).filter(({ text }) => !existsSync(join(ROOT, normalize(join(dirname(path), text.split('#')[0]!))))).map(({ text, place }) => `${place}: ${text}`));
    expect(told(broken, 'Mend the link, or write the file.')).toBe('');
  });

  it('files named in code type exist', () => {
    const files = /`((?:policy|domain|platform|kit|server|web|db|world|commands|bench|journeys|tidy|docs|bin)\/[\w./-]+\.(?:ts|tsx|sql|yaml|md|mjs|cjs|json|typ))`/g;
    const gone = handwritten.flatMap((path) => hits(path, files).filter(({ text }) => !existsSync(join(ROOT, text))).map(({ text, place }) => `${place}: ${text}`));
    expect(told(gone, 'The file has moved or gone: say where it is now.')).toBe('');
  });

  it('commands and settings exist', () => {
    const settings = new Set(SETTINGS.map((one) => one.name));
    const commands = handwritten.flatMap((path) => hits(path, /npm run ([a-z]+)/g).filter(({ text }) => !(text in COMMANDS) || !existsSync(join(ROOT, 'commands', `${text}.ts`))).map(({ text, place }) => `${place}: npm run ${text}`));
    const unknown = handwritten.flatMap((path) => hits(path, /\b([A-Z]+(?:_[A-Z]+)*)=\S+ npm start/g).filter(({ text }) => !settings.has(text)).map(({ text, place }) => `${place}: ${text}`));
    expect(told([...commands, ...unknown], 'Name a command of bin/commands.ts, a setting of server/settings.ts.')).toBe('');
  });

  it('refusals named in guides are refusals of the program', () => {
    const known = new Set(codesOfCode().map((one) => one.code));
    const gone = filesLike(/^docs\/guides\/.*\.md$/).flatMap((path) => hits(path, /\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g).filter(({ text }) => !known.has(text)).map(({ text, place }) => `${place}: ${text}`));
    expect(told(gone, 'Name the code that the program uses (docs/reference/refusals.md).')).toBe('');
  });

  it('demo accounts named in guides are accounts of the world', () => {
    const known = new Set(DEMO_ACCOUNTS.map((one) => one.signInName));
    const named = [...filesLike(/^docs\/guides\/.*\.md$/), 'README.md', 'README.zh-CN.md'].flatMap((path) => hits(path, /`((?:agency|reviewer|cashier|accountant|township|assessor|expert|institution|family)-[0-9a-z-]+)`/g));
    expect(named.length).toBeGreaterThan(10);
    expect(told(named.filter(({ text }) => !known.has(text)).map(({ text, place }) => `${place}: ${text}`), 'The account has another name in world/accounts.ts.')).toBe('');
  });

  it('every module explains itself, guides are short, decisions fit on a card', () => {
    const silent = moduleNames().filter((name) => !existsSync(join(ROOT, 'domain', name, 'README.md'))).map((name) => `domain/${name}/README.md is missing`);
    const long = (pattern: RegExp, most: number): string[] => filesLike(pattern).filter((path) => textOf(path).trimEnd().split('\n').length > most).map((path) => `${path}: more than ${most} lines`);
    expect(told([...silent, ...long(/^docs\/guides\//, 60), ...long(/^docs\/decisions\//, 25)], 'Keep what the reader needs.')).toBe('');
  });

  it('decisions are numbered without gaps', () => {
    const numbers = filesLike(/^docs\/decisions\/.*\.md$/).map((path) => Number(path.slice('docs/decisions/'.length, 'docs/decisions/'.length + 4)));
    expect(numbers).toEqual(numbers.map((_, place) => place + 1));
  });
});

/** What the tests of the code base read: the project's own files, and TypeScript as a tree. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '..');
const SKIPPED = new Set(['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report']);

/** Paths of the project's files, relative to its root, in order: those whose path fits `pattern`. Hidden folders are left out except `.ci`. */
export function filesLike(pattern: RegExp): string[] {
  return allFiles().filter((path) => pattern.test(path));
}

let known: string[] | undefined;

function allFiles(): string[] {
  known ??= walk('').sort();
  return known;
}

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (SKIPPED.has(entry.name) || (entry.name.startsWith('.') && entry.name !== '.ci')) return [];
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
  });
}

export const CODE = /^(kit|platform|domain|server|web|world|commands|bin|bench|tidy|journeys)\/.*\.(ts|tsx|mjs|cjs)$/;
/** Tests, and what only tests use: fixtures. */
export const isTest = (path: string): boolean => /\.test\.tsx?$|\/(fixture|testing)[^/]*\.ts$|-child\.ts$/.test(path) || path.startsWith('journeys/');

const texts = new Map<string, string>();

/** A file's text; read once. */
export function textOf(path: string): string {
  const held = texts.get(path);
  if (held !== undefined) return held;
  const text = readFileSync(join(ROOT, path), 'utf8');
  texts.set(path, text);
  return text;
}

/** A file's YAML. */
export function yamlOf<T = Record<string, unknown>>(path: string): T {
  return (parse(textOf(path)) ?? {}) as T;
}

const trees = new Map<string, ts.SourceFile>();

/** A TypeScript file as a tree with parents. */
export function treeOf(path: string): ts.SourceFile {
  const held = trees.get(path);
  if (held) return held;
  const tree = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ES2024, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  trees.set(path, tree);
  return tree;
}

/** Calls `look` for every node of a file. */
export function eachNode(path: string, look: (node: ts.Node) => void): void {
  const visit = (node: ts.Node): void => {
    look(node);
    node.forEachChild(visit);
  };
  visit(treeOf(path));
}

/** `file:line` of a node, as an editor opens it. */
export function placeOf(path: string, node: ts.Node): string {
  return `${path}:${treeOf(path).getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** `file:line` of a place in a text. */
export function lineOf(path: string, index: number): string {
  return `${path}:${textOf(path).slice(0, index).split('\n').length}`;
}

/** The modules: folders of domain/. */
export function moduleNames(): string[] {
  return [...new Set(filesLike(/^domain\/[a-z]+\//).map((path) => path.split('/')[1]!))].sort();
}

/** One sentence for the test's failure: how many, what to do, and each place on a line of its own. */
export function told(faults: readonly string[], whatToDo: string): string {
  return faults.length === 0 ? '' : `${faults.length} ${faults.length === 1 ? 'place' : 'places'}. ${whatToDo}\n  ${faults.join('\n  ')}`;
}

/** Names are the field's nouns: words that say nothing are not used. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { CODE, eachNode, filesLike, placeOf, told } from './source.ts';

const EMPTY_WORDS = new Set(['service', 'manager', 'helper', 'util', 'utils', 'handler', 'processor', 'dto', 'entity', 'interactor'].flatMap((word) => [word, `${word}s`]));

/** 'openTestHouse' → open, test, house; 'store-write.ts' → store, write, ts. */
function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/).join(' ').toLowerCase().split(' ');
}

const saysNothing = (name: string): boolean => wordsOf(name).some((word) => EMPTY_WORDS.has(word));

describe('names', () => {
  it('files and folders are named by a noun or an act of the office', () => {
    const empty = filesLike(CODE).filter((path) => path.split('/').some((part) => saysNothing(part)));
    expect(told(empty, 'Name the file by the noun or act it is about (docs/words.md).')).toBe('');
  });

  it('what a file exports is named by what it is', () => {
    const empty = filesLike(CODE).flatMap((path) => exportedNames(path).filter((one) => saysNothing(one.name)).map((one) => `${one.place}: ${one.name}`));
    expect(told(empty, 'Say what it is or does in words of the field (docs/words.md).')).toBe('');
  });
});

function exportedNames(path: string): { name: string; place: string }[] {
  const names: { name: string; place: string }[] = [];
  const add = (node: ts.Node): void => void names.push({ name: node.getText(), place: placeOf(path, node) });
  eachNode(path, (node) => {
    if (ts.isExportSpecifier(node)) return add(node.name);
    if (!ts.canHaveModifiers(node) || !ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)) return;
    if (ts.isVariableStatement(node)) for (const one of node.declarationList.declarations) add(one.name);
    else if ('name' in node && node.name) add(node.name as ts.Node);
  });
  return names;
}

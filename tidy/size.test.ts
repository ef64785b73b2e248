/** Small files, small functions: what does not fit on a screen is not read. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { CODE, eachNode, filesLike, isTest, placeOf, textOf, told } from './source.ts';

const MAX_FILE = 400;
const MAX_FUNCTION = 60;

describe('sizes', () => {
  it('no file is longer than 400 lines', () => {
    const files = filesLike(CODE).concat(filesLike(/^(domain|db\/migrations|platform)\/.*\.sql$/), filesLike(/^domain\/.*\.(yaml|typ)$/));
    const long = files.map((path) => ({ path, lines: textOf(path).split('\n').length })).filter((one) => one.lines > MAX_FILE);
    expect(told(long.map((one) => `${one.path}: ${one.lines} lines`), 'Make a folder of that name with one file per noun or act.')).toBe('');
  });

  it('no function is longer than 60 lines', () => {
    const long = filesLike(CODE).flatMap((path) => longFunctions(path));
    expect(told(long, 'Give the parts names: each becomes a function that says what it does.')).toBe('');
  });

  it('a module explains itself on at most 80 lines', () => {
    const long = filesLike(/^domain\/[a-z]+\/README\.md$/).map((path) => ({ path, lines: textOf(path).split('\n').length })).filter((one) => one.lines > 81);
    expect(told(long.map((one) => `${one.path}: ${one.lines} lines`), 'Keep what a newcomer needs: what it is for, words, states, who may do what, sources, traps.')).toBe('');
  });
});

/** The body of `describe` is a list of tests, not a function that somebody reads as one. */
function isListOfTests(path: string, node: ts.Node): boolean {
  return isTest(path) && ts.isCallExpression(node.parent) && /^(describe|test\.describe|suite)\b/.test(node.parent.expression.getText());
}

function longFunctions(path: string): string[] {
  const long: string[] = [];
  eachNode(path, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isListOfTests(path, node)) return;
    const lines = node.getText().split('\n').length;
    if (lines > MAX_FUNCTION) long.push(`${placeOf(path, node)}: ${nameOf(node)} has ${lines} lines`);
  });
  return long;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name.getText() : 'a function';
}

/** Finds the codes in the code: what is refused, with which code, and which reasons decisions give. */
import ts from 'typescript';
import { eachNode, filesLike, isTest, lineOf, placeOf, textOf, treeOf } from './source.ts';

export interface Code {
  code: string;
  kind: 'refusal' | 'reason' | 'code';
  place: string;
}

const CODE_SHAPE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
const WHERE = /^(kit|platform|domain|server|commands|bin|world)\/.*\.ts$/;

/** Refusals (`refuse('…')`, `new Refusal('…')`, contracts' `refusals`, input errors) and reasons (`{ rule, code }`), with their places. */
export function codesOfCode(): Code[] {
  return [...filesLike(WHERE).filter((path) => !isTest(path)).flatMap(codesOf), ...filesLike(/^domain\/.*\.sql$/).flatMap(codesOfSql)];
}

function codesOf(path: string): Code[] {
  const found: Code[] = [];
  const add = (node: ts.Node | undefined, kind: Code['kind']): void => {
    for (const text of literalsOf(node)) if (CODE_SHAPE.test(text)) found.push({ code: text, kind, place: placeOf(path, node!) });
  };
  eachNode(path, (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'refuse') add(node.arguments[0], 'refusal');
    else if (ts.isNewExpression(node) && node.expression.getText() === 'Refusal') add(node.arguments?.[0], 'refusal');
    else if (ts.isPropertyAssignment(node) && node.name.getText() === 'refusals') add(node.initializer, 'refusal');
    else if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') add(node.initializer, kindOf(node.parent));
  });
  return found;
}

/** An object with a code is an input error when it names a column, a reason when it names a rule. */
function kindOf(object: ts.ObjectLiteralExpression): Code['kind'] {
  const names = object.properties.map((one) => one.name?.getText());
  if (names.includes('column')) return 'refusal';
  return names.includes('rule') || names.includes('sources') ? 'reason' : 'code';
}

/** The texts that an expression may be: a literal, either side of a condition, the members of a list, a constant of the same file. */
function literalsOf(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isSpreadElement(node)) return literalsOf(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(literalsOf);
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  return ts.isIdentifier(node) ? literalsOf(constantOf(node)) : [];
}

function constantOf(name: ts.Identifier): ts.Expression | undefined {
  for (const statement of treeOf(name.getSourceFile().fileName).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const one of statement.declarationList.declarations) if (one.name.getText() === name.text && one.initializer) return one.initializer;
  }
  return undefined;
}

/** In SQL, a code is a quoted word in capitals: in claims a reason of a line or a finding, elsewhere an error of a row. */
function codesOfSql(path: string): Code[] {
  const text = textOf(path).replace(/--[^\n]*/g, (comment) => ' '.repeat(comment.length));
  return [...text.matchAll(/["']([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)["']/g)].map((hit) => ({ code: hit[1]!, kind: path.startsWith('domain/claims/') ? 'reason' as const : 'code' as const, place: lineOf(path, hit.index) }));
}

/** Every code that stands in a test, a case or a journey. */
export function codesOfTests(): Set<string> {
  const files = filesLike(/\.test\.tsx?$|^journeys\/.*\.ts$|\/cases\/.*\.yaml$/).filter((path) => !path.startsWith('tidy/'));
  return new Set(files.flatMap((path) => textOf(path).match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? []));
}

/** The shape of the rules that point out contradictions: what the policy writes and the package carries. */
import { Type, type Static } from '@sinclair/typebox';

const strict = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
/** An answer between two points, both included; a bound left out is open. */
const Side = Type.Object({ item: Text, atLeast: Type.Optional(Type.Integer({ minimum: 0 })), atMost: Type.Optional(Type.Integer({ minimum: 0 })) }, strict);
const Rule = Type.Object({ code: Type.String({ pattern: '^[A-Z][A-Z_]+$' }), zh: Text, en: Text, sides: Type.Array(Side, { minItems: 2, maxItems: 2 }) }, strict);

export const ContradictionRules = Type.Array(Rule, { minItems: 1 });
export type ContradictionRules = Static<typeof ContradictionRules>;

/** What the schema cannot see: a code twice, a side without a bound. */
export function examineContradictions(body: unknown): string[] {
  const { rules } = body as { rules: ContradictionRules };
  const twice = rules.filter((one, at) => rules.findIndex((other) => other.code === one.code) !== at).map((one) => `lists the contradiction ${one.code} twice.`);
  const open = rules.filter((one) => one.sides.some((side) => side.atLeast === undefined && side.atMost === undefined)).map((one) => `names no bound on a side of ${one.code}.`);
  return [...twice, ...open];
}

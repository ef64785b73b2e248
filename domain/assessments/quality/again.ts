/** A kept month counted again: from what was known then, under the policy of its day or another book. */
import type { Act } from '#platform/act.ts';
import type { Decision } from '#kit/decision.ts';
import type { KeptDecision } from '#platform/decisions/keep.ts';
import { countMonth } from './count.ts';
import { countItems } from './items.ts';
import { decideQuality, figuresOf } from './rules.ts';
import type { QualityFacts } from './rules.ts';

export async function requalify(act: Act, { facts }: KeptDecision): Promise<Decision> {
  const asked = facts as QualityFacts;
  const then = { month: asked.month, districtCode: asked.districtCode, knownAt: new Date(asked.knownAt) };
  const figures = (await countMonth(act, then)).filter((one) => figuresOf(asked).includes(one.figure));
  return decideQuality(asked, figures, asked.items ? await countItems(act, then) : [], act.policy);
}

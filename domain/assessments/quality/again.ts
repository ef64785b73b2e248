/** A kept month counted again: from what was known then, under the policy of its day or another book. */
import type { Act } from '#platform/act.ts';
import type { Decision } from '#kit/decision.ts';
import type { KeptDecision } from '#platform/decisions/keep.ts';
import { countMonth } from './count.ts';
import { countItems } from './items.ts';
import type { QualityFigure } from './model.ts';
import { decideQuality } from './rules.ts';
import type { QualityFacts } from './rules.ts';

/** Figures that months kept before the agreement per item do not have. */
const LATER: readonly QualityFigure[] = ['equalBeyondChance', 'recordFaulty', 'interestHidden'];

export async function requalify(act: Act, { facts }: KeptDecision): Promise<Decision> {
  const asked = facts as QualityFacts;
  const then = { month: asked.month, districtCode: asked.districtCode, knownAt: new Date(asked.knownAt) };
  const figures = await countMonth(act, then);
  if (asked.items) return decideQuality(asked, figures, await countItems(act, then), act.policy);
  return decideQuality(asked, figures.filter((one) => !LATER.includes(one.figure)), [], act.policy);
}

/** Explains a claim line from its codes, and decides it again from its facts. */
import type { Decision } from '#kit/decision.ts';
import { yuan } from '#kit/money.ts';
import type { Act } from '#platform/act.ts';
import type { KeptDecision } from '#platform/decisions/keep.ts';
import { policyFromBook, policyFromClose } from './line-policy.ts';
import { withItem } from './items.ts';
import type { StoredReason } from './model.ts';
import { decideLine, stampOfLine, valueOf, wordedReason } from './rules.ts';
import type { LineFacts, LineValue } from './rules.ts';
import { findLine, weekUsedMin } from './store.ts';
import type { FullLine } from './store.ts';

/** Rules that look at several records: their finding is a fact of the line. */
const ONE_LINE_RULES = new Set(['entitlement', 'price', 'split', 'outside-entitlement', 'over-long', 'weekly-cap']);

/** The explanation of a claim line in scope, or undefined: value, reasons with sources, facts and the stamp of the close. */
export async function explainLine(act: Act, id: string): Promise<KeptDecision | undefined> {
  const line = await findLine(act, id);
  if (!line) return undefined;
  const policy = policyFromClose(line.policy, line.serviceOn);
  const value = valueOfLine(line);
  return {
    id: line.id, kind: 'claims.line', districtCode: line.districtCode, subjectType: 'line', subjectId: line.id, personId: line.personId, townshipCode: line.townshipCode, institutionId: line.institutionId,
    decidedOn: line.serviceOn, decidedAt: line.closedAt, value, reasons: line.reasons.map((one) => wordedReason({ ...one, params: withItem(act, line.serviceOn, one.params) }, { ...value, grade: line.grade, priceFen: line.priceFen, fundRatioBp: line.fundRatioBp }, policy)),
    facts: { ...(await factsOf(act, line)) }, stamp: stampOfLine(line.kind, policy),
  };
}

/** Decides the line again from its facts under the act's policy book. */
export async function decideAgain(act: Act, kept: KeptDecision): Promise<Decision> {
  const facts = kept.facts as unknown as LineFacts;
  return decideLine(facts, policyFromBook(act.policy, facts.serviceOn));
}

export function valueOfLine(line: Omit<LineValue, 'billed' | 'fund' | 'person' | 'refused'>): LineValue {
  const { outcome, minutes, paidMinutes, billedFen, fundFen, personFen, refusedFen } = line;
  return valueOf({ outcome, minutes, paidMinutes, billedFen, fundFen, personFen, refusedFen });
}

async function factsOf(act: Act, line: FullLine): Promise<LineFacts> {
  const find = (rule: (name: string) => boolean) => line.reasons.find((one) => rule(one.rule));
  const cap = find((name) => name === 'weekly-cap');
  const filed = find((name) => name === 'price')?.params['filedFen'];
  // A paused benefit stands in another module's table: what the close found is a fact of the line.
  const finding: StoredReason | undefined = line.reasons.find((one) => !ONE_LINE_RULES.has(one.rule) || one.code === 'OUTSIDE_ENTITLEMENT_PAUSED');
  return {
    kind: line.kind, serviceOn: line.serviceOn, mode: line.mode, workerClass: line.workerClass, grade: line.grade, minutes: line.minutes, plannedMin: line.plannedMin, filedFen: typeof filed === 'number' ? filed : null,
    weekUsedMin: typeof cap?.params['usedMin'] === 'number' ? cap.params['usedMin'] : line.kind === 'visit' && line.outcome !== 'refused' ? await weekUsedMin(act, line) : 0,
    finding: finding ? { ...finding, params: { ...withItem(act, line.serviceOn, finding.params), refused: yuan(line.refusedFen) } } : null,
  };
}

/** The decision on one case of a batch: the same rule, kept short, because thousands are kept at once. */
import type { Decision } from '#kit/decision.ts';
import { assert } from '#kit/refuse.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { decideDispatch } from './rules.ts';
import type { DispatchFacts, InstitutionFacts, Proposal } from './rules.ts';

/** Places that are kept with their reasons: the institution that got the case, and the one it was preferred to. The facts give the others again. */
const KEPT_PLACES = 2;

/** A proposal of which the places after the second are only counted. */
export interface ShortProposal extends Proposal {
  others: number;
}

const COLUMNS = ['id', 'name', 'districtCode', 'agreed', 'paused', 'assessors', 'openOrders', 'monthOrders', 'lastIssuedAt', 'windowOrders', 'windowRefused', 'windowLate', 'windowReturned', 'avoided'] as const satisfies readonly (keyof InstitutionFacts)[];

/** The facts of a case of a batch: the institutions as a table, each name of a column once. */
export type TableFacts = Omit<DispatchFacts, 'institutions'> & { columns: readonly string[]; rows: unknown[][] };

/** The institutions of a case as rows of a table; nothing is lost. */
export function tableOf({ institutions, ...rest }: DispatchFacts): TableFacts {
  return { ...rest, columns: COLUMNS, rows: institutions.map((one) => COLUMNS.map((column) => one[column])) };
}

/** The facts again as the rule reads them. */
export function factsOfTable({ columns, rows, ...rest }: TableFacts): DispatchFacts {
  return { ...rest, institutions: rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])) as unknown as InstitutionFacts) };
}

/** What is kept of a decision on a case of a batch: value, reasons and facts of the same rule, shorter. */
export function shortened(decision: Decision<Proposal>): Decision<ShortProposal> {
  const { proposed, excluded } = decision.value;
  return {
    ...decision,
    value: { proposed: proposed.slice(0, KEPT_PLACES), others: Math.max(0, proposed.length - KEPT_PLACES), excluded },
    reasons: decision.reasons.filter((one) => one.code !== 'DISPATCH_PLACED' || Number(one.params['place']) <= KEPT_PLACES),
    facts: { ...tableOf(decision.facts as unknown as DispatchFacts) },
  };
}

/** A kept decision on dispatch decided again, of a single case or of a batch. */
export function decideAgain(facts: Record<string, unknown>, policy: PolicyBook): Decision<Proposal> {
  if (!('rows' in facts)) return decideDispatch(facts as unknown as DispatchFacts, policy);
  assert(Array.isArray(facts['columns']), 'the facts of a batch name their columns');
  return shortened(decideDispatch(factsOfTable(facts as unknown as TableFacts), policy));
}

/** The two places a line's policy comes from: the book, or what the close kept. */
import type { Day } from '#kit/days.ts';
import type { SourceRef } from '#kit/decision.ts';
import { assert } from '#kit/refuse.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import { LINE_FIGURES } from './figures.ts';
import type { UsedFigure } from './figures.ts';
import { auditRules } from './policy.ts';
import type { AuditRule } from './policy.ts';
import type { LinePolicy } from './rules.ts';

/** What `claims.month_close.policy` holds. */
export interface KeptPolicy {
  figures: UsedFigure[];
  ruleBase: { id: string; stamp: string; file: string; rules: Pick<AuditRule, 'id' | 'parameters' | 'sources' | 'status'>[] };
}

/** The policy book on a day, with the rule base of that day or of the given edition. */
export function policyFromBook(book: PolicyBook, on: Day): LinePolicy {
  const need = (name: string) => LINE_FIGURES.find((one) => one.name === name);
  const figure: LinePolicy['figure'] = (name) => {
    const known = need(name);
    assert(known, `claims do not read the figure ${name}`);
    return book.figure(known, on);
  };
  const base = book.edition(auditRules, on);
  return { figure, ruleSources: (rule) => sourcesOfRule(base.value.rules, base.file, rule, figure) };
}

/** The figures and the rule base as the close kept them, on a day of its month. */
export function policyFromClose(kept: KeptPolicy, on: Day): LinePolicy {
  const figure: LinePolicy['figure'] = (name) => {
    const used = kept.figures.find((one) => one.name === name && one.from <= on && on <= one.to);
    assert(used, `the close kept no value of ${name} for ${on}`);
    return used;
  };
  return { figure, ruleSources: (rule) => sourcesOfRule(kept.ruleBase.rules, kept.ruleBase.file, rule, figure) };
}

function sourcesOfRule(rules: KeptPolicy['ruleBase']['rules'], file: string, id: string, figure: LinePolicy['figure']): SourceRef[] {
  const rule = rules.find((one) => one.id === id);
  if (!rule) return [];
  const own = rule.sources.map((source): SourceRef => ({ ...source, status: rule.status, policy: 'claims.auditRules', file }));
  return [...own, ...rule.parameters.flatMap((name) => figure(name).sources)];
}

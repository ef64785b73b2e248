/** The audit rules as people read them: what they know, with which parameters, from which source, who may change them, what they found. */
import type { Static } from '@sinclair/typebox';
import type { Month } from '#kit/days.ts';
import { monthBounds } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import type { PolicyRow } from '#platform/policy/index.ts';
import type { AuditRuleRowSchema } from './contract.ts';
import { auditRules } from './policy.ts';
import { findingCounts } from './store.ts';

export type AuditRuleRow = Static<typeof AuditRuleRowSchema>;

/** Every rule of the edition of the month's last day (today's without a month), with its counts in the actor's scope. */
export async function auditKnowledge(act: Act, query: { district?: string; month?: Month }): Promise<AuditRuleRow[]> {
  const on = query.month === undefined ? act.today : monthBounds(query.month).lastOn;
  const base = act.policy.edition(auditRules, on);
  const counts = await findingCounts(act, query);
  const documents = new Map(act.policy.sources().map((one) => [one.id, one]));
  const rows = act.policy.all().filter((row) => row.shape === 'figure' && row.from <= on && (row.to === null || on <= row.to));
  // The city's value is the nearer one: `all` gives the national row of a name first.
  const figures = new Map<string, PolicyRow>();
  for (const row of rows) if (row.area !== 'national' || !figures.has(row.name)) figures.set(row.name, row);
  return base.value.rules.toSorted((a, b) => a.order - b.order).map((rule) => ({
    id: rule.id, title: rule.title, knowledge: rule.knowledge, effect: rule.effect, order: rule.order, phase: [...rule.phase], status: rule.status,
    sources: rule.sources.map(({ document, article }) => {
      const known = documents.get(document);
      return { document, title: known?.title ?? { zh: document, en: document }, number: known?.number ?? null, article: article ?? null };
    }),
    parameters: rule.parameters.flatMap((name) => {
      const row = figures.get(name);
      return row ? [parameterOf(row)] : [];
    }),
    ...(counts.get(rule.id) ?? { findings: 0, refusedFen: 0 }), ruleBaseId: base.id, file: base.file, sqlFile: `domain/claims/audit/${rule.sql}`,
  }));
}

function parameterOf(row: PolicyRow): AuditRuleRow['parameters'][number] {
  const sources = row.sources.map(({ document, article }) => ({ document: document.id, ...(article === null ? {} : { article }), status: row.status, policy: row.name, file: row.file }));
  return { name: row.name, label: row.label, value: row.value, unit: row.unit, from: row.from, decidedBy: row.decidedBy, effect: row.effect, status: row.status, sources, file: row.file };
}

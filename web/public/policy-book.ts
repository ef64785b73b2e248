/** The policy book as the public pages use it: rows by name, and the audit rules that read a figure. */
import { useAsk } from '../light/ask.ts';
import type { PolicyRow } from './api.ts';
import { api } from './api.ts';

export interface Words {
  zh: string;
  en: string;
}

/** An audit rule as the rule base (an edition of the policy book) words it. */
export interface AuditRule {
  id: string;
  title: Words;
  knowledge: Words;
  effect: 'refuse' | 'cut';
  parameters: string[];
  status: 'verified' | 'unverified';
}

const RULES = 'claims.auditRules';

/** What is in force today, one row for each name; a city's own value stands before the national one it replaces. */
export function useBook(city: string | undefined) {
  const query = city === undefined ? {} : { city };
  return useAsk(`policy ${city ?? ''}`, (signal) => api('GET /api/policy', { query }, { signal }));
}

/** Every value of one name, newest first. */
export function useFigure(name: string, city: string | undefined) {
  const input = { params: { name }, query: city === undefined ? {} : { city } };
  return useAsk(`figure ${name} ${city ?? ''}`, (signal) => api('GET /api/policy/{name}', input, { signal }));
}

/** The audit rules in force: what follows when a figure is exceeded. */
export function useAuditRules(city: string | undefined): AuditRule[] {
  return rulesOf(useFigure(RULES, city).data ?? []);
}

/** Reads the rules out of the rows of the rule base. */
export function rulesOf(rows: readonly PolicyRow[]): AuditRule[] {
  const value = inForce(rows)?.value as { rules?: AuditRule[] } | undefined;
  return value?.rules ?? [];
}

/** The row that counts today. */
export function inForce(rows: readonly PolicyRow[]): PolicyRow | undefined {
  return rows.find((one) => one.current);
}

/** The city whose page is shown; undefined for the installation's own. */
export const cityText = (search: Record<string, string | undefined>) => (/^[a-z]+$/.test(search['city'] ?? '') ? search['city'] : undefined);

/** Whatever the office may have to defend: value, rules in order with their source, facts, and the stamp of the policy. */
import type { RefusalParams } from './refuse.ts';

export type SourceStatus = 'verified' | 'unverified';

/** Where a rule or figure comes from. */
export interface SourceRef {
  /** Id of a document in policy/sources.yaml. */
  document: string;
  article?: string;
  status: SourceStatus;
  /** Name of the figure or edition, and the file it stands in, where there is one. */
  policy?: string;
  file?: string;
}

/** One rule that fired: its sentence is rebuilt from `code` and `params` (zh.yaml / en.yaml, `reasons`). */
export interface Reason {
  rule: string;
  code: string;
  params: RefusalParams;
  sources: SourceRef[];
}

/** Policy name → which dated value or edition was used, e.g. `qinghe@2026-01-01#3fa9c1`. */
export type PolicyStamp = Record<string, string>;

export interface Decision<V = unknown> {
  /** `<module>.<noun>`, e.g. `assessments.grade`. */
  kind: string;
  value: V;
  reasons: Reason[];
  facts: Record<string, unknown>;
  stamp: PolicyStamp;
}

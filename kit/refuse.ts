/** Two failures, no more: a bug (`assert`) and an expected "no" (`refuse`). */
import type { Reason } from './decision.ts';

export type RefusalParams = Record<string, string | number | boolean | null>;

/** One bad row or field of an input: where it stands, what stood there, and why it cannot be. */
export interface InputError {
  row?: number;
  column: string;
  value: string;
  /** Code whose sentence stands in the module's zh.yaml and en.yaml under `refusals`. */
  code: string;
  params?: RefusalParams;
}

/** An expected "no": answered as an RFC 9457 problem with the code's sentence; the transaction is rolled back. */
export class Refusal extends Error {
  readonly code: string;
  readonly params: RefusalParams;
  readonly reasons: Reason[];
  readonly errors: InputError[];
  readonly status: number;

  constructor(code: string, params: RefusalParams = {}, more: RefusalMore = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
    this.reasons = more.reasons ?? [];
    this.errors = more.errors ?? [];
    this.status = more.status ?? 422;
  }
}

export interface RefusalMore {
  reasons?: Reason[];
  errors?: InputError[];
  /** HTTP status of the problem; 422 unless told. */
  status?: number;
}

/** Says "no" with a stable code; never returns. */
export function refuse(code: string, params: RefusalParams = {}, more: RefusalMore = {}): never {
  throw new Refusal(code, params, more);
}

/** States what must hold; a failure is a bug and becomes a 500. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

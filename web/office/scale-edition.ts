/** The edition of a scale as the pages get it. Sums, cells and bands come from domain/assessments/scale/model.ts; the grade is always decided by the server. */
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';

export type ScaleEdition = OutputOf<(typeof assessmentsContract)['GET /api/scale']>;
export type Scale = ScaleEdition['scale'];

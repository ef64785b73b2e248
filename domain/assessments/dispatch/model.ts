/** The nouns of dispatch: orders with their outcomes, why an institution is left out, interests. Browser-safe: the web reads it too. */
export const ORDER_STATES = ['open', 'accepted', 'refused', 'lapsed', 'withdrawn', 'done'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The words of the outcomes, for sentences that name one. */
export const ORDER_WORDS: Record<OrderState, { zh: string; en: string }> = {
  open: { zh: '待接单', en: 'waiting for an answer' }, accepted: { zh: '已接单', en: 'taken' }, refused: { zh: '已拒单', en: 'refused' },
  lapsed: { zh: '逾期失效', en: 'lapsed' }, withdrawn: { zh: '已撤回', en: 'taken back' }, done: { zh: '已完成', en: 'done' },
};

/** An order that still holds the case. */
export const CURRENT_ORDER: readonly OrderState[] = ['open', 'accepted'];

/** What recording an assessment refuses about the persons, whether at a desk or from the phone. */
export const SENT_REFUSALS = ['ORDER_NOT_TAKEN', 'ORDER_NOT_ASSIGNED', 'ORDER_OTHER_PERSON', 'RETURN_OTHER_PERSONS', 'ASSESSOR_NOT_ACTIVE', 'ASSESSOR_RECUSED'] as const;

/** Why an institution refuses an order. */
export const ORDER_REFUSALS = ['NO_CAPACITY', 'RECUSED', 'OUT_OF_REACH', 'PERSON_UNREACHABLE', 'OTHER'] as const;
export type OrderRefusal = (typeof ORDER_REFUSALS)[number];

/** Why the agency takes an order back. */
export const ORDER_WITHDRAWALS = ['REDISPATCHED', 'CASE_ENDED', 'MISTAKE', 'OTHER'] as const;
export type OrderWithdrawal = (typeof ORDER_WITHDRAWALS)[number];

/** Why an institution is not proposed. */
export const EXCLUSIONS = ['DISPATCH_NO_AGREEMENT', 'DISPATCH_PAUSED', 'DISPATCH_OTHER_DISTRICT', 'DISPATCH_REVIEWED', 'DISPATCH_RECUSED', 'DISPATCH_NO_ASSESSORS'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export const INTEREST_RELATIONS = ['owner', 'relative', 'employer', 'carer', 'guardian', 'neighbour', 'other'] as const;
export type InterestRelation = (typeof INTEREST_RELATIONS)[number];

/** The nouns of an assessment: kinds, states with their lawful moves, acts. Browser-safe: the web reads it too. */
import type { Day } from '#kit/days.ts';

/** Kinds of application (Baoshan 医保局 reply 8D067, 2020). */
export const APPLICATION_KINDS = ['initial', 'endOfTerm', 'statusChange', 'review', 'finalReview', 'spotCheck'] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];

/** Kinds that a person, the family or a township files. */
export const FILED_KINDS = ['initial', 'endOfTerm', 'statusChange', 'review', 'finalReview'] as const satisfies readonly ApplicationKind[];
export type FiledKind = (typeof FILED_KINDS)[number];

/** Why a kind of application does not fit a person; each is worded with the kind or the day that does. */
export const KIND_REFUSALS = [
  'APPLICATION_NO_CONCLUSION', 'KIND_INITIAL_ONCE', 'KIND_INITIAL_LAPSED', 'KIND_TERM_NOT_NEAR', 'KIND_STATUS_LAPSED', 'KIND_NO_ACUTE_STAY',
  'KIND_DECISION_EXPIRED', 'KIND_REVIEW_LATE', 'KIND_REVIEW_ONCE', 'KIND_REVIEW_FINAL', 'KIND_NO_REVIEW_YET', 'KIND_SPOT_CHECK_LAPSED',
] as const;
export type KindRefusal = (typeof KIND_REFUSALS)[number];

/** On which grounds the agency itself opens a status assessment that may lower the grade (Baoshan reply 8D067, 2020, 4). */
export const SPOT_CHECK_GROUNDS = ['irregularAssessment', 'abnormalResult', 'communityHealthFinding', 'recheckAfterPause'] as const;
export type SpotCheckGround = (typeof SPOT_CHECK_GROUNDS)[number];

/** The words of the grounds, for sentences that name one. */
export const GROUND_WORDS: Record<SpotCheckGround, { zh: string; en: string }> = {
  irregularAssessment: { zh: '检查发现评估机构违规', en: 'irregular assessment found in an inspection' },
  abnormalResult: { zh: '评估结果异常', en: 'abnormal result' },
  communityHealthFinding: { zh: '社区卫生服务中心等判断状况有较大改善', en: 'marked improvement found by the community health centre' },
  recheckAfterPause: { zh: '暂停后恢复前复核认为需要重新评估', en: 'the re-check after a pause asks for an assessment anew' },
};

/** The grounds on which an application is not accepted, in the order in which the office names them. */
export const REFUSAL_CODES = [
  'NOT_INSURED', 'NOT_ELIGIBLE', 'LESS_THAN_6_MONTHS_DISABLED', 'LESS_THAN_6_MONTHS_SINCE_LAST', 'COST_NOT_COVERED',
  'MATERIAL_INCOMPLETE_OR_FALSE', 'OTHER',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Papers that come with an application. */
export const MATERIALS = [
  'applicationForm', 'selfAssessment', 'identityCard', 'medicalRecord', 'powerOfAttorney', 'commitment', 'agentIdentity', 'hospitalRecord', 'socialSecurityCard', 'preReviewSheet', 'otherPaper',
] as const;
export type MaterialCode = (typeof MATERIALS)[number];
export const RELATIONS = ['self', 'family', 'guardian', 'agent'] as const;

export const APPLICATION_STATES = ['filed', 'refused', 'accepted', 'dispatched', 'scored', 'confirmed', 'checked', 'onNotice', 'concluded', 'withdrawn', 'closed'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** The words of the states, for sentences that name one. */
export const STATE_WORDS: Record<ApplicationState, { zh: string; en: string }> = {
  filed: { zh: '待受理', en: 'filed' },
  refused: { zh: '不予受理', en: 'refused' },
  accepted: { zh: '已受理，待派单', en: 'accepted' },
  dispatched: { zh: '已派单，待评估', en: 'dispatched' },
  scored: { zh: '已评估，待确认', en: 'assessed' },
  confirmed: { zh: '专家已确认', en: 'confirmed' },
  checked: { zh: '已核查，待公示', en: 'checked' },
  onNotice: { zh: '公示中', en: 'on notice' },
  concluded: { zh: '已出结论', en: 'concluded' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  closed: { zh: '已终止', en: 'closed' },
};

export const ACTS = ['accept', 'refuse', 'dispatch', 'assess', 'confirm', 'check', 'publish', 'conclude', 'withdraw', 'close'] as const;
export type ApplicationAct = (typeof ACTS)[number];

/**
 * The lawful moves: act → from which states, and where it may lead. `accept` ends in `refused` when the rule says so; `confirm` stays
 * in `scored` until enough experts agree and falls back to `dispatched` when one disagrees; `dispatch` from `dispatched` hands the
 * case to another institution before anybody assessed it; `check` is the commissioned insurer's: passed, or sent back. Where the city
 * asks for that check, `publish` waits for it. Until the conclusion the applicant may `withdraw`, and after acceptance the agency may `close` on a coded ground.
 */
export const MOVES: Record<ApplicationAct, { from: readonly ApplicationState[]; to: readonly ApplicationState[] }> = {
  accept: { from: ['filed'], to: ['accepted', 'refused'] },
  refuse: { from: ['filed'], to: ['refused'] },
  dispatch: { from: ['accepted', 'dispatched'], to: ['dispatched'] },
  assess: { from: ['dispatched'], to: ['scored'] },
  confirm: { from: ['scored'], to: ['scored', 'confirmed', 'dispatched'] },
  check: { from: ['confirmed'], to: ['checked', 'dispatched'] },
  publish: { from: ['confirmed', 'checked'], to: ['onNotice'] },
  conclude: { from: ['onNotice'], to: ['concluded'] },
  withdraw: { from: ['filed', 'accepted', 'dispatched', 'scored', 'confirmed', 'checked', 'onNotice'], to: ['withdrawn'] },
  close: { from: ['accepted', 'dispatched', 'scored', 'confirmed', 'checked', 'onNotice'], to: ['closed'] },
};

/** States from which a case is closed without a conclusion, by the clock or after a death. */
export const CLOSE_FROM: readonly ApplicationState[] = MOVES.withdraw.from;

/** Grounds on which the agency ends an accepted case. */
export const CLOSE_GROUNDS = ['MATERIALS_FALSE', 'NO_COOPERATION', 'ACCEPTED_IN_ERROR'] as const;
export type CloseGround = (typeof CLOSE_GROUNDS)[number];

/** Why a case was closed: what was to be supplied later did not come in time, the person died, or a ground of the agency. */
export const CLOSE_REASONS = ['SUPPLY_MISSED', 'PERSON_DECEASED', ...CLOSE_GROUNDS] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** An upheld objection sends a case on notice back: whoever assessed it must not do it again, so it waits for dispatch to others. */
export const RETURN_AFTER_OBJECTION = { from: 'onNotice', to: 'accepted' } as const;

/** Permission that each act needs. */
export const ACT_PERMISSION: Record<ApplicationAct, string> = {
  accept: 'assessments.accept', refuse: 'assessments.accept', dispatch: 'assessments.dispatch', assess: 'assessments.assess',
  confirm: 'assessments.confirm', check: 'assessments.check', withdraw: 'assessments.withdraw', publish: 'assessments.publish', conclude: 'assessments.conclude',
  close: 'assessments.accept',
};

/** True when an act may begin in a state. */
export function mayAct(act: ApplicationAct, state: ApplicationState): boolean {
  return MOVES[act].from.includes(state);
}

/** States in which an application is still under way: one at a time per person. */
export const OPEN_STATES: readonly ApplicationState[] = APPLICATION_STATES.filter((state) => !['refused', 'concluded', 'withdrawn', 'closed'].includes(state));

export const CONCLUSION_STATES = ['notYet', 'valid', 'ended'] as const;
export type ConclusionState = (typeof CONCLUSION_STATES)[number];

/** Where a conclusion stands on a day: before its first day, in force, or over. */
export function conclusionState(conclusion: { effectiveOn: Day; validUntilOn: Day; endedOn: Day | null }, on: Day): ConclusionState {
  // Replaced from its first day: it counts on no day.
  if (conclusion.endedOn !== null && conclusion.endedOn < conclusion.effectiveOn) return 'ended';
  if (on < conclusion.effectiveOn) return 'notYet';
  return on <= (conclusion.endedOn ?? conclusion.validUntilOn) ? 'valid' : 'ended';
}

export const FAMILY_HINTS = ['apply', 'wait', 'choosePlan', 'noBenefit'] as const;
export type FamilyHint = (typeof FAMILY_HINTS)[number];

/** What a family should do next: wait while a case is open, choose a plan where a grade has a benefit, else apply when in need. */
export function familyHint(known: { applicationOpen: boolean; entitled: boolean | null }): FamilyHint {
  if (known.applicationOpen) return 'wait';
  if (known.entitled === null) return 'apply';
  return known.entitled ? 'choosePlan' : 'noBenefit';
}

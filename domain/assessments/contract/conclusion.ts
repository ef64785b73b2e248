/** Shapes of conclusions, of the public check of a letter, and of what a family sees. */
import { Type } from '@sinclair/typebox';
import { DaySchema, DistrictSchema, IdSchema, InstantSchema, Nullable, ReasonSchema } from '#kit/schemas.ts';
import { ConclusionBeforeSchema } from './application.ts';
import { CONCLUSION_STATES, FAMILY_HINTS } from '../model.ts';

export const ConclusionStateSchema = Type.Union(CONCLUSION_STATES.map((state) => Type.Literal(state)));

export const ConclusionRowSchema = Type.Object({
  id: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  townshipCode: Type.String(),
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  personId: IdSchema,
  personName: Type.String(),
  grade: Type.Integer(),
  gradeZh: Type.String(),
  gradeEn: Type.String(),
  concludedOn: DaySchema,
  effectiveOn: DaySchema,
  validUntilOn: DaySchema,
  endedOn: Nullable(DaySchema),
  endReason: Nullable(Type.String()),
  /** First successful delivery of its letter. */
  receivedOn: Nullable(DaySchema),
  state: ConclusionStateSchema,
  origin: Type.Union([Type.Literal('assessed'), Type.Literal('imported')]),
  /** The kept decision that gave the grade. */
  decisionId: IdSchema,
  /** The case it came from; null for imported conclusions, and for an institution that had no part in the case. */
  applicationId: Nullable(IdSchema),
});

export const ConclusionSchema = Type.Composite([
  ConclusionRowSchema,
  Type.Object({
    /** Null like the case. */
    assessmentId: Nullable(IdSchema),
    /** The conclusion before this one, as the case that led here found it. */
    before: Nullable(ConclusionBeforeSchema),
    noticeId: Nullable(IdSchema),
    concludedAt: InstantSchema,
    /** Whether the grade has a benefit in this city, and why. */
    entitled: Type.Boolean(),
    entitlementReasons: Type.Array(ReasonSchema),
    /** Public address where the letter can be checked; null for imported conclusions, which have no letter. */
    verifyUrl: Nullable(Type.String()),
  }),
]);

/** What anybody who holds a letter may check by its code. */
export const LetterCheckSchema = Type.Object({
  number: Type.String(),
  grade: Type.Integer(),
  gradeZh: Type.String(),
  gradeEn: Type.String(),
  concludedOn: DaySchema,
  effectiveOn: DaySchema,
  validUntilOn: DaySchema,
  endedOn: Nullable(DaySchema),
  maskedName: Type.String(),
  state: ConclusionStateSchema,
});

/** One of the family's own persons. */
export const FamilyPersonSchema = Type.Object({
  personId: IdSchema,
  districtCode: DistrictSchema,
  name: Type.String(),
  maskedNumber: Type.String(),
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  community: Type.String(),
  /** The conclusion in force today, else the next one. */
  conclusion: Nullable(Type.Composite([ConclusionRowSchema, Type.Object({ entitled: Type.Boolean() })])),
  application: Nullable(Type.Object({ id: IdSchema, number: Type.String(), kind: Type.String(), state: Type.String(), filedOn: DaySchema })),
  notice: Nullable(Type.Object({ id: IdSchema, startsOn: DaySchema, endsOn: DaySchema, state: Type.String() })),
  /** The conclusion in force ends soon: an end-of-term application may be filed and none is under way. */
  ending: Nullable(Type.Object({ lastDayOn: DaySchema, daysLeft: Type.Integer(), remindedOn: Nullable(DaySchema) })),
  /** First day of a pause that lasts. */
  pausedFromOn: Nullable(DaySchema),
  hint: Type.Union(FAMILY_HINTS.map((hint) => Type.Literal(hint))),
});

export const FamilyApplicationSchema = Type.Object({
  id: IdSchema,
  number: Type.String(),
  personId: IdSchema,
  personName: Type.String(),
  kind: Type.String(),
  state: Type.String(),
  filedOn: DaySchema,
  stateSince: InstantSchema,
  refusalCode: Nullable(Type.String()),
  /** Decision on acceptance. */
  decisionId: Nullable(IdSchema),
  noticeEndsOn: Nullable(DaySchema),
  lacking: Type.Array(Type.String()),
  /** Last day for what is supplied after acceptance. */
  supplyByOn: Nullable(DaySchema),
  preReviewWaits: Type.Boolean(),
  comeAgainOn: Nullable(DaySchema),
  closedReason: Nullable(Type.String()),
  /** The agreed visit, while it is ahead: the day, the window (HH:MM) and who comes. */
  appointment: Nullable(Type.Object({
    on: DaySchema, windowFrom: Nullable(Type.String()), windowTo: Nullable(Type.String()), assessorName: Nullable(Type.String()), expertName: Nullable(Type.String()), institutionName: Type.String(), institutionPhone: Nullable(Type.String()),
  })),
});

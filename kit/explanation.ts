/** What an explanation page shows of a decision: value, rules in order with their sources, facts, stamp. Used by the server, the pages and the command. */
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { DaySchema, IdSchema, InstantSchema, Nullable } from './schemas.ts';

export const BilingualSchema = Type.Object({ zh: Type.String(), en: Type.String() });
export const StatusSchema = Type.Union([Type.Literal('verified'), Type.Literal('unverified')]);

/** A document as people cite it, with the policy file that took the figure from it. */
export const CitedSourceSchema = Type.Object({
  /** Id in policy/sources.yaml. */
  document: Type.String(),
  number: Nullable(Type.String()),
  title: BilingualSchema,
  article: Nullable(Type.String()),
  address: Nullable(Type.String()),
  status: StatusSchema,
  /** The document belongs to the fictional city. */
  fictional: Type.Boolean(),
  /** Name of the figure or edition, and the file it stands in. */
  policy: Nullable(Type.String()),
  file: Nullable(Type.String()),
});

/** A rule that fired: the sentence for staff, and plain words for the family. */
export const ExplainedReasonSchema = Type.Object({ rule: Type.String(), code: Type.String(), sentence: BilingualSchema, plain: BilingualSchema, sources: Type.Array(CitedSourceSchema) });

/** A fact the rules used. `key` is its name in the program, `name` what people call it. */
export const ExplainedFactSchema = Type.Object({ key: Type.String(), name: BilingualSchema, value: Type.Unknown() });

export const ExplanationSchema = Type.Object({
  id: IdSchema,
  districtCode: Type.String(),
  kind: Type.String(),
  subjectType: Type.String(),
  subjectId: IdSchema,
  personId: Nullable(IdSchema),
  decidedOn: DaySchema,
  decidedAt: InstantSchema,
  /** The value in one sentence. */
  headline: BilingualSchema,
  value: Type.Unknown(),
  reasons: Type.Array(ExplainedReasonSchema),
  facts: Type.Array(ExplainedFactSchema),
  /** What the codes and keys inside the facts are called: items of the scale and of the catalogue, modes, rules. */
  names: Type.Record(Type.String(), BilingualSchema),
  /** Policy name → dated value or edition that was used. */
  stamp: Type.Record(Type.String(), Type.String()),
  /** Some figure or rule behind it rests on a source that nobody has verified. */
  unverified: Type.Boolean(),
  /** False where this kind of decision cannot be decided again. */
  canRerun: Type.Boolean(),
});

/** The outcome of deciding again from the stored facts. */
export const RerunSchema = Type.Object({
  id: IdSchema,
  kind: Type.String(),
  /** City whose policy was applied, and its name. */
  city: Type.String(),
  cityName: BilingualSchema,
  /** True when another city's policy was applied: an experiment without effect. */
  whatIf: Type.Boolean(),
  /** True when the value equals the stored one. */
  same: Type.Boolean(),
  /** True when the dated values and editions used are the same as in the stored decision. */
  sameStamp: Type.Boolean(),
  headline: BilingualSchema,
  value: Type.Unknown(),
  reasons: Type.Array(ExplainedReasonSchema),
  stamp: Type.Record(Type.String(), Type.String()),
});

/** One event of a record's history, worded. */
export const HistoryEntrySchema = Type.Object({
  id: IdSchema,
  at: InstantSchema,
  kind: Type.String(),
  actorName: Type.String(),
  subjectType: Type.String(),
  subjectId: IdSchema,
  sentence: BilingualSchema,
  note: Nullable(Type.String()),
  data: Type.Record(Type.String(), Type.Unknown()),
});

/** One row of a list of decisions. */
export const DecisionRowSchema = Type.Object({
  id: IdSchema,
  kind: Type.String(),
  subjectType: Type.String(),
  subjectId: IdSchema,
  personId: Nullable(IdSchema),
  decidedOn: DaySchema,
  decidedAt: InstantSchema,
  headline: BilingualSchema,
});

export type Explanation = Static<typeof ExplanationSchema>;
export type ExplainedReason = Static<typeof ExplainedReasonSchema>;
export type ExplainedFact = Static<typeof ExplainedFactSchema>;
export type CitedSource = Static<typeof CitedSourceSchema>;
export type RerunOutcome = Static<typeof RerunSchema>;
export type HistoryEntry = Static<typeof HistoryEntrySchema>;
export type DecisionRow = Static<typeof DecisionRowSchema>;

/** Shapes of an application and what belongs to it. */
import { Type } from '@sinclair/typebox';
import { DaySchema, DistrictSchema, IdSchema, InstantSchema, Nullable, ReasonSchema, TownshipSchema } from '#kit/schemas.ts';
import { ACTS, APPLICATION_KINDS, APPLICATION_STATES, FILED_KINDS, KIND_REFUSALS, MATERIALS, REFUSAL_CODES, RELATIONS, SPOT_CHECK_GROUNDS } from '../model.ts';

export const ApplicationStateSchema = Type.Union(APPLICATION_STATES.map((state) => Type.Literal(state)));
export const RefusalCodeSchema = Type.Union(REFUSAL_CODES.map((code) => Type.Literal(code)));
export const ApplicationKindSchema = Type.Union(APPLICATION_KINDS.map((kind) => Type.Literal(kind)));
export const FiledKindSchema = Type.Union(FILED_KINDS.map((kind) => Type.Literal(kind)));
const RelationSchema = Type.Union(RELATIONS.map((relation) => Type.Literal(relation)));
const MaterialSchema = Type.Union(MATERIALS.map((material) => Type.Literal(material)));
const NoteSchema = Type.String({ minLength: 1, maxLength: 500 });

/** What is filed; the window and the family fill in the same. */
export const FilingSchema = Type.Object(
  {
    personId: IdSchema,
    kind: FiledKindSchema,
    applicantName: Type.String({ minLength: 1, maxLength: 60 }),
    relation: RelationSchema,
    contactPhone: Type.String({ pattern: '^[0-9+ -]{6,20}$' }),
    /** Since when the disability lasts, by the medical record. */
    disabledSinceOn: DaySchema,
    /** At the window: originals that the officer saw. From the family: what it says it has. */
    materials: Type.Array(MaterialSchema, { maxItems: 20, uniqueItems: true }),
    statement: Type.Optional(Type.String({ maxLength: 2000 })),
    /** Who acts under a power of attorney, where the applicant is an agent. */
    agent: Type.Optional(Type.Object({ name: Type.String({ minLength: 1, maxLength: 60 }), identityNumber: Type.String({ minLength: 1, maxLength: 30 }) }, { additionalProperties: false })),
    /** The self-assessment form, where it is filled in at once. Item → true where help is needed. */
    selfAssessment: Type.Optional(Type.Object({ answers: Type.Record(Type.String({ maxLength: 40 }), Type.Boolean()), onPaper: Type.Optional(Type.Boolean()) }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);

/** A conclusion as the case that follows it shows it. */
export const ConclusionBeforeSchema = Type.Object({ id: IdSchema, number: Type.String(), grade: Type.Integer(), gradeZh: Type.String(), gradeEn: Type.String(), effectiveOn: DaySchema, validUntilOn: DaySchema, endedOn: Nullable(DaySchema) });

/** Whether a kind may be filed today; else why not, with the day from which it may be, where there is one. */
export const KindOfferSchema = Type.Object({
  kind: FiledKindSchema,
  fits: Type.Boolean(),
  why: Nullable(Type.Union(KIND_REFUSALS.map((code) => Type.Literal(code)))),
  comeAgainOn: Nullable(DaySchema),
  reasons: Type.Array(ReasonSchema),
  /** Of a kind that fits: why acceptance would refuse it today as too early, each naming the day from which it would not. Filing stays open. */
  early: Type.Array(ReasonSchema),
});

/** The district lets a person apply for a status assessment without an acute stay. */
export const StatusDecisionBodySchema = Type.Object({ togetherWith: Type.String({ minLength: 1, maxLength: 120, description: 'department or township that confirms it too' }), note: NoteSchema }, { additionalProperties: false });

export const StatusRevocationBodySchema = Type.Object({ note: NoteSchema }, { additionalProperties: false });

/** The agency opens a status assessment of its own accord. */
export const SpotCheckBodySchema = Type.Object(
  {
    ground: Type.Union(SPOT_CHECK_GROUNDS.map((ground) => Type.Literal(ground))),
    source: Type.String({ minLength: 1, maxLength: 200, description: 'where the finding stands' }),
    note: NoteSchema,
    /** Where the person can ask about it: the agency's desk. */
    contactPhone: Type.String({ pattern: '^[0-9+ -]{6,20}$' }),
  },
  { additionalProperties: false },
);

export const ApplicationRowSchema = Type.Object({
  id: IdSchema,
  number: Type.String(),
  districtCode: DistrictSchema,
  townshipCode: TownshipSchema,
  townshipZh: Type.String(),
  townshipEn: Type.String(),
  personId: IdSchema,
  personName: Type.String(),
  kind: Type.String(),
  filedOn: DaySchema,
  state: ApplicationStateSchema,
  stateSince: InstantSchema,
  refusalCode: Nullable(Type.String()),
  /** Decision on acceptance. */
  decisionId: Nullable(IdSchema),
  institutionId: Nullable(IdSchema),
  institutionName: Nullable(Type.String()),
  /** Grade of the current assessment. */
  grade: Nullable(Type.Integer()),
  /** Last day, in working days, for what the case waits for: pre-review or acceptance, the visit, confirmation, the insurer's check, the notice; null where nothing is due, and where `calendarMissing` says why. */
  dueOn: Nullable(DaySchema),
  /** File of the working-day calendar that is not published yet, so that nobody can name the due day. */
  calendarMissing: Nullable(Type.String()),
  overdue: Type.Boolean(),
  noticeEndsOn: Nullable(DaySchema),
  /** Codes of the check-list that are lacking now. */
  lacking: Type.Array(Type.String()),
  /** Last day for what is supplied after acceptance; null when nothing is, or all came. */
  supplyByOn: Nullable(DaySchema),
  /** Whether the township has to look at it before acceptance, and has not. */
  preReviewWaits: Type.Boolean(),
  /** First day on which a refused or closed applicant may apply again, where a rule names it. */
  comeAgainOn: Nullable(DaySchema),
  closedReason: Nullable(Type.String()),
});

export const ConfirmationSchema = Type.Object({
  id: IdSchema, expertName: Type.String(), agrees: Type.Boolean(), note: Nullable(Type.String()), confirmedAt: InstantSchema,
  /** Coded reason of a disagreeing voice, and the items it would answer otherwise. */
  reason: Nullable(Type.String()),
  items: Type.Array(Type.Object({ code: Type.String(), points: Type.Optional(Type.Integer()) })),
});

export const AssessmentSchema = Type.Object({
  id: IdSchema,
  institutionId: IdSchema,
  institutionName: Nullable(Type.String()),
  assessorName: Type.String(),
  secondName: Type.String(),
  guardianName: Type.String(),
  onSiteAt: InstantSchema,
  place: Type.String(),
  scaleId: Type.String(),
  /** Item code → points. */
  answers: Type.Record(Type.String(), Type.Integer()),
  /** Per dimension of the scale; of a weighted scale in hundredths of a point. */
  sums: Type.Array(Type.Object({ dimension: Type.String(), zh: Type.String(), en: Type.String(), points: Type.Integer(), maxPoints: Type.Integer(), inHundredths: Type.Boolean() })),
  grade: Type.Integer(),
  gradeZh: Type.String(),
  gradeEn: Type.String(),
  decisionId: IdSchema,
  recordedAt: InstantSchema,
  /** Set when it was sent back: another assessment takes its place. */
  supersededAt: Nullable(InstantSchema),
  supersededBy: Nullable(Type.Union([Type.Literal('disagreement'), Type.Literal('objection'), Type.Literal('insurerCheck'), Type.Literal('agency')])),
  confirmations: Type.Array(ConfirmationSchema),
  /** The visit on site that it came from; null where it was entered at a desk. */
  siteVisitId: Nullable(IdSchema),
});

/** What the actor may do next; `why` is the refusal that the act would meet now. */
export const NextActSchema = Type.Object({
  act: Type.Union(ACTS.map((act) => Type.Literal(act))),
  allowed: Type.Boolean(),
  why: Type.Optional(Type.Object({ code: Type.String(), params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])) })),
});

export const ApplicationSchema = Type.Composite([
  ApplicationRowSchema,
  Type.Object({
    applicantName: Type.String(),
    relation: Type.String(),
    contactPhone: Type.String(),
    /** Null for a spot check, which nobody applied for. */
    disabledSinceOn: Nullable(DaySchema),
    materials: Type.Array(Type.String()),
    statement: Nullable(Type.String()),
    agent: Nullable(Type.Object({ name: Type.String(), maskedNumber: Type.String() })),
    acceptedOn: Nullable(DaySchema),
    /** Day on which the case came back to be assessed anew. */
    returnedOn: Nullable(DaySchema),
    /** The kept decision on its kind; null for applications of before that rule. */
    kindDecisionId: Nullable(IdSchema),
    /** The conclusion that this case follows, changes or reviews. */
    before: Nullable(ConclusionBeforeSchema),
    /** Why the agency opened a spot check, and where that finding stands. */
    ground: Nullable(Type.Union(SPOT_CHECK_GROUNDS.map((ground) => Type.Literal(ground)))),
    groundSource: Nullable(Type.String()),
    /** Edition of the scale that this case keeps: the one in force when it was filed. */
    scaleId: Type.String(),
    /** Agreeing experts that a confirmation needs. */
    expertsNeeded: Type.Integer(),
    person: Type.Object({
      id: IdSchema,
      name: Type.String(),
      identityNumber: Type.String(),
      birthOn: DaySchema,
      sex: Type.Integer(),
      phone: Nullable(Type.String()),
      community: Type.String(),
      address: Type.String(),
      insuredKind: Nullable(Type.String()),
      insuredFromOn: Nullable(DaySchema),
      deceasedOn: Nullable(DaySchema),
    }),
    assessments: Type.Array(AssessmentSchema),
    notice: Nullable(Type.Object({ id: IdSchema, startsOn: DaySchema, endsOn: DaySchema, state: Type.String(), openObjections: Type.Integer() })),
    conclusion: Nullable(Type.Object({ id: IdSchema, number: Type.String() })),
    acts: Type.Array(NextActSchema),
  }),
]);

export const AcceptanceSchema = Type.Object({
  state: ApplicationStateSchema, value: Type.String(), decisionId: IdSchema, reasons: Type.Array(ReasonSchema),
  /** First day on which a refused applicant may apply again, where a rule names it. */
  comeAgainOn: Nullable(DaySchema),
  /** Last day to supply what was promised. */
  supplyByOn: Nullable(DaySchema),
});
export const AcceptBodySchema = Type.Object(
  {
    /** False where another payer bears the care cost. */
    costCovered: Type.Boolean({ default: true }),
    /** Required papers that are missing or untrue, by name. */
    materialsLacking: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 20, default: [] }),
    /** Who promises to supply later what the check-list lets come later. */
    promisedBy: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  },
  { additionalProperties: false },
);
export const RefuseBodySchema = Type.Object(
  {
    code: RefusalCodeSchema,
    note: NoteSchema,
    /** For LESS_THAN_6_MONTHS_DISABLED: since when the disability lasts by the medical record, where that is not what was filed. */
    disabledSinceOn: Type.Optional(DaySchema),
    /** For NOT_INSURED although the record shows the person insured on the day of filing: where it was looked up, and what was found. */
    againstRecord: Type.Optional(NoteSchema),
  },
  { additionalProperties: false },
);

/** Shapes of the scale's edition, of the answers entered on site, and of a grade with its reasons. */
import { Type } from '@sinclair/typebox';
import { DaySchema, IdSchema, InstantSchema, Nullable, ReasonSchema } from '#kit/schemas.ts';
import { Scale } from '../scale/shape.ts';

const StatusSchema = Type.Union([Type.Literal('verified'), Type.Literal('unverified')]);

/** The edition for the entry form: items, options, cut-points and matrix, each with its status and source. */
export const ScaleEditionSchema = Type.Object({
  id: Type.String(),
  from: DaySchema,
  to: Nullable(DaySchema),
  status: StatusSchema,
  file: Type.String(),
  /** Lies ready, is tried or shown, and is in force nowhere; null for an edition in force. */
  use: Nullable(Type.Union([Type.Literal('candidate'), Type.Literal('demonstration')])),
  scale: Scale,
  documents: Type.Array(Type.Object({ id: Type.String(), number: Nullable(Type.String()), title: Type.Object({ zh: Type.String(), en: Type.String() }) })),
});

/** Item code → points of the chosen option. */
export const AnswersSchema = Type.Record(Type.String({ maxLength: 60 }), Type.Integer({ minimum: 0, maximum: 100 }));

export const AssessmentBodySchema = Type.Object(
  {
    answers: AnswersSchema,
    /** The second person on site, an assessment expert. */
    secondName: Type.String({ minLength: 1, maxLength: 60 }),
    /** The guardian or agent who was present. */
    guardianName: Type.String({ minLength: 1, maxLength: 60 }),
    onSiteAt: InstantSchema,
    place: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);

export const GradeSchema = Type.Object({ grade: Type.Integer(), gradeZh: Type.String(), gradeEn: Type.String() });

export const AssessmentMadeSchema = Type.Composite([Type.Object({ id: IdSchema, decisionId: IdSchema, reasons: Type.Array(ReasonSchema) }), GradeSchema]);

export const PreviewSchema = Type.Object({
  scaleId: Type.String(),
  /** Items without an answer yet. */
  missing: Type.Array(Type.String()),
  sums: Type.Array(Type.Object({ dimension: Type.String(), points: Type.Integer(), maxPoints: Type.Integer(), inHundredths: Type.Boolean(), answered: Type.Integer(), items: Type.Integer() })),
  /** Grades that the open answers still allow, from the lightest to the heaviest. */
  possible: Type.Object({ lightest: Type.Integer(), heaviest: Type.Integer() }),
  /** The grade with its reasons, once every item is answered. */
  grading: Nullable(Type.Composite([GradeSchema, Type.Object({ reasons: Type.Array(ReasonSchema) })])),
});

/**
 * The written form of a scale's edition, in its two types: `matrix` (sums per dimension → classes → matrix; the national one and the
 * default) and `weightedSum` (weighted points → score → bands). Sources: 医保办发〔2021〕37号; facts on Shanghai's scale 2.0.
 */
import { Type, type Static } from '@sinclair/typebox';

const strict = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Code = Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$' });
const Status = Type.Union([Type.Literal('verified'), Type.Literal('unverified')]);
const Cited = Type.Object({ document: Text, article: Type.Optional(Text) }, strict);
const Marked = { status: Status, source: Cited };
const Weight = Type.Integer({ minimum: 1, maximum: 10000, description: 'basis points; the parts of a whole make up 10000' });

const ClassCode = Type.Union([Type.Literal('intact'), Type.Literal('mild'), Type.Literal('moderate'), Type.Literal('severe')]);
const DimensionCode = Type.Union([Type.Literal('adl'), Type.Literal('cognition'), Type.Literal('perception')]);
const MatrixRow = Type.Object({ intact: Type.Integer(), mild: Type.Integer(), moderate: Type.Integer(), severe: Type.Integer() }, strict);
const GradeNames = Type.Array(Type.Object({ grade: Type.Integer({ minimum: -1, maximum: 9 }), zh: Text, en: Text }, strict), { minItems: 2 });

const MatrixItem = Type.Object(
  { code: Text, dimension: DimensionCode, zh: Text, en: Text, ...Marked, options: Type.Array(Type.Object({ points: Type.Integer({ minimum: 0 }), zh: Text, en: Text }, strict), { minItems: 2 }) },
  strict,
);
const CutPoints = Type.Object(
  { dimension: DimensionCode, ...Marked, bands: Type.Array(Type.Object({ class: ClassCode, min: Type.Integer(), max: Type.Integer() }, strict), { minItems: 4, maxItems: 4 }) },
  strict,
);

export const MatrixScale = Type.Object(
  {
    type: Type.Optional(Type.Literal('matrix')),
    dimensions: Type.Array(Type.Object({ code: DimensionCode, zh: Text, en: Text }, strict), { minItems: 3, maxItems: 3 }),
    classes: Type.Array(Type.Object({ code: ClassCode, zh: Text, en: Text }, strict), { minItems: 4, maxItems: 4 }),
    grades: GradeNames,
    items: Type.Array(MatrixItem, { minItems: 1 }),
    cutPoints: Type.Array(CutPoints, { minItems: 3, maxItems: 3 }),
    /** Row: class of daily living; column: the worse class of cognition and perception. */
    matrix: Type.Object({ ...Marked, cells: Type.Object({ intact: MatrixRow, mild: MatrixRow, moderate: MatrixRow, severe: MatrixRow }, strict) }, strict),
  },
  strict,
);
export type MatrixScale = Static<typeof MatrixScale>;
export type CutPoints = Static<typeof CutPoints>;

const WeightedDimension = Type.Object(
  {
    code: Code, zh: Text, en: Text, ...Marked, weightBp: Weight,
    /** `sum`: all items count by their weights. `worst`: each group (a disease) is scored by its own items, and the worst one counts. */
    take: Type.Union([Type.Literal('sum'), Type.Literal('worst')]),
    groups: Type.Optional(Type.Array(Type.Object({ code: Code, zh: Text, en: Text }, strict), { minItems: 1 })),
  },
  strict,
);
const WeightedItem = Type.Object(
  {
    code: Code, dimension: Code, group: Type.Optional(Code), zh: Text, en: Text, ...Marked,
    /** Share in its dimension, or in its group. */
    weightBp: Weight,
    /** Points are need: 0 none … 100 the most. */
    options: Type.Array(Type.Object({ points: Type.Integer({ minimum: 0, maximum: 100 }), zh: Text, en: Text }, strict), { minItems: 2 }),
  },
  strict,
);

export const WeightedScale = Type.Object(
  {
    type: Type.Literal('weightedSum'),
    dimensions: Type.Array(WeightedDimension, { minItems: 1 }),
    grades: GradeNames,
    items: Type.Array(WeightedItem, { minItems: 1 }),
    /** Score in hundredths of a point, 0 … 10000 → grade. */
    bands: Type.Object({ ...Marked, of: Type.Array(Type.Object({ min: Type.Integer(), max: Type.Integer(), grade: Type.Integer({ minimum: 0 }) }, strict), { minItems: 2 }) }, strict),
    /** From this severity of a dimension on (hundredths) the outcome is "treatment first", grade -1, whatever the score. */
    treatmentFirst: Type.Optional(Type.Object({ ...Marked, dimension: Code, from: Type.Integer({ minimum: 1, maximum: 10000 }) }, strict)),
  },
  strict,
);
export type WeightedScale = Static<typeof WeightedScale>;

/** Body of the edition `assessments.scale`. */
export const Scale = Type.Union([MatrixScale, WeightedScale]);
export type Scale = MatrixScale | WeightedScale;
export type MatrixItem = Static<typeof MatrixItem>;
export type WeightedItem = Static<typeof WeightedItem>;
export type ScaleItem = MatrixItem | WeightedItem;

/**
 * The assessment scale as an edition: dimensions with items and cut-points, and the matrix that combines the classes.
 * Source: national standard 医保办发〔2021〕37号; what of it is not verified carries its own status.
 */
import { Type, type Static } from '@sinclair/typebox';

const strict = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Status = Type.Union([Type.Literal('verified'), Type.Literal('unverified')]);
const Cited = Type.Object({ document: Text, article: Type.Optional(Text) }, strict);
const Marked = { status: Status, source: Cited };

export const DIMENSIONS = ['adl', 'cognition', 'perception'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** Impairment classes from best to worst. */
export const CLASSES = ['intact', 'mild', 'moderate', 'severe'] as const;
export type ImpairmentClass = (typeof CLASSES)[number];

const ClassCode = Type.Union([Type.Literal('intact'), Type.Literal('mild'), Type.Literal('moderate'), Type.Literal('severe')]);
const DimensionCode = Type.Union([Type.Literal('adl'), Type.Literal('cognition'), Type.Literal('perception')]);
const MatrixRow = Type.Object({ intact: Type.Integer(), mild: Type.Integer(), moderate: Type.Integer(), severe: Type.Integer() }, strict);

const ScaleOption = Type.Object({ points: Type.Integer({ minimum: 0 }), zh: Text, en: Text }, strict);
const ScaleItem = Type.Object(
  { code: Text, dimension: DimensionCode, zh: Text, en: Text, ...Marked, options: Type.Array(ScaleOption, { minItems: 2 }) },
  strict,
);
const CutPoints = Type.Object(
  { dimension: DimensionCode, ...Marked, bands: Type.Array(Type.Object({ class: ClassCode, min: Type.Integer(), max: Type.Integer() }, strict), { minItems: 4, maxItems: 4 }) },
  strict,
);

/** Body of the edition `assessments.scale`. */
export const Scale = Type.Object(
  {
    dimensions: Type.Array(Type.Object({ code: DimensionCode, zh: Text, en: Text }, strict), { minItems: 3, maxItems: 3 }),
    classes: Type.Array(Type.Object({ code: ClassCode, zh: Text, en: Text }, strict), { minItems: 4, maxItems: 4 }),
    grades: Type.Array(Type.Object({ grade: Type.Integer({ minimum: 0 }), zh: Text, en: Text }, strict), { minItems: 2 }),
    items: Type.Array(ScaleItem, { minItems: 1 }),
    cutPoints: Type.Array(CutPoints, { minItems: 3, maxItems: 3 }),
    /** Row: class of daily living; column: the worse class of cognition and perception. */
    matrix: Type.Object({ ...Marked, cells: Type.Object({ intact: MatrixRow, mild: MatrixRow, moderate: MatrixRow, severe: MatrixRow }, strict) }, strict),
  },
  strict,
);
export type Scale = Static<typeof Scale>;
export type ScaleItem = Static<typeof ScaleItem>;
export type CutPoints = Static<typeof CutPoints>;

/** What the schema cannot see: doubled items or points, cut-points that do not tile 0…maximum, cells without a grade name. */
export function examineScale(body: unknown): string[] {
  const scale = body as Scale;
  const wrong: string[] = [];
  const codes = new Set<string>();
  for (const item of scale.items) {
    if (codes.has(item.code)) wrong.push(`lists the item ${item.code} twice.`);
    codes.add(item.code);
    const points = item.options.map((option) => option.points);
    if (new Set(points).size !== points.length) wrong.push(`gives the same points to two options of ${item.code}.`);
    if (!points.includes(0)) wrong.push(`has no option with 0 points for ${item.code}.`);
  }
  for (const dimension of DIMENSIONS) wrong.push(...examineCutPoints(scale, dimension));
  for (const code of CLASSES) if (!scale.classes.some((named) => named.code === code)) wrong.push(`has no name for the class ${code}.`);
  const named = new Set(scale.grades.map((grade) => grade.grade));
  for (const row of CLASSES) for (const column of CLASSES) {
    const grade = scale.matrix.cells[row][column];
    if (!named.has(grade)) wrong.push(`leads to grade ${grade} (${row} × ${column}), which has no name.`);
  }
  return wrong;
}

function examineCutPoints(scale: Scale, dimension: Dimension): string[] {
  if (!scale.dimensions.some((named) => named.code === dimension)) return [`has no name for the dimension ${dimension}.`];
  const max = maxPoints(scale, dimension);
  if (max === 0) return [`has no item for the dimension ${dimension}.`];
  const cut = scale.cutPoints.find((one) => one.dimension === dimension);
  if (!cut) return [`has no cut-points for ${dimension}.`];
  const wrong: string[] = [];
  for (const sum of reachableSums(scale, dimension)) {
    const fitting = cut.bands.filter((band) => band.min <= sum && sum <= band.max);
    if (fitting.length !== 1) wrong.push(`puts the sum ${sum} of ${dimension} into ${fitting.length} classes instead of one.`);
  }
  return wrong;
}

function reachableSums(scale: Scale, dimension: Dimension): number[] {
  let sums = new Set([0]);
  for (const item of itemsOf(scale, dimension)) sums = new Set([...sums].flatMap((sum) => item.options.map((option) => sum + option.points)));
  return [...sums].sort((a, b) => a - b);
}

export function itemsOf(scale: Scale, dimension: Dimension): ScaleItem[] {
  return scale.items.filter((item) => item.dimension === dimension);
}

/** Highest sum that a dimension can have. */
export function maxPoints(scale: Scale, dimension: Dimension): number {
  return itemsOf(scale, dimension).reduce((sum, item) => sum + Math.max(...item.options.map((option) => option.points)), 0);
}

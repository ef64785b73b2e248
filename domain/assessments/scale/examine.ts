/** What the schema of a scale cannot see: sentences of what is wrong, none when all is well. */
import { CLASSES, DIMENSIONS, itemsOf, maxPoints } from './matrix.ts';
import type { Dimension } from './matrix.ts';
import type { MatrixScale, Scale, ScaleItem, WeightedItem, WeightedScale } from './shape.ts';

/** Whole of the weights, in basis points. */
const WHOLE = 10_000;

/** Doubled items or points, cut-points or bands that do not tile their range, weights that are no whole, outcomes without a name. */
export function examineScale(body: unknown): string[] {
  const scale = body as Scale;
  return [...examineItems(scale.items), ...examineGrades(scale), ...(scale.type === 'weightedSum' ? examineWeighted(scale) : examineMatrix(scale))];
}

function examineItems(items: readonly ScaleItem[]): string[] {
  const wrong: string[] = [];
  const codes = new Set<string>();
  for (const item of items) {
    if (codes.has(item.code)) wrong.push(`lists the item ${item.code} twice.`);
    codes.add(item.code);
    const points = item.options.map((option) => option.points);
    if (new Set(points).size !== points.length) wrong.push(`gives the same points to two options of ${item.code}.`);
    if (!points.includes(0)) wrong.push(`has no option with 0 points for ${item.code}.`);
  }
  return wrong;
}

function examineGrades(scale: Scale): string[] {
  const seen = new Set<number>();
  return scale.grades.flatMap(({ grade }) => (seen.has(grade) ? [`names the grade ${grade} twice.`] : (seen.add(grade), [])));
}

function examineMatrix(scale: MatrixScale): string[] {
  const wrong = DIMENSIONS.flatMap((dimension) => examineCutPoints(scale, dimension));
  for (const code of CLASSES) if (!scale.classes.some((named) => named.code === code)) wrong.push(`has no name for the class ${code}.`);
  const named = new Set(scale.grades.map((grade) => grade.grade));
  for (const row of CLASSES) for (const column of CLASSES) {
    const grade = scale.matrix.cells[row][column];
    if (!named.has(grade)) wrong.push(`leads to grade ${grade} (${row} × ${column}), which has no name.`);
  }
  return wrong;
}

function examineCutPoints(scale: MatrixScale, dimension: Dimension): string[] {
  if (!scale.dimensions.some((named) => named.code === dimension)) return [`has no name for the dimension ${dimension}.`];
  if (maxPoints(scale, dimension) === 0) return [`has no item for the dimension ${dimension}.`];
  const cut = scale.cutPoints.find((one) => one.dimension === dimension);
  if (!cut) return [`has no cut-points for ${dimension}.`];
  return reachableSums(scale, dimension).flatMap((sum) => {
    const fitting = cut.bands.filter((band) => band.min <= sum && sum <= band.max);
    return fitting.length === 1 ? [] : [`puts the sum ${sum} of ${dimension} into ${fitting.length} classes instead of one.`];
  });
}

function reachableSums(scale: MatrixScale, dimension: Dimension): number[] {
  let sums = new Set([0]);
  for (const item of itemsOf(scale, dimension)) sums = new Set([...sums].flatMap((sum) => item.options.map((option) => sum + option.points)));
  return [...sums].sort((a, b) => a - b);
}

function examineWeighted(scale: WeightedScale): string[] {
  const wrong: string[] = [];
  const codes = scale.dimensions.map((one) => one.code);
  if (new Set(codes).size !== codes.length) wrong.push('lists a dimension twice.');
  wrong.push(...whole('the dimensions', scale.dimensions));
  for (const dimension of scale.dimensions) wrong.push(...examineDimension(scale, dimension));
  for (const item of scale.items) {
    if (!codes.includes(item.dimension)) wrong.push(`puts the item ${item.code} into the dimension ${item.dimension}, which it does not have.`);
    if (!item.options.some((option) => option.points === 100)) wrong.push(`has no option with 100 points for ${item.code}; points are need from 0 to 100.`);
  }
  return [...wrong, ...examineBands(scale), ...examineTreatment(scale)];
}

function examineDimension(scale: WeightedScale, { code, take, groups }: WeightedScale['dimensions'][number]): string[] {
  const items = scale.items.filter((item) => item.dimension === code);
  if (take === 'sum') return [...(groups ? [`gives groups to ${code}, whose items are summed; groups belong to a dimension that takes the worst.`] : []), ...whole(`the items of ${code}`, items)];
  if (!groups) return [`takes the worst of ${code}, but names no groups there.`];
  const stray = items.filter((item) => !groups.some((group) => group.code === item.group)).map((item) => `puts the item ${item.code} into no group of ${code}.`);
  return [...stray, ...groups.flatMap((group) => whole(`the items of ${code} · ${group.code}`, items.filter((item) => item.group === group.code)))];
}

function whole(what: string, parts: readonly Pick<WeightedItem, 'weightBp'>[]): string[] {
  const sum = parts.reduce((total, one) => total + one.weightBp, 0);
  return sum === WHOLE ? [] : [`gives ${what} the weight ${sum} in all instead of ${WHOLE} basis points.`];
}

/** Bands tile 0 … 10000 in order, more need never gives a lower grade, and each leads to a name. */
function examineBands(scale: WeightedScale): string[] {
  const wrong: string[] = [];
  const named = new Set(scale.grades.map((one) => one.grade));
  let next = 0;
  let before = 0;
  for (const { min, max, grade } of scale.bands.of) {
    if (min !== next) wrong.push(`begins a band at ${min} where ${next} was to come: bands tile 0 to ${WHOLE} without gap or overlap.`);
    if (max < min) wrong.push(`ends the band from ${min} at ${max}.`);
    if (grade < before) wrong.push(`gives grade ${grade} from ${min} on, less than grade ${before} below it.`);
    if (!named.has(grade)) wrong.push(`leads to grade ${grade} (band from ${min}), which has no name.`);
    next = max + 1;
    before = grade;
  }
  if (next !== WHOLE + 1) wrong.push(`ends its bands at ${next - 1} instead of ${WHOLE}.`);
  return wrong;
}

function examineTreatment({ treatmentFirst, dimensions, grades }: WeightedScale): string[] {
  const named = grades.some((one) => one.grade === -1);
  if (!treatmentFirst) return named ? ['names an outcome -1 (treatment first), but says nowhere when it comes.'] : [];
  return [
    ...(dimensions.some((one) => one.code === treatmentFirst.dimension) ? [] : [`sends to treatment by the dimension ${treatmentFirst.dimension}, which it does not have.`]),
    ...(named ? [] : ['has no name for the outcome -1 (treatment first).']),
  ];
}

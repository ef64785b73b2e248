import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cellOf, sumOf } from './scale-sums.ts';
import type { Answers, Scale } from './scale-sums.ts';

const scale = (parse(readFileSync(new URL('../../policy/national/assessments/scale-2021.yaml', import.meta.url), 'utf8')) as { body: Scale }).body;
const best = (): Answers => Object.fromEntries(scale.items.map((item) => [item.code, Math.max(...item.options.map((option) => option.points))]));
const worst = (): Answers => Object.fromEntries(scale.items.map((item) => [item.code, 0]));
const sums = (answers: Answers) => scale.dimensions.map((one) => sumOf(scale, one.code, answers));

describe('the sums beside the entry form', () => {
  test('lead from the best answers to the best cell and from the worst to the worst', () => {
    const classes = scale.classes.map((one) => one.code);
    expect(cellOf(scale, sums(best()))).toEqual({ row: classes[0], column: classes[0] });
    expect(cellOf(scale, sums(worst()))).toEqual({ row: classes.at(-1), column: classes.at(-1) });
  });

  test('take the worse of cognition and perception for the column', () => {
    const perception = scale.items.filter((item) => item.dimension === 'perception').map((item) => [item.code, 0]);
    const cell = cellOf(scale, sums({ ...best(), ...Object.fromEntries(perception) }));
    expect(cell.column).toBe(scale.classes.at(-1)!.code);
    expect(cell.row).toBe(scale.classes[0]!.code);
  });

  test('name no class and no cell while an item is open', () => {
    const open = best();
    const first = scale.items.find((item) => item.dimension === 'adl')!.code;
    delete open[first];
    const adl = sumOf(scale, 'adl', open);
    expect(adl).toMatchObject({ classCode: undefined, answered: adl.items - 1 });
    expect(cellOf(scale, sums(open)).row).toBeUndefined();
  });
});

/** Answers that hardly go together. The rule points them out and never decides: the assessor explains. Browser-safe: the phone uses it offline. */
import type { Scale } from '../scale/shape.ts';
import type { ContradictionRules } from './contradiction-rules.ts';

type Side = ContradictionRules[number]['sides'][number];

/** One side as it was answered: item and option with their words. */
export interface ContradictionSide {
  item: string;
  itemZh: string;
  itemEn: string;
  points: number;
  optionZh: string;
  optionEn: string;
}

export interface Contradiction {
  code: string;
  zh: string;
  en: string;
  sides: ContradictionSide[];
}

/** The contradictions in the answers given so far (item → points), in the rules' order. Rules about items that the scale does not have are left out. */
export function contradictionsOf(answers: Readonly<Record<string, number>>, rules: ContradictionRules, scale: Pick<Scale, 'items'>): Contradiction[] {
  return rules.flatMap(({ code, zh, en, sides }) => {
    const named = sides.map((side) => (meets(side, answers[side.item]) ? sideOf(side.item, answers[side.item]!, scale) : undefined));
    return named.every((one) => one !== undefined) ? [{ code, zh, en, sides: named }] : [];
  });
}

function meets(side: Side, points: number | undefined): boolean {
  return points !== undefined && points >= (side.atLeast ?? 0) && points <= (side.atMost ?? Infinity);
}

function sideOf(code: string, points: number, scale: Pick<Scale, 'items'>): ContradictionSide | undefined {
  const item = scale.items.find((one) => one.code === code);
  const option = item?.options.find((one) => one.points === points);
  return item && option && { item: code, itemZh: item.zh, itemEn: item.en, points, optionZh: option.zh, optionEn: option.en };
}

/** The contradictions without a remark; blanks are no remark. */
export function unexplained(found: readonly Contradiction[], remarks: Readonly<Record<string, string>>): Contradiction[] {
  return found.filter((one) => (remarks[one.code] ?? '').trim() === '');
}

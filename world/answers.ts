/** Plausible answers of the national scale for a grade, drawn from the edition itself. */
import { gradeAnswers } from '#domain/assessments/index.ts';
import { scale } from '#domain/assessments/policy.ts';
import type { PolicyBook } from '#platform/policy/index.ts';
import type { Day } from '#kit/days.ts';
import type { Chance } from './chance.ts';

/** Chance of each further point, 0 … 1, in daily living and in cognition and perception, that leads towards a grade. */
const LEANING: Record<number, [adl: number, other: number]> = { 0: [1, 1], 1: [0.9, 0.9], 2: [0.52, 0.85], 3: [0.18, 0.8], 4: [0.15, 0.18], 5: [0.08, 0.04] };

/** Answers (item code → points) that the edition of `on` grades with `grade`; draws until they do. */
export function answersFor(grade: number, policy: PolicyBook, on: Day, luck: Chance): Record<string, number> {
  const edition = policy.edition(scale, on);
  for (let attempt = 0; attempt < 2000; attempt++) {
    const answers = draw(edition.value.items, LEANING[grade] ?? [0.5, 0.5], luck);
    if (gradeAnswers(edition, answers).value.grade === grade) return answers;
  }
  throw new Error(`no answers of the scale ${edition.id} were found that give grade ${grade}`);
}

interface Item {
  code: string;
  dimension: string;
  options: readonly { points: number }[];
}

function draw(items: readonly Item[], [adl, other]: [number, number], luck: Chance): Record<string, number> {
  return Object.fromEntries(items.map((item) => {
    const points = item.options.map((option) => option.points).sort((a, b) => a - b);
    const leaning = item.dimension === 'adl' ? adl : other;
    let step = 0;
    while (step < points.length - 1 && luck.next() < leaning) step++;
    return [item.code, points[step]!];
  }));
}

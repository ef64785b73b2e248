/** What a tried edition would change: decided once per distinct set of answers. */
import { allItems, gradeOnly } from '../scale/model.ts';
import type { Answers, Scale } from '../scale/model.ts';

/** The same answers under the same grade, and how many people have them. */
export interface Vector {
  key: string;
  answers: Answers;
  before: number;
  people: number;
}

export interface TrialOutcome {
  assessments: number;
  notComparable: number;
  changed: number;
  gains: number;
  loses: number;
  vectors: number;
  cells: { before: number; after: number; people: number }[];
  /** The sets of answers whose grade would change. */
  changes: { key: string; before: number; after: number }[];
}

/** Decides every set of answers by the tried scale. Answers of other items, or with points that it does not offer, are only counted. `minGrade`: lowest grade with a benefit. */
export function tryScale(scale: Scale, vectors: readonly Vector[], minGrade: number): TrialOutcome {
  const offered = new Map(allItems(scale).map((item) => [item.code, new Set(item.options.map((option) => option.points))]));
  const fits = (answers: Answers): boolean => {
    const given = Object.entries(answers);
    return given.length === offered.size && given.every(([code, points]) => offered.get(code)?.has(points));
  };
  const outcome: TrialOutcome = { assessments: 0, notComparable: 0, changed: 0, gains: 0, loses: 0, vectors: 0, cells: [], changes: [] };
  const cells = new Map<string, TrialOutcome['cells'][number]>();
  for (const { key, answers, before, people } of vectors) {
    outcome.assessments += people;
    if (!fits(answers)) {
      outcome.notComparable += people;
      continue;
    }
    outcome.vectors += 1;
    const after = gradeOnly(scale, answers);
    const cell = cells.get(`${before} ${after}`) ?? { before, after, people: 0 };
    cells.set(`${before} ${after}`, { ...cell, people: cell.people + people });
    if (after === before) continue;
    outcome.changed += people;
    if (before < minGrade && after >= minGrade) outcome.gains += people;
    if (before >= minGrade && after < minGrade) outcome.loses += people;
    outcome.changes.push({ key, before, after });
  }
  outcome.cells = [...cells.values()].sort((a, b) => a.before - b.before || a.after - b.after);
  return outcome;
}

/** Conclusions that come with a file: taken over, never assessed here, and saying so. */
import type { Day } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import type { Act } from '#platform/act.ts';
import { keepDecisions } from '#platform/decisions/keep.ts';
import { recordEvents } from '#platform/events/record.ts';
import { nextNumbers } from '#platform/numbers.ts';
import { takeOverGrade } from '../rules/taken-over.ts';
import { insertConclusions, listWithoutConclusion } from '../store/conclusion.ts';
import { newCheckCode } from './conclude.ts';

export interface ImportedConclusion {
  districtCode: string;
  personId: string;
  townshipCode: string;
  grade: number;
  effectiveOn: Day;
  validUntilOn: Day;
  /** Where the grade stands in the file. */
  sourceRef: string;
}

/**
 * Takes over conclusions as a set, each with its kept decision `assessments.imported`. A person who already has a conclusion that shares
 * a day with the new one keeps it, so that the same file twice adds nothing; of several rows for one person the first counts.
 */
export async function importConclusions(act: Act, rows: readonly ImportedConclusion[]): Promise<{ added: number }> {
  const first = [...new Map(rows.toReversed().map((row) => [row.personId, row])).values()].toReversed();
  const free = await listWithoutConclusion(act, first);
  const fresh = first.filter((row) => free.has(row.personId)).map((row) => ({ ...row, id: newId<'conclusion'>(act.now.getTime()) as string }));
  if (fresh.length === 0) return { added: 0 };
  const institutionId = act.actor.institutionId;
  const about = (row: (typeof fresh)[number]) => ({ districtCode: row.districtCode, subjectType: 'conclusion', subjectId: row.id, personId: row.personId, townshipCode: row.townshipCode, institutionId });
  const decisions = await keepDecisions(act, fresh.map((row) => ({ decision: takeOverGrade({ grade: row.grade, effectiveOn: row.effectiveOn, validUntilOn: row.validUntilOn, sourceRef: row.sourceRef }), subject: { ...about(row), decidedOn: row.effectiveOn } })));
  const numbers = await nextNumbers(act, 'C', fresh.length);
  await insertConclusions(act, fresh.map(({ sourceRef: _ref, ...row }, at) => ({
    ...row, number: numbers[at]!, applicationId: null, assessmentId: null, noticeId: null, concludedOn: row.effectiveOn, origin: 'imported', decisionId: decisions[at]!, checkCode: newCheckCode(),
  })));
  await recordEvents(act, fresh.map((row, at) => ({ ...about(row), kind: 'assessments.conclusionImported', data: { number: numbers[at]!, grade: row.grade, sourceRef: row.sourceRef } })));
  return { added: fresh.length };
}

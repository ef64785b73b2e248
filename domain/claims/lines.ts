/** Claim lines as people read them: with the names of their items, their reasons and, for the family, plain words. */
import type { Static } from '@sinclair/typebox';
import type { Day } from '#kit/days.ts';
import { yuan } from '#kit/money.ts';
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import type { FamilyLineSchema, LineSchema } from './contract.ts';
import { explainLine, valueOfLine } from './explain.ts';
import { itemNames, withItem } from './items.ts';
import type { FindingRow } from './model.ts';
import { wordedReason } from './rules.ts';
import { familyLines, findLine, listFindings } from './store.ts';
import type { FindingQuery } from './store/findings.ts';

/** Adds the item's names to each line. */
export function named<L extends { serviceOn: Day; itemCode: string | null }>(act: Act, lines: readonly L[]): (L & { itemZh: string | null; itemEn: string | null })[] {
  return lines.map((line) => ({ ...line, ...itemNames(act, line.serviceOn, line.itemCode) }));
}

/** A line in scope with its reasons; refuses with NOT_FOUND. */
export async function getLine(act: Act, id: string): Promise<Static<typeof LineSchema>> {
  const line = await findLine(act, id);
  const kept = await explainLine(act, id);
  if (!line || !kept) refuse('NOT_FOUND', {}, { status: 404 });
  const { townshipCode: _, plannedMin: __, closedAt: ___, policy: ____, reasons: _____, ...rest } = line;
  return { ...rest, statementNumber: line.statementNumber ?? '', ...itemNames(act, line.serviceOn, line.itemCode), reasons: kept.reasons };
}

/** What the audit found, with everything that its sentences say: the item's name and the refused amount in yuan. */
export async function showFindings(act: Act, query: FindingQuery): Promise<{ rows: FindingRow[]; total: number }> {
  const { rows, total } = await listFindings(act, query);
  return { total, rows: rows.map((one) => ({ ...one, params: { ...withItem(act, one.serviceOn, one.params), refused: yuan(one.refusedFen) } })) };
}

/** The family's own lines with the codes of their plain sentences. */
export async function listFamilyLines(act: Act, query: { month?: string; person?: string; page?: number; pageSize?: number }): Promise<{ rows: Static<typeof FamilyLineSchema>[]; total: number }> {
  const { rows, total } = await familyLines(act, query);
  return {
    total,
    rows: rows.map(({ reasons, grade, priceFen, fundRatioBp, itemCode, ...line }) => ({
      ...line, ...itemNames(act, line.serviceOn, itemCode),
      plain: reasons.map((one) => {
        const { code, params } = wordedReason(one, { ...valueOfLine(line), grade, priceFen, fundRatioBp }, { figure: () => ({ value: null, sources: [], stamp: '' }), ruleSources: () => [] });
        return { code, params };
      }),
    })),
  };
}

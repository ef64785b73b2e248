/** Front door of claims. */
import { refuse } from '#kit/refuse.ts';
import type { Act } from '#platform/act.ts';
import { defineModule } from '#platform/module.ts';
import { getPerson } from '#domain/people/index.ts';
import { closeMonth, openNextMonths } from './close.ts';
import { claimsContract } from './contract.ts';
import { decideAgain, explainLine } from './explain.ts';
import { auditKnowledge } from './knowledge.ts';
import { getLine, listFamilyLines, named, showFindings } from './lines.ts';
import { statementExcel, statementPaper } from './paper.ts';
import { listOverturned, listOverturnedLines } from './overturned/store.ts';
import { auditRules, policyNeeds } from './policy.ts';
import { firstReview, getStatement, nextActs, payStatement, returnStatement, secondReview } from './reviews.ts';
import { closeDetail, familyMonths, findClose, linesOfPerson, listCloses, listLines, listReviews, listStatements, outcomesOf, statementFindings } from './store.ts';

export { closeMonth, MONTH_TABLES } from './close.ts';
export type { CloseOptions, CloseOutcome } from './close.ts';
export { firstReview, getStatement, payStatement, returnStatement, secondReview } from './reviews.ts';
export { findClose, listFindings } from './store.ts';
export type { CloseRow, FindingRow, LineRow, StatementRow } from './model.ts';

export const claims = defineModule(
  'claims',
  import.meta.url,
  claimsContract,
  {
    'GET /api/closes': (act, { query }) => listCloses(act, query),
    'POST /api/closes': (act, { body }) => closeMonth(act, body.districtCode, body.month),
    'GET /api/closes/{district}/{month}': async (act, { params }) => closeDetail(act, (await findClose(act, params.district, params.month)) ?? refuse('NOT_FOUND', {}, { status: 404 })),
    'GET /api/findings': (act, { query }) => showFindings(act, query),
    'GET /api/statements': (act, { query }) => listStatements(act, query),
    'GET /api/statements/{id}': (act, { params }) => showStatement(act, params.id),
    'GET /api/statements/{id}/lines': async (act, { params, query }) => {
      const { rows, total } = await listLines(act, await getStatement(act, params.id), query);
      return { rows: named(act, rows), total };
    },
    'GET /api/statements/{id}/lines.xlsx': (act, { params }) => statementExcel(act, params.id),
    'GET /api/statements/{id}/statement.pdf': (act, { params }) => statementPaper(act, params.id),
    'POST /api/statements/{id}/first-review': (act, { params, body }) => firstReview(act, params.id, body.note ?? null),
    'POST /api/statements/{id}/second-review': (act, { params, body }) => secondReview(act, params.id, body.note ?? null),
    'POST /api/statements/{id}/return': (act, { params, body }) => returnStatement(act, params.id, body.note),
    'POST /api/statements/{id}/pay': (act, { params, body }) => payStatement(act, params.id, body.note ?? null),
    'GET /api/people/{id}/lines': async (act, { params, query }) => {
      const { rows, total } = await linesOfPerson(act, await getPerson(act, params.id), query);
      return { rows: named(act, rows), total };
    },
    'GET /api/lines/{id}': (act, { params }) => getLine(act, params.id),
    'GET /api/knowledge': (act, { query }) => auditKnowledge(act, query),
    'GET /api/overturned': (act, { query }) => listOverturned(act, query),
    'GET /api/overturned/{id}/lines': (act, { params, query }) => listOverturnedLines(act, params.id, query),
    'GET /api/family/months': (act) => familyMonths(act),
    'GET /api/family/lines': (act, { query }) => listFamilyLines(act, query),
  },
  { timed: [{ job: 'claims.openMonths', cron: '20 0 * * *', run: openNextMonths }], policy: policyNeeds, explain: explainLine, reruns: { 'claims.line': decideAgain } },
);

async function showStatement(act: Act, id: string) {
  const statement = await getStatement(act, id);
  const titles = new Map(act.policy.edition(auditRules, `${statement.month}-28`).value.rules.map((one) => [one.id, one.title]));
  const found = await statementFindings(act, statement);
  return {
    ...statement,
    nextActs: await nextActs(act, statement),
    findingsByRule: found.map((one) => ({ ...one, title: titles.get(one.rule) ?? { zh: one.rule, en: one.rule } })),
    byOutcome: await outcomesOf(act, statement),
    reviews: await listReviews(act, statement),
  };
}

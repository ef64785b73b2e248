/** The close as a loop would do it: for every visit one question, one decision, one INSERT. Only here, to be measured against. */
import { sql } from 'kysely';
import type { Day, Month } from '#kit/days.ts';
import { newId } from '#kit/ids.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';
import { policyFromBook } from '#domain/claims/line-policy.ts';
import type { StoredReason } from '#domain/claims/model.ts';
import { decideLine } from '#domain/claims/rules.ts';

interface VisitFacts {
  personId: string;
  townshipCode: string;
  institutionId: string;
  workerId: string;
  workerClass: string;
  itemCode: string;
  sourceRef: string;
  mode: string | null;
  planId: string | null;
  plannedMin: number | null;
  dailyTimes: number | null;
  filedFen: number | null;
  grade: number | null;
  minutes: number;
  inHospital: boolean;
  givenTimes: number;
  weekUsedMin: number;
  personOverlap: boolean;
  gapMin: number | null;
  lineM: number | null;
  knownMin: number | null;
}

const FACTS = sqlFile(new URL('./visit-facts.sql', import.meta.url));

/** Closes the first `count` visits of a month one by one into bench.line. */
export async function closeRowByRow(act: Act, districtCode: string, month: Month, count: number): Promise<void> {
  const { rows } = await sql<{ id: string; serviceOn: Day; statementId: string }>`SELECT v.id, v.service_on, s.id AS statement_id FROM visits.visit v
    JOIN bench.statement s ON s.institution_id = v.institution_id WHERE v.district_code = ${districtCode} AND v.service_on >= ${`${month}-01`} ORDER BY v.started_at, v.source_seq, v.id LIMIT ${count}`.execute(act.db);
  for (const { id, serviceOn, statementId } of rows) {
    const [facts] = await runSql<VisitFacts>(act.db, FACTS, { district: districtCode, serviceOn, id });
    const policy = policyFromBook(act.policy, serviceOn);
    const decision = decideLine({ kind: 'visit', serviceOn, mode: facts!.mode ?? 'homeVisit', workerClass: facts!.workerClass, grade: facts!.grade, minutes: facts!.minutes, plannedMin: facts!.plannedMin, filedFen: facts!.filedFen, weekUsedMin: facts!.weekUsedMin, finding: findingOf(facts!, policy) }, policy);
    await insertLine(act, { districtCode, month, id, serviceOn, statementId }, facts!, decision.value, decision.reasons);
  }
}

function findingOf(facts: VisitFacts, policy: ReturnType<typeof policyFromBook>): StoredReason | null {
  const found = (rule: string): StoredReason => ({ rule, code: rule, params: {} });
  const number = (name: string) => policy.figure(name).value as number;
  if (facts.inHospital) return found('hospital-stay');
  if (facts.plannedMin === null || facts.givenTimes >= (facts.dailyTimes ?? 0)) return found('item-not-in-plan');
  if (facts.gapMin !== null && facts.gapMin < 0) return found('carer-overlap');
  if (facts.personOverlap) return found('person-overlap');
  const needMin = Math.max((facts.knownMin ?? 0) - 0.001, ((facts.lineM ?? 0) * 60) / 1000 / number('claims.maxTravelKmh') - number('claims.travelToleranceMin'));
  return facts.gapMin !== null && facts.gapMin < needMin ? found('travel-impossible') : null;
}

async function insertLine(act: Act, visit: { districtCode: string; month: Month; id: string; serviceOn: Day; statementId: string }, facts: VisitFacts, value: ReturnType<typeof decideLine>['value'], reasons: ReturnType<typeof decideLine>['reasons']): Promise<void> {
  const stored = JSON.stringify(reasons.map(({ rule, code }) => ({ rule, code, params: {} })));
  await sql`INSERT INTO bench.line (district_code, month, id, kind, visit_id, service_on, person_id, township_code, institution_id, worker_id, worker_class, plan_id, mode, item_code, grade, minutes, paid_minutes, price_fen, fund_ratio_bp,
    billed_fen, fund_fen, person_fen, refused_fen, outcome, reasons, statement_id, source_ref)
    VALUES (${visit.districtCode}, ${`${visit.month}-01`}, ${newId()}, 'visit', ${visit.id}, ${visit.serviceOn}, ${facts.personId}, ${facts.townshipCode}, ${facts.institutionId}, ${facts.workerId}, ${facts.workerClass}, ${facts.planId},
    ${facts.mode ?? 'homeVisit'}, ${facts.itemCode}, ${facts.grade}, ${value.minutes}, ${value.paidMinutes}, 4000, 9000, ${value.billedFen}, ${value.fundFen}, ${value.personFen}, ${value.refusedFen}, ${value.outcome}, ${stored}::jsonb, ${visit.statementId}, ${facts.sourceRef})`.execute(act.db);
}

/** Facts for dispatch, gathered for all cases at once. */
import { sql } from 'kysely';
import { addMonths, monthBounds, monthOf } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { assessorMustBeAdmitted, trainingHoursPerYear } from '#domain/workers/policy.ts';
import type { Application } from '../store/application.ts';
import { avoidancesOf, avoidsInstitution } from './avoid.ts';
import type { Avoidance } from './avoid.ts';
import { dispatchRule } from './policy.ts';
import type { DispatchFacts, InstitutionFacts } from './rules.ts';

/** What the rule needs of a case. */
export type CaseToDispatch = Pick<Application, 'id' | 'number' | 'districtCode' | 'kind' | 'filedOn'>;

/** What is the same for every case of a day: the institutions of the city with their load. */
export async function gatherInstitutions(act: Act): Promise<Omit<InstitutionFacts, 'avoided'>[]> {
  const since = addMonths(act.today, -act.policy.edition(dispatchRule, act.today).value.performanceMonths);
  const hours = act.policy.has(trainingHoursPerYear, act.today) ? act.policy.figure(trainingHoursPerYear, act.today).value : 0;
  const { rows } = await sql<Omit<InstitutionFacts, 'avoided'>>`SELECT i.id, i.name, i.district_code, i.agreement_from_on <= ${act.today}::date AND (i.agreement_to_on IS NULL OR i.agreement_to_on >= ${act.today}::date) AS agreed,
      EXISTS (SELECT 1 FROM providers.agreement_pause p WHERE p.institution_id = i.id AND p.from_on <= ${act.today}::date AND (p.to_on IS NULL OR p.to_on > ${act.today}::date)) AS paused,
      coalesce(r.assessors, 0) AS assessors, coalesce(l.open_orders, 0) AS open_orders, coalesce(l.month_orders, 0) AS month_orders, l.last_issued_at, coalesce(l.window_orders, 0) AS window_orders,
      coalesce(l.window_refused, 0) AS window_refused, coalesce(l.window_late, 0) AS window_late, coalesce(l.window_returned, 0) AS window_returned
    FROM providers.institution i
    LEFT JOIN assessments.institution_load(${since}::date, ${monthBounds(monthOf(act.today)).firstOn}::date, ${act.now}) l ON l.institution_id = i.id
    LEFT JOIN workers.assessors_on(${act.today}::date, ${hours}::numeric) r ON r.institution_id = i.id
    WHERE i.kind = 'assessment' ORDER BY i.district_code, i.name, i.id`.execute(act.db);
  return rows;
}

/** The facts of one case, from what was gathered. */
export function factsOf(act: Act, one: CaseToDispatch, institutions: readonly Omit<InstitutionFacts, 'avoided'>[], avoided: readonly Avoidance[]): DispatchFacts {
  const reviewed = avoided.some((row) => row.ground === 'reviewed');
  return {
    number: one.number, on: act.today, districtCode: one.districtCode, elsewhere: reviewed || one.kind === 'review' || one.kind === 'finalReview',
    entryAsked: act.policy.has(assessorMustBeAdmitted, one.filedOn) && act.policy.figure(assessorMustBeAdmitted, one.filedOn).value,
    institutions: institutions.map((institution) => {
      const hit = avoided.find((row) => avoidsInstitution(row, institution.id));
      return { ...institution, avoided: hit ? { ground: hit.ground, detail: hit.detail } : null };
    }),
  };
}

/** What many cases of one district avoid, by case. */
export async function gatherAvoidances(act: Act, districtCode: string, cases: readonly CaseToDispatch[]): Promise<Map<string, Avoidance[]>> {
  const byCase = new Map<string, Avoidance[]>();
  for (const row of await avoidancesOf(act, districtCode, cases.map((one) => one.id))) byCase.set(row.applicationId, [...(byCase.get(row.applicationId) ?? []), row]);
  return byCase;
}

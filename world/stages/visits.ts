/** The year of home visits, generated as a set from the weekly timetable. */
import type pg from 'pg';
import type { House } from '#server/house.ts';
import { DEPENDANTS } from '../dependants.ts';
import { NAMED_PEOPLE } from '../named.ts';
import { inTransaction, runFile } from '../rows.ts';
import { timetable } from '../timetable.ts';
import type { Visited } from '../timetable.ts';
import { CARE_DISTRICTS, VISITS_FROM, VISITS_TO, VISIT_MONTHS } from '../today.ts';
import { institution } from '../institutions.ts';

interface PlanOf {
  identityNumber: string;
  districtCode: string;
  personId: string;
  townshipCode: string;
  planId: string;
  fromOn: string;
}

/** Everybody with home visits, the named first, so that they keep the carers they are told to have. */
function visited(): Visited[] {
  const named = NAMED_PEOPLE.flatMap((one) => (one.care?.visits === undefined ? [] : [{ key: one.identityNumber, institution: one.care.institution, visits: one.care.visits, ...(one.care.carer === undefined ? {} : { carer: one.care.carer }) }]));
  return [...named, ...DEPENDANTS.filter((one) => one.mode === 'homeVisit').map((one) => ({ key: one.identityNumber, institution: one.institution, visits: one.visits }))];
}

/** District by district, each in one transaction, two at a time or more; a district that has its visits is left alone. */
export async function loadVisits(house: House): Promise<void> {
  const { owner } = house.platform.databases;
  // The closes find their partitions ready and need not wait for each other.
  await owner.query(`SELECT platform.ensure_month(t::regclass, m::date) FROM unnest($1::text[]) AS m, unnest(ARRAY['visits.visit', 'claims.line', 'claims.finding']) AS t`, [VISIT_MONTHS.map((month) => `${month}-01`)]);
  const places = await placesOf(owner);
  await Promise.all(CARE_DISTRICTS.map((district) => inTransaction(owner, async (client) => {
    if ((await client.query('SELECT 1 FROM visits.intake WHERE district_code = $1 LIMIT 1', [district])).rowCount) return;
    await runFile(client, new URL('./visits.sql', import.meta.url), { places: JSON.stringify(places.filter((one) => one.district_code === district)), fromOn: VISITS_FROM, toOn: VISITS_TO });
  })));
}

/** The timetable's places with the ids of person, plan and institution. */
async function placesOf(owner: pg.Pool) {
  const { rows } = await owner.query<PlanOf>(`SELECT p.identity_number AS "identityNumber", p.district_code AS "districtCode", p.id AS "personId", p.township_code AS "townshipCode", l.id AS "planId", l.from_on AS "fromOn"
    FROM people.person p JOIN plans.plan l ON l.district_code = p.district_code AND l.person_id = p.id AND l.state = 'confirmed' AND l.mode = 'homeVisit'`);
  const plans = new Map(rows.map((row) => [row.identityNumber, row]));
  return timetable(visited()).map((place, index) => {
    const plan = plans.get(place.person);
    if (!plan) throw new Error(`the world gives visits to ${place.person}, who has no confirmed plan of home visits`);
    return {
      no: index + 1, district_code: plan.districtCode, person_id: plan.personId, township_code: plan.townshipCode, institution_id: institution(place.worker.institution!).id, worker_id: place.worker.id,
      worker_class: place.worker.workerClass, plan_id: plan.planId, item_code: place.itemCode, weekday: place.weekday, start_min: place.startMin, minutes: place.minutes, from_on: plan.fromOn,
    };
  });
}

/** SQL of the overview: each question is a file, answered by district, inside the actor's scope. */
import type { Day, Month } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { runSql, sqlFile } from '#platform/db/sql-file.ts';

const file = (name: string) => sqlFile(new URL(`./sql/${name}.sql`, import.meta.url));

export interface District {
  districtCode: string;
  zh: string;
  en: string;
}

export interface Counted {
  districtCode: string;
  key: string;
  count: number;
}

export interface Figures {
  districts: District[];
  insured: Omit<Counted, 'key'>[];
  applications: Counted[];
  conclusions: Counted[];
  plans: Counted[];
  visits: { districtCode: string; month: Month; visits: number; minutes: number }[];
  closes: { districtCode: string; month: Month; billedFen: number; fundFen: number; personFen: number; refusedFen: number }[];
  findings: { districtCode: string; rule: string; effect: string; count: number }[];
  statements: (Counted & { fundFen: number })[];
}

/** Everything the overview counts, by district, for the months `from` to `to` and the state of the day `on`. */
export async function readFigures(act: Act, query: { district?: string; on: Day; from: Month; to: Month }): Promise<Figures> {
  const base = { area: act.actor.area, district: query.district ?? null, on: query.on, firstMonth: `${query.from}-01`, lastMonth: `${query.to}-01` };
  const read = <Row>(name: string, more: object = {}) => runSql<Row>(act.db, file(name), { ...base, ...more });
  const districts = await read<District>('districts');
  const codes = { districts: districts.map((one) => one.districtCode) };
  return {
    districts,
    insured: await read('insured'),
    applications: await read('applications'),
    conclusions: await read('conclusions'),
    plans: await read('plans'),
    visits: await read('visits', codes),
    closes: await read('closes'),
    findings: await read('findings', codes),
    statements: await read('statements'),
  };
}

/** Counts a closed month of a district once; true when this call counted it. */
export async function countClosedMonth(act: Act, districtCode: string, month: Month): Promise<boolean> {
  const rows = await runSql<{ counted: number }>(act.db, file('count-month'), { district: districtCode, month: `${month}-01`, now: act.now });
  return (rows[0]?.counted ?? 0) > 0;
}

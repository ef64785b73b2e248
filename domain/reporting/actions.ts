/** The overview of the bureau, counted in the actor's scope. */
import type { Day } from '#kit/days.ts';
import type { Act } from '#platform/act.ts';
import { books, type Book } from '#domain/ledger/index.ts';
import { grouped, monthsShown, total, type Overview } from './model.ts';
import { readFigures, type Figures } from './store.ts';

/** Figures of today and the last twelve months; with `district` of that district only. Amounts in fen, time in minutes. */
export async function overview(act: Act, query: { district?: string }): Promise<Overview> {
  const on: Day = act.today;
  const months = monthsShown(on);
  const figures = await readFigures(act, { ...query, on, from: months[0]!, to: months.at(-1)! });
  const ofLedger = await books(act, { on, ...(query.district === undefined ? {} : { districtCode: query.district }) });
  const counts = (rows: Figures['plans']) => grouped(rows, (row) => row.key).map(([key, some]) => ({ key, count: total(some, 'count') }));
  return {
    on,
    district: query.district ?? null,
    insured: total(figures.insured, 'count'),
    applications: counts(figures.applications).map(({ key, count }) => ({ state: key, count })),
    conclusions: counts(figures.conclusions).map(({ key, count }) => ({ grade: Number(key), count })),
    plans: counts(figures.plans).map(({ key, count }) => ({ mode: key, count })),
    visits: months.map((month) => {
      const rows = figures.visits.filter((row) => row.month === month);
      return { month, visits: total(rows, 'visits'), minutes: total(rows, 'minutes') };
    }),
    claims: months.map((month) => {
      const rows = figures.closes.filter((row) => row.month === month);
      return { month, districtsClosed: rows.length, ...amounts(rows) };
    }),
    findings: grouped(figures.findings, (row) => `${row.rule} ${row.effect}`).map(([, some]) => ({ rule: some[0]!.rule, effect: some[0]!.effect, count: total(some, 'count') })),
    statements: grouped(figures.statements, (row) => row.key).map(([state, some]) => ({ state, count: total(some, 'count'), fundFen: total(some, 'fundFen') })),
    districts: figures.districts.map((district) => ofDistrict(district, figures, ofLedger)),
  };
}

function amounts(rows: Figures['closes']) {
  return { billedFen: total(rows, 'billedFen'), fundFen: total(rows, 'fundFen'), personFen: total(rows, 'personFen'), refusedFen: total(rows, 'refusedFen') };
}

function ofDistrict(district: Figures['districts'][number], figures: Figures, ofLedger: readonly Book[]): Overview['districts'][number] {
  const here = <Row extends { districtCode: string }>(rows: readonly Row[]) => rows.filter((row) => row.districtCode === district.districtCode);
  const { billedFen, fundFen, refusedFen } = amounts(here(figures.closes));
  const [book] = here(ofLedger);
  return {
    ...district,
    insured: total(here(figures.insured), 'count'),
    openApplications: total(here(figures.applications), 'count'),
    conclusionsInForce: total(here(figures.conclusions), 'count'),
    activePlans: total(here(figures.plans), 'count'),
    visits: total(here(figures.visits), 'visits'),
    billedFen,
    fundFen,
    refusedFen,
    assetsFen: book?.assetsFen ?? 0,
    pendingFen: book?.pendingExpenseFen ?? 0,
  };
}

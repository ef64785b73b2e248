/** What claims read from the published documents: prices, caps, ratios, and the base of audit rules. Values: policy/…/claims/. */
import { Type, type Static } from '@sinclair/typebox';
import { edition, figure, type PolicyNeed } from '#platform/policy/index.ts';

const strict = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Fen = Type.Integer({ minimum: 0 });
const Grade = Type.String({ pattern: '^[0-9]$' });
const byGrade = <S extends typeof Fen>(value: S) => Type.Record(Grade, value, { additionalProperties: false, minProperties: 1 });

/** Worker classes that a price distinguishes. */
export const WORKER_CLASSES = ['nurse', 'trained', 'carer'] as const;
export type WorkerClass = (typeof WORKER_CLASSES)[number];
export const HourlyPrices = Type.Object({ nurse: Fen, trained: Fen, carer: Fen }, strict);

const DayPrice = Type.Union([Fen, byGrade(Fen)]);
export const DayPrices = Type.Object(
  { homeVisit: Type.Optional(DayPrice), homeIndividual: Type.Optional(DayPrice), institution: Type.Optional(DayPrice) },
  { ...strict, minProperties: 1 },
);
export type DayPrices = Static<typeof DayPrices>;

const Ratio = Type.Integer({ minimum: 0, maximum: 10000 });
export const FundRatios = Type.Object(
  { homeVisit: Type.Optional(Ratio), homeIndividual: Type.Optional(Ratio), institution: Type.Optional(Ratio) },
  { ...strict, minProperties: 1 },
);

const EdgeDay = Type.Union([Type.Literal('paid'), Type.Literal('excluded')]);
export const HospitalDays = Type.Object({ excluded: Type.Boolean(), admissionDay: EdgeDay, dischargeDay: EdgeDay }, strict);

/** One rule of the audit: what it finds, in which SQL file, and what follows. */
export const AuditRule = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z-]+$' }),
    /** File beside the module's audit rules. */
    sql: Type.String({ pattern: '^[a-z-]+\\.sql$' }),
    title: Type.Object({ zh: Text, en: Text }, strict),
    knowledge: Type.Object({ zh: Text, en: Text }, strict),
    /** When it runs: prevent = at check-in or submission, daily, settlement = at the month close, after. */
    phase: Type.Array(Type.Union([Type.Literal('prevent'), Type.Literal('daily'), Type.Literal('settlement'), Type.Literal('after')]), { minItems: 1 }),
    /** refuse = the whole visit is not paid; cut = only what lies beyond the line. */
    effect: Type.Union([Type.Literal('refuse'), Type.Literal('cut')]),
    order: Type.Integer({ minimum: 1 }),
    /** Names of the figures that its SQL takes. */
    parameters: Type.Array(Text),
    status: Type.Union([Type.Literal('verified'), Type.Literal('unverified')]),
    sources: Type.Array(Type.Object({ document: Text, article: Type.Optional(Text) }, strict), { minItems: 1 }),
  },
  strict,
);
export type AuditRule = Static<typeof AuditRule>;
export const AuditRules = Type.Object({ rules: Type.Array(AuditRule, { minItems: 1 }) }, strict);
export type AuditRules = Static<typeof AuditRules>;

/** Price of an hour of a home visit, by class of the worker. */
export const hourlyPriceFen = figure('claims.hourlyPriceFen', 'fenPerHour', HourlyPrices);
/** Minutes of home visits that the fund pays in a week, by grade. */
export const weeklyCapMin = figure('claims.weeklyCapMin', 'minutesPerWeek', byGrade(Fen));
/** Price of a day by mode, flat or by grade: read it with `dayPriceOf`. */
export const dayPriceFen = figure('claims.dayPriceFen', 'fenPerDay', DayPrices);
/** The fund's share by mode, in basis points. */
export const fundRatioBp = figure('claims.fundRatioBp', 'basisPoints', FundRatios);
/** Whether days in hospital are taken out, and what holds on their first and last day. */
export const hospitalDays = figure('claims.hospitalDays', 'rule', HospitalDays);
export const maxVisitMin = figure('claims.maxVisitMin', 'minutes', Type.Integer({ minimum: 1 }));
/** Minutes by which a visit may pass its plan without being cut. */
export const overrunToleranceMin = figure('claims.overrunToleranceMin', 'minutes', Type.Integer({ minimum: 0 }));
export const maxTravelKmh = figure('claims.maxTravelKmh', 'kmPerHour', Type.Integer({ minimum: 1 }));
/** Minutes by which travel reckoned from the straight line may pass the gap between two visits. */
export const travelToleranceMin = figure('claims.travelToleranceMin', 'minutes', Type.Integer({ minimum: 0 }));
/** Shanghai: extra hours or cash for high grades who stay at home. */
export const homeEncouragement = figure(
  'claims.homeEncouragement',
  'table',
  Type.Object(
    {
      grades: Type.Array(Type.Integer()),
      steps: Type.Array(Type.Object({ moreThanMonths: Type.Integer(), extraMinPerMonth: Type.Integer(), orCashFen: Fen }, strict)),
    },
    strict,
  ),
  { optional: true },
);
export const auditRules = edition('claims.auditRules', AuditRules, { examine: examineAuditRules });

export const policyNeeds: PolicyNeed[] = [
  hourlyPriceFen, weeklyCapMin, dayPriceFen, fundRatioBp, hospitalDays, maxVisitMin, overrunToleranceMin, maxTravelKmh, travelToleranceMin,
  homeEncouragement, auditRules,
];

/** The price of a day in fen, or null when the city's document names none for this mode or grade. */
export function dayPriceOf(prices: DayPrices, mode: keyof DayPrices, grade: number): number | null {
  const price = prices[mode];
  if (price === undefined) return null;
  return typeof price === 'number' ? price : (price[String(grade)] ?? null);
}

function examineAuditRules(body: unknown): string[] {
  const { rules } = body as AuditRules;
  const figures = new Set(policyNeeds.map((need) => need.name));
  const twice = (values: (string | number)[], word: string): string[] =>
    values.filter((value, index) => values.indexOf(value) !== index).map((value) => `gives the ${word} ${value} to two rules.`);
  const unknown = rules.flatMap((rule) =>
    rule.parameters.filter((name) => !figures.has(name)).map((name) => `names the figure ${name} for the rule ${rule.id}, which claims do not read.`),
  );
  return [...twice(rules.map((rule) => rule.id), 'id'), ...twice(rules.map((rule) => rule.order), 'order'), ...unknown];
}

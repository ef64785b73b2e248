/** Reporting: the overview of the bureau. Every figure is counted in the actor's scope. */
import { Type } from '@sinclair/typebox';
import { defineContract } from '#kit/contract.ts';
import { DaySchema, DistrictSchema, FenSchema, MonthSchema, Nullable } from '#kit/schemas.ts';

const Count = Type.Integer({ minimum: 0 });

export const DistrictFiguresSchema = Type.Object({
  districtCode: DistrictSchema,
  zh: Type.String(),
  en: Type.String(),
  insured: Count,
  openApplications: Count,
  conclusionsInForce: Count,
  activePlans: Count,
  /** Of the last twelve months. */
  visits: Count,
  billedFen: FenSchema,
  fundFen: FenSchema,
  refusedFen: FenSchema,
  /** Assets in the district's book today, and what is reserved for approved statements. */
  assetsFen: FenSchema,
  pendingFen: FenSchema,
});

export const OverviewSchema = Type.Object({
  on: DaySchema,
  district: Nullable(DistrictSchema),
  insured: Count,
  applications: Type.Array(Type.Object({ state: Type.String(), count: Count })),
  conclusions: Type.Array(Type.Object({ grade: Type.Integer(), count: Count })),
  plans: Type.Array(Type.Object({ mode: Type.String(), count: Count })),
  /** The last twelve months, oldest first, also those without anything. */
  visits: Type.Array(Type.Object({ month: MonthSchema, visits: Count, minutes: Count })),
  claims: Type.Array(Type.Object({ month: MonthSchema, districtsClosed: Count, billedFen: FenSchema, fundFen: FenSchema, personFen: FenSchema, refusedFen: FenSchema })),
  findings: Type.Array(Type.Object({ rule: Type.String(), effect: Type.String(), count: Count })),
  statements: Type.Array(Type.Object({ state: Type.String(), count: Count, fundFen: FenSchema })),
  districts: Type.Array(DistrictFiguresSchema),
});

export const reportingContract = defineContract({
  'GET /api/overview': {
    summary: { zh: '全局概览', en: 'Overview' },
    permission: 'reporting.read',
    query: Type.Object({ district: Type.Optional(DistrictSchema) }, { additionalProperties: false }),
    output: OverviewSchema,
  },
});

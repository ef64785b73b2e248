/** The endpoints of a family, and the shapes its pages show. */
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import type { claimsContract } from '#domain/claims/contract.ts';
import type { plansContract } from '#domain/plans/contract.ts';
import type { visitsContract } from '#domain/visits/contract.ts';
import type { recordsContract } from '#platform/records/contract.ts';
import { client } from '../../kit/client.ts';
import { preferences } from '../ui/preferences.ts';

type Contracts = typeof assessmentsContract & typeof plansContract & typeof visitsContract & typeof claimsContract & typeof recordsContract;

export const api = client<Contracts>({ lang: () => preferences().lang });

export type Offer = OutputOf<(typeof assessmentsContract)['GET /api/family/persons/{id}/application-kinds']>[number];
export type Person = OutputOf<(typeof assessmentsContract)['GET /api/family/persons']>[number];
export type Application = OutputOf<(typeof assessmentsContract)['GET /api/family/applications']>['rows'][number];
export type Complaint = OutputOf<(typeof assessmentsContract)['GET /api/family/complaints']>['rows'][number];
export type Conclusion = OutputOf<(typeof assessmentsContract)['GET /api/family/conclusions']>['rows'][number];
export type Plan = OutputOf<(typeof plansContract)['GET /api/family/plans']>[number];
export type Visit = OutputOf<(typeof visitsContract)['GET /api/family/visits']>['rows'][number];
export type Month = OutputOf<(typeof claimsContract)['GET /api/family/months']>[number];
export type Line = OutputOf<(typeof claimsContract)['GET /api/family/lines']>['rows'][number];
export type Explanation = OutputOf<(typeof recordsContract)['GET /api/family/explanations/{id}']>;

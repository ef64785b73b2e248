/** Every endpoint that the office's desks call. */
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import type { claimsContract } from '#domain/claims/contract.ts';
import type { ledgerContract } from '#domain/ledger/contract.ts';
import type { noticesContract } from '#domain/notices/contract.ts';
import type { peopleContract } from '#domain/people/contract.ts';
import type { plansContract } from '#domain/plans/contract.ts';
import type { providersContract } from '#domain/providers/contract.ts';
import type { reportingContract } from '#domain/reporting/contract.ts';
import type { visitsContract } from '#domain/visits/contract.ts';
import type { workersContract } from '#domain/workers/contract.ts';
import type { recordsContract } from '#platform/records/contract.ts';
import { client } from '../../kit/client.ts';
import { preferences } from '../ui/preferences.ts';

type Assessments = typeof assessmentsContract;
type Claims = typeof claimsContract;
type Ledger = typeof ledgerContract;
type Notices = typeof noticesContract;
type People = typeof peopleContract;
type Plans = typeof plansContract;
type Providers = typeof providersContract;
type Records = typeof recordsContract;
type Reporting = typeof reportingContract;
type Visits = typeof visitsContract;
type Workers = typeof workersContract;

interface OfficeContract extends Assessments, Claims, Ledger, Notices, People, Plans, Providers, Records, Reporting, Visits, Workers {}

export const api = client<OfficeContract>({ lang: () => preferences().lang });

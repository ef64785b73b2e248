/** The endpoints that need no sign-in. */
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import type { noticesContract } from '#domain/notices/contract.ts';
import type { peopleContract } from '#domain/people/contract.ts';
import type { providersContract } from '#domain/providers/contract.ts';
import type { recordsContract } from '#platform/records/contract.ts';
import { client } from '../../kit/client.ts';
import { useAsk } from '../light/ask.ts';
import { usePick } from '../light/house.tsx';
import { preferences } from '../ui/preferences.ts';

type Contracts = typeof noticesContract & typeof assessmentsContract & typeof providersContract & typeof recordsContract & typeof peopleContract;

export const api = client<Contracts>({ lang: () => preferences().lang });

export type Notice = OutputOf<(typeof noticesContract)['GET /api/public/notices/{id}']>;
export type Receipt = OutputOf<(typeof noticesContract)['POST /api/public/objections/receipt']>;
export type LetterCheck = OutputOf<(typeof assessmentsContract)['GET /api/public/letters/{code}']>;
export type Institution = OutputOf<(typeof providersContract)['GET /api/public/institutions']>['rows'][number];
export type PolicyRow = OutputOf<(typeof recordsContract)['GET /api/policy']>[number];

/** The city's districts as choices of a filter. */
export function useDistricts(): { value: string; label: string }[] {
  const pick = usePick();
  const areas = useAsk('GET /api/areas', (signal) => api('GET /api/areas', {}, { signal })).data ?? [];
  return areas.filter((one) => one.code.length === 6).map((one) => ({ value: one.code, label: pick(one.zh, one.en) }));
}

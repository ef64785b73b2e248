/** What the figures and editions of the policy book, and its cities, are called. */
import { useQuery } from '@tanstack/react-query';
import { usePreferences } from './preferences.ts';
import { recordsApi } from './records.ts';

/** `claims.weeklyCapMin` → its label; the name itself where the book has none. */
export function usePolicyName(): (name: string) => string {
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/policy', undefined], queryFn: () => recordsApi('GET /api/policy', { query: {} }), staleTime: 3_600_000 });
  const labels = new Map((asked.data ?? []).map((one) => [one.name, one.label[lang]]));
  return (name) => (asked.isPending ? '…' : (labels.get(name) ?? name));
}

/** `qinghe` → 青禾市. */
export function useCityName(): (city: string) => string {
  const { lang } = usePreferences();
  const rows = useQuery({ queryKey: ['GET /api/policy-cities'], queryFn: () => recordsApi('GET /api/policy-cities'), staleTime: 3_600_000 }).data ?? [];
  return (city) => rows.find((one) => one.city === city)?.name[lang] ?? city;
}

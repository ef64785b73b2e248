/** The city's districts and townships, by code. */
import { useQuery } from '@tanstack/react-query';
import { usePreferences } from '../ui/preferences.ts';
import { useSession } from '../ui/session.ts';
import { api } from './api.ts';

export interface Areas {
  /** Name of a code; the code where it has none; nothing while the names are fetched. */
  name: (code: string | null | undefined) => string;
  /** Districts inside the person's area. */
  districts: { value: string; label: string }[];
  /** Townships inside the person's area. */
  townships: { value: string; label: string }[];
}

export function useAreas(): Areas {
  const { lang } = usePreferences();
  const mine = useSession().data?.session?.area ?? '';
  const asked = useQuery({ queryKey: ['GET /api/areas'], queryFn: () => api('GET /api/areas'), staleTime: 3600_000 });
  const rows = asked.data ?? [];
  const names = new Map(rows.map((one) => [one.code, one[lang]]));
  const inside = (code: string) => code.startsWith(mine) || mine.startsWith(code);
  const choices = (length: number) => rows.filter((one) => one.code.length === length && inside(one.code)).map((one) => ({ value: one.code, label: one[lang] }));
  const districts = choices(6);
  const several = districts.length > 1;
  return {
    name: (code) => (code ? (names.get(code) ?? (asked.isLoading ? '' : code)) : '–'),
    districts,
    townships: choices(9).map((one) => (several ? { ...one, label: `${names.get(one.value.slice(0, 6)) ?? ''} ${one.label}` } : one)),
  };
}

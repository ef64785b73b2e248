/** Names of the audit rules, as the rule base gives them. */
import { useQuery } from '@tanstack/react-query';
import { api } from './api.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../ui/words.ts';

/** Every rule with its title. */
export function useRules(): { id: string; name: string }[] {
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/knowledge', 'names'], queryFn: () => api('GET /api/knowledge'), staleTime: 600_000 });
  return (asked.data ?? []).map((one) => ({ id: one.id, name: one.title[lang] }));
}

export function useRuleName(): (id: string | null) => string {
  const rules = useRules();
  const say = useWords('claims');
  return (id) => (id === null ? '–' : say(`rules.${id}`, { defaultValue: rules.find((one) => one.id === id)?.name ?? id }));
}

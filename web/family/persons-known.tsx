/** The family's own persons, asked once for all pages, and the choice among them. */
import type { ReactNode } from 'react';
import { createContext, useContext } from 'react';
import { useFilters } from '../light/address.tsx';
import type { Asked } from '../light/ask.ts';
import { useAsk } from '../light/ask.ts';
import { useWords } from '../ui/words.ts';
import type { Person } from './api.ts';
import { api } from './api.ts';

const Context = createContext<Asked<Person[]> | undefined>(undefined);

export function PersonsAround({ children }: { children: ReactNode }) {
  return <Context value={useAsk('persons', (signal) => api('GET /api/family/persons', {}, { signal }))}>{children}</Context>;
}

export function usePersons(): Asked<Person[]> {
  const asked = useContext(Context);
  if (!asked) throw new Error('a family page stands inside PersonsAround');
  return asked;
}

/** The person chosen in the address, else the first one. */
export function usePerson(): Person | undefined {
  const [search] = useFilters();
  const persons = usePersons().data ?? [];
  return persons.find((one) => one.personId === search['person']) ?? persons[0];
}

/** Buttons to choose among several persons; nothing for a single one. */
export function PersonChoice() {
  const say = useWords('family');
  const [, set] = useFilters();
  const persons = usePersons().data ?? [];
  const chosen = usePerson();
  if (persons.length < 2) return null;
  return (
    <div className="choice" role="group" aria-label={say('choosePerson')}>
      {persons.map((one) => (
        <button key={one.personId} type="button" className="button" aria-pressed={one === chosen} onClick={() => set({ person: one.personId, month: undefined })}>
          {one.name}
        </button>
      ))}
    </div>
  );
}

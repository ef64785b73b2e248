/** Who is signed in and what they may do. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Static } from '@sinclair/typebox';
import type { SessionSchema, identityContract } from '#platform/identity/contract.ts';
import { client } from '../../kit/client.ts';
import { preferences } from './preferences.ts';
import { SESSION_KEY } from './query.ts';
import { useWords } from './words.ts';

export type Session = Static<typeof SessionSchema>;

export const identityApi = client<typeof identityContract>({ lang: () => preferences().lang });

/** The session with the city and today; `session` is null for an outsider. */
export function useSession() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: () => identityApi('GET /api/session'), staleTime: 5 * 60_000 });
}

/** The signed-in person; only used inside the signed-in part of a portal. */
export function useSignedIn(): Session {
  const session = useSession().data?.session;
  if (!session) throw new Error('a page that needs a signed-in person was shown without one');
  return session;
}

/** The office's day. */
export function useToday(): string {
  const today = useSession().data?.today;
  if (!today) throw new Error('the office day is known once the session is');
  return today;
}

/** Undefined when the person may do this, else the sentence that says why not. */
export function useWhyNot(): (permission: string) => string | undefined {
  const session = useSession().data?.session;
  const say = useWords('ui');
  return (permission) => (session?.permissions.includes(permission) ? undefined : say('whyNot.permission', { role: session ? session.roleName[preferences().lang] : '' }));
}

/** Signs out and forgets everything that was shown. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await identityApi('DELETE /api/session');
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
    await queries.invalidateQueries({ queryKey: SESSION_KEY });
  };
}

/** What the pages know of the server: asked once, kept for a moment, asked again after every act. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '../../kit/client.ts';

/** Key of the question "who is signed in". */
export const SESSION_KEY = ['GET /api/session'] as const;

/** A query client that asks for the session again as soon as an answer says that nobody is signed in. */
export function queryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof Problem && error.code === 'SIGN_IN_NEEDED') void client.invalidateQueries({ queryKey: SESSION_KEY });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 15_000, refetchOnWindowFocus: false, retry: (failures, error) => failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502) },
    },
  });
  return client;
}

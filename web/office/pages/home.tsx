/** The first page of a desk: what waits today. */
import { PageHead } from '../../ui/record-page.tsx';
import { useSignedIn, useToday } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';

export function HomePage() {
  const say = useWords('office');
  const session = useSignedIn();
  const today = useToday();
  return <PageHead title={say('home.hello', { name: session.displayName })} note={say('home.today', { today })} />;
}

/** The first page of a desk: what waits, with counts; each leads to its list. */
import { Suspense, lazy } from 'react';
import { Figure } from '../figure.tsx';
import { useCounts, useQueues } from '../queues.ts';
import { Go } from '../../ui/go.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useSignedIn, useToday } from '../../ui/session.ts';
import { Count } from '../../ui/text.tsx';
import { useWords } from '../../ui/words.ts';
import type { UrgentPage } from './home-urgent.tsx';

// Tables are fetched after the figures are shown.
const UrgentCases = lazy(() => import('./home-urgent.tsx').then((one) => ({ default: one.UrgentCases })));

/** Whose permission leads to which list of what is due first. */
const URGENT: readonly (readonly [permission: string, page: UrgentPage])[] = [
  ['assessments.assess', '/assess'], ['assessments.confirm', '/confirmations'], ['assessments.takeOrder', '/orders'], ['assessments.dispatch', '/applications'], ['assessments.preReview', '/applications?queue=preReview'],
];

export function HomePage() {
  const say = useWords('office');
  const session = useSignedIn();
  const today = useToday();
  const mine = useQueues();
  const urgent = URGENT.find(([permission]) => session.permissions.includes(permission))?.[1];
  const counts = useCounts(mine);
  const rows = mine.map((queue, at) => {
    const { data, error } = counts[at]!;
    return { queue, error, total: data?.total, overdue: data?.overdue ?? 0, late: (queue.late === true && (data?.total ?? 0) > 0) || (data?.overdue ?? 0) > 0 };
  });
  // Once all are counted, what is late comes first, and the lists where nothing waits make room.
  const counted = counts.every((one) => one.data !== undefined || one.error);
  const empty = (row: (typeof rows)[number]) => counted && !row.error && row.total === 0;
  const waiting = rows.filter((row) => !empty(row));
  return (
    <>
      <PageHead title={say('home.hello', { name: session.displayName })} note={say('home.today', { today })} />
      <div className="ch-figures ch-queues">
        {(counted ? waiting.toSorted((a, b) => Number(b.late) - Number(a.late)) : waiting).map(({ queue, error, total, overdue, late }) => (
          <Figure
            key={queue.word}
            name={say(`queues.${queue.word}`)}
            to={queue.to}
            late={late}
            value={error ? <span className="ch-muted" title={error.message}>?</span> : total === undefined ? <span className="ch-muted">…</span> : <><Count value={total} />{overdue > 0 ? <small className="ch-figure-part">{say('queues.lateOnes', { n: overdue })}</small> : null}</>}
          />
        ))}
      </div>
      {rows.some(empty) ? (
        <p className="ch-clear">
          <span className="ch-muted">{say('home.clear')}</span>
          {rows.filter(empty).map(({ queue }) => <Go key={queue.word} to={queue.to}>{say(`queues.${queue.word}`)}</Go>)}
        </p>
      ) : null}
      {urgent ? (
        <Suspense fallback={null}>
          <UrgentCases page={urgent} />
        </Suspense>
      ) : null}
      {mine.length === 0 ? <p className="ch-muted">{say('home.nothing')}</p> : null}
    </>
  );
}

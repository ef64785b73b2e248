/** The first page of a desk: what waits, with counts; each leads to its list. */
import { Suspense, lazy } from 'react';
import { useQueries } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Figure } from '../figure.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useSignedIn, useToday } from '../../ui/session.ts';
import { Count } from '../../ui/text.tsx';
import { useWords } from '../../ui/words.ts';

// Tables are fetched after the figures are shown.
const UrgentCases = lazy(() => import('./home-urgent.tsx').then((one) => ({ default: one.UrgentCases })));

interface Queue {
  word: string;
  /** Who finds this queue on the desk: holders of this permission. */
  permission: string;
  to: string;
  late?: boolean;
  /** Only on these desks. */
  desks?: readonly string[];
  count: () => Promise<{ total: number }>;
}

const one = { pageSize: 1 } as const;
const applications = (state: 'filed' | 'accepted' | 'dispatched' | 'scored' | 'confirmed' | 'onNotice') => () => api('GET /api/applications', { query: { state, ...one } });
const statements = (state: 'drafted' | 'firstReviewed' | 'approved' | 'paid') => () => api('GET /api/statements', { query: { state, ...one } });

const QUEUES: readonly Queue[] = [
  { word: 'overdue', permission: 'assessments.dispatch', to: '/applications?due=overdue', late: true, count: () => api('GET /api/applications', { query: { due: 'overdue', ...one } }) },
  { word: 'filed', permission: 'assessments.accept', to: '/applications?state=filed', count: applications('filed') },
  { word: 'accepted', permission: 'assessments.dispatch', to: '/applications?state=accepted', count: applications('accepted') },
  { word: 'dispatched', permission: 'assessments.dispatch', to: '/applications?state=dispatched', count: applications('dispatched') },
  { word: 'confirmed', permission: 'assessments.publish', to: '/applications?state=confirmed', count: applications('confirmed') },
  { word: 'onNotice', permission: 'assessments.conclude', to: '/applications?state=onNotice', count: applications('onNotice') },
  { word: 'objections', permission: 'notices.answer', to: '/notices?objections=open', late: true, count: () => api('GET /api/notices', { query: { objections: 'open', ...one } }) },
  { word: 'proofUrgent', permission: 'notices.recordPosting', to: '/notice-batches?proof=urgent', late: true, count: () => api('GET /api/notices/batches', { query: { proof: 'urgent', ...one } }) },
  { word: 'lateDelivery', permission: 'assessments.deliver', to: '/deliveries?due=overdue', late: true, count: () => api('GET /api/deliveries/waiting', { query: { due: 'overdue', ...one } }) },
  { word: 'toDeliver', permission: 'assessments.deliver', to: '/deliveries', count: () => api('GET /api/deliveries/waiting', { query: one }) },
  { word: 'lapsedCare', permission: 'assessments.suspend', to: '/expiry?group=lapsed&care=runs', late: true, count: () => api('GET /api/conclusions/expiring', { query: { group: 'lapsed', care: 'runs', ...one } }) },
  { word: 'expiring', permission: 'assessments.suspend', to: '/expiry', count: () => api('GET /api/conclusions/expiring', { query: one }) },
  { word: 'rechecks', permission: 'assessments.recheck', to: '/suspensions?recheck=open', count: () => api('GET /api/suspensions', { query: { recheck: 'open', ...one } }) },
  { word: 'mineOverdue', permission: 'assessments.assess', to: '/assess?due=overdue', late: true, count: () => api('GET /api/applications', { query: { due: 'overdue', ...one } }) },
  { word: 'toAssess', permission: 'assessments.assess', to: '/assess', count: applications('dispatched') },
  { word: 'toConfirm', permission: 'assessments.confirm', to: '/confirmations', count: applications('scored') },
  { word: 'proposedPlans', permission: 'plans.read', to: '/plans?state=proposed', count: () => api('GET /api/plans', { query: { state: 'proposed', ...one } }) },
  { word: 'activePlans', permission: 'plans.propose', to: '/plans?state=confirmed', count: () => api('GET /api/plans', { query: { state: 'confirmed', ...one } }) },
  { word: 'drafted', permission: 'claims.firstReview', to: '/statements?state=drafted', count: statements('drafted') },
  { word: 'firstReviewed', permission: 'claims.secondReview', to: '/statements?state=firstReviewed', count: statements('firstReviewed') },
  { word: 'approved', permission: 'claims.pay', to: '/statements?state=approved', count: statements('approved') },
  // Whoever watches over others' work sees what waits there.
  { word: 'overdue', permission: 'assessments.read', desks: ['bureau'], to: '/applications?due=overdue', late: true, count: () => api('GET /api/applications', { query: { due: 'overdue', ...one } }) },
  { word: 'objections', permission: 'notices.read', desks: ['bureau'], to: '/notices?objections=open', late: true, count: () => api('GET /api/notices', { query: { objections: 'open', ...one } }) },
  { word: 'drafted', permission: 'claims.read', desks: ['bureau', 'institution'], to: '/statements?state=drafted', count: statements('drafted') },
  { word: 'firstReviewed', permission: 'claims.read', desks: ['bureau', 'institution'], to: '/statements?state=firstReviewed', count: statements('firstReviewed') },
  { word: 'approved', permission: 'claims.read', desks: ['bureau', 'institution'], to: '/statements?state=approved', count: statements('approved') },
  { word: 'findings', permission: 'claims.read', desks: ['institution'], to: '/findings', count: () => api('GET /api/findings', { query: one }) },
  { word: 'filedHere', permission: 'assessments.file', to: '/applications?state=filed', count: applications('filed') },
  { word: 'reserved', permission: 'ledger.post', to: '/ledger?part=journal&state=pending', count: () => api('GET /api/ledger/journal', { query: { state: 'pending', ...one } }) },
];

export function HomePage() {
  const say = useWords('office');
  const session = useSignedIn();
  const today = useToday();
  const found = QUEUES.filter((queue) => session.permissions.includes(queue.permission) && (queue.desks?.includes(session.desk) ?? true));
  const mine = found.filter((queue, at) => found.findIndex((other) => other.to === queue.to) === at);
  const urgent = session.permissions.includes('assessments.assess') ? '/assess' : session.permissions.includes('assessments.dispatch') ? '/applications' : undefined;
  const counts = useQueries({ queries: mine.map((queue) => ({ queryKey: ['count', queue.to], queryFn: queue.count, staleTime: 30_000 })) });
  return (
    <>
      <PageHead title={say('home.hello', { name: session.displayName })} note={say('home.today', { today })} />
      <div className="ch-figures ch-queues">
        {mine.map((queue, at) => {
          const asked = counts[at]!;
          const total = asked.data?.total;
          return (
            <Figure
              key={queue.word}
              name={say(`queues.${queue.word}`)}
              to={queue.to}
              late={queue.late === true && (total ?? 0) > 0}
              value={asked.error ? <span className="ch-muted" title={asked.error.message}>?</span> : total === undefined ? <span className="ch-muted">…</span> : <Count value={total} />}
            />
          );
        })}
      </div>
      {urgent ? (
        <Suspense fallback={null}>
          <UrgentCases page={urgent} />
        </Suspense>
      ) : null}
      {mine.length === 0 ? <p className="ch-muted">{say('home.nothing')}</p> : null}
    </>
  );
}

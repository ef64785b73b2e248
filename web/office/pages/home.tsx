/** The first page of a desk: what waits, with counts; each leads to its list. */
import { Suspense, lazy } from 'react';
import { useQueries } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Figure } from '../figure.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useSignedIn, useToday } from '../../ui/session.ts';
import { Count } from '../../ui/text.tsx';
import { useWords } from '../../ui/words.ts';
import type { UrgentPage } from './home-urgent.tsx';

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
  /** How many wait, and how many of them too long where the endpoint says so. */
  count: () => Promise<{ total: number; overdue?: number }>;
}

const one = { pageSize: 1 } as const;
const applications = (state: 'dispatched' | 'confirmed' | 'onNotice') => () => api('GET /api/applications', { query: { state, ...one } });
const statements = (state: 'drafted' | 'firstReviewed' | 'approved' | 'paid') => () => api('GET /api/statements', { query: { state, ...one } });

/** The queues before the assessment say in one answer how many wait and how many too long. */
const before = (queue: 'preReview' | 'accept' | 'supply') => async () => {
  const { open, overdue } = (await api('GET /api/applications/queues', { query: {} }))[queue];
  return { total: open, overdue };
};
const returns = (state: 'open' | 'late') => api('GET /api/returns', { query: { state, ...one } });
const fees = (state: 'drafted' | 'firstReviewed' | 'approved') => () => api('GET /api/fee-statements', { query: { state, ...one } });

const QUEUES: readonly Queue[] = [
  { word: 'preReview', permission: 'assessments.preReview', to: '/applications?queue=preReview', count: before('preReview') },
  { word: 'overdue', permission: 'assessments.dispatch', to: '/applications?due=overdue', late: true, count: () => api('GET /api/applications', { query: { due: 'overdue', ...one } }) },
  { word: 'accept', permission: 'assessments.accept', to: '/applications?queue=accept', count: before('accept') },
  { word: 'supply', permission: 'assessments.file', to: '/applications?queue=supply', count: before('supply') },
  { word: 'accepted', permission: 'assessments.dispatch', to: '/dispatch', count: () => api('GET /api/applications', { query: { state: 'accepted', ...one } }) },
  { word: 'ordersLate', permission: 'assessments.takeOrder', to: '/orders?state=open&late=true', late: true, count: () => api('GET /api/orders', { query: { state: 'open', late: true, ...one } }) },
  { word: 'ordersOpen', permission: 'assessments.takeOrder', to: '/orders?state=open', count: () => api('GET /api/orders', { query: { state: 'open', ...one } }) },
  { word: 'ordersUnassigned', permission: 'assessments.takeOrder', to: '/orders?unassigned=true', count: () => api('GET /api/orders', { query: { unassigned: true, ...one } }) },
  { word: 'toCheck', permission: 'assessments.check', to: '/checks', count: () => api('GET /api/applications', { query: { waitsFor: 'check', ...one } }) },
  { word: 'returnedLate', permission: 'assessments.dispatch', to: '/returns?state=late', late: true, count: () => returns('late') },
  { word: 'returned', permission: 'assessments.dispatch', to: '/returns?state=open', count: () => returns('open') },
  { word: 'returned', permission: 'assessments.assess', to: '/returns?state=open', count: () => returns('open') },
  { word: 'returned', permission: 'assessments.takeOrder', to: '/returns?state=open', count: () => returns('open') },
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
  { word: 'toConfirm', permission: 'assessments.confirm', to: '/confirmations', count: () => api('GET /api/applications', { query: { waitsFor: 'myVoice', ...one } }) },
  { word: 'complaintsOpen', permission: 'assessments.answerComplaint', to: '/complaints?state=open', count: () => api('GET /api/complaints', { query: { state: 'open', ...one } }) },
  { word: 'proposedPlans', permission: 'plans.read', to: '/plans?state=proposed', count: () => api('GET /api/plans', { query: { state: 'proposed', ...one } }) },
  { word: 'activePlans', permission: 'plans.propose', to: '/plans?state=confirmed', count: () => api('GET /api/plans', { query: { state: 'confirmed', ...one } }) },
  { word: 'drafted', permission: 'claims.firstReview', to: '/statements?state=drafted', count: statements('drafted') },
  { word: 'firstReviewed', permission: 'claims.secondReview', to: '/statements?state=firstReviewed', count: statements('firstReviewed') },
  { word: 'approved', permission: 'claims.pay', to: '/statements?state=approved', count: statements('approved') },
  { word: 'feesDrafted', permission: 'assessments.settleFees', to: '/fees?state=drafted', count: fees('drafted') },
  { word: 'feesFirstReviewed', permission: 'assessments.reviewFees', to: '/fees?state=firstReviewed', count: fees('firstReviewed') },
  { word: 'feesApproved', permission: 'assessments.payFees', to: '/fees?state=approved', count: fees('approved') },
  // Whoever watches over others' work sees what waits there.
  { word: 'overdue', permission: 'assessments.read', desks: ['bureau'], to: '/applications?due=overdue', late: true, count: () => api('GET /api/applications', { query: { due: 'overdue', ...one } }) },
  { word: 'objections', permission: 'notices.read', desks: ['bureau'], to: '/notices?objections=open', late: true, count: () => api('GET /api/notices', { query: { objections: 'open', ...one } }) },
  { word: 'drafted', permission: 'claims.read', desks: ['bureau', 'institution'], to: '/statements?state=drafted', count: statements('drafted') },
  { word: 'firstReviewed', permission: 'claims.read', desks: ['bureau', 'institution'], to: '/statements?state=firstReviewed', count: statements('firstReviewed') },
  { word: 'approved', permission: 'claims.read', desks: ['bureau', 'institution'], to: '/statements?state=approved', count: statements('approved') },
  { word: 'findings', permission: 'claims.read', desks: ['institution'], to: '/findings', count: () => api('GET /api/findings', { query: one }) },
  { word: 'filedHere', permission: 'assessments.file', to: '/applications?queue=accept', count: before('accept') },
  { word: 'reserved', permission: 'ledger.post', to: '/ledger?part=journal&state=pending', count: () => api('GET /api/ledger/journal', { query: { state: 'pending', ...one } }) },
];

/** Whose permission leads to which list of what is due first. */
const URGENT: readonly (readonly [permission: string, page: UrgentPage])[] = [
  ['assessments.assess', '/assess'], ['assessments.confirm', '/confirmations'], ['assessments.takeOrder', '/orders'], ['assessments.dispatch', '/applications'], ['assessments.preReview', '/applications?queue=preReview'],
];

export function HomePage() {
  const say = useWords('office');
  const session = useSignedIn();
  const today = useToday();
  const found = QUEUES.filter((queue) => session.permissions.includes(queue.permission) && (queue.desks?.includes(session.desk) ?? true));
  const mine = found.filter((queue, at) => found.findIndex((other) => other.to === queue.to) === at);
  const urgent = URGENT.find(([permission]) => session.permissions.includes(permission))?.[1];
  const counts = useQueries({ queries: mine.map((queue) => ({ queryKey: ['count', queue.to], queryFn: queue.count, staleTime: 30_000 })) });
  return (
    <>
      <PageHead title={say('home.hello', { name: session.displayName })} note={say('home.today', { today })} />
      <div className="ch-figures ch-queues">
        {mine.map((queue, at) => {
          const asked = counts[at]!;
          const { total, overdue = 0 } = asked.data ?? {};
          return (
            <Figure
              key={queue.word}
              name={say(`queues.${queue.word}`)}
              to={queue.to}
              late={(queue.late === true && (total ?? 0) > 0) || overdue > 0}
              value={asked.error ? <span className="ch-muted" title={asked.error.message}>?</span> : total === undefined ? <span className="ch-muted">…</span> : <><Count value={total} />{overdue > 0 ? <small className="ch-figure-part">{say('queues.lateOnes', { n: overdue })}</small> : null}</>}
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

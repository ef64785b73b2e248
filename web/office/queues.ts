/** What waits on a desk: every queue with its list and its count; the first page shows them all, the menu the most pressing one of each entry. */
import { useEffect, useState } from 'react';
import { useQueries } from '@tanstack/react-query';
import { Problem } from '../../kit/client.ts';
import { api } from './api.ts';
import { useSignedIn } from '../ui/session.ts';
import type { MenuEntry } from '../ui/side-menu.tsx';
import { useWords } from '../ui/words.ts';

export interface Queue {
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
const applications = (state: 'dispatched' | 'scored' | 'onNotice') => () => api('GET /api/applications', { query: { state, ...one } });
/** Cases that wait for one thing after the assessment, and how many of them too long; where the working days are not published yet, only how many. */
const waiting = (waitsFor: 'myVoice' | 'check' | 'publish') => async () => {
  const { total } = await api('GET /api/applications', { query: { waitsFor, ...one } });
  return total === 0 ? { total } : { total, overdue: await lateOf(waitsFor) };
};
const lateOf = async (waitsFor: 'myVoice' | 'check' | 'publish'): Promise<number> => {
  try {
    return (await api('GET /api/applications', { query: { waitsFor, due: 'overdue', ...one } })).total;
  } catch (error) {
    if (error instanceof Problem && error.code === 'CALENDAR_MISSING') return 0;
    throw error;
  }
};
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
  { word: 'toAdmit', permission: 'assessments.registerAssessor', to: '/assessors?standing=ASSESSOR_NOT_ADMITTED', count: () => api('GET /api/assessors', { query: { standing: 'ASSESSOR_NOT_ADMITTED', ...one } }) },
  { word: 'toCheck', permission: 'assessments.check', to: '/checks', count: waiting('check') },
  { word: 'returnedLate', permission: 'assessments.dispatch', to: '/returns?state=late', late: true, count: () => returns('late') },
  { word: 'returned', permission: 'assessments.dispatch', to: '/returns?state=open', count: () => returns('open') },
  { word: 'returned', permission: 'assessments.assess', to: '/returns?state=open', count: () => returns('open') },
  { word: 'returned', permission: 'assessments.takeOrder', to: '/returns?state=open', count: () => returns('open') },
  { word: 'dispatched', permission: 'assessments.dispatch', to: '/applications?state=dispatched', count: applications('dispatched') },
  { word: 'scored', permission: 'assessments.publish', to: '/applications?state=scored', count: applications('scored') },
  { word: 'confirmed', permission: 'assessments.publish', to: '/applications?waitsFor=publish', count: waiting('publish') },
  { word: 'checkedElsewhere', permission: 'assessments.publish', to: '/applications?waitsFor=check', count: waiting('check') },
  { word: 'onNotice', permission: 'assessments.conclude', to: '/applications?state=onNotice', count: applications('onNotice') },
  { word: 'toConclude', permission: 'assessments.conclude', to: '/applications?waitsFor=conclude', late: true, count: () => api('GET /api/applications', { query: { waitsFor: 'conclude', ...one } }) },
  { word: 'objections', permission: 'notices.answer', to: '/notices?objections=open', late: true, count: () => api('GET /api/notices', { query: { objections: 'open', ...one } }) },
  { word: 'proofUrgent', permission: 'notices.recordPosting', to: '/notice-batches?proof=urgent', late: true, count: () => api('GET /api/notices/batches', { query: { proof: 'urgent', ...one } }) },
  { word: 'lateDelivery', permission: 'assessments.deliver', to: '/deliveries?due=overdue', late: true, count: () => api('GET /api/deliveries/waiting', { query: { due: 'overdue', ...one } }) },
  { word: 'toDeliver', permission: 'assessments.deliver', to: '/deliveries', count: () => api('GET /api/deliveries/waiting', { query: one }) },
  { word: 'lapsedCare', permission: 'assessments.suspend', to: '/expiry?group=lapsed&care=runs', late: true, count: () => api('GET /api/conclusions/expiring', { query: { group: 'lapsed', care: 'runs', ...one } }) },
  { word: 'expiring', permission: 'assessments.suspend', to: '/expiry', count: () => api('GET /api/conclusions/expiring', { query: one }) },
  { word: 'rechecks', permission: 'assessments.recheck', to: '/suspensions?recheck=open', count: () => api('GET /api/suspensions', { query: { recheck: 'open', ...one } }) },
  { word: 'mineOverdue', permission: 'assessments.assess', to: '/assess?due=overdue', late: true, count: () => api('GET /api/applications', { query: { state: 'dispatched', due: 'overdue', ...one } }) },
  { word: 'toAssess', permission: 'assessments.assess', to: '/assess', count: applications('dispatched') },
  { word: 'toConfirm', permission: 'assessments.confirm', to: '/confirmations', count: waiting('myVoice') },
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

/** The queues of the own desk, each list once. */
export function useQueues(): readonly Queue[] {
  const session = useSignedIn();
  const found = QUEUES.filter((queue) => session.permissions.includes(queue.permission) && (queue.desks?.includes(session.desk) ?? true));
  return found.filter((queue, at) => found.findIndex((other) => other.to === queue.to) === at);
}

/** How many wait in each; asked again after a while and after every act. */
export function useCounts(queues: readonly Queue[], enabled = true) {
  return useQueries({ queries: queues.map((queue) => ({ queryKey: ['count', queue.to], queryFn: queue.count, staleTime: 30_000, enabled })) });
}

const pageOf = (queue: Queue): string => queue.to.split('?')[0]!;

/** What stands beside an entry of the menu: those that are late, else those that wait first; nothing when nothing waits. */
export function useMenuCounts(): (to: string) => MenuEntry['count'] {
  const say = useWords('office');
  const all = useQueues();
  // Of each page what is late and what comes first; the other queues stand on the first page.
  const shown = all.filter((queue) => queue.late === true || all.find((other) => pageOf(other) === pageOf(queue) && other.late !== true) === queue);
  const counts = useCounts(shown, useAfterThePage());
  return (to) => {
    const found = shown.flatMap((queue, at) => {
      const { total = 0, overdue = 0 } = counts[at]?.data ?? {};
      return pageOf(queue) === to && total > 0 ? [{ n: total, late: queue.late === true || overdue > 0, says: say(`queues.${queue.word}`) }] : [];
    });
    return found.find((one) => one.late) ?? found[0];
  };
}

/** The page itself is fetched first. */
function useAfterThePage(): boolean {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), 700);
    return () => clearTimeout(timer);
  }, []);
  return after;
}

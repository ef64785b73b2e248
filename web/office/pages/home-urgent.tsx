/** On the first page: the cases that are due first. */
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../../kit/client.ts';
import { api } from '../api.ts';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { Loaded } from '../../ui/record-page.tsx';
import { rowActions } from '../../ui/rows.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const SHOWN = 8;

export type UrgentPage = '/applications' | '/applications?queue=preReview' | '/assess' | '/confirmations' | '/orders';

/** What every list shows of a case. */
interface Urgent {
  id: string;
  number: string;
  personName: string | null;
  kind: string | null;
  state: string;
  institutionName?: string | null;
  dueOn: string | null;
  overdue: boolean;
}

const page = { pageSize: SHOWN } as const;
const cases = (query: { state?: 'accepted' | 'dispatched'; due?: 'overdue' | 'open'; queue?: 'preReview' | 'supply'; waitsFor?: 'myVoice' }, pageSize = SHOWN) => api('GET /api/applications', { query: { ...query, pageSize } });

/** By their days; while the calendar of a year is not published nobody can say which are late, and the cases come by the days that are known. */
async function byDay(state: 'dispatched' | undefined, without: readonly ('accepted' | 'dispatched')[]): Promise<{ rows: readonly Urgent[] }[]> {
  const of = state ? { state } : {};
  try {
    return await Promise.all([cases({ ...of, due: 'overdue' }), cases({ ...of, due: 'open' })]);
  } catch (error) {
    if (error instanceof Problem && error.code === 'CALENDAR_MISSING') return Promise.all(without.map((one) => cases({ state: one }, 200)));
    throw error;
  }
}

/** The lists from which the first ones are taken. */
const LISTS: Record<UrgentPage, () => Promise<{ rows: readonly Urgent[] }[]>> = {
  '/applications': async () => [...(await byDay(undefined, ['accepted', 'dispatched'])), await cases({ queue: 'supply' })],
  '/applications?queue=preReview': () => Promise.all([cases({ queue: 'preReview' }), cases({ queue: 'supply' })]),
  '/assess': () => byDay('dispatched', ['dispatched']),
  '/confirmations': () => Promise.all([cases({ waitsFor: 'myVoice' })]),
  '/orders': async () => {
    const orders = (state: 'open' | 'accepted', late?: true) => api('GET /api/orders', { query: { state, ...(late ? { late } : {}), ...page } });
    const lists = await Promise.all([orders('open', true), orders('accepted', true), orders('open'), orders('accepted')]);
    return lists.map(({ rows }) => ({ rows: rows.map((row) => ({ ...row, overdue: row.late || row.responseOverdue })) }));
  },
};

export function UrgentCases({ page: to }: { page: UrgentPage }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const go = useGo();
  const record = to.split('?')[0]!;
  const asked = useQuery({
    queryKey: ['urgent', to],
    queryFn: async () => {
      const rows = (await LISTS[to]()).flatMap((list) => list.rows);
      return [...new Map(rows.map((row) => [row.id, row])).values()].toSorted((a, b) => ((a.dueOn ?? '9') < (b.dueOn ?? '9') ? -1 : 1)).slice(0, SHOWN);
    },
  });
  return (
    <Card size="small" title={say('home.urgent')} extra={<Go to={to}>{say('home.allCases')}</Go>} style={{ marginBlockStart: 14 }}>
      <Loaded asked={asked}>
        {(rows) => (
          <SmallTable<Urgent>
            rowKey="id"
            dataSource={rows}
            locale={{ emptyText: say('home.noneUrgent') }}
            onRow={rowActions((row) => `${record}/${row.id}`, go)}
            columns={[
              { title: say('queues.dueOn'), render: (_, row) => (row.overdue ? <span className="ch-bad"><DayText day={row.dueOn} /> {say('applications.late')}</span> : <DayText day={row.dueOn} />) },
              { title: label.field('person'), render: (_, row) => <strong>{row.personName ?? '–'}</strong> },
              { title: label.field('number'), render: (_, row) => <span className="ch-number">{row.number}</span> },
              { title: label.field('kind'), render: (_, row) => row.kind === null ? '–' : label.value(row.kind) },
              { title: label.field('state'), render: (_, row) => <StateTag state={row.state}>{record === '/orders' ? say(`orders.states.${row.state}`) : label.state(row.state)}</StateTag> },
              { title: label.field('assessmentInstitution'), render: (_, row) => row.institutionName ?? '–' },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

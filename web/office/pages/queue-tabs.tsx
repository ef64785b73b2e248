/** The queues before the assessment as tabs over the list: how many wait, how many too long. */
import { Badge, Segmented } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { QUEUES } from '#domain/assessments/materials/model.ts';
import { api } from '../api.ts';
import { useFilters } from '../../ui/go.tsx';
import { useWords } from '../../ui/words.ts';

export function QueueTabs() {
  const say = useWords('office');
  const [held, set] = useFilters();
  const asked = useQuery({ queryKey: ['GET /api/applications/queues', held['district']], queryFn: () => api('GET /api/applications/queues', { query: { district: held['district'] } }) });
  const counts = asked.data;
  const word = (queue: (typeof QUEUES)[number]) => (
    <span>
      {say(`queues.${queue}`)} {counts ? counts[queue].open : ''}
      {counts && counts[queue].overdue > 0 ? <Badge count={counts[queue].overdue} size="small" overflowCount={9999} title={say('queues.lateOnes', { n: counts[queue].overdue })} style={{ marginInlineStart: 6 }} /> : null}
    </span>
  );
  return (
    <div style={{ overflowX: 'auto', marginBottom: 12 }}>
      <Segmented aria-label={say('pages.applications')} value={held['queue'] ?? 'all'} onChange={(value) => set({ queue: value === 'all' ? undefined : String(value), page: undefined })}
        options={[{ value: 'all', label: say('queues.all') }, ...(['preReview', 'accept', 'supply'] as const).map((queue) => ({ value: queue, label: word(queue) }))]} />
    </div>
  );
}

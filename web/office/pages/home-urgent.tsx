/** On the first page: the cases that are due first. */
import { Card, Table } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { StateTag } from '../../ui/badges.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { Loaded } from '../../ui/record-page.tsx';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const SHOWN = 8;

export function UrgentCases({ page }: { page: '/applications' | '/assess' }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const go = useGo();
  const asked = useQuery({
    queryKey: ['urgent'],
    queryFn: async () => {
      const late = await api('GET /api/applications', { query: { due: 'overdue', pageSize: SHOWN } });
      const soon = await api('GET /api/applications', { query: { due: 'open', pageSize: SHOWN } });
      return [...late.rows, ...soon.rows].toSorted((a, b) => ((a.dueOn ?? '9') < (b.dueOn ?? '9') ? -1 : 1)).slice(0, SHOWN);
    },
  });
  return (
    <Card size="small" title={say('home.urgent')} extra={<Go to={page}>{say('home.allCases')}</Go>} style={{ marginBlockStart: 14 }}>
      <Loaded asked={asked}>
        {(rows) => (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={rows}
            locale={{ emptyText: say('home.noneUrgent') }}
            onRow={(row) => ({ tabIndex: 0, className: 'ch-row', onClick: () => go(`${page}/${row.id}`), onKeyDown: (event) => event.key === 'Enter' && go(`${page}/${row.id}`) })}
            columns={[
              { title: label.field('dueOn'), render: (_, row) => (row.overdue ? <span className="ch-bad"><DayText day={row.dueOn} /> {say('applications.late')}</span> : <DayText day={row.dueOn} />) },
              { title: label.field('person'), render: (_, row) => <strong>{row.personName}</strong> },
              { title: label.field('number'), render: (_, row) => <span className="ch-number">{row.number}</span> },
              { title: label.field('kind'), render: (_, row) => label.value(row.kind) },
              { title: label.field('state'), render: (_, row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
              { title: label.field('assessmentInstitution'), render: (_, row) => row.institutionName ?? '–' },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

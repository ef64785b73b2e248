/** What closed months settled by a result that a later assessment proved wrong: the accountant's list, the lines, and a card on the pages of the review and its result. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { claimsContract } from '#domain/claims/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { GradeText, ListPage, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { Count, DayText, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Overturned = OutputOf<(typeof claimsContract)['GET /api/overturned']>['rows'][number];

export function OverturnedPage() {
  const say = useWords('office');
  const district = useDistrictFilter();
  return (
    <ListPage
      title={say('pages.overturned')}
      note={say('overturned.hint')}
      name="GET /api/overturned"
      load={(query) => api('GET /api/overturned', { query: addressQuery(query) })}
      rowKey={(row) => row.conclusionId}
      open={(row) => `/overturned/${row.conclusionId}`}
      empty={say('overturned.none')}
      filters={[...district]}
      expand={(row) => <Months of={row} />}
      columns={[
        { key: 'person', title: say('fields.person'), show: (row) => <strong>{row.personName ?? '–'}</strong> },
        { key: 'first', title: say('overturned.first'), show: (row) => <><span className="ch-number">{row.number}</span> <GradeText grade={row.grade} /></> },
        { key: 'by', title: say('overturned.by'), show: (row) => <><span className="ch-number">{row.by.number}</span> <GradeText grade={row.by.grade} /></> },
        { key: 'on', title: say('overturned.concludedOn'), show: (row) => <DayText day={row.by.concludedOn} /> },
        { key: 'lines', title: say('overturned.lines'), align: 'right', show: (row) => <Count value={row.lines} /> },
        { key: 'fund', title: say('overturned.fund'), align: 'right', show: (row) => <Money fen={row.fundFen} /> },
        { key: 'paid', title: say('overturned.paid'), align: 'right', show: (row) => <strong><Money fen={row.paidFundFen} /></strong> },
        { key: 'self', title: say('overturned.self'), align: 'right', show: (row) => <Money fen={row.personFen} /> },
      ]}
    />
  );
}

function Months({ of }: { of: Overturned }) {
  const say = useWords('office');
  return (
    <SmallTable<Overturned['months'][number]>
      rowKey="month" dataSource={[...of.months]}
      columns={[
        { title: say('fields.month'), render: (_, row) => <Go to={`/overturned/${of.conclusionId}?month=${row.month}`}>{row.month}</Go> },
        { title: say('overturned.lines'), align: 'right', render: (_, row) => <Count value={row.lines} /> },
        { title: say('overturned.fund'), align: 'right', render: (_, row) => <Money fen={row.fundFen} /> },
        { title: say('overturned.paid'), align: 'right', render: (_, row) => <Money fen={row.paidFundFen} /> },
        { title: say('overturned.self'), align: 'right', render: (_, row) => <Money fen={row.personFen} /> },
      ]}
    />
  );
}

export function OverturnedLinesPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const states = useLabels('claims', 'office');
  return (
    <ListPage
      title={say('overturned.linesTitle')}
      note={<Go to="/overturned">{say('pages.overturned')}</Go>}
      name={`GET /api/overturned/${id}/lines`}
      load={(query) => api('GET /api/overturned/{id}/lines', { params: { id }, query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/statements/${row.statementId}`}
      empty={say('overturned.none')}
      filters={[{ name: 'month', label: say('fields.month'), kind: 'month' }]}
      columns={[
        { key: 'on', title: say('overturned.serviceOn'), show: (row) => <DayText day={row.serviceOn} /> },
        { key: 'month', title: say('fields.month'), show: (row) => row.month },
        { key: 'institution', title: say('fields.institution'), show: (row) => row.institutionName },
        { key: 'statement', title: say('overturned.statement'), show: (row) => <><span className="ch-number">{row.statementNumber}</span> <StateTag state={row.statementState}>{states.state(row.statementState)}</StateTag></> },
        { key: 'billed', title: say('overturned.billed'), align: 'right', show: (row) => <Money fen={row.billedFen} /> },
        { key: 'fund', title: say('overturned.fund'), align: 'right', show: (row) => <strong><Money fen={row.fundFen} /></strong> },
        { key: 'self', title: say('overturned.self'), align: 'right', show: (row) => <Money fen={row.personFen} /> },
      ]}
    />
  );
}

/** On the page of a case or of a result: what was settled by the result that it overturned, or that was. Nothing where there is none, or who looks may not see money. */
export function OverturnedCard({ application, conclusion }: { application?: string; conclusion?: string }) {
  const say = useWords('office');
  const may = useWhyNot()('claims.readOverturned') === undefined;
  const query = { ...(application ? { application } : {}), ...(conclusion ? { conclusion } : {}) };
  const asked = useQuery({ queryKey: ['GET /api/overturned', query], enabled: may, queryFn: () => api('GET /api/overturned', { query }) });
  if (!asked.data || asked.data.rows.length === 0) return null;
  return (
    <Card size="small" title={say('overturned.card')}>
      {asked.data.rows.map((row) => (
        <div key={row.conclusionId}>
          <p style={{ marginBlock: '0 8px' }}>{say('overturned.cardText', { number: row.number, grade: row.grade, by: row.by.number, byGrade: row.by.grade })} <Go to={`/overturned/${row.conclusionId}`}>{say('overturned.linesTitle')}</Go></p>
          <Months of={row} />
        </div>
      ))}
      <p className="ch-muted" style={{ marginBlock: '8px 0' }}>{say('overturned.hint')}</p>
    </Card>
  );
}

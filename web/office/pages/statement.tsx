/** One statement: sums, reviews and their acts, findings, every line. */
import { Button, Space } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { claimsContract } from '#domain/claims/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { choicesOf } from '../parts.tsx';
import { ReviewsCard, useReviewActs } from './review-steps.tsx';
import { addressQuery } from '../show.ts';
import { useRuleName, useRules } from '../rule-names.ts';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Go } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { Count, DayText, InstantText, Minutes, Money } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

type Statement = OutputOf<(typeof claimsContract)['GET /api/statements/{id}']>;
const OUTCOMES = ['paid', 'cut', 'refused'] as const;

export function StatementPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/statements/{id}', id], queryFn: () => api('GET /api/statements/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(statement) => <StatementRecord statement={statement} />}</Loaded>;
}

function StatementRecord({ statement }: { statement: Statement }) {
  const say = useWords('office');
  const label = useLabels('claims', 'office');
  const areas = useAreas();
  const params = { id: statement.id };
  const acts = useReviewActs('claims', statement.nextActs, { firstReview: say('statements.firstHint'), secondReview: say('statements.secondHint'), pay: say('statements.payHint') }, {
    firstReview: (body, how) => api('POST /api/statements/{id}/first-review', { params, body }, how),
    secondReview: (body, how) => api('POST /api/statements/{id}/second-review', { params, body }, how),
    return: (body, how) => api('POST /api/statements/{id}/return', { params, body }, how),
    pay: (body, how) => api('POST /api/statements/{id}/pay', { params, body }, how),
  });
  const maySeeBooks = useWhyNot()('ledger.read') === undefined;
  const posting = (id: string | null, word: string) => (id && maySeeBooks ? [{ label: say(word), value: <Go to={`/ledger/postings/${id}`}>{say('statements.posting')}</Go> }] : []);
  return (
    <RecordPage
      id={statement.id}
      title={`${statement.institutionName} ${statement.month}`}
      back={{ to: '/statements', label: say('pages.statements') }}
      state={<StateTag state={statement.state}>{label.state(statement.state)}</StateTag>}
      acts={acts}
      below={<Card size="small" title={say('statements.lines')}><Lines id={statement.id} /></Card>}
      note={
        <Space wrap>
          <Button href={api.url('GET /api/statements/{id}/statement.pdf', { params: { id: statement.id } })} target="_blank">{say('statements.pdf')}</Button>
          <Button href={api.url('GET /api/statements/{id}/lines.xlsx', { params: { id: statement.id } })}>{say('statements.excel')}</Button>
        </Space>
      }
      facts={[
        { label: say('fields.number'), value: <span className="ch-number">{statement.number}</span> },
        { label: say('fields.district'), value: areas.name(statement.districtCode) },
        { label: say('fields.billed'), value: <Money fen={statement.billedFen} unit /> },
        { label: say('fields.fund'), value: <strong><Money fen={statement.fundFen} unit /></strong> },
        { label: say('fields.person_share'), value: <Money fen={statement.personFen} unit /> },
        { label: say('fields.refused'), value: <Money fen={statement.refusedFen} unit /> },
        { label: say('fields.persons'), value: <Count value={statement.persons} /> },
        { label: say('fields.lines'), value: <Count value={statement.lines} /> },
        { label: say('statements.creditCode'), value: <span className="ch-code">{statement.creditCode}</span> },
        { label: say('statements.since'), value: <InstantText at={statement.stateSince} /> },
        ...posting(statement.pendingPostingId, 'statements.reserved'),
        ...posting(statement.paidPostingId, 'statements.paid'),
      ]}
    >
      <div className="ch-grid-2">
        <ReviewsCard reviews={statement.reviews} />
        <ByRule statement={statement} />
      </div>
    </RecordPage>
  );
}

function ByRule({ statement }: { statement: Statement }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  return (
    <Card size="small" title={say('pages.findings')} extra={<Go to={`/findings?statement=${statement.id}&month=${statement.month}&district=${statement.districtCode}`}>{say('statements.allFindings')}</Go>}>
      <SmallTable
        rowKey="rule"
        dataSource={statement.findingsByRule}
        locale={{ emptyText: say('closes.noFindings') }}
        columns={[
          { title: say('fields.rule'), render: (_, row) => row.title[lang] },
          { title: say('fields.lines'), align: 'right', render: (_, row) => <Count value={row.lines} /> },
          { title: say('fields.refused'), align: 'right', render: (_, row) => <Money fen={row.refusedFen} /> },
        ]}
      />
    </Card>
  );
}

function Lines({ id }: { id: string }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const rules = useRules();
  const rule = useRuleName();
  return (
    <DataTable
      inside
      name={`GET /api/statements/${id}/lines`}
      load={(query) => api('GET /api/statements/{id}/lines', { params: { id }, query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/explanations/${row.id}`}
      filters={[
        { name: 'q', label: say('statements.findLine'), kind: 'text' },
        { name: 'outcome', label: say('fields.outcome'), kind: 'choice', choices: choicesOf(OUTCOMES, (code) => say(`outcomes.${code}`)) },
        { name: 'rule', label: say('fields.rule'), kind: 'choice', choices: rules.map((one) => ({ value: one.id, label: one.name })) },
      ]}
      columns={[
        { key: 'serviceOn', title: say('fields.serviceOn'), show: (row) => <DayText day={row.serviceOn} /> },
        { key: 'person', title: say('fields.person'), show: (row) => row.personName ?? '–' },
        { key: 'item', title: say('fields.item'), show: (row) => (row.kind === 'day' ? say('statements.day') : ((lang === 'zh' ? row.itemZh : row.itemEn) ?? row.itemCode)) },
        { key: 'minutes', title: say('fields.paidMinutes'), align: 'right', show: (row) => (row.minutes === null ? '–' : <><Minutes min={row.paidMinutes} /> / <Minutes min={row.minutes} /></>) },
        { key: 'billed', title: say('fields.billed'), align: 'right', show: (row) => <Money fen={row.billedFen} /> },
        { key: 'fund', title: say('fields.fund'), align: 'right', show: (row) => <Money fen={row.fundFen} /> },
        { key: 'personFen', title: say('fields.person_share'), align: 'right', show: (row) => <Money fen={row.personFen} /> },
        { key: 'refused', title: say('fields.refused'), align: 'right', show: (row) => <Money fen={row.refusedFen} /> },
        { key: 'outcome', title: say('fields.outcome'), show: (row) => <StateTag state={row.outcome}>{say(`outcomes.${row.outcome}`)}</StateTag> },
        { key: 'rule', title: say('fields.rule'), show: (row) => rule(row.rule) },
      ]}
    />
  );
}

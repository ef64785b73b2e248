/** Assessment fees: statements of the institutions, drafting a month, one statement with its lines, reviews and payment. */
import { Alert, Button, Space } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, choicesOf, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { monthBefore } from '../quality-values.ts';
import { ReviewsCard, useReviewActs } from './review-steps.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { Count, DayText, InstantText, Money } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

const STATES = ['drafted', 'firstReviewed', 'approved', 'paid'] as const;
const CODES = ['FEE_DUE', 'FEE_LATE', 'FEE_OVERTURNED', 'FEE_TAKEN_BACK', 'FEE_RESTORED'] as const;
type Statement = OutputOf<(typeof assessmentsContract)['GET /api/fee-statements/{id}']>;

/** Heads of columns of money say in what it is counted. */
function useYuan(): (word: string) => string {
  const say = useWords('office');
  return (word) => say('fees.inYuan', { name: say(word) });
}

export function FeesPage() {
  const say = useWords('office');
  const yuan = useYuan();
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  const institution = useInstitutionFilter('assessment');
  return (
    <ListPage
      title={say('pages.fees')}
      note={say('fees.hint')}
      extra={<DraftMonth />}
      name="GET /api/fee-statements"
      load={(query) => api('GET /api/fee-statements', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/fees/${row.id}`}
      empty={say('fees.none')}
      filters={[{ name: 'month', label: say('fields.month'), kind: 'month' }, { name: 'state', label: say('fields.state'), kind: 'choice', choices: choicesOf(STATES, label.state) }, ...institution, ...district]}
      columns={[
        { key: 'number', title: say('fields.number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'month', title: say('fields.month'), show: (row) => <span className="ch-number">{row.month}</span> },
        { key: 'institution', title: say('fields.institution'), show: (row) => <strong>{row.institutionName}</strong> },
        { key: 'district', title: say('fields.district'), show: (row) => areas.name(row.districtCode), wideOnly: true },
        { key: 'state', title: say('fields.state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'lines', title: say('fields.lines'), align: 'right', show: (row) => <Count value={row.lines} /> },
        { key: 'due', title: yuan('fees.due'), align: 'right', show: (row) => <Money fen={row.dueFen} /> },
        { key: 'back', title: yuan('fees.takenBack'), align: 'right', show: (row) => <Money fen={row.takenBackFen + row.carriedInFen} /> },
        { key: 'payable', title: yuan('fees.payable'), align: 'right', show: (row) => <strong><Money fen={row.payableFen} /></strong> },
      ]}
    />
  );
}

function DraftMonth() {
  const say = useWords('office');
  const areas = useAreas();
  const today = useToday();
  const go = useGo();
  const whyNot = useWhyNot()('assessments.settleFees');
  if (whyNot !== undefined) return null;
  return (
    <ActButton
      act={{
        name: 'draft', label: say('fees.draft'), primary: true, intro: <Alert type="info" showIcon title={say('fees.draftHint')} />,
        initial: { month: monthBefore(today), ...(areas.districts.length === 1 ? { districtCode: areas.districts[0]!.value } : {}) },
        fields: [{ name: 'districtCode', label: say('fields.district'), kind: 'choice', choices: areas.districts, required: true }, { name: 'month', label: say('fields.month'), kind: 'month', required: true }],
        run: (body: { districtCode: string; month: string }, how) => api('POST /api/fee-months', { body }, how),
        success: say('fees.drafted'), done: (row: { districtCode: string; month: string }) => go(`/fees?month=${row.month}&district=${row.districtCode}`),
      }}
    />
  );
}

export function FeeStatementPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/fee-statements/{id}', id], queryFn: () => api('GET /api/fee-statements/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(statement) => <FeeRecord statement={statement} />}</Loaded>;
}

function FeeRecord({ statement }: { statement: Statement }) {
  const say = useWords('office');
  const yuan = useYuan();
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const params = { id: statement.id };
  const acts = useReviewActs('assessments', statement.nextActs, { secondReview: say('fees.secondHint'), pay: say('fees.payHint') }, {
    firstReview: (body, how) => api('POST /api/fee-statements/{id}/first-review', { params, body }, how),
    secondReview: (body, how) => api('POST /api/fee-statements/{id}/second-review', { params, body }, how),
    return: (body, how) => api('POST /api/fee-statements/{id}/return', { params, body }, how),
    pay: (body, how) => api('POST /api/fee-statements/{id}/pay', { params, body }, how),
  });
  const maySeeBooks = useWhyNot()('ledger.read') === undefined;
  const posting = (id: string | null, word: string) => (id && maySeeBooks ? [{ label: say(word), value: <Go to={`/ledger/postings/${id}`}>{say('statements.posting')}</Go> }] : []);
  return (
    <RecordPage
      id={statement.id}
      title={`${statement.institutionName} ${statement.month}`}
      back={{ to: '/fees', label: say('pages.fees') }}
      state={<StateTag state={statement.state}>{label.state(statement.state)}</StateTag>}
      acts={acts}
      below={<Card size="small" title={say('fees.lines')}><FeeLines id={statement.id} /></Card>}
      note={<Space wrap><Button href={api.url('GET /api/fee-statements/{id}/statement.pdf', { params: { id: statement.id } })} target="_blank">{say('statements.pdf')}</Button></Space>}
      facts={[
        { label: say('fields.number'), value: <span className="ch-number">{statement.number}</span> },
        { label: say('fields.district'), value: areas.name(statement.districtCode) },
        { label: say('fees.due'), value: <Money fen={statement.dueFen} unit /> },
        { label: say('fees.takenBack'), value: <Money fen={statement.takenBackFen} unit /> },
        { label: say('fees.carriedIn'), value: <Money fen={statement.carriedInFen} unit /> },
        { label: say('fees.payable'), value: <strong><Money fen={statement.payableFen} unit /></strong> },
        { label: say('fees.carriedOut'), value: <Money fen={statement.carriedOutFen} unit /> },
        { label: say('statements.creditCode'), value: <span className="ch-code">{statement.creditCode}</span> },
        { label: say('statements.since'), value: <InstantText at={statement.stateSince} /> },
        ...posting(statement.pendingPostingId, 'statements.reserved'),
        ...posting(statement.paidPostingId, 'statements.paid'),
      ]}
    >
      <div className="ch-grid-2">
        <ReviewsCard reviews={statement.reviews} />
        <Card size="small" title={say('fees.byReason')}>
          <SmallTable
            rowKey={(row) => `${row.code} ${row.kind}`} dataSource={statement.byCode} locale={{ emptyText: say('fees.noLines') }}
            columns={[
              { title: say('fees.reason'), render: (_, row) => label.value(`fee.${row.code}`) },
              { title: say('fees.kind'), render: (_, row) => label.value(row.kind) },
              { title: say('fields.lines'), align: 'right', render: (_, row) => <Count value={row.lines} /> },
              { title: yuan('fees.amount'), align: 'right', render: (_, row) => <Money fen={row.amountFen} /> },
            ]}
          />
        </Card>
      </div>
    </RecordPage>
  );
}

function FeeLines({ id }: { id: string }) {
  const say = useWords('office');
  const yuan = useYuan();
  const label = useLabels('assessments', 'office');
  const sentence = useSentence();
  return (
    <DataTable
      inside
      name={`GET /api/fee-statements/${id}/lines`}
      load={(query) => api('GET /api/fee-statements/{id}/lines', { params: { id }, query: addressQuery(query) })}
      rowKey={(row) => row.id}
      empty={say('fees.noLines')}
      filters={[{ name: 'code', label: say('fees.reason'), kind: 'choice', choices: choicesOf(CODES, (code) => label.value(`fee.${code}`)) }]}
      columns={[
        { key: 'concludedOn', title: say('fees.concludedOn'), show: (row) => <DayText day={row.concludedOn} /> },
        { key: 'number', title: say('fees.conclusion'), show: (row) => <span className="ch-number">{row.conclusionNumber}</span> },
        { key: 'kind', title: say('fees.kind'), show: (row) => label.value(row.kind) },
        { key: 'reason', title: say('fees.reason'), show: (row) => row.reasons.slice(-1).map((one) => sentence('reasons', one.code, one.params)) },
        { key: 'price', title: yuan('fees.price'), align: 'right', show: (row) => <Money fen={row.priceFen} /> },
        { key: 'amount', title: yuan('fees.amount'), align: 'right', show: (row) => <strong><Money fen={row.amountFen} /></strong> },
      ]}
    />
  );
}

/** The fund's books: balances on a day, the journal, one voucher. */
import { Button, DatePicker, Select, Space, Tabs } from 'antd';
import dayjs from 'dayjs';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ledgerContract } from '#domain/ledger/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { Figure } from '../figure.tsx';
import { choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { NewVoucher, useReverse } from './ledger-voucher.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Go, useFilters } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded, PageHead, RecordPage } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { DayText, InstantText, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const POSTING_STATES = ['posted', 'pending', 'settled', 'voided', 'reversed'] as const;

export function LedgerPage() {
  const say = useWords('office');
  const [held, set] = useFilters();
  const part = held['part'] === 'journal' ? 'journal' : 'balances';
  return (
    <>
      <PageHead
        title={say('pages.ledger')}
        note={say('ledger.hint')}
        extra={<Space wrap><Button href={api.url('GET /api/ledger/journal.hledger', { query: { district: held['district'] } })}>{say('ledger.export')}</Button><NewVoucher /></Space>}
      />
      <Tabs
        activeKey={part}
        onChange={(key) => set({ part: key === 'journal' ? key : undefined })}
        items={[
          { key: 'balances', label: say('ledger.balances'), children: <Balances /> },
          { key: 'journal', label: say('ledger.journal'), children: <Journal /> },
        ]}
      />
    </>
  );
}

function Balances() {
  const say = useWords('office');
  const label = useLabels('ledger', 'office');
  const { lang } = usePreferences();
  const areas = useAreas();
  const today = useToday();
  const [held, set] = useFilters();
  const query = { district: held['district'], on: held['on'] };
  const asked = useQuery({ queryKey: ['GET /api/ledger/accounts', query], queryFn: () => api('GET /api/ledger/accounts', { query }) });
  const several = areas.districts.length > 1;
  return (
    <>
      <Space wrap style={{ marginBlockEnd: 12 }}>
        <DatePicker value={dayjs(held['on'] ?? today)} onChange={(day) => set({ on: day?.format('YYYY-MM-DD') })} aria-label={say('ledger.on')} allowClear={false} />
        {several ? <Select allowClear style={{ minWidth: 150 }} placeholder={say('fields.district')} aria-label={say('fields.district')} value={held['district'] ?? null} options={areas.districts} onChange={(value: string | null) => set({ district: value ?? undefined })} /> : null}
      </Space>
      <Loaded asked={asked} headed>
        {({ rows, books }) => (
          <div className="ch-stack">
            {books.map((book) => (
              <div key={book.districtCode} className="ch-figures">
                <Figure name={`${areas.name(book.districtCode)} · ${label.field('assets')}`} value={<Money fen={book.assetsFen} />} />
                <Figure name={label.field('income')} value={<Money fen={book.incomeFen} />} />
                <Figure name={label.field('expense')} value={<Money fen={book.expenseFen} />} />
                <Figure name={label.field('pending')} value={<Money fen={book.pendingExpenseFen} />} />
              </div>
            ))}
            <div className="ch-list-section">
              <SmallTable
                rowKey={(row) => row.districtCode + row.code}
                dataSource={rows}
                locale={{ emptyText: say('ledger.empty') }}
                columns={[
                  ...(several ? [{ title: say('fields.district'), render: (_: unknown, row: (typeof rows)[number]) => areas.name(row.districtCode) }] : []),
                  { title: label.field('account'), render: (_, row) => <Go to={`/ledger?part=journal&account=${row.code}&district=${row.districtCode}`}><span style={{ paddingInlineStart: row.parent ? 16 : 0 }}><span className="ch-code">{row.code}</span> {row[lang]}</span></Go> },
                  { title: say('ledger.kind'), render: (_, row) => label.value(row.kind) },
                  { title: label.field('debit'), align: 'right', render: (_, row) => <Money fen={row.debitFen} /> },
                  { title: label.field('credit'), align: 'right', render: (_, row) => <Money fen={row.creditFen} /> },
                  { title: label.field('balance'), align: 'right', render: (_, row) => <strong><Money fen={row.balanceFen} /></strong> },
                  { title: label.field('pending'), align: 'right', render: (_, row) => <Money fen={row.pendingFen} /> },
                ]}
              />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Journal() {
  const say = useWords('office');
  const label = useLabels('ledger', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  return (
    <DataTable
      name="GET /api/ledger/journal"
      load={(query) => api('GET /api/ledger/journal', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/ledger/postings/${row.id}`}
      filters={[
        { name: 'account', label: label.field('account'), kind: 'text' },
        { name: 'from', label: say('ledger.from'), kind: 'day' },
        { name: 'to', label: say('ledger.to'), kind: 'day' },
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(POSTING_STATES, label.state) },
        ...district,
      ]}
      columns={[
        { key: 'number', title: label.field('number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'effectiveOn', title: label.field('effectiveOn'), show: (row) => <DayText day={row.effectiveOn} /> },
        { key: 'narrative', title: label.field('narrative'), show: (row) => <strong>{row.narrative}</strong> },
        { key: 'kind', title: say('fields.kind'), show: (row) => say(`ledger:kinds.${row.kind}`) },
        { key: 'state', title: label.field('state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'amount', title: label.field('amount'), align: 'right', show: (row) => <Money fen={row.amountFen} /> },
        { key: 'district', title: say('fields.district'), show: (row) => areas.name(row.districtCode), wideOnly: true },
        { key: 'bookedAt', title: label.field('bookedAt'), show: (row) => <><InstantText at={row.bookedAt} /> {row.bookedBy}</>, wideOnly: true },
      ]}
    />
  );
}

export function PostingPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/ledger/postings/{id}', id], queryFn: () => api('GET /api/ledger/postings/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(one) => <Voucher one={one} />}</Loaded>;
}

function Voucher({ one }: { one: OutputOf<(typeof ledgerContract)['GET /api/ledger/postings/{id}']> }) {
  const say = useWords('office');
  const label = useLabels('ledger', 'office');
  const { lang } = usePreferences();
  const areas = useAreas();
  const reverse = useReverse(one);
  const mayReverse = useWhyNot()('ledger.reverse') === undefined;
  return (
    <RecordPage
      id={one.id}
      title={`${say('ledger.voucher')} ${one.number}`}
      back={{ to: '/ledger?part=journal', label: say('ledger.journal') }}
      acts={mayReverse ? [reverse] : []}
      state={<StateTag state={one.state}>{label.state(one.state)}</StateTag>}
      facts={[
        { label: label.field('narrative'), value: one.narrative, wide: true },
        { label: say('fields.kind'), value: say(`ledger:kinds.${one.kind}`) },
        { label: say('fields.district'), value: areas.name(one.districtCode) },
        { label: label.field('effectiveOn'), value: <DayText day={one.effectiveOn} /> },
        { label: label.field('bookedAt'), value: <><InstantText at={one.bookedAt} /> {one.bookedBy}</> },
        { label: label.field('amount'), value: <Money fen={one.amountFen} unit /> },
        { label: label.field('template'), value: <TemplateName name={one.template} /> },
        { label: label.field('document'), value: one.documentType === 'statement' && one.documentId ? <Go to={`/statements/${one.documentId}`}>{one.documentNumber ?? say('pages.statements')}</Go> : (one.documentNumber ?? '–') },
        ...(one.refersTo ? [{ label: label.field('refersTo'), value: <Go to={`/ledger/postings/${one.refersTo}`}>{one.refersToNumber}</Go> }] : []),
        ...(one.closedBy ? [{ label: label.field('closedBy'), value: <Go to={`/ledger/postings/${one.closedBy}`}>{one.closedByNumber}</Go> }] : []),
      ]}
    >
      <Card size="small" title={label.field('entries')}>
        <SmallTable
          rowKey={(row) => `${row.accountCode}${row.debitFen}`}
          dataSource={one.entries}
          columns={[
            { title: label.field('account'), render: (_, row) => <><span className="ch-code">{row.accountCode}</span> {row[lang]}</> },
            { title: label.field('debit'), align: 'right', render: (_, row) => (row.debitFen ? <Money fen={row.debitFen} /> : null) },
            { title: label.field('credit'), align: 'right', render: (_, row) => (row.creditFen ? <Money fen={row.creditFen} /> : null) },
          ]}
        />
      </Card>
    </RecordPage>
  );
}

/** What the chart calls a template of entries. */
function TemplateName({ name }: { name: string | null }) {
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/ledger/chart'], queryFn: () => api('GET /api/ledger/chart', { query: {} }), staleTime: 3_600_000 });
  return <>{name === null ? '–' : asked.isPending ? '…' : (asked.data?.templates.find((one) => one.name === name)?.label[lang] ?? name)}</>;
}

/** Month closes: the list, the act of closing, and one closed month with what it found. */
import { Alert } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { claimsContract } from '#domain/claims/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { Figure } from '../figure.tsx';
import { ListPage, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import { StateTag, UnverifiedBadge } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go, useGo } from '../../ui/go.tsx';
import { useCityName, usePolicyName } from '../../ui/policy-names.ts';
import { FigureValue } from '../../ui/policy-value.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { Count, DayText, InstantText, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';
import { useRuleName } from '../rule-names.ts';

export function ClosesPage() {
  const say = useWords('office');
  const areas = useAreas();
  const district = useDistrictFilter();
  return (
    <ListPage
      title={say('pages.closes')}
      note={say('closes.hint')}
      extra={<CloseMonth />}
      name="GET /api/closes"
      load={(query) => api('GET /api/closes', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/closes/${row.districtCode}/${row.month}`}
      empty={say('closes.none')}
      filters={[{ name: 'month', label: say('fields.month'), kind: 'month' }, ...district]}
      columns={[
        { key: 'month', title: say('fields.month'), show: (row) => <strong className="ch-number">{row.month}</strong> },
        { key: 'district', title: say('fields.district'), show: (row) => areas.name(row.districtCode) },
        { key: 'visits', title: say('fields.visits'), align: 'right', show: (row) => <Count value={row.visits} /> },
        { key: 'lines', title: say('fields.lines'), align: 'right', show: (row) => <Count value={row.lines} /> },
        { key: 'findings', title: say('fields.findings'), align: 'right', show: (row) => <Count value={row.findings} /> },
        { key: 'billed', title: say('fields.billed'), align: 'right', show: (row) => <Money fen={row.billedFen} /> },
        { key: 'fund', title: say('fields.fund'), align: 'right', show: (row) => <Money fen={row.fundFen} /> },
        { key: 'person', title: say('fields.person_share'), align: 'right', show: (row) => <Money fen={row.personFen} /> },
        { key: 'refused', title: say('fields.refused'), align: 'right', show: (row) => <Money fen={row.refusedFen} /> },
        { key: 'closedAt', title: say('closes.closedAt'), show: (row) => <><InstantText at={row.closedAt} /> {row.closedBy}</>, wideOnly: true },
      ]}
    />
  );
}

type CloseBody = Parameters<typeof api<'POST /api/closes'>>[1]['body'];

function CloseMonth() {
  const say = useWords('office');
  const areas = useAreas();
  const today = useToday();
  const go = useGo();
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const before = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
  return (
    <ActButton
      act={{
        name: 'close',
        label: say('closes.close'),
        primary: true,
        whyNot: useWhyNot()('claims.close'),
        intro: <Alert type="info" showIcon title={say('closes.ask')} description={say('closes.askMore')} />,
        initial: { month: before, ...(areas.districts.length === 1 ? { districtCode: areas.districts[0]!.value } : {}) },
        fields: [
          { name: 'districtCode', label: say('fields.district'), kind: 'choice', choices: areas.districts, required: true },
          { name: 'month', label: say('fields.month'), kind: 'month', required: true },
        ],
        run: (body: CloseBody, how) => api('POST /api/closes', { body }, how),
        success: say('closes.done'),
        working: say('closes.working'),
        done: (row: { districtCode: string; month: string }) => go(`/closes/${row.districtCode}/${row.month}`),
      }}
    />
  );
}

type Close = OutputOf<(typeof claimsContract)['GET /api/closes/{district}/{month}']>;

export function ClosePage() {
  const { district, month } = useParams({ strict: false }) as { district: string; month: string };
  const asked = useQuery({ queryKey: ['GET /api/closes/{district}/{month}', district, month], queryFn: () => api('GET /api/closes/{district}/{month}', { params: { district, month } }) });
  return <Loaded asked={asked}>{(close) => <CloseRecord close={close} inList={`district=${district}&month=${month}`} />}</Loaded>;
}

function CloseRecord({ close, inList }: { close: Close; inList: string }) {
  const say = useWords('office');
  const areas = useAreas();
  const city = useCityName();
  return (
    <RecordPage
      id={close.id}
      title={`${areas.name(close.districtCode)} ${close.month}`}
      back={{ to: '/closes', label: say('pages.closes') }}
      note={<div className="ch-values"><Go to={`/statements?${inList}`}>{say('pages.statements')}</Go><Go to={`/findings?${inList}`}>{say('pages.findings')}</Go><Go to={`/knowledge?${inList}`}>{say('pages.knowledge')}</Go></div>}
      facts={[
        { label: say('closes.closedAt'), value: <InstantText at={close.closedAt} /> },
        { label: say('closes.closedBy'), value: close.closedBy },
        { label: say('closes.ruleBase'), value: <span className="ch-code">{close.ruleBaseId}</span> },
        { label: say('closes.policyCity'), value: city(close.city) },
      ]}
    >
      <div className="ch-figures">
        <Figure name={say('fields.visits')} value={<Count value={close.visits} />} to={`/visits?${inList}`} />
        <Figure name={say('fields.lines')} value={<Count value={close.lines} />} />
        <Figure name={say('fields.findings')} value={<Count value={close.findings} />} to={`/findings?${inList}`} late={close.findings > 0} />
        <Figure name={say('fields.billed')} value={<Money fen={close.billedFen} />} />
        <Figure name={say('fields.fund')} value={<Money fen={close.fundFen} />} />
        <Figure name={say('fields.person_share')} value={<Money fen={close.personFen} />} />
        <Figure name={say('fields.refused')} value={<Money fen={close.refusedFen} />} />
      </div>
      <ByRule close={close} inList={inList} />
      <Statements close={close} inList={inList} />
      <UsedFigures close={close} />
    </RecordPage>
  );
}

function ByRule({ close, inList }: { close: Close; inList: string }) {
  const say = useWords('office');
  const rule = useRuleName();
  return (
    <Card size="small" title={say('closes.byRule')}>
      <SmallTable
        rowKey="rule"
        dataSource={close.findingsByRule}
        locale={{ emptyText: say('closes.noFindings') }}
        columns={[
          { title: say('fields.rule'), render: (_, row) => <Go to={`/findings?${inList}&rule=${row.rule}`}>{rule(row.rule)}</Go> },
          { title: say('fields.effect'), render: (_, row) => <StateTag state={row.effect}>{say(`effects.${row.effect}`)}</StateTag> },
          { title: say('fields.lines'), align: 'right', render: (_, row) => <Count value={row.lines} /> },
          { title: say('fields.refused'), align: 'right', render: (_, row) => <Money fen={row.refusedFen} /> },
        ]}
      />
    </Card>
  );
}

function Statements({ close, inList }: { close: Close; inList: string }) {
  const say = useWords('office');
  const label = useLabels('claims', 'office');
  return (
    <Card size="small" title={say('pages.statements')}>
      <SmallTable
        rowKey="state"
        dataSource={close.statements}
        columns={[
          { title: say('fields.state'), render: (_, row) => <Go to={`/statements?${inList}&state=${row.state}`}><StateTag state={row.state}>{label.state(row.state)}</StateTag></Go> },
          { title: say('pages.statements'), align: 'right', render: (_, row) => <Count value={row.statements} /> },
          { title: say('fields.fund'), align: 'right', render: (_, row) => <Money fen={row.fundFen} /> },
        ]}
      />
    </Card>
  );
}

function UsedFigures({ close }: { close: Close }) {
  const say = useWords('office');
  const policyName = usePolicyName();
  return (
    <Card size="small" title={say('closes.figures')}>
      <SmallTable
        rowKey={(row) => row.name + row.from}
        dataSource={close.figures}
        columns={[
          { title: say('fields.policy'), render: (_, row) => <Go to={`/policy/${row.name}`}>{policyName(row.name)}</Go> },
          { title: say('fields.period'), render: (_, row) => <><DayText day={row.from} /> – <DayText day={row.to} /></> },
          { title: say('fields.value'), render: (_, row) => <FigureValue value={row.value} unit={row.unit} /> },
          { title: say('ui:table.status'), render: (_, row) => (row.sources.some((one) => one.status === 'unverified') ? <UnverifiedBadge source={row.sources.map((one) => one.document).join(' ')} /> : null) },
        ]}
      />
    </Card>
  );
}

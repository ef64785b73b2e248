/** One care plan: items, the week it makes, what the fund is expected to pay, and its acts. */
import { Table } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { plansContract } from '#domain/plans/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { GradeText, PersonLink } from '../parts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useToday, useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { DayText, InstantText, Minutes, Money } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';

type Plan = OutputOf<(typeof plansContract)['GET /api/plans/{id}']>;

export function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = useQuery({ queryKey: ['GET /api/plans/{id}', id], queryFn: () => api('GET /api/plans/{id}', { params: { id } }) });
  return <Loaded asked={asked}>{(plan) => <PlanRecord plan={plan} />}</Loaded>;
}

function PlanRecord({ plan }: { plan: Plan }) {
  const say = useWords('office');
  const label = useLabels('plans', 'office');
  const sentence = useSentence();
  const areas = useAreas();
  const acts = usePlanActs(plan);
  return (
    <RecordPage
      id={plan.id}
      title={`${plan.personName} · ${plan.number}`}
      back={{ to: '/plans', label: say('pages.plans') }}
      state={<StateTag state={plan.state}>{label.state(plan.state)}</StateTag>}
      acts={acts}
      note={
        <div className="ch-values">
          {plan.reasons.map((one, at) => <div key={at}>{sentence('reasons', one.code, one.params)}</div>)}
          <Go to={`/visits?person=${plan.personId}`}>{say('plans.visits')}</Go>
        </div>
      }
      facts={[
        { label: label.field('person'), value: <PersonLink id={plan.personId} name={plan.personName} /> },
        { label: label.field('grade'), value: <GradeText grade={plan.grade} /> },
        { label: label.field('mode'), value: label.value(plan.mode) },
        { label: label.field('institution'), value: plan.institutionName },
        ...(plan.workerName ? [{ label: label.field('worker'), value: plan.workerName }] : []),
        { label: label.field('fromOn'), value: <DayText day={plan.fromOn} /> },
        { label: label.field('toOn'), value: <DayText day={plan.toOn} /> },
        { label: label.field('proposedAt'), value: <InstantText at={plan.proposedAt} /> },
        { label: label.field('confirmedBy'), value: plan.confirmedBy ? <>{plan.confirmedBy} <InstantText at={plan.confirmedAt} /></> : '–' },
        { label: say('fields.township'), value: areas.name(plan.townshipCode) },
        { label: label.field('origin'), value: label.value(plan.origin) },
      ]}
    >
      <Week plan={plan} />
    </RecordPage>
  );
}

function Week({ plan }: { plan: Plan }) {
  const say = useWords('office');
  const label = useLabels('plans', 'office');
  const { lang } = usePreferences();
  const over = plan.weeklyCapMin !== null && plan.weekMin > plan.weeklyCapMin;
  return (
    <Card size="small" title={say('plans.items')}>
      <SmallTable
        rowKey="itemCode"
        dataSource={plan.items}
        columns={[
          { title: label.field('item'), render: (_, row) => <>{row[lang]} <span className="ch-muted ch-code">{row.itemCode}</span></> },
          { title: label.field('minutes'), align: 'right', dataIndex: 'minutes' },
          { title: label.field('timesPerDay'), align: 'right', dataIndex: 'timesPerDay' },
          { title: label.field('timesPerWeek'), align: 'right', dataIndex: 'timesPerWeek' },
          { title: label.field('carers'), align: 'right', dataIndex: 'carers' },
          { title: say('plans.weekMin'), align: 'right', render: (_, row) => <Minutes min={row.weekMin} /> },
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={5}>{say('plans.week')}</Table.Summary.Cell>
            <Table.Summary.Cell index={5} align="right"><strong><Minutes min={plan.weekMin} /></strong></Table.Summary.Cell>
          </Table.Summary.Row>
        )}
      />
      <p className={over ? 'ch-warn' : 'ch-muted'}>
        {plan.weeklyCapMin === null ? say('plans.noCap') : <>{say('plans.cap')} <Minutes min={plan.weeklyCapMin} />{over ? ` · ${say('plans.over')}` : ''}</>}
      </p>
      {plan.week ? (
        <p>
          {say('plans.estimate')} {say('fields.billed')} <Money fen={plan.week.billedFen} unit /> · {say('fields.fund')} <Money fen={plan.week.fundFen} unit /> · {say('fields.person_share')} <Money fen={plan.week.personFen} unit />
        </p>
      ) : null}
    </Card>
  );
}

type Confirm = Parameters<typeof api<'POST /api/plans/{id}/confirm'>>[1]['body'];
type End = Parameters<typeof api<'POST /api/plans/{id}/end'>>[1]['body'];

function usePlanActs(plan: Plan): ActSpec[] {
  const say = useWords('office');
  const label = useLabels('plans', 'office');
  const permission = useWhyNot()('plans.confirm');
  const today = useToday();
  const params = { id: plan.id };
  const why = (act: Plan['nextActs'][number]) => permission ?? (plan.nextActs.includes(act) ? undefined : say('ui:whyNot.state', { state: label.state(plan.state) }));
  return [
    {
      name: 'confirm',
      label: say('plans.confirm'),
      primary: true,
      whyNot: why('confirm'),
      intro: say('plans.confirmHint'),
      fields: [
        { name: 'confirmerName', label: say('plans.confirmerName'), kind: 'text', required: true, max: 60 },
        { name: 'note', label: say('fields.note'), kind: 'text', max: 400 },
      ],
      run: (body: Confirm, how) => api('POST /api/plans/{id}/confirm', { params, body }, how),
    },
    {
      name: 'decline',
      label: say('plans.decline'),
      whyNot: why('decline'),
      fields: [{ name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 400 }],
      run: (body: { note: string }, how) => api('POST /api/plans/{id}/decline', { params, body }, how),
    },
    {
      name: 'end',
      label: say('plans.end'),
      danger: true,
      whyNot: why('end'),
      initial: { toOn: today },
      fields: [
        { name: 'toOn', label: say('plans.lastDay'), kind: 'day', required: true },
        { name: 'note', label: say('fields.note'), kind: 'area', required: true, max: 400 },
      ],
      run: (body: End, how) => api('POST /api/plans/{id}/end', { params, body }, how),
    },
  ];
}

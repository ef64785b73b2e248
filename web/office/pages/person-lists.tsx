/** What hangs on a person: applications, conclusions, plans and the last visits, each as far as the desk may see it. */
import { Table } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { GradeText } from '../parts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import type { SmallColumn } from '../../ui/small-table.tsx';
import { DayText, Minutes, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const SHOWN = 10;

export function PersonLists({ id }: { id: string }) {
  const whyNot = useWhyNot();
  const may = (permission: string) => whyNot(permission) === undefined;
  return (
    <>
      {may('assessments.read') ? <Applications id={id} /> : null}
      {may('assessments.read') ? <Conclusions id={id} /> : null}
      {may('plans.read') ? <Plans id={id} /> : null}
      {may('visits.read') ? <Visits id={id} /> : null}
      {may('claims.read') ? <Lines id={id} /> : null}
    </>
  );
}

interface ListProps<R> {
  title: string;
  all: string;
  name: string;
  load: () => Promise<{ rows: R[]; total: number }>;
  columns: readonly SmallColumn<R>[];
}

function List<R extends { id: string }>({ title, all, name, load, columns }: ListProps<R>) {
  const say = useWords('office');
  const asked = useQuery({ queryKey: ['person', name, all], queryFn: load });
  const total = asked.data?.total ?? 0;
  return (
    <Card size="small" title={title} extra={total > SHOWN ? <Go to={all}>{say('people.allOf', { total })}</Go> : null}>
      <Loaded asked={asked}>
        {({ rows }) => (rows.length === 0 ? <span className="ch-muted">{say('people.nothing')}</span> : <SmallTable<R> rowKey="id" dataSource={rows} columns={columns} />)}
      </Loaded>
    </Card>
  );
}

function Applications({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <List
      title={say('pages.applications')}
      all={`/applications?person=${id}`}
      name="applications"
      load={() => api('GET /api/applications', { query: { person: id, pageSize: SHOWN } })}
      columns={[
        { title: label.field('number'), render: (_, row) => <Go to={`/applications/${row.id}`}>{row.number}</Go> },
        { title: label.field('kind'), render: (_, row) => label.value(row.kind) },
        { title: label.field('filedOn'), render: (_, row) => <DayText day={row.filedOn} /> },
        { title: label.field('state'), render: (_, row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { title: label.field('grade'), render: (_, row) => <GradeText grade={row.grade} /> },
      ]}
    />
  );
}

function Conclusions({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <List
      title={say('pages.conclusions')}
      all={`/conclusions?person=${id}`}
      name="conclusions"
      load={() => api('GET /api/conclusions', { query: { person: id, pageSize: SHOWN } })}
      columns={[
        { title: label.field('number'), render: (_, row) => <Go to={`/conclusions/${row.id}`}>{row.number}</Go> },
        { title: label.field('grade'), render: (_, row) => <GradeText grade={row.grade} zh={row.gradeZh} en={row.gradeEn} /> },
        { title: label.field('effectiveOn'), render: (_, row) => <DayText day={row.effectiveOn} /> },
        { title: label.field('validUntilOn'), render: (_, row) => <DayText day={row.endedOn ?? row.validUntilOn} /> },
        { title: label.field('state'), render: (_, row) => <StateTag state={row.state} tone={row.state === 'valid' ? 'good' : 'plain'}>{label.state(row.state)}</StateTag> },
      ]}
    />
  );
}

function Plans({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('plans', 'office');
  return (
    <List
      title={say('pages.plans')}
      all={`/plans?person=${id}`}
      name="plans"
      load={() => api('GET /api/plans', { query: { person: id, pageSize: SHOWN } })}
      columns={[
        { title: label.field('number'), render: (_, row) => <Go to={`/plans/${row.id}`}>{row.number}</Go> },
        { title: label.field('mode'), render: (_, row) => label.value(row.mode) },
        { title: label.field('institution'), render: (_, row) => row.institutionName },
        { title: label.field('fromOn'), render: (_, row) => <DayText day={row.fromOn} /> },
        { title: label.field('state'), render: (_, row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
      ]}
    />
  );
}

function Visits({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('visits', 'office');
  const { lang } = usePreferences();
  return (
    <List
      title={say('pages.visits')}
      all={`/visits?person=${id}`}
      name="visits"
      load={() => api('GET /api/visits', { query: { person: id, pageSize: SHOWN } })}
      columns={[
        { title: label.field('serviceOn'), render: (_, row) => <Go to={`/visits/${row.id}?serviceOn=${row.serviceOn}`}>{row.serviceOn}</Go> },
        { title: label.field('item'), render: (_, row) => (lang === 'zh' ? row.itemZh : row.itemEn) },
        { title: label.field('duration'), align: 'right', render: (_, row) => <Minutes min={row.durationMin} /> },
        { title: label.field('worker'), render: (_, row) => row.workerName },
        { title: label.field('institution'), render: (_, row) => row.institutionName },
      ]}
    />
  );
}

function Lines({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('claims', 'office');
  const { lang } = usePreferences();
  return (
    <List
      title={say('pages.lines')}
      all={`/people/${id}/lines`}
      name="lines"
      load={() => api('GET /api/people/{id}/lines', { params: { id }, query: { pageSize: SHOWN } })}
      columns={[
        { title: label.field('serviceOn'), render: (_, row) => <Go to={`/explanations/${row.id}`}>{row.serviceOn}</Go> },
        { title: label.field('item'), render: (_, row) => (lang === 'zh' ? row.itemZh : row.itemEn) ?? label.value(row.kind) },
        { title: say('fields.billed'), align: 'right', render: (_, row) => <Money fen={row.billedFen} /> },
        { title: say('fields.fund'), align: 'right', render: (_, row) => <Money fen={row.fundFen} /> },
        { title: say('fields.person_share'), align: 'right', render: (_, row) => <Money fen={row.personFen} /> },
        { title: say('fields.refused'), align: 'right', render: (_, row) => <Money fen={row.refusedFen} /> },
        { title: label.field('outcome'), render: (_, row) => <StateTag state={row.outcome}>{label.value(row.outcome)}</StateTag> },
      ]}
    />
  );
}

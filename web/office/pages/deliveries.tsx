/** What waits to be delivered, the earliest due first; and the message to all of a district. */
import { Tag } from 'antd';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { GradeText, ListPage, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { useSignedIn, useWhyNot } from '../../ui/session.ts';
import { DayText, Nothing } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export function DeliveriesPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  const act = useMessageAll();
  return (
    <ListPage
      title={say('pages.deliveries')}
      note={say('deliveries.hint')}
      extra={<ActButton act={act} />}
      name="GET /api/deliveries/waiting"
      load={(query) => api('GET /api/deliveries/waiting', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/conclusions/${row.id}`}
      empty={say('deliveries.none')}
      filters={[
        { name: 'q', label: say('applications.find'), kind: 'text' },
        { name: 'due', label: label.field('deliveryDueOn'), kind: 'choice', choices: choicesOf(['overdue', 'open', 'failed'], (code) => say(`deliveries.${code}`)) },
        { name: 'township', label: say('fields.township'), kind: 'choice', choices: areas.townships },
        ...district,
      ]}
      columns={[
        { key: 'person', title: label.field('person'), show: (row) => <strong>{row.personName}</strong> },
        { key: 'number', title: label.field('number'), show: (row) => <span className="ch-number">{row.number}</span>, wideOnly: true },
        { key: 'grade', title: label.field('grade'), show: (row) => <GradeText grade={row.grade} zh={row.gradeZh} en={row.gradeEn} />, wideOnly: true },
        { key: 'concludedOn', title: label.field('concludedOn'), show: (row) => <DayText day={row.concludedOn} /> },
        { key: 'dueOn', title: label.field('deliveryDueOn'), show: (row) => <DueText dueOn={row.dueOn} overdue={row.overdue} missing={row.calendarMissing} /> },
        { key: 'last', title: label.field('lastAttempt'), show: (row) => (row.lastAttempt ? <Attempt attempt={row.lastAttempt} failures={row.failures} /> : <Nothing />) },
        { key: 'phone', title: label.field('phone'), show: (row) => row.phone ?? <span className="ch-bad">{say('deliveries.noPhone')}</span> },
        { key: 'place', title: say('fields.township'), show: (row) => `${areas.name(row.townshipCode)} ${row.community}`, wideOnly: true },
      ]}
    />
  );
}

/** A due day, or why there is none. */
export function DueText({ dueOn, overdue, missing }: { dueOn: string | null; overdue: boolean; missing: string | null }) {
  const say = useWords('office');
  if (missing !== null) return <span className="ch-bad">{say('applications.noCalendar')}</span>;
  if (dueOn === null) return <span className="ch-muted">{say('deliveries.noDue')}</span>;
  return <>{<DayText day={dueOn} />} {overdue ? <Tag color="error">{say('deliveries.overdue')}</Tag> : null}</>;
}

function Attempt({ attempt, failures }: { attempt: { way: string; outcome: string; failure: string | null; happenedOn: string }; failures: number }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <span>
      {label.value(attempt.way)} · <span className={attempt.outcome === 'failed' ? 'ch-bad' : ''}>{attempt.failure ? label.value(attempt.failure) : label.value(attempt.outcome)}</span> <DayText day={attempt.happenedOn} />
      {failures > 1 ? <span className="ch-muted"> {say('deliveries.times', { n: failures })}</span> : null}
    </span>
  );
}

type MessageBody = Parameters<typeof api<'POST /api/deliveries/messages'>>[1]['body'];

function useMessageAll(): ActSpec {
  const say = useWords('office');
  const areas = useAreas();
  const session = useSignedIn();
  const own = session.area !== null && session.area.length >= 6 ? session.area.slice(0, 6) : undefined;
  const only = areas.districts.length === 1 ? areas.districts[0]!.value : own;
  return {
    name: 'messageAll',
    label: say('deliveries.messageAll'),
    primary: true,
    whyNot: useWhyNot()('assessments.deliver'),
    intro: say('deliveries.messageAllHint'),
    initial: only ? { districtCode: only } : {},
    fields: only ? [] : [{ name: 'districtCode', label: say('fields.district'), kind: 'choice', required: true, choices: areas.districts }],
    run: async (body: MessageBody, how) => api('POST /api/deliveries/messages', { body: { ...body, ...(only ? { districtCode: only } : {}) } }, how),
  };
}

/** Applications: the list. */
import { APPLICATION_KINDS, APPLICATION_STATES } from '#domain/assessments/model.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { GradeText, ListPage, choicesOf, useDistrictFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { useFiling } from './filing.tsx';
import { QueueTabs } from './queue-tabs.tsx';
import { ActButton } from '../../ui/acts.tsx';
import { StateTag } from '../../ui/badges.tsx';
import { useFilters } from '../../ui/go.tsx';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export function ApplicationsPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  const [held] = useFilters();
  const file = useFiling();
  return (
    <ListPage
      title={say('pages.applications')}
      extra={<ActButton act={file} />}
      name="GET /api/applications"
      load={(query) => api('GET /api/applications', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/applications/${row.id}`}
      empty={say('applications.none')}
      above={<QueueTabs />}
      fixed={{ person: held['person'], queue: held['queue'] }}
      filters={[
        { name: 'q', label: say('applications.find'), kind: 'text' },
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(APPLICATION_STATES, label.state) },
        { name: 'waitsFor', label: say('queues.waitsFor'), kind: 'choice', choices: [{ value: 'check', label: say('queues.checkedElsewhere') }, { value: 'publish', label: say('queues.confirmed') }, { value: 'conclude', label: say('queues.toConclude') }] },
        { name: 'kind', label: label.field('kind'), kind: 'choice', choices: choicesOf(APPLICATION_KINDS, label.value) },
        { name: 'due', label: say('queues.dueOn'), kind: 'choice', choices: [{ value: 'overdue', label: say('applications.overdue') }, { value: 'open', label: say('applications.open') }] },
        ...district,
      ]}
      columns={[
        { key: 'number', title: label.field('number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'person', title: label.field('person'), show: (row) => <strong>{row.personName}</strong> },
        { key: 'kind', title: label.field('kind'), show: (row) => label.value(row.kind) },
        { key: 'state', title: label.field('state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'filedOn', title: label.field('filedOn'), show: (row) => <DayText day={row.filedOn} /> },
        { key: 'dueOn', title: say('queues.dueOn'), show: (row) => (row.overdue ? <span className="ch-bad"><DayText day={row.dueOn} /> {say('applications.late')}</span> : <DayText day={row.supplyByOn ?? row.dueOn ?? row.noticeEndsOn} />) },
        { key: 'grade', title: label.field('grade'), show: (row) => <GradeText grade={row.grade} /> },
        { key: 'township', title: label.field('township'), show: (row) => areas.name(row.townshipCode), wideOnly: true },
        { key: 'institution', title: label.field('assessmentInstitution'), show: (row) => row.institutionName ?? '–', wideOnly: true },
      ]}
    />
  );
}

/** The assessor's and the expert's work lists. */
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { GradeText, ListPage } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { StateTag } from '../../ui/badges.tsx';
import { DayText, InstantText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

/** Cases dispatched to the assessor's institution. */
export function WorkPage() {
  return <CaseList page="assess" query={{ state: 'dispatched' }} open={(id) => `/assess/${id}`} />;
}

/** Assessments that wait for the expert's own voice: drawn by lot where the city draws. */
export function ConfirmationsPage() {
  return <CaseList page="confirmations" query={{ waitsFor: 'myVoice' }} open={(id) => `/confirmations/${id}`} />;
}

type Row = Awaited<ReturnType<typeof api<'GET /api/applications'>>>['rows'][number];

/** Cases that wait for one thing, each row leading to the page where it is done. */
export function CaseList({ page, query: fixed, open }: { page: string; query: { state?: 'dispatched'; waitsFor?: 'myVoice' | 'check' }; open: (id: string) => string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const scored = fixed.waitsFor !== undefined;
  return (
    <ListPage
      title={say(`pages.${page}`)}
      note={say(`${page}.hint`)}
      name={`GET /api/applications ${page}`}
      load={(query) => api('GET /api/applications', { query: { ...addressQuery(query), ...fixed } })}
      rowKey={(row) => row.id}
      open={(row) => open(row.id)}
      empty={say(`${page}.none`)}
      filters={[
        { name: 'q', label: say('applications.find'), kind: 'text' },
        { name: 'due', label: say('queues.dueOn'), kind: 'choice' as const, choices: [{ value: 'overdue', label: say('applications.overdue') }] },
      ]}
      columns={[
        { key: 'number', title: label.field('number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'person', title: label.field('person'), show: (row) => <strong>{row.personName}</strong> },
        { key: 'kind', title: label.field('kind'), show: (row) => label.value(row.kind) },
        { key: 'township', title: label.field('township'), show: (row) => areas.name(row.townshipCode) },
        ...(scored ? [{ key: 'grade', title: label.field('grade'), show: (row: Row) => <GradeText grade={row.grade} /> }] : []),
        { key: 'dueOn', title: say('queues.dueOn'), show: (row) => (row.overdue ? <span className="ch-bad"><DayText day={row.dueOn} /> {say('applications.late')}</span> : <DayText day={row.dueOn} />) },
        { key: 'state', title: label.field('state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'since', title: say('statements.since'), show: (row) => <InstantText at={row.stateSince} />, wideOnly: true },
      ]}
    />
  );
}

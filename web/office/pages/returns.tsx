/** Returned cases: what came back, why, until when, the how-many-eth time. The institution sees its own. */
import { RETURNERS } from '#domain/assessments/expert/model.ts';
import { api } from '../api.ts';
import { choicesOf, ListPage, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ReturnState, useItemNames } from './scrutiny-card.tsx';
import { useSession } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export function ReturnsPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const district = useDistrictFilter();
  const session = useSession().data?.session;
  const institution = useInstitutionFilter('assessment');
  const { name } = useItemNames('national-2021');
  return (
    <ListPage
      title={say('pages.returns')}
      note={say('returns.hint')}
      name="GET /api/returns"
      load={(query) => api('GET /api/returns', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => (session?.desk === 'assessor' ? `/confirmations/${row.applicationId}` : `/applications/${row.applicationId}`)}
      empty={say('returns.none')}
      filters={[
        { name: 'state', label: label.field('state'), kind: 'choice', choices: ['open', 'late', 'answered'].map((value) => ({ value, label: say(`returns.${value}`) })) },
        { name: 'by', label: label.field('by'), kind: 'choice', choices: choicesOf(RETURNERS, label.value) },
        ...institution,
        ...district,
      ]}
      columns={[
        { key: 'person', title: label.field('person'), show: (row) => <><strong>{row.personName}</strong><br /><span className="ch-number ch-muted">{row.number}</span></> },
        { key: 'state', title: label.field('state'), show: (row) => <ReturnState back={row} /> },
        { key: 'dueOn', title: say('returns.until'), show: (row) => (row.calendarMissing ? <span className="ch-bad">{say('applications.noCalendar')}</span> : <span className={row.late ? 'ch-bad' : ''}><DayText day={row.dueOn} /></span>) },
        { key: 'reason', title: label.field('reason'), show: (row) => <><strong>{label.value(row.reason)}</strong>{row.items.length > 0 ? <div className="ch-muted" style={{ maxInlineSize: 320, whiteSpace: 'normal' }}>{row.items.map(name).join(say('comma'))}</div> : null}{row.note ? <div className="ch-muted" style={{ maxInlineSize: 320, whiteSpace: 'normal' }}>{row.note}</div> : null}</> },
        { key: 'nth', title: label.field('nth'), align: 'right', show: (row) => <span className={row.nth > 1 ? 'ch-bad ch-number' : 'ch-number'}>{row.nth}</span> },
        { key: 'by', title: label.field('by'), show: (row) => label.value(row.by) },
        { key: 'returnedOn', title: label.field('returnedOn'), show: (row) => <DayText day={row.returnedOn} /> },
        { key: 'institution', title: label.field('assessmentInstitution'), show: (row) => row.institutionName ?? '–', wideOnly: true },
      ]}
    />
  );
}

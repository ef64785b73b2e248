/** Care plans: the list. */
import { api } from '../api.ts';
import { ListPage, choicesOf, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { Button } from 'antd';
import { StateTag } from '../../ui/badges.tsx';
import { useFilters, useGo } from '../../ui/go.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export const PLAN_STATES = ['proposed', 'confirmed', 'declined', 'ended'] as const;
export const PLAN_MODES = ['homeVisit', 'homeIndividual', 'institution'] as const;

export function PlansPage() {
  const say = useWords('office');
  const label = useLabels('plans', 'office');
  const go = useGo();
  const whyNot = useWhyNot()('plans.propose');
  const district = useDistrictFilter();
  const institution = useInstitutionFilter();
  const [held] = useFilters();
  return (
    <ListPage
      title={say('pages.plans')}
      extra={whyNot === undefined ? <Button type="primary" onClick={() => go('/plans/new')}>{say('plans.propose')}</Button> : undefined}
      name="GET /api/plans"
      load={(query) => api('GET /api/plans', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/plans/${row.id}`}
      fixed={{ person: held['person'] }}
      filters={[
        { name: 'q', label: say('plans.find'), kind: 'text' },
        { name: 'state', label: label.field('state'), kind: 'choice', choices: choicesOf(PLAN_STATES, label.state) },
        { name: 'mode', label: label.field('mode'), kind: 'choice', choices: choicesOf(PLAN_MODES, label.value) },
        ...institution,
        ...district,
      ]}
      columns={[
        { key: 'number', title: label.field('number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'person', title: label.field('person'), show: (row) => <strong>{row.personName}</strong> },
        { key: 'mode', title: label.field('mode'), show: (row) => label.value(row.mode) },
        { key: 'institution', title: label.field('institution'), show: (row) => row.institutionName },
        { key: 'state', title: label.field('state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'fromOn', title: label.field('fromOn'), show: (row) => <DayText day={row.fromOn} /> },
        { key: 'toOn', title: label.field('toOn'), show: (row) => <DayText day={row.toOn} /> },
        { key: 'origin', title: label.field('origin'), show: (row) => label.value(row.origin), wideOnly: true },
      ]}
    />
  );
}

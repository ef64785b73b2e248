/** Statements of the institutions: the list. */
import { api } from '../api.ts';
import { ListPage, choicesOf, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { StateTag } from '../../ui/badges.tsx';
import { Count, InstantText, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export const STATEMENT_STATES = ['drafted', 'firstReviewed', 'approved', 'paid'] as const;

export function StatementsPage() {
  const say = useWords('office');
  const label = useLabels('claims', 'office');
  const district = useDistrictFilter();
  const institution = useInstitutionFilter();
  return (
    <ListPage
      title={say('pages.statements')}
      name="GET /api/statements"
      load={(query) => api('GET /api/statements', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/statements/${row.id}`}
      empty={say('statements.none')}
      filters={[{ name: 'month', label: say('fields.month'), kind: 'month' }, { name: 'state', label: say('fields.state'), kind: 'choice', choices: choicesOf(STATEMENT_STATES, label.state) }, ...institution, ...district]}
      columns={[
        { key: 'number', title: say('fields.number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'month', title: say('fields.month'), show: (row) => <span className="ch-number">{row.month}</span> },
        { key: 'institution', title: say('fields.institution'), show: (row) => <strong>{row.institutionName}</strong> },
        { key: 'state', title: say('fields.state'), show: (row) => <StateTag state={row.state}>{label.state(row.state)}</StateTag> },
        { key: 'persons', title: say('fields.persons'), align: 'right', show: (row) => <Count value={row.persons} /> },
        { key: 'lines', title: say('fields.lines'), align: 'right', show: (row) => <Count value={row.lines} /> },
        { key: 'billed', title: say('fields.billed'), align: 'right', show: (row) => <Money fen={row.billedFen} /> },
        { key: 'fund', title: say('fields.fund'), align: 'right', show: (row) => <strong><Money fen={row.fundFen} /></strong> },
        { key: 'person', title: say('fields.person_share'), align: 'right', show: (row) => <Money fen={row.personFen} /> },
        { key: 'refused', title: say('fields.refused'), align: 'right', show: (row) => <Money fen={row.refusedFen} /> },
        { key: 'since', title: say('statements.since'), show: (row) => <InstantText at={row.stateSince} />, wideOnly: true },
      ]}
    />
  );
}

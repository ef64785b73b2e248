/** Every claim line of one person, by month and outcome. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ListPage, choicesOf } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { StateTag } from '../../ui/badges.tsx';
import { Go } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Count, DayText, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const OUTCOMES = ['paid', 'cut', 'refused'] as const;

export function PersonLinesPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const label = useLabels('claims', 'office');
  const { lang } = usePreferences();
  const person = useQuery({ queryKey: ['GET /api/people/{id}', id], queryFn: () => api('GET /api/people/{id}', { params: { id } }) }).data;
  return (
    <ListPage
      title={`${person?.name ?? ''} · ${say('pages.lines')}`}
      note={<Go to={`/people/${id}`}>{say('explanations.person')}</Go>}
      name={`GET /api/people/{id}/lines ${id}`}
      load={(query) => api('GET /api/people/{id}/lines', { params: { id }, query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/explanations/${row.id}`}
      filters={[{ name: 'month', label: say('fields.month'), kind: 'month' }, { name: 'outcome', label: label.field('outcome'), kind: 'choice', choices: choicesOf(OUTCOMES, label.value) }]}
      columns={[
        { key: 'serviceOn', title: label.field('serviceOn'), show: (row) => <DayText day={row.serviceOn} /> },
        { key: 'item', title: label.field('item'), show: (row) => <strong>{(lang === 'zh' ? row.itemZh : row.itemEn) ?? label.value(row.kind)}</strong> },
        { key: 'worker', title: label.field('workerName'), show: (row) => row.workerName ?? '–', wideOnly: true },
        { key: 'minutes', title: label.field('paidMinutes'), align: 'right', show: (row) => <Count value={row.paidMinutes} />, wideOnly: true },
        { key: 'billed', title: say('fields.billed'), align: 'right', show: (row) => <Money fen={row.billedFen} /> },
        { key: 'fund', title: say('fields.fund'), align: 'right', show: (row) => <Money fen={row.fundFen} /> },
        { key: 'person', title: say('fields.person_share'), align: 'right', show: (row) => <Money fen={row.personFen} /> },
        { key: 'refused', title: say('fields.refused'), align: 'right', show: (row) => <Money fen={row.refusedFen} /> },
        { key: 'outcome', title: label.field('outcome'), show: (row) => <StateTag state={row.outcome}>{label.value(row.outcome)}</StateTag> },
      ]}
    />
  );
}

/** One insured person: facts, hospital stays, and everything that hangs on them. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { sexWord } from '../show.ts';
import { useFiling, useKindActs } from './filing.tsx';
import { PersonLists } from './person-lists.tsx';
import { PauseBanner, usePauseAct } from './suspensions.tsx';
import type { ActSpec } from '../../ui/acts.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { DayText, InstantText } from '../../ui/text.tsx';
import { useWords, wordOf } from '../../ui/words.ts';

export function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const word = useWords('people');
  const areas = useAreas();
  const acts = usePersonActs(id);
  const asked = useQuery({ queryKey: ['GET /api/people/{id}', id], queryFn: () => api('GET /api/people/{id}', { params: { id } }) });
  return (
    <Loaded asked={asked}>
      {(person) => (
        <RecordPage
          id={id}
          title={person.name}
          back={{ to: '/people', label: say('pages.people') }}
          acts={acts}
          facts={[
            { label: word('fields.identityNumber'), value: <span className="ch-number">{person.identityNumber}</span> },
            { label: word('fields.birthOn'), value: <DayText day={person.birthOn} /> },
            { label: word('fields.sex'), value: sexWord(word, person.sex) },
            { label: word('fields.phone'), value: person.phone ?? '–' },
            { label: word('fields.township'), value: areas.name(person.townshipCode) },
            { label: word('fields.community'), value: person.community },
            { label: word('fields.address'), value: person.address, wide: true },
            { label: word('fields.insuredKind'), value: wordOf(word, 'values', person.insuredKind) },
            { label: word('fields.insuredFromOn'), value: <DayText day={person.insuredFromOn} /> },
            ...(person.deceasedOn ? [{ label: word('fields.deceasedOn'), value: <DayText day={person.deceasedOn} /> }] : []),
            { label: word('fields.origin'), value: `${wordOf(word, 'values', person.origin)}${person.sourceRef ? ` · ${person.sourceRef}` : ''}` },
            { label: say('registeredAt'), value: <InstantText at={person.createdAt} /> },
          ]}
        >
          <PauseBanner personId={id} />
          <Stays id={id} />
          <PersonLists id={id} />
        </RecordPage>
      )}
    </Loaded>
  );
}

type Stay = Parameters<typeof api<'POST /api/people/{id}/hospital-stays'>>[1]['body'];

const STAY_KINDS = ['admission', 'emergencyObservation'] as const;

function usePersonActs(id: string): ActSpec[] {
  const say = useWords('office');
  const word = useWords('people');
  const whyNot = useWhyNot();
  const filing = useFiling(id);
  const kindActs = useKindActs(id);
  const pause = usePauseAct(id);
  return [
    filing,
    ...kindActs,
    pause,
    {
      name: 'stay',
      label: say('people.recordStay'),
      whyNot: whyNot('people.recordStay'),
      intro: say('people.stayHint'),
      initial: { kind: 'admission' },
      fields: [
        { name: 'kind', label: word('fields.stayKind'), kind: 'radio', required: true, choices: STAY_KINDS.map((value) => ({ value, label: word(`values.${value}`) })) },
        { name: 'hospital', label: word('fields.hospital'), kind: 'text', required: true, max: 80 },
        { name: 'admittedOn', label: word('fields.admittedOn'), kind: 'day', required: true },
        { name: 'dischargedOn', label: word('fields.dischargedOn'), kind: 'day' },
      ],
      run: (body: Stay, how) => api('POST /api/people/{id}/hospital-stays', { params: { id }, body }, how),
    },
  ];
}

function Stays({ id }: { id: string }) {
  const say = useWords('office');
  const word = useWords('people');
  const asked = useQuery({ queryKey: ['GET /api/people/{id}/hospital-stays', id], queryFn: () => api('GET /api/people/{id}/hospital-stays', { params: { id } }) });
  return (
    <Card size="small" title={say('people.stays')}>
      <Loaded asked={asked}>
        {(rows) => (
          <SmallTable
            rowKey="id"
            dataSource={rows}
            locale={{ emptyText: say('people.noStays') }}
            columns={[
              { title: word('fields.hospital'), dataIndex: 'hospital' },
              { title: word('fields.stayKind'), render: (_, row) => wordOf(word, 'values', row.kind) },
              { title: word('fields.admittedOn'), render: (_, row) => <DayText day={row.admittedOn} /> },
              { title: word('fields.dischargedOn'), render: (_, row) => (row.dischargedOn ? <DayText day={row.dischargedOn} /> : say('people.stillIn')) },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

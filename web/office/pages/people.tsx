/** The register: find a person, register one. */
import { Tag } from 'antd';
import { addressQuery, sexWord } from '../show.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ActButton } from '../../ui/acts.tsx';
import type { FieldSpec } from '../../ui/fields.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { useGo } from '../../ui/go.tsx';
import { PageHead } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { DayText } from '../../ui/text.tsx';
import { useWords, wordOf } from '../../ui/words.ts';

export function PeoplePage() {
  const say = useWords('office');
  const word = useWords('people');
  const areas = useAreas();
  return (
    <>
      <PageHead title={say('pages.people')} extra={<Register />} />
      <DataTable
        name="GET /api/people"
        load={(query) => api('GET /api/people', { query: addressQuery(query) })}
        rowKey={(row) => row.id}
        open={(row) => `/people/${row.id}`}
        filters={[
          { name: 'q', label: say('people.find'), kind: 'text' },
          ...(areas.districts.length > 1 ? [{ name: 'district', label: say('district'), kind: 'choice' as const, choices: areas.districts }] : []),
          { name: 'township', label: word('fields.township'), kind: 'choice', choices: areas.townships },
        ]}
        empty={say('people.none')}
        columns={[
          { key: 'name', title: word('fields.name'), show: (row) => <strong>{row.name}</strong> },
          { key: 'identityNumber', title: word('fields.identityNumber'), show: (row) => <span className="ch-number">{row.identityNumber}</span> },
          { key: 'sex', title: word('fields.sex'), show: (row) => sexWord(word, row.sex) },
          { key: 'birthOn', title: word('fields.birthOn'), show: (row) => <DayText day={row.birthOn} /> },
          { key: 'township', title: word('fields.township'), show: (row) => areas.name(row.townshipCode) },
          { key: 'community', title: word('fields.community'), show: (row) => row.community, wideOnly: true },
          { key: 'insuredKind', title: word('fields.insuredKind'), show: (row) => wordOf(word, 'values', row.insuredKind), wideOnly: true },
          { key: 'deceased', title: say('people.note'), show: (row) => (row.deceasedOn ? <Tag>{`${word('fields.deceasedOn')} ${row.deceasedOn}`}</Tag> : null) },
        ]}
      />
    </>
  );
}

/** The form of a registration. */
function Register() {
  const say = useWords('office');
  const word = useWords('people');
  const whyNot = useWhyNot()('people.register');
  const go = useGo();
  const areas = useAreas();
  const fields: FieldSpec[] = [
    { name: 'name', label: word('fields.name'), kind: 'text', required: true, max: 60 },
    { name: 'identityNumber', label: word('fields.identityNumber'), kind: 'text', required: true, max: 18, hint: say('people.identityHint') },
    { name: 'townshipCode', label: word('fields.township'), kind: 'choice', required: true, choices: areas.townships },
    { name: 'community', label: word('fields.community'), kind: 'text', required: true, max: 60 },
    { name: 'address', label: word('fields.address'), kind: 'text', required: true, max: 200 },
    { name: 'phone', label: word('fields.phone'), kind: 'text', max: 11, pattern: { is: /^1[3-9]\d{9}$/, says: say('people.phoneHint') } },
    { name: 'insuredKind', label: word('fields.insuredKind'), kind: 'radio', choices: ['employee', 'resident'].map((value) => ({ value, label: word(`values.${value}`) })) },
    { name: 'insuredFromOn', label: word('fields.insuredFromOn'), kind: 'day' },
  ];
  return (
    <ActButton
      act={{
        name: 'register',
        label: say('people.register'),
        primary: true,
        whyNot,
        fields,
        run: (body: Parameters<typeof registerPerson>[0], how) => registerPerson(body, how),
        done: (made: { id: string }) => go(`/people/${made.id}`),
      }}
    />
  );
}

const registerPerson = (body: Parameters<typeof api<'POST /api/people'>>[1]['body'], how: { repeatKey: string }) => api('POST /api/people', { body }, how);

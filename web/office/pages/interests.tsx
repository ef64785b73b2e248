/** The register of declared interests. */
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, choicesOf, useInstitutionFilter, useInstitutionLookup } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import type { FieldSpec } from '../../ui/fields.tsx';
import { useSignedIn, useToday, useWhyNot } from '../../ui/session.ts';
import { DayText, InstantText } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const RELATIONS = ['owner', 'relative', 'employer', 'carer', 'guardian', 'neighbour', 'other'] as const;
type Row = Awaited<ReturnType<typeof api<'GET /api/interests'>>>['rows'][number];
type Declaration = Parameters<typeof api<'POST /api/interests'>>[1]['body'];

export function InterestsPage() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const target = (row: Row) => row.personNumber ?? row.careInstitutionName ?? `${row.townshipCode ? areas.name(row.townshipCode) : ''} ${row.community ?? ''}`;
  return (
    <ListPage
      title={say('pages.interests')}
      note={say('interests.hint')}
      extra={<Declare />}
      name="GET /api/interests"
      load={({ current, ...query }) => api('GET /api/interests', { query: { ...addressQuery(query), ...(current === 'true' ? { current: true } : {}) } })}
      rowKey={(row) => row.id}
      empty={say('interests.none')}
      filters={[{ name: 'q', label: say('interests.search'), kind: 'text' }, { name: 'current', label: say('interests.current'), kind: 'choice', choices: [{ value: 'true', label: say('interests.current') }] }, ...useInstitutionFilter('assessment')]}
      columns={[
        { key: 'party', title: label.field('partyName'), show: (row) => <><strong>{row.partyName}</strong>{row.workerId ? <div className="ch-muted">{row.institutionName}</div> : null}</> },
        { key: 'relation', title: label.field('relation'), show: (row) => label.value(row.relation) },
        { key: 'target', title: label.field('target'), show: target },
        { key: 'days', title: say('interests.days'), show: (row) => <><DayText day={row.fromOn} /> – {row.toOn ? <DayText day={row.toOn} /> : say('interests.open')}</> },
        { key: 'evidence', title: label.field('evidence'), show: (row) => row.evidence, wideOnly: true },
        { key: 'by', title: label.field('declarerName'), show: (row) => <><InstantText at={row.declaredAt} /> {row.declarerName}</>, wideOnly: true },
        { key: 'act', title: '', show: (row) => <End row={row} /> },
      ]}
    />
  );
}

function End({ row }: { row: Row }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const today = useToday();
  const whyNot = useWhyNot()('assessments.declareInterest');
  if (row.toOn !== null && row.toOn <= today) return null;
  return (
    <ActButton
      size="small"
      act={{
        name: 'end', label: say('interests.end'), whyNot, initial: { toOn: today },
        fields: [{ name: 'toOn', label: say('interests.lastDay'), kind: 'day', required: true }, { name: 'note', label: label.field('note'), kind: 'area', required: true, max: 400 }],
        run: (body: { toOn: string; note: string }, how) => api('POST /api/interests/{id}/end', { params: { id: row.id }, body }, how),
      }}
    />
  );
}

function Declare() {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const areas = useAreas();
  const today = useToday();
  const { institutionId } = useSignedIn();
  const people = { key: 'assessors', find: async (q: string) => (await api('GET /api/workers', { query: { q: q || undefined, pageSize: 50 } })).rows.filter((one) => one.workerClass === 'assessor' || one.workerClass === 'expert').map((one) => ({ value: one.id, label: say('ui:with', { text: one.name, more: one.institutionName }) })) };
  const institutions = useInstitutionLookup('assessment');
  const care = useInstitutionLookup();
  const whyNot = useWhyNot();
  const mayList = whyNot('workers.read') === undefined;
  const own = useQuery({ queryKey: ['GET /api/own-assessor-file'], queryFn: () => api('GET /api/own-assessor-file'), enabled: !mayList && whyNot('assessments.onSite') === undefined, retry: false }).data;
  const fields: FieldSpec[] = [
    ...(institutionId ? [] : [{ name: 'institutionId', label: label.field('institution'), kind: 'lookup' as const, lookup: institutions, required: true }]),
    ...(mayList ? [{ name: 'workerId', label: say('interests.person'), kind: 'lookup' as const, lookup: people, hint: say('interests.personHint') }] : []),
    { name: 'relation', label: label.field('relation'), kind: 'choice', choices: choicesOf(RELATIONS, label.value), required: true },
    { name: 'personNumber', label: say('interests.personNumber'), kind: 'text', max: 18, hint: say('interests.oneOf') },
    { name: 'townshipCode', label: say('fields.township'), kind: 'choice', choices: areas.townships },
    { name: 'community', label: say('interests.community'), kind: 'text', max: 60 },
    { name: 'careInstitutionId', label: say('interests.careInstitution'), kind: 'lookup', lookup: care },
    { name: 'fromOn', label: say('interests.firstDay'), kind: 'day', required: true },
    { name: 'toOn', label: say('interests.lastDay'), kind: 'day' },
    { name: 'evidence', label: label.field('evidence'), kind: 'area', required: true, max: 400 },
  ];
  return (
    <ActButton
      act={{
        name: 'declare', label: say('interests.declare'), primary: true, whyNot: whyNot('assessments.declareInterest'), intro: say('interests.declareHint'), fields, initial: { fromOn: today },
        run: (body: Declaration, how) => api('POST /api/interests', { body: { ...body, ...(institutionId ? { institutionId } : {}), ...(own ? { workerId: own.id } : {}) } }, how),
      }}
    />
  );
}

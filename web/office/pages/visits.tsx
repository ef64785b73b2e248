/** Visits: what was done, by whom, for whom, when. */
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { ListPage, PersonLink, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { Go, useFilters } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { DayText, InstantText, Minutes, officeMinute } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

const FILTERS = ['month', 'day', 'institution', 'person', 'worker', 'item', 'intake', 'district'] as const;

export function VisitsPage() {
  const say = useWords('office');
  const label = useLabels('visits', 'office');
  const { lang } = usePreferences();
  const district = useDistrictFilter();
  const institution = useInstitutionFilter();
  const [held] = useFilters();
  const chosen = Object.fromEntries(FILTERS.map((name) => [name, held[name]]));
  return (
    <ListPage
      title={say('pages.visits')}
      extra={<Button href={api.url('GET /api/visits/export.xlsx', { query: addressQuery(chosen) })}>{say('visits.export')}</Button>}
      name="GET /api/visits"
      load={(query) => api('GET /api/visits', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/visits/${row.id}?serviceOn=${row.serviceOn}`}
      fixed={{ person: held['person'], worker: held['worker'], intake: held['intake'] }}
      empty={say('visits.none')}
      filters={[{ name: 'month', label: say('fields.month'), kind: 'month' }, { name: 'day', label: label.field('serviceOn'), kind: 'day' }, { name: 'item', label: say('visits.itemCode'), kind: 'text' }, ...institution, ...district]}
      columns={[
        { key: 'serviceOn', title: label.field('serviceOn'), show: (row) => <DayText day={row.serviceOn} /> },
        { key: 'time', title: label.field('time'), show: (row) => <span className="ch-number">{officeMinute(row.startedAt).slice(11)}–{officeMinute(row.endedAt).slice(11)}</span> },
        { key: 'duration', title: label.field('duration'), align: 'right', show: (row) => <Minutes min={row.durationMin} /> },
        { key: 'person', title: label.field('person'), show: (row) => <strong>{row.personName}</strong> },
        { key: 'item', title: label.field('item'), show: (row) => (lang === 'zh' ? row.itemZh : row.itemEn) },
        { key: 'worker', title: label.field('worker'), show: (row) => row.workerName },
        { key: 'institution', title: label.field('institution'), show: (row) => row.institutionName, wideOnly: true },
        { key: 'sourceRef', title: label.field('sourceRef'), show: (row) => <span className="ch-code">{row.sourceRef}</span>, wideOnly: true },
      ]}
    />
  );
}

export function VisitPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [held] = useFilters();
  const say = useWords('office');
  const label = useLabels('visits', 'office');
  const workers = useLabels('workers', 'office');
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/visits/{id}', id], queryFn: () => api('GET /api/visits/{id}', { params: { id }, query: { serviceOn: held['serviceOn'] } }) });
  return (
    <Loaded asked={asked}>
      {(visit) => (
        <RecordPage
          id={id}
          title={`${visit.personName} · ${visit.serviceOn}`}
          back={{ to: '/visits', label: say('pages.visits') }}
          facts={[
            { label: label.field('person'), value: <PersonLink id={visit.personId} name={visit.personName} /> },
            { label: label.field('item'), value: say('ui:with', { text: lang === 'zh' ? visit.itemZh : visit.itemEn, more: visit.itemCode }) },
            { label: label.field('startedAt'), value: <InstantText at={visit.startedAt} /> },
            { label: label.field('endedAt'), value: <InstantText at={visit.endedAt} /> },
            { label: label.field('duration'), value: <Minutes min={visit.durationMin} /> },
            { label: label.field('worker'), value: say('ui:with', { text: visit.workerName, more: workers.value(visit.workerClass) }) },
            { label: label.field('institution'), value: visit.institutionName },
            { label: label.field('plan'), value: visit.planId ? <Go to={`/plans/${visit.planId}`}>{say('visits.plan')}</Go> : say('visits.noPlan') },
            { label: label.field('location'), value: visit.longitude === null ? say('visits.noLocation') : <span className="ch-number">{visit.longitude}, {visit.latitude}</span> },
            ...(visit.pairRef ? [{ label: label.field('pairRef'), value: <span className="ch-code">{visit.pairRef}</span> }] : []),
            { label: label.field('sourceRef'), value: <span className="ch-code">{visit.sourceRef}</span> },
            { label: label.field('file'), value: <Go to={`/visits?intake=${visit.intakeId}`}>{visit.fileName}</Go> },
            { label: label.field('receivedAt'), value: <InstantText at={visit.receivedAt} /> },
          ]}
        />
      )}
    </Loaded>
  );
}

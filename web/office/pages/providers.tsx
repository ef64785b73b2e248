/** Institutions, their filed prices, and their workers. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, Permitted, choicesOf, useDistrictFilter, useInstitutionFilter } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { Separation } from './parties-card.tsx';
import { AddWorker, INSTITUTION_KINDS, RegisterInstitution, WORKER_CLASSES, useCatalogue, useFilePrice } from './provider-forms.tsx';
import { Card } from '../../ui/card.tsx';
import { Go } from '../../ui/go.tsx';
import { Loaded, RecordPage } from '../../ui/record-page.tsx';
import { useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { Count, DayText, InstantText, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

export function InstitutionsPage() {
  const say = useWords('office');
  const label = useLabels('providers', 'office');
  const areas = useAreas();
  const district = useDistrictFilter();
  return (
    <ListPage
      title={say('pages.institutions')}
      extra={<Permitted to="providers.register"><RegisterInstitution /></Permitted>}
      name="GET /api/institutions"
      load={(query) => api('GET /api/institutions', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/institutions/${row.id}`}
      filters={[{ name: 'q', label: say('providers.find'), kind: 'text' }, { name: 'kind', label: label.field('kind'), kind: 'choice', choices: choicesOf(INSTITUTION_KINDS, label.value) }, ...district]}
      columns={[
        { key: 'code', title: label.field('code'), show: (row) => <span className="ch-code">{row.code}</span> },
        { key: 'name', title: label.field('name'), show: (row) => <strong>{row.name}</strong> },
        { key: 'kind', title: label.field('kind'), show: (row) => label.value(row.kind) },
        { key: 'district', title: say('fields.district'), show: (row) => areas.name(row.districtCode) },
        { key: 'from', title: label.field('agreementFromOn'), show: (row) => <DayText day={row.agreementFromOn} /> },
        { key: 'to', title: label.field('agreementToOn'), show: (row) => <DayText day={row.agreementToOn} /> },
        { key: 'capacity', title: label.field('capacity'), align: 'right', show: (row) => <Count value={row.capacity} />, wideOnly: true },
        { key: 'phone', title: label.field('phone'), show: (row) => row.phone ?? '–', wideOnly: true },
      ]}
    />
  );
}

/** Where the work of an institution is found: the list, and who may read it. */
const ASSESSING = [['assessors', 'workers.read'], ['orders', 'assessments.read'], ['fees', 'assessments.readFees']] as const;
const CARING = [['plans', 'plans.read'], ['visits', 'visits.read'], ['statements', 'claims.read']] as const;

export function InstitutionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const label = useLabels('providers', 'office');
  const areas = useAreas();
  const whyNot = useWhyNot();
  const filePrice = useFilePrice(id);
  const asked = useQuery({ queryKey: ['GET /api/institutions/{id}', id], queryFn: () => api('GET /api/institutions/{id}', { params: { id } }) });
  return (
    <Loaded asked={asked}>
      {(one) => (
        <RecordPage
          id={id}
          title={one.name}
          back={{ to: '/institutions', label: say('pages.institutions') }}
          acts={one.kind === 'homeCare' && filePrice.whyNot === undefined ? [filePrice] : []}
          note={
            <div className="ch-values">
              {one.kind !== 'assessment' && whyNot('workers.read') === undefined ? <Go to={`/workers?institution=${id}`}>{say('providers.workers')}</Go> : null}
              {(one.kind === 'assessment' ? ASSESSING : CARING).filter(([, permission]) => whyNot(permission) === undefined).map(([page]) => <Go key={page} to={`/${page}?institution=${id}`}>{say(`pages.${page}`)}</Go>)}
            </div>
          }
          facts={[
            { label: label.field('code'), value: <span className="ch-code">{one.code}</span> },
            { label: label.field('kind'), value: label.value(one.kind) },
            { label: label.field('creditCode'), value: <span className="ch-code">{one.creditCode}</span> },
            { label: say('fields.district'), value: areas.name(one.districtCode) },
            { label: label.field('address'), value: one.address },
            { label: label.field('phone'), value: one.phone ?? '–' },
            { label: label.field('agreementFromOn'), value: <DayText day={one.agreementFromOn} /> },
            { label: label.field('agreementToOn'), value: <DayText day={one.agreementToOn} /> },
            ...(one.kind === 'assessment' ? [] : [{ label: label.field('capacity'), value: <Count value={one.capacity} /> }]),
            { label: say('registeredAt'), value: <InstantText at={one.createdAt} /> },
          ]}
        >
          <Separation id={id} kind={one.kind} />
          {one.kind === 'assessment' ? null : <Prices id={id} />}
        </RecordPage>
      )}
    </Loaded>
  );
}

function Prices({ id }: { id: string }) {
  const say = useWords('office');
  const label = useLabels('providers', 'office');
  const workers = useLabels('workers', 'office');
  const asked = useQuery({ queryKey: ['GET /api/institutions/{id}/prices', id], queryFn: () => api('GET /api/institutions/{id}/prices', { params: { id } }) });
  return (
    <Card size="small" title={say('providers.prices')}>
      <Loaded asked={asked}>
        {(rows) => (
          <SmallTable
            rowKey={(row) => `${row.workerClass}${row.fromOn}`}
            dataSource={rows}
            locale={{ emptyText: say('providers.noPrices') }}
            columns={[
              { title: label.field('workerClass'), render: (_, row) => workers.value(row.workerClass) },
              { title: label.field('hourlyPriceFen'), align: 'right', render: (_, row) => <Money fen={row.hourlyPriceFen} /> },
              { title: label.field('fromOn'), render: (_, row) => <DayText day={row.fromOn} /> },
              { title: label.field('toOn'), render: (_, row) => <DayText day={row.toOn} /> },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

/** The names of the first few items, and how many there are. */
function Abilities({ codes, names }: { codes: readonly string[]; names: ReadonlyMap<string, string> }) {
  const say = useWords('office');
  if (codes.length === 0) return <>–</>;
  const named = codes.map((code) => names.get(code) ?? code);
  return <span title={named.join(say('comma'))}>{named.length > 3 ? say('providers.abilities', { first: named.slice(0, 3).join(say('comma')), n: named.length }) : named.join(say('comma'))}</span>;
}

export function WorkersPage() {
  const items = new Map(useCatalogue().map((one) => [one.value, one.label]));
  const say = useWords('office');
  const label = useLabels('workers', 'office');
  const district = useDistrictFilter();
  const institution = useInstitutionFilter();
  return (
    <ListPage
      title={say('pages.workers')}
      extra={<Permitted to="workers.add"><AddWorker /></Permitted>}
      name="GET /api/workers"
      load={(query) => api('GET /api/workers', { query: addressQuery(query) })}
      rowKey={(row) => row.id}
      open={(row) => `/visits?worker=${row.id}`}
      filters={[{ name: 'q', label: say('providers.findWorker'), kind: 'text' }, { name: 'workerClass', label: label.field('workerClass'), kind: 'choice', choices: choicesOf(WORKER_CLASSES, label.value) }, ...institution, ...district]}
      columns={[
        { key: 'name', title: label.field('name'), show: (row) => <strong>{row.name}</strong> },
        { key: 'class', title: label.field('workerClass'), show: (row) => label.value(row.workerClass) },
        { key: 'institution', title: label.field('institution'), show: (row) => row.institutionName ?? say('assessors.cityList') },
        { key: 'certificate', title: label.field('certificateNumber'), show: (row) => <span className="ch-code">{row.certificateNumber ?? '–'}</span>, wideOnly: true },
        { key: 'abilities', title: label.field('abilities'), show: (row) => <Abilities codes={row.abilities} names={items} />, wideOnly: true },
        { key: 'from', title: label.field('fromOn'), show: (row) => <DayText day={row.fromOn} /> },
        { key: 'to', title: label.field('toOn'), show: (row) => <DayText day={row.toOn} /> },
      ]}
    />
  );
}

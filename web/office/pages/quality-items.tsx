/** Agreement per item of the scale, so that training can be aimed: a card for an institution or assessor, and the assessments behind an item. */
import { Segmented } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { ListPage } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { Card } from '../../ui/card.tsx';
import { Go, useFilters } from '../../ui/go.tsx';
import { Loaded } from '../../ui/record-page.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useSession } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { DayText } from '../../ui/text.tsx';
import { useWords } from '../../ui/words.ts';
import { usePlace, useWayBack } from './quality-place.ts';

type Row = OutputOf<(typeof assessmentsContract)['GET /api/quality-items']>['rows'][number];

export function ItemsCard({ institution, assessor }: { institution?: string; assessor?: string }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const [held, set] = useFilters();
  const { query, address } = usePlace();
  const span = held['span'] === 'year' ? ('year' as const) : ('month' as const);
  const whose = { ...(institution ? { institution } : {}), ...(assessor ? { assessor } : {}) };
  const asked = useQuery({ queryKey: ['GET /api/quality-items', query, whose, span], queryFn: () => api('GET /api/quality-items', { query: { ...query, ...whose, span } }) });
  const who = new URLSearchParams(whose).toString();
  return (
    <Card
      size="small" title={say('quality.items')}
      extra={<Segmented size="small" aria-label={say('quality.items')} value={span} onChange={(value) => set({ span: value === 'year' ? 'year' : undefined }, true)} options={[{ value: 'month', label: say('quality.spanMonth') }, { value: 'year', label: say('quality.spanYear') }]} />}
    >
      <p className="ch-muted" style={{ marginBlock: '0 8px' }}>{say('quality.itemsHint')}</p>
      <Loaded asked={asked}>
        {(found) => (
          <SmallTable<Row>
            rowKey={(row) => `${row.scaleId} ${row.item}`} dataSource={[...found.rows]} locale={{ emptyText: found.basis === 'none' ? say('quality.basisNone') : say('quality.none') }}
            columns={[
              { title: say('quality.item'), render: (_, row) => (lang === 'zh' ? row.zh : row.en) },
              { title: say('quality.itemCases'), align: 'right', render: (_, row) => <Cases row={row} to={span === 'month' ? `/quality/items/${row.item}?${address}&${who}` : undefined} /> },
              { title: say('quality.itemShare'), align: 'right', render: (_, row) => <Shown value={row.share} beside={row.district?.share} city={found.districtCode === null} write={(value) => `${(value * 100).toFixed(1)}%`} /> },
              { title: say('quality.itemKappa'), align: 'right', render: (_, row) => <Shown value={row.kappa} beside={row.district?.kappa} city={found.districtCode === null} write={(value) => value.toFixed(2)} tooFew={false} /> },
              { title: say('quality.itemLean'), align: 'right', render: (_, row) => <Shown value={row.lean} write={(value) => `${value > 0 ? '+' : ''}${value.toFixed(2)}`} tooFew={false} /> },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

/** How many assessments did not agree, of how many. */
function Cases({ row, to }: { row: Row; to: string | undefined }) {
  const text = `${row.cases - row.agreed} / ${row.cases}`;
  return to !== undefined && row.agreed < row.cases ? <Go to={to} className="ch-number">{text}</Go> : <span className="ch-number">{text}</span>;
}

/** A number with that of the whole district or city behind it; without enough assessments it says so. */
function Shown({ value, beside, city = false, write, tooFew = true }: { value: number | null; beside?: number | null | undefined; city?: boolean; write: (value: number) => string; tooFew?: boolean }) {
  const say = useWords('office');
  if (value === null) return <span className="ch-muted">{tooFew ? say('quality.tooFew') : '–'}</span>;
  return <span className={beside !== undefined && beside !== null && value < beside ? 'ch-bad ch-number' : 'ch-number'}>{write(value)}{beside === undefined || beside === null ? null : <span className="ch-muted ch-small"> {say(city ? 'quality.cityIs' : 'quality.districtIs', { value: write(beside) })}</span>}</span>;
}

export function QualityItemCasesPage() {
  const { item } = useParams({ strict: false }) as { item: string };
  const say = useWords('office');
  const { month, district } = usePlace();
  const [held] = useFilters();
  const inArea = Boolean(useSession().data?.session?.area);
  const { lang } = usePreferences();
  const { query } = usePlace();
  const whose = { ...(held['institution'] ? { institution: held['institution'] } : {}), ...(held['assessor'] ? { assessor: held['assessor'] } : {}) };
  const items = useQuery({ queryKey: ['GET /api/quality-items', query, whose, 'month'], queryFn: () => api('GET /api/quality-items', { query: { ...query, ...whose, span: 'month' } }) });
  const named = items.data?.rows.find((row) => row.item === item);
  return (
    <ListPage
      title={`${say('quality.items')} ${named ? named[lang === 'zh' ? 'zh' : 'en'] : item} ${month}`}
      note={<Go to={useWayBack()}>{say('pages.quality')}</Go>}
      name={`GET /api/quality-items/${item}/cases`}
      fixed={{ month, district, institution: held['institution'], assessor: held['assessor'] }}
      load={(query) => api('GET /api/quality-items/{item}/cases', { params: { item }, query: { ...addressQuery(query), month } })}
      rowKey={(row) => `${row.subjectId} ${row.dayOn} ${row.assessorAccountId ?? ''}`}
      {...(inArea ? { open: (row: { subjectId: string }) => `/applications/${row.subjectId}` } : {})}
      empty={say('quality.noCases')}
      columns={[
        { key: 'number', title: say('fields.number'), show: (row) => <span className="ch-number">{row.number}</span> },
        { key: 'day', title: say('quality.day'), show: (row) => <DayText day={row.dayOn} /> },
        { key: 'before', title: say('quality.itemBefore'), show: (row) => <span className="ch-number">{row.params['before']}</span> },
        { key: 'after', title: say('quality.itemAfter'), show: (row) => <span className="ch-number">{row.params['after']}</span> },
        { key: 'institution', title: say('fields.institution'), show: (row) => row.institutionName },
        { key: 'assessor', title: say('quality.assessor'), show: (row) => row.assessorName ?? '–' },
      ]}
    />
  );
}

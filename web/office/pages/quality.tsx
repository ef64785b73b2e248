/** Quality of assessment: institutions by figure, one institution, one assessor. */
import { DatePicker, Empty, Select, Space, Tag } from 'antd';
import dayjs from 'dayjs';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { QUALITY_FIGURES } from '#domain/assessments/quality/model.ts';
import type { QualityFigure } from '#domain/assessments/quality/model.ts';
import type { OutputOf } from '#kit/contract.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { ListPage, choicesOf } from '../parts.tsx';
import { addressQuery } from '../show.ts';
import { ActButton } from '../../ui/acts.tsx';
import { Card } from '../../ui/card.tsx';
import { Chart } from '../../ui/chart.tsx';
import { Go, useFilters, useGo } from '../../ui/go.tsx';
import { Loaded, PageHead } from '../../ui/record-page.tsx';
import { useSession, useWhyNot } from '../../ui/session.ts';
import { SmallTable } from '../../ui/small-table.tsx';
import { DayText, InstantText } from '../../ui/text.tsx';
import { useLabels, useSentence, useWords } from '../../ui/words.ts';
import { figureText } from '../quality-values.ts';
import { FigureCell, GroupedFigures, useGroupColumns } from './quality-groups.tsx';
import { ItemsCard } from './quality-items.tsx';
import { usePlace } from './quality-place.ts';

type Overview = OutputOf<(typeof assessmentsContract)['GET /api/quality']>;
type WithTrend = Overview['means'][number];

function PlaceFilter() {
  const say = useWords('office');
  const areas = useAreas();
  const own = useSession().data?.session?.institutionId;
  const { month, district, set } = usePlace();
  return (
    <Space wrap>
      <DatePicker picker="month" allowClear={false} aria-label={say('fields.month')} value={dayjs(`${month}-01`)} onChange={(value) => set({ month: value?.format('YYYY-MM') })} />
      {areas.districts.length > 1 && !own ? <Select allowClear style={{ minWidth: 150 }} placeholder={say('overview.wholeCity')} aria-label={say('fields.district')} options={areas.districts} value={district ?? null} onChange={(value: string | null) => set({ district: value ?? undefined })} /> : null}
    </Space>
  );
}

function Basis({ of }: { of: Pick<Overview, 'basis' | 'version' | 'knownAt' | 'decisionId'> }) {
  const say = useWords('office');
  if (of.basis === 'none') return <span className="ch-muted">{say('quality.basisNone')}</span>;
  return (
    <span className="ch-muted">
      {of.basis === 'live' ? say('quality.basisLive') : say('quality.basisKept', { version: of.version })} <InstantText at={of.knownAt} /> {of.decisionId ? <Go to={`/explanations/${of.decisionId}`}>{say('quality.why')}</Go> : null}
    </span>
  );
}

export function QualityPage() {
  const say = useWords('office');
  const { query } = usePlace();
  const ofArea = Boolean(useSession().data?.session?.area);
  const asked = useQuery({ queryKey: ['GET /api/quality', query], queryFn: () => api('GET /api/quality', { query }) });
  return (
    <>
      <PageHead title={say('pages.quality')} note={asked.data ? <Basis of={asked.data} /> : undefined} extra={<Space wrap><PlaceFilter /><KeepMonth /></Space>} />
      <Loaded asked={asked} headed>
        {(overview) => (overview.institutions.length === 0 ? <Empty description={say('quality.none')} /> : (
          <div className="ch-stack">
            <Charts overview={overview} />
            <Institutions overview={overview} />
            {ofArea ? <ItemsCard /> : null}
          </div>
        ))}
      </Loaded>
    </>
  );
}

/** One figure over the institutions, and its mean over the year. */
function Charts({ overview }: { overview: Overview }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const [held, set] = useFilters();
  const go = useGo();
  const { address } = usePlace();
  const figure = (QUALITY_FIGURES.find((one) => one === held['figure']) ?? 'returnRate') as QualityFigure;
  const rows = overview.institutions.map((one) => ({ ...one, value: one.figures.find((row) => row.figure === figure)?.value ?? null })).filter((one) => one.value !== null);
  const trend = overview.means.find((one) => one.figure === figure)?.trend.filter((one) => one.value !== null) ?? [];
  const write = (value: number) => figureText(figure, value);
  return (
    <Card size="small" title={say('quality.figures')} extra={<Go to={`/quality/cases/${figure}?${address}`}>{say('quality.cases')}</Go>}>
      <Select style={{ minWidth: 210, marginBlockEnd: 10 }} aria-label={say('quality.figure')} value={figure} options={QUALITY_FIGURES.map((value) => ({ value, label: label.value(`quality.${value}`) }))} onChange={(value: string) => set({ figure: value }, true)} />
      <div className="ch-grid-2">
        {rows.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('quality.tooFew')} /> : (
          <Chart title={say('quality.byInstitution')} kind="rows" height={Math.max(120, rows.length * 34)} names={rows.map((one) => one.institutionName)} series={[{ name: label.value(`quality.${figure}`), values: rows.map((one) => one.value!) }]} write={write} brief={write} pick={(at) => go(`/quality/institutions/${rows[at]!.institutionId}?${address}`)} />
        )}
        {trend.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say('quality.noTrend')} /> : <Trend figure={figure} trend={trend} />}
      </div>
    </Card>
  );
}

function Trend({ figure, trend, title }: { figure: QualityFigure; trend: WithTrend['trend']; title?: string }) {
  const say = useWords('office');
  const points = trend.filter((one) => one.value !== null);
  return <Chart title={title ?? say('quality.trend')} kind="line" height={170} names={points.map((one) => one.month)} series={[{ name: say('quality.value'), values: points.map((one) => one.value!) }]} write={(value) => figureText(figure, value)} brief={(value) => figureText(figure, value)} />;
}

function Institutions({ overview }: { overview: Overview }) {
  const say = useWords('office');
  const { address } = usePlace();
  type Row = Overview['institutions'][number];
  const casesOf = (row: Row, figure: QualityFigure) => `/quality/cases/${figure}?${address}&institution=${row.institutionId}`;
  const columns = useGroupColumns<Row>(casesOf, ['agreement', 'severityDrift']);
  return (
    <Card size="small" title={say('quality.institutions')}>
      <p className="ch-muted" style={{ marginBlock: '0 8px' }}>{say('quality.legend')}<br />{say('quality.legendFold')}</p>
      <SmallTable
        rowKey="institutionId" dataSource={overview.institutions} expandable={{ expandedRowRender: (row) => <GroupedFigures figures={row.figures} standard={overview.standardPoints} casesOf={(figure) => casesOf(row, figure)} /> }}
        columns={[
          { title: say('fields.institution'), render: (_, row) => <Go to={`/quality/institutions/${row.institutionId}?${address}`}><strong>{row.institutionName}</strong></Go> },
          { title: say('quality.points'), align: 'right', render: (_, row) => <strong className={row.points > 0 ? 'ch-bad ch-number' : 'ch-number'}>{row.points}</strong> },
          ...columns,
        ]}
      />
    </Card>
  );
}

function KeepMonth() {
  const say = useWords('office');
  const areas = useAreas();
  const { month, district } = usePlace();
  const whyNot = useWhyNot()('assessments.keepQuality');
  if (whyNot !== undefined) return null;
  return (
    <ActButton
      act={{
        name: 'keep', label: say('quality.keep'), intro: say('quality.keepHint'), initial: { month, districtCode: district ?? areas.districts[0]?.value },
        fields: [{ name: 'districtCode', label: say('fields.district'), kind: 'choice', choices: areas.districts, required: true }, { name: 'month', label: say('fields.month'), kind: 'month', required: true }],
        run: (body: { districtCode: string; month: string }, how) => api('POST /api/quality-months', { body }, how), success: say('quality.kept'), working: say('quality.keeping'),
      }}
    />
  );
}

/** Every figure of an institution or assessor: value, numerator and denominator, mean, points, its year. */
function FigureTable({ figures, address, who }: { figures: readonly WithTrend[]; address: string; who: string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <>
      <p className="ch-muted" style={{ marginBlock: '0 8px' }}>{say('quality.legend')}</p>
      <SmallTable
        rowKey="figure" dataSource={[...figures]} locale={{ emptyText: say('quality.none') }}
        expandable={{ expandedRowRender: (row) => <Trend figure={row.figure} trend={row.trend} title={label.value(`quality.${row.figure}`)} />, rowExpandable: (row) => row.trend.some((one) => one.value !== null) }}
        columns={[
          { title: say('quality.figure'), render: (_, row) => label.value(`quality.${row.figure}`) },
          { title: say('quality.value'), align: 'right', render: (_, row) => <FigureCell value={row} to={`/quality/cases/${row.figure}?${address}&${who}`} /> },
          { title: say('quality.counted'), align: 'right', render: (_, row) => <span className="ch-number">{round(row.numerator)} / {round(row.denominator)}</span> },
          { title: say('quality.mean'), align: 'right', render: (_, row) => <span className="ch-number">{row.mean === null ? '–' : figureText(row.figure, row.mean)}</span> },
          { title: say('quality.band'), align: 'right', render: (_, row) => <span className="ch-number">{row.low === null || row.high === null ? '' : `${row.low.toFixed(2)} – ${row.high.toFixed(2)}`}</span> },
          { title: say('quality.points'), align: 'right', render: (_, row) => <span className="ch-number">{row.points ?? ''}</span> },
        ]}
      />
    </>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

export function QualityInstitutionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  const { query, address } = usePlace();
  const asked = useQuery({ queryKey: ['GET /api/quality/institutions/{id}', id, query], queryFn: () => api('GET /api/quality/institutions/{id}', { params: { id }, query }) });
  return (
    <>
      <PageHead title={asked.data?.institutionName ?? say('pages.quality')} back={{ to: `/quality?${address}`, label: say('pages.quality') }} note={asked.data ? <Basis of={asked.data} /> : undefined} extra={<PlaceFilter />} />
      <Loaded asked={asked} headed>
        {(one) => (
          <div className="ch-stack">
            <Card size="small" title={say('quality.figures')} extra={<Tag color={one.points > 0 ? 'error' : 'success'}>{say('quality.pointsSum', { points: one.points })}</Tag>}>
              <FigureTable figures={one.figures} address={address} who={`institution=${id}`} />
            </Card>
            <ItemsCard institution={id} />
            <Assessors of={one} />
          </div>
        )}
      </Loaded>
    </>
  );
}

function Assessors({ of }: { of: OutputOf<(typeof assessmentsContract)['GET /api/quality/institutions/{id}']> }) {
  const say = useWords('office');
  const { address } = usePlace();
  type Row = (typeof of.assessors)[number];
  const casesOf = (row: Row, figure: QualityFigure) => `/quality/cases/${figure}?${address}&institution=${of.institutionId}&assessor=${row.accountId}`;
  const columns = useGroupColumns<Row>(casesOf, ['agreement', 'severityDrift']);
  return (
    <Card size="small" title={say('quality.assessors')}>
      <SmallTable
        rowKey="accountId" dataSource={of.assessors} locale={{ emptyText: say('quality.none') }} expandable={{ expandedRowRender: (row) => <GroupedFigures figures={row.figures} standard={of.standardPoints} casesOf={(figure) => casesOf(row, figure)} /> }}
        columns={[
          { title: say('quality.assessor'), render: (_, row) => <Go to={`/quality/assessors/${row.accountId}?${address}`}>{row.name}</Go> },
          { title: say('quality.assessments'), align: 'right', render: (_, row) => <span className="ch-number">{row.figures.find((figure) => figure.figure === 'returnRate')?.cases ?? 0}</span> },
          ...columns,
        ]}
      />
    </Card>
  );
}

export function QualityAssessorPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const say = useWords('office');
  const session = useSession().data?.session;
  const { query, address } = usePlace();
  const account = id === 'own' ? session?.accountId : id;
  const asked = useQuery({ queryKey: ['GET /api/quality/assessors/{id}', account, query], enabled: account !== undefined, queryFn: () => api('GET /api/quality/assessors/{id}', { params: { id: account! }, query }) });
  const mayCompare = useWhyNot()('assessments.compareQuality') === undefined;
  return (
    <>
      <PageHead title={id === 'own' ? say('pages.qualityOwn') : (asked.data?.name ?? say('pages.quality'))} {...(mayCompare ? { back: { to: `/quality?${address}`, label: say('pages.quality') } } : {})} note={asked.data ? <Basis of={asked.data} /> : undefined} extra={<PlaceFilter />} />
      <Loaded asked={asked} headed>
        {(one) => (
          <div className="ch-stack">
            {one.institutions.length === 0 ? <Empty description={say('quality.none')} /> : null}
            {one.institutions.map((row) => <Card key={row.institutionId} size="small" title={row.institutionName}><FigureTable figures={row.figures} address={address} who={`institution=${row.institutionId}&assessor=${one.accountId}`} /></Card>)}
            {one.institutions.map((row) => <ItemsCard key={row.institutionId} institution={row.institutionId} assessor={one.accountId} />)}
          </div>
        )}
      </Loaded>
    </>
  );
}

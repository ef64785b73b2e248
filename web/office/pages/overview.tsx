/** The bureau's overview: figures and charts in scope, each leading to the list behind it. */
import { Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import type { reportingContract } from '#domain/reporting/contract.ts';
import type { OutputOf } from '#kit/contract.ts';
import { yuan } from '../../../kit/money.ts';
import { api } from '../api.ts';
import { useAreas } from '../areas.ts';
import { Figure } from '../figure.tsx';
import { useRuleName } from '../rule-names.ts';
import { Card } from '../../ui/card.tsx';
import { Chart } from '../../ui/chart.tsx';
import { Go, useFilters, useGo } from '../../ui/go.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import type { Lang } from '../../ui/preferences.ts';
import { Loaded, PageHead } from '../../ui/record-page.tsx';
import { SmallTable } from '../../ui/small-table.tsx';
import { Count, Money } from '../../ui/text.tsx';
import { useLabels, useWords } from '../../ui/words.ts';

type Overview = OutputOf<(typeof reportingContract)['GET /api/overview']>;

export function OverviewPage() {
  const say = useWords('office');
  const areas = useAreas();
  const [held, set] = useFilters();
  const district = held['district'];
  const asked = useQuery({ queryKey: ['GET /api/overview', district], queryFn: () => api('GET /api/overview', { query: { district } }) });
  return (
    <>
      <PageHead
        title={say('pages.overview')}
        note={asked.data ? say('overview.on', { day: asked.data.on }) : undefined}
        extra={areas.districts.length > 1 ? <Select allowClear style={{ minWidth: 160 }} placeholder={say('overview.wholeCity')} aria-label={say('fields.district')} options={areas.districts} value={district ?? null} onChange={(value: string | null) => set({ district: value ?? undefined })} /> : undefined}
      />
      <Loaded asked={asked} headed>
        {(overview) => (
          <div className="ch-stack">
            <Figures overview={overview} district={district} />
            <Charts overview={overview} district={district} />
            {overview.districts.length > 1 ? <Districts rows={overview.districts} /> : null}
          </div>
        )}
      </Loaded>
    </>
  );
}

const CLOSED_STATES = new Set(['refused', 'concluded', 'withdrawn', 'closed']);
const sum = <T,>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
const withDistrict = (address: string, district: string | undefined) => (district ? `${address}${address.includes('?') ? '&' : '?'}district=${district}` : address);

function Figures({ overview, district }: { overview: Overview; district: string | undefined }) {
  const say = useWords('office');
  // The last month that is closed as widely as any: a month under way would look like a fall.
  const widest = Math.max(1, ...overview.claims.map((one) => one.districtsClosed));
  const last = overview.claims.filter((one) => one.districtsClosed >= widest).at(-1);
  return (
    <div className="ch-figures ch-figures-eight">
      <Figure name={say('overview.insured')} value={<Count value={overview.insured} />} to={withDistrict('/people', district)} />
      <Figure name={say('overview.openApplications')} value={<Count value={sum(overview.applications.filter((one) => !CLOSED_STATES.has(one.state)), (one) => one.count)} />} to={withDistrict('/applications', district)} />
      <Figure name={say('overview.conclusions')} value={<Count value={sum(overview.conclusions, (one) => one.count)} />} to={withDistrict('/conclusions?state=valid', district)} />
      <Figure name={say('overview.plans')} value={<Count value={sum(overview.plans, (one) => one.count)} />} to={withDistrict('/plans?state=confirmed', district)} />
      <Figure name={say('overview.visits')} value={<Count value={sum(overview.visits, (one) => one.visits)} />} to={withDistrict('/visits', district)} />
      <Figure name={say('overview.assetsNow')} value={<LargeMoney fen={sum(overview.districts, (one) => one.assetsFen)} />} to={withDistrict('/ledger', district)} />
      {last ? <Figure name={say('overview.fundOf', { month: last.month })} value={<LargeMoney fen={last.fundFen} />} to={withDistrict(`/statements?month=${last.month}`, district)} /> : null}
      {last ? <Figure name={say('overview.refusedOf', { month: last.month })} value={<LargeMoney fen={last.refusedFen} />} to={withDistrict(`/findings?month=${last.month}`, district)} late={last.refusedFen > 0} /> : null}
    </div>
  );
}

/** Fen in the unit in which the office speaks of sums: 10 000 yuan in Chinese, 1 000 yuan in English. */
const LARGE = { zh: { fen: 1_000_000, digits: 1 }, en: { fen: 100_000, digits: 0 } } as const;

function large(fen: number, lang: Lang, digits: number = LARGE[lang].digits): string {
  const value = fen / LARGE[lang].fen;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A sum in large units; in full when the pointer rests on it. */
function LargeMoney({ fen }: { fen: number }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const small = Math.abs(fen) < LARGE[lang].fen;
  return <span className="ch-number" title={`¥ ${yuan(fen)}`}>{small ? Math.round(fen / 100).toLocaleString('en-US') : large(fen, lang, 1)}<span className="ch-unit">{say(small ? 'overview.unit' : 'overview.largeUnit')}</span></span>;
}

/** '2026-01' on an axis: the month, and the year where it changes. */
function monthOf(month: string, first: boolean, lang: Lang): string {
  const [year, number] = month.split('-') as [string, string];
  const name = lang === 'zh' ? `${Number(number)}月` : new Date(`${month}-01T00:00:00Z`).toLocaleString('en', { month: 'short', timeZone: 'UTC' });
  return first || number === '01' ? `${name}\n${year}` : name;
}

function Charts({ overview, district }: { overview: Overview; district: string | undefined }) {
  return (
    <>
      <div className="ch-grid-2">
        <MonthCharts overview={overview} district={district} />
      </div>
      <div className="ch-grid-4">
        <PartCharts overview={overview} district={district} />
      </div>
    </>
  );
}

function MonthCharts({ overview, district }: { overview: Overview; district: string | undefined }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const go = useGo();
  const axisName = (rows: readonly { month: string }[]) => (at: number) => monthOf(rows[at]!.month, at === 0, lang);
  return (
    <>
      <Card size="small">
        <Chart title={say('overview.visitsByMonth')} height={208} names={overview.visits.map((one) => one.month)} axisName={axisName(overview.visits)} series={[{ name: say('fields.visits'), values: overview.visits.map((one) => one.visits) }]} pick={(at) => go(withDistrict(`/visits?month=${overview.visits[at]!.month}`, district))} />
      </Card>
      <Card size="small">
        <Chart
          title={say('overview.moneyByMonth')}
          height={208}
          stacked
          write={yuan}
          brief={(fen) => large(fen, lang)}
          names={overview.claims.map((one) => one.month)}
          axisName={axisName(overview.claims)}
          series={[
            { name: say('fields.fund'), values: overview.claims.map((one) => one.fundFen) },
            { name: say('fields.person_share'), values: overview.claims.map((one) => one.personFen) },
            { name: say('fields.refused'), values: overview.claims.map((one) => one.refusedFen), bad: true },
          ]}
          pick={(at) => go(withDistrict(`/statements?month=${overview.claims[at]!.month}`, district))}
        />
      </Card>
    </>
  );
}

const SMALL = { kind: 'rows', height: 176 } as const;

function PartCharts({ overview, district }: { overview: Overview; district: string | undefined }) {
  const say = useWords('office');
  const plans = useLabels('plans', 'office');
  const { lang } = usePreferences();
  const rule = useRuleName();
  const go = useGo();
  const findings = overview.findings.toSorted((a, b) => b.count - a.count);
  const modes = overview.plans.toSorted((a, b) => b.count - a.count);
  return (
    <>
      <Card size="small">
        <Chart {...SMALL} title={say('overview.byGrade')} names={overview.conclusions.map((one) => say('grade.plain', { grade: one.grade }))} series={[{ name: say('overview.conclusions'), values: overview.conclusions.map((one) => one.count) }]} pick={(at) => go(withDistrict(`/conclusions?state=valid&grade=${overview.conclusions[at]!.grade}`, district))} />
      </Card>
      <Card size="small">
        <Chart {...SMALL} title={say('overview.byMode')} names={modes.map((one) => plans.value(one.mode))} series={[{ name: say('overview.plans'), values: modes.map((one) => one.count) }]} pick={(at) => go(withDistrict(`/plans?state=confirmed&mode=${modes[at]!.mode}`, district))} />
      </Card>
      <Card size="small">
        <Chart {...SMALL} title={say('overview.byRule')} names={findings.map((one) => rule(one.rule))} series={[{ name: say('fields.findings'), values: findings.map((one) => one.count), bad: true }]} pick={(at) => go(withDistrict(`/findings?rule=${findings[at]!.rule}`, district))} />
      </Card>
      <Card size="small">
        <Chart {...SMALL} title={say('overview.balances')} write={yuan} brief={(fen) => large(fen, lang)} names={overview.districts.map((one) => one[lang])} series={[{ name: say('overview.assets'), values: overview.districts.map((one) => one.assetsFen) }]} pick={(at) => go(`/ledger?district=${overview.districts[at]!.districtCode}`)} />
      </Card>
    </>
  );
}

function Districts({ rows }: { rows: Overview['districts'] }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  return (
    <Card size="small" title={say('overview.districts')}>
      <SmallTable
        rowKey="districtCode"
        dataSource={rows}
        columns={[
          { title: say('fields.district'), render: (_, row) => <Go to={`/overview?district=${row.districtCode}`}>{row[lang]}</Go> },
          { title: say('overview.insured'), align: 'right', render: (_, row) => <Count value={row.insured} /> },
          { title: say('overview.openApplications'), align: 'right', render: (_, row) => <Count value={row.openApplications} /> },
          { title: say('overview.conclusions'), align: 'right', render: (_, row) => <Count value={row.conclusionsInForce} /> },
          { title: say('overview.plans'), align: 'right', render: (_, row) => <Count value={row.activePlans} /> },
          { title: say('fields.visits'), align: 'right', render: (_, row) => <Go to={`/visits?district=${row.districtCode}`}><Count value={row.visits} /></Go> },
          { title: say('fields.billed'), align: 'right', render: (_, row) => <Money fen={row.billedFen} /> },
          { title: say('fields.fund'), align: 'right', render: (_, row) => <Go to={`/statements?district=${row.districtCode}`}><Money fen={row.fundFen} /></Go> },
          { title: say('fields.refused'), align: 'right', render: (_, row) => <Go to={`/findings?district=${row.districtCode}`}><Money fen={row.refusedFen} /></Go> },
          { title: say('overview.assets'), align: 'right', render: (_, row) => <Go to={`/ledger?district=${row.districtCode}`}><Money fen={row.assetsFen} /></Go> },
          { title: say('overview.pending'), align: 'right', render: (_, row) => <Money fen={row.pendingFen} /> },
        ]}
      />
    </Card>
  );
}

/** The policy book: what holds, from when, by which document, who may change it, and what is not verified. */
import { Alert, Input, Segmented, Select, Space, Table, Tag } from 'antd';
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { OutputOf } from '#kit/contract.ts';
import type { recordsContract } from '#platform/records/contract.ts';
import { StateTag, UnverifiedBadge } from '../../ui/badges.tsx';
import { Card } from '../../ui/card.tsx';
import { SourceLine } from '../../ui/explanation-view.tsx';
import { Go, useFilters, useGo } from '../../ui/go.tsx';
import { FigureValue } from '../../ui/policy-value.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { FactList, Loaded, PageHead } from '../../ui/record-page.tsx';
import { recordsApi } from '../../ui/records.ts';
import { rowActions } from '../../ui/rows.ts';
import { SmallTable, labelled } from '../../ui/small-table.tsx';
import { DayText } from '../../ui/text.tsx';
import { useWords, wordOf } from '../../ui/words.ts';

export type PolicyRow = OutputOf<(typeof recordsContract)['GET /api/policy']>[number];

export function PolicyPage() {
  const say = useWords('office');
  const { lang } = usePreferences();
  const [held, set] = useFilters();
  const city = held['city'];
  const asked = useQuery({ queryKey: ['GET /api/policy', city], queryFn: () => recordsApi('GET /api/policy', { query: { city } }) });
  const cities = useQuery({ queryKey: ['GET /api/policy-cities'], queryFn: () => recordsApi('GET /api/policy-cities') });
  const rows = useMemo(() => {
    const q = held['q']?.trim().toLowerCase();
    return (asked.data ?? []).filter(
      (one) =>
        (held['status'] === undefined || one.status === held['status']) &&
        (held['when'] === 'all' || one.current) &&
        (held['module'] === undefined || one.module === held['module']) &&
        (!q || [one.name, one.label.zh, one.label.en].some((text) => text.toLowerCase().includes(q))),
    );
  }, [asked.data, held]);
  const modules = [...new Set((asked.data ?? []).map((one) => one.module))];
  return (
    <>
      <PageHead title={say('pages.policy')} note={say('policy.hint')} />
      <div className="ch-toolbar">
        <Space wrap>
          <Input allowClear style={{ width: 240 }} placeholder={say('policy.find')} aria-label={say('policy.find')} value={held['q'] ?? ''} onChange={(event) => set({ q: event.target.value || undefined })} />
          <Select allowClear style={{ minWidth: 140 }} placeholder={say('policy.module')} aria-label={say('policy.module')} value={held['module'] ?? null} options={modules.map((value) => ({ value, label: wordOf(say, 'modules', value) }))} onChange={(value: string | null) => set({ module: value ?? undefined })} />
          <Select allowClear style={{ minWidth: 120 }} placeholder={say('policy.status')} aria-label={say('policy.status')} value={held['status'] ?? null} options={['verified', 'unverified'].map((value) => ({ value, label: say(`policy.${value}`) }))} onChange={(value: string | null) => set({ status: value ?? undefined })} />
          <Select
            style={{ minWidth: 140 }}
            aria-label={say('policy.city')}
            value={city ?? cities.data?.find((one) => one.own)?.city ?? null}
            options={(cities.data ?? []).map((one) => ({ value: one.city, label: one.name[lang] }))}
            onChange={(value: string | null) => set({ city: cities.data?.find((one) => one.own)?.city === value ? undefined : (value ?? undefined) })}
          />
          <Segmented value={held['when'] ?? 'now'} options={[{ value: 'now', label: say('policy.now') }, { value: 'all', label: say('policy.all') }]} onChange={(value) => set({ when: value === 'now' ? undefined : value })} />
        </Space>
      </div>
      {city ? <Alert type="info" showIcon style={{ marginBlockEnd: 12 }} title={say('policy.otherCity')} /> : null}
      <Loaded asked={asked} headed>{() => <PolicyTable rows={rows} city={city} />}</Loaded>
    </>
  );
}

function PolicyTable({ rows, city }: { rows: readonly PolicyRow[]; city: string | undefined }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const go = useGo();
  return (
    <div className="ch-list-section">
      <Table<PolicyRow>
        size="middle"
        className="ch-cards"
        rowKey={(row) => row.stamp + row.name}
        dataSource={[...rows]}
        sticky={{ offsetHeader: 48 }}
        tableLayout="auto"
        pagination={{ pageSize: 50, hideOnSinglePage: true, size: 'small', showTotal: (total) => say('ui:table.total', { total }) }}
        onRow={rowActions((row) => `/policy/${row.name}${city ? `?city=${city}` : ''}`, go)}
        columns={labelled<PolicyRow>([
          { title: say('policy.label'), render: (_, row) => <><strong>{row.label[lang]}</strong><br /><span className="ch-muted ch-code ch-small">{row.name}</span></> },
          { title: say('fields.value'), render: (_, row) => <PolicyValue row={row} short /> },
          { title: say('policy.area'), render: (_, row) => <>{row.areaName[lang]}{row.overrides ? <Tag style={{ marginInlineStart: 6 }}>{say('policy.overrides')}</Tag> : null}</> },
          { title: say('policy.from'), render: (_, row) => <><DayText day={row.from} />{row.to ? <> – <DayText day={row.to} /></> : null}</> },
          { title: say('policy.source'), render: (_, row) => <span className="ch-clamp">{row.sources.map((one) => one.number ?? one.title[lang]).join(say('comma'))}</span> },
          { title: say('policy.decidedBy'), render: (_, row) => <span className="ch-clamp" title={row.decidedBy[lang]}>{row.decidedBy[lang]}</span> },
          { title: say('policy.status'), render: (_, row) => (row.status === 'unverified' ? <UnverifiedBadge /> : <StateTag state="verified">{say('policy.verified')}</StateTag>) },
        ])}
      />
    </div>
  );
}

/** A figure with its unit; an edition by its number. */
export function PolicyValue({ row, short = false }: { row: PolicyRow; short?: boolean }) {
  const say = useWords('office');
  if (row.shape === 'edition' && (short || row.value === null || row.value === undefined)) return <>{say('policy.edition', { id: row.id })}</>;
  if (row.value === undefined) return <>–</>;
  if (short && typeof row.value === 'object' && row.value !== null && JSON.stringify(row.value).length > 90) return <>{say('policy.table')}</>;
  return (
    <FigureValue value={row.value} unit={row.unit} />
  );
}

export function PolicyNamePage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const [held] = useFilters();
  const say = useWords('office');
  const { lang } = usePreferences();
  const city = held['city'];
  const asked = useQuery({ queryKey: ['GET /api/policy/{name}', name, city], queryFn: () => recordsApi('GET /api/policy/{name}', { params: { name }, query: { city } }) });
  return (
    <Loaded asked={asked}>
      {(rows) => (
        <>
          <PageHead title={rows[0]?.label[lang] ?? name} back={{ to: '/policy', label: say('pages.policy') }} note={<span className="ch-code">{name}</span>} />
          <div className="ch-stack">
            {rows.map((row) => (
              <Card key={row.stamp} size="small" title={<>{row.areaName[lang]} · <DayText day={row.from} /> – {row.to ? <DayText day={row.to} /> : say('policy.openEnd')} {row.current ? <Tag color="success">{say('policy.current')}</Tag> : null}{row.status === 'unverified' ? <UnverifiedBadge /> : null}</>}>
                <FactList
                  facts={[
                    { label: say('fields.value'), value: <PolicyValue row={row} />, wide: true },
                    { label: say('policy.decidedBy'), value: row.decidedBy[lang], wide: true },
                    { label: say('policy.effect'), value: row.effect[lang], wide: true },
                    ...(row.note ? [{ label: say('fields.note'), value: row.note[lang], wide: true }] : []),
                    { label: say('policy.source'), value: <div>{row.sources.map((one, at) => <SourceLine key={at} source={one} />)}</div>, wide: true },
                    { label: say('policy.file'), value: <span className="ch-code">{row.file}</span> },
                    { label: say('policy.stamp'), value: <span className="ch-code">{row.stamp}</span> },
                  ]}
                />
              </Card>
            ))}
          </div>
        </>
      )}
    </Loaded>
  );
}

export function SourcesPage() {
  const say = useWords('office');
  const { lang } = usePreferences();
  const asked = useQuery({ queryKey: ['GET /api/policy-sources'], queryFn: () => recordsApi('GET /api/policy-sources') });
  return (
    <>
      <PageHead title={say('pages.sources')} note={say('sources.hint')} />
      <Loaded asked={asked} headed>
        {(rows) => (
          <div className="ch-list-section">
            <SmallTable
              rowKey="id"
              dataSource={rows}
              columns={[
                { title: say('fields.number'), render: (_, row) => row.number ?? '–' },
                { title: say('sources.title'), render: (_, row) => <span className="ch-sentence">{row.address ? <a href={row.address} target="_blank" rel="noreferrer">{row.title[lang]}</a> : row.title[lang]}{row.fictional ? <span className="ch-muted"> {say('ui:source.fictional')}</span> : null}</span> },
                { title: say('sources.date'), render: (_, row) => <DayText day={row.date} /> },
                { title: say('sources.confidence'), render: (_, row) => wordOf(say, 'confidence', row.confidence) },
                { title: say('sources.uses'), align: 'right', render: (_, row) => row.uses },
              ]}
            />
          </div>
        )}
      </Loaded>
    </>
  );
}

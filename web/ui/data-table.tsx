/** The list of every desk: paged on the server, filters in the address bar, rows by keyboard, empty and error states. */
import { DatePicker, Empty, Input, Select, Space, Table } from 'antd';
import type { TableProps } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FieldSpec } from './fields.tsx';
import { LookupSelect } from './fields.tsx';
import { useFilters, useGo } from './go.tsx';
import { usePreferences } from './preferences.ts';
import { ProblemAlert } from './problem-alert.tsx';
import { rowActions } from './rows.ts';
import { shown } from './small-table.tsx';
import { alone } from './text.tsx';
import { useWords } from './words.ts';

/** A filter is a field; its value stands in the address bar under its name. */
export type FilterSpec = Pick<FieldSpec, 'name' | 'label' | 'choices' | 'lookup'> & { kind: 'text' | 'choice' | 'day' | 'month' | 'lookup' };

export interface Column<R> {
  key: string;
  title: string;
  show: (row: R) => ReactNode;
  align?: 'right' | 'left';
  width?: number;
  /** Left out on narrow screens. */
  wideOnly?: boolean;
}

export interface DataTableProps<R> {
  /** Names the question; part of the cache key. */
  name: string;
  load: (query: Record<string, string | number | undefined>) => Promise<{ rows: R[]; total: number }>;
  columns: readonly Column<R>[];
  rowKey: (row: R) => string;
  filters?: readonly FilterSpec[];
  /** Filters that hold always. */
  fixed?: Record<string, string | undefined>;
  /** Where a row leads. */
  open?: (row: R) => string;
  toolbar?: ReactNode;
  empty?: ReactNode;
  summary?: (rows: readonly R[]) => ReactNode;
  /** A table inside a record keeps its page to itself. */
  inside?: boolean;
  expand?: (row: R) => ReactNode;
}

const PAGE_SIZES = [20, 50, 100, 200];

export function DataTable<R extends object>(props: DataTableProps<R>) {
  const say = useWords('ui');
  const go = useGo();
  const { large } = usePreferences();
  const { held, set, names, query } = useListState(props);
  const asked = useQuery({ queryKey: [props.name, query], queryFn: () => props.load(query), placeholderData: keepPreviousData });
  const filtered = names.some((name) => held[name]);
  return (
    <section className="ch-list-section">
      {props.filters?.length || props.toolbar ? (
        <div className="ch-toolbar">
          <Space wrap size={8}>
            {(props.filters ?? []).map((one) => (
              <Filter key={one.name} spec={one} value={held[one.name]} set={(value) => set({ [one.name]: value })} />
            ))}
            {filtered ? (
              <button type="button" className="ch-plain" onClick={() => set(Object.fromEntries(names.map((name) => [name, undefined])))}>
                {say('table.clear')}
              </button>
            ) : null}
          </Space>
          <Space wrap size={8}>{props.toolbar}</Space>
        </div>
      ) : null}
      {asked.error ? <ProblemAlert error={asked.error} retry={() => void asked.refetch()} /> : null}
      <Table<R>
        size="middle"
        className="ch-cards"
        rowKey={props.rowKey}
        columns={columnsOf(props.columns, say('table.acts'), large)}
        dataSource={asked.data?.rows ?? []}
        loading={asked.isLoading || asked.isPlaceholderData}
        tableLayout="auto"
        {...(props.inside ? {} : { sticky: { offsetHeader: 48 } })}
        locale={{ emptyText: asked.isLoading ? <div className="ch-waiting" /> : asked.error ? say('table.notLoaded') : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={filtered ? say('table.nothingFits') : (props.empty ?? say('table.nothing'))} /> }}
        {...(props.expand ? { expandable: { expandedRowRender: props.expand, columnTitle: <span className="ch-hidden">{say('table.expand')}</span> } } : {})}
        {...(props.open ? { onRow: rowActions(props.open, go) } : {})}
        {...(props.summary ? { summary: (rows) => props.summary!(rows) } : {})}
        pagination={{
          current: Number(query['page']),
          pageSize: Number(query['pageSize']),
          total: asked.data?.total ?? 0,
          showSizeChanger: true,
          pageSizeOptions: PAGE_SIZES,
          showTotal: (total) => say('table.total', { total: total.toLocaleString('en-US') }),
          onChange: (page, pageSize) => set({ page: String(page), pageSize: pageSize === PAGE_SIZES[0] ? undefined : String(pageSize) }, true),
          size: 'small',
        }}
      />
    </section>
  );
}

/** Filters and page: in the address bar, or kept by the table itself when it stands inside a record. */
function useListState<R extends object>(props: DataTableProps<R>) {
  const [inAddress, setAddress] = useFilters();
  const [own, setOwn] = useState<Record<string, string | undefined>>({});
  const held = props.inside ? own : inAddress;
  const set = (change: Record<string, string | undefined>, keepPage = false) =>
    props.inside ? setOwn((before) => ({ ...before, ...(keepPage ? {} : { page: undefined }), ...change })) : setAddress(change, keepPage);
  const names = (props.filters ?? []).map((one) => one.name);
  const query: Record<string, string | number | undefined> = {
    ...Object.fromEntries(names.map((name) => [name, held[name]])),
    ...props.fixed,
    page: Number(held['page']) || 1,
    pageSize: Number(held['pageSize']) || PAGE_SIZES[0],
  };
  return { held, set, names, query };
}

/** Each cell knows its title: on a phone a row is a card of labelled values (staff.css). */
function columnsOf<R>(columns: readonly Column<R>[], acts: string, large: boolean): NonNullable<TableProps<R>['columns']> {
  return columns.map((one) => ({
    key: one.key,
    title: one.title === '' ? <span className="ch-hidden">{acts}</span> : alone(one.title),
    onCell: () => ({ 'data-label': alone(one.title) }) as React.HTMLAttributes<HTMLElement>,
    render: (_: unknown, row: R) => (one.title === '' ? one.show(row) : shown(one.show(row))),
    ...(one.align ? { align: one.align } : {}),
    ...(one.width ? { width: one.width } : {}),
    ...(one.wideOnly ? { responsive: [large ? ('xxl' as const) : ('lg' as const)] } : {}),
  }));
}

function Filter({ spec: named, value, set }: { spec: FilterSpec; value: string | undefined; set: (value: string | undefined) => void }) {
  const say = useWords('ui');
  const spec = { ...named, label: alone(named.label) };
  if (spec.kind === 'text') return <TextFilter spec={spec} value={value} set={set} />;
  if (spec.kind === 'lookup') return <LookupSelect lookup={spec.lookup!} {...(value === undefined ? {} : { value })} onChange={set} placeholder={spec.label} ariaLabel={spec.label} />;
  if (spec.kind === 'choice') {
    return (
      <Select
        allowClear={{ label: say('form.clear') }}
        placeholder={spec.label}
        aria-label={spec.label}
        value={value ?? null}
        onChange={(one: string | null) => set(one ?? undefined)}
        options={[...(spec.choices ?? [])]}
        popupMatchSelectWidth={false}
        style={{ minWidth: 132 }}
        showSearch={(spec.choices?.length ?? 0) > 8 ? { optionFilterProp: 'label' } : false}
      />
    );
  }
  return (
    <DatePicker
      {...(spec.kind === 'month' ? { picker: 'month' as const } : {})}
      placeholder={spec.label}
      aria-label={spec.label}
      value={value ? dayjs(value) : null}
      onChange={(one) => set(one?.format(spec.kind === 'month' ? 'YYYY-MM' : 'YYYY-MM-DD'))}
    />
  );
}

/** Asks the server a moment after the last key, and at once on Enter. */
function TextFilter({ spec, value, set }: { spec: FilterSpec; value: string | undefined; set: (value: string | undefined) => void }) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  useEffect(() => {
    if (text === (value ?? '')) return undefined;
    const timer = setTimeout(() => set(text.trim() || undefined), 350);
    return () => clearTimeout(timer);
  });
  return <Input allowClear aria-label={spec.label} placeholder={spec.label} value={text} onChange={(event) => setText(event.target.value)} onPressEnter={() => set(text.trim() || undefined)} style={{ width: 240 }} />;
}

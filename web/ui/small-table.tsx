/** Tables whose cells know their titles: on a phone a row is a card of labelled values (staff.css). */
import { Table } from 'antd';
import type { TableColumnType, TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Nothing, alone } from './text.tsx';
import { useWords } from './words.ts';

export { alone } from './text.tsx';

/** A column of a table; one without a title holds the acts of its row. */
export type SmallColumn<R> = TableColumnType<R> & { title: string };

/** What a cell shows; a missing value is marked as such. */
export const shown = (value: ReactNode): ReactNode => (value === '–' || value === '' || value === null || value === undefined ? <Nothing /> : value);

/** Columns of a table of the class `ch-cards`; `acts` names the column of the acts for screen readers. */
export function labelled<R>(columns: readonly SmallColumn<R>[], acts = ''): TableColumnType<R>[] {
  return columns.map((one) => ({
    ...one,
    title: one.title === '' ? <span className="ch-hidden">{acts}</span> : alone(one.title),
    onCell: () => ({ 'data-label': alone(one.title) }) as React.HTMLAttributes<HTMLElement>,
    ...(one.render && one.title !== '' ? { render: (value: unknown, row: R, at: number) => shown(one.render!(value, row, at) as ReactNode) } : {}),
  }));
}

/** A table without pages inside a card. */
export function SmallTable<R extends object>({ columns, expandable, ...rest }: Omit<TableProps<R>, 'columns'> & { columns: readonly SmallColumn<R>[] }) {
  const say = useWords('ui');
  return <Table<R> size="small" className="ch-cards" pagination={false} {...rest} columns={labelled(columns, say('table.acts'))} {...(expandable ? { expandable: { columnTitle: <span className="ch-hidden">{say('table.expand')}</span>, ...expandable } } : {})} />;
}

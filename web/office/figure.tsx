import type { ReactNode } from 'react';
import { Go } from '../ui/go.tsx';

/** A figure on a desk's first page or an overview; leads to the list that it counts. */
export function Figure({ name, value, to, late = false }: { name: string; value: ReactNode; to?: string; late?: boolean }) {
  const inner = (
    <>
      <span className="ch-figure-value">{value}</span>
      <span className="ch-figure-name">{name}</span>
    </>
  );
  const className = `ch-figure${late ? ' ch-figure-late' : ''}`;
  return to ? <Go to={to} className={className}>{inner}</Go> : <div className={className}>{inner}</div>;
}

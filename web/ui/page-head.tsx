/** Head and title of a page; apart from the record page, so that first pages stay small. */
import { Space } from 'antd';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { Go } from './go.tsx';
import { useWords } from './words.ts';

export function useTitle(title: string): void {
  const say = useWords('ui');
  useEffect(() => {
    document.title = `${title} · ${say('product')}`;
  });
}

/** Head of a page: where it belongs, its name, what stands at the right. */
export function PageHead({ title, back, extra, note }: { title: string; back?: { to: string; label: string }; extra?: ReactNode; note?: ReactNode }) {
  useTitle(title);
  return (
    <header className="ch-head">
      <div>
        {back ? (
          <nav className="ch-back">
            <Go to={back.to}>{back.label}</Go>
            <span aria-hidden> / </span>
          </nav>
        ) : null}
        <h1>{title}</h1>
        {note ? <p className="ch-head-note">{note}</p> : null}
      </div>
      <Space wrap>{extra}</Space>
    </header>
  );
}

/** What every page of the small portals is made of: heading, waiting, faults, nothing found, pages of a list. */
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { Problem } from '../../kit/client.ts';
import { useWords } from '../ui/words.ts';
import { moved, useFilters } from './address.tsx';
import type { Asked } from './ask.ts';

/** A page with its heading; the heading takes the focus when the reader came by a link, and names the browser's tab. */
export function Page({ title, lead, children, back }: { title: string; lead?: ReactNode; children?: ReactNode; back?: ReactNode }) {
  const say = useWords('light');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (moved) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} · ${say('brand')}`;
  }, [title, say]);
  return (
    <div className="page">
      {back}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead ? <p className="lead">{lead}</p> : null}
      {children}
    </div>
  );
}

/** Grey lines where the answer will stand; after a few seconds a sentence says that it takes longer. */
export function Wait({ slow, lines = 3 }: { slow: boolean; lines?: number }) {
  const say = useWords('light');
  return (
    <div className="wait" role="status" aria-live="polite">
      <span className="ch-hidden">{say('wait.loading')}</span>
      {slow ? <p className="wait-slow">{say('wait.slow')}</p> : null}
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} className="wait-line" aria-hidden="true" />
      ))}
    </div>
  );
}

/** A "no" of the server in full, with the way on. */
export function Fault({ error, again, nameOf }: { error: unknown; again?: (() => void) | undefined; nameOf?: (column: string) => string }) {
  const say = useWords('light');
  if (!error) return null;
  const problem = error instanceof Problem ? error : undefined;
  const title = problem?.code.startsWith('HTTP_') ? say('fault.server', { status: problem.status }) : (problem?.title ?? say('fault.unknown'));
  return (
    <div className="fault" role="alert">
      <p>
        <strong>{title}</strong>
      </p>
      {problem?.errors.length ? (
        <ul>
          {problem.errors.slice(0, 8).map((one, at) => (
            <li key={at}>
              {nameOf?.(one.column) ?? one.column} {one.detail}
            </li>
          ))}
        </ul>
      ) : null}
      {problem?.reasons.length ? (
        <ul>
          {problem.reasons.map((one) => (
            <li key={one.code}>{one.sentence}</li>
          ))}
        </ul>
      ) : null}
      {problem?.status === 500 && problem.instance ? <p className="small">{say('fault.number', { number: problem.instance })}</p> : null}
      {again ? (
        <button type="button" className="button" onClick={again}>
          {say('fault.again')}
        </button>
      ) : null}
    </div>
  );
}

/** The address names nothing that one may read; asking again does not help. */
const isOfAddress = (error: unknown): error is Problem => error instanceof Problem && ([403, 404].includes(error.status) || (error.status === 400 && error.errors.length > 0 && error.errors.every((one) => one.column === 'id')));

function AddressFault({ error }: { error: Problem }) {
  const say = useWords('light');
  return error.status === 400 ? <div className="fault" role="alert"><p><strong>{say('fault.address')}</strong></p></div> : <Fault error={error} />;
}

/** The good end of an act: takes the focus, so that it is read aloud and the keyboard goes on from here. */
export function Said({ children, className = 'verdict verdict-good' }: { children: ReactNode; className?: string }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => here.current?.focus(), []);
  return (
    <div ref={here} className={className} role="status" tabIndex={-1}>
      {children}
    </div>
  );
}

/** Nothing to show, and what to do then. */
export function Nothing({ children, more }: { children: ReactNode; more?: ReactNode }) {
  return (
    <div className="nothing">
      <p>{children}</p>
      {more}
    </div>
  );
}

/** Shows an answer, or what stands in its way. Old content stays, dimmed, while a new answer is awaited. */
export function Show<T>({ asked, children, lines }: { asked: Asked<T>; children: (data: T) => ReactNode; lines?: number }) {
  if (isOfAddress(asked.error)) return <AddressFault error={asked.error} />;
  if (asked.error) return <Fault error={asked.error} again={asked.again} />;
  if (asked.data === undefined) return <Wait slow={asked.slow} {...(lines === undefined ? {} : { lines })} />;
  return (
    <div className={asked.waiting ? 'stale' : undefined} aria-busy={asked.waiting}>
      {asked.slow ? <Wait slow lines={0} /> : null}
      {children(asked.data)}
    </div>
  );
}

/** Page n of a list, kept in the address bar. Says the number of rows aloud when it changes. */
export function Pager({ total, pageSize, shown }: { total: number; pageSize: number; shown: number }) {
  const say = useWords('light');
  const [search, set] = useFilters();
  const [page, last] = [Math.max(1, Number(search['page']) || 1), Math.max(1, Math.ceil(total / pageSize))];
  const to = (next: number) => {
    set({ page: next === 1 ? undefined : String(next) }, true);
    window.scrollTo(0, 0);
  };
  return (
    <nav className="pager" aria-label={say('pager.label')}>
      <p role="status" aria-live="polite">
        {shown === 0 ? say('pager.none') : say('pager.rows', { from: (page - 1) * pageSize + 1, to: (page - 1) * pageSize + shown, total })}
      </p>
      {last > 1 ? (
        <span className="pager-steps">
          <button type="button" className="button" disabled={page <= 1} onClick={() => to(page - 1)}>
            {say('pager.before')}
          </button>
          <span className="ch-number">
            {page} / {last}
          </span>
          <button type="button" className="button" disabled={page >= last} onClick={() => to(page + 1)}>
            {say('pager.next')}
          </button>
        </span>
      ) : null}
    </nav>
  );
}

/** The mark of what nobody has checked against the official text, with what that means on demand. */
export function Mark({ status }: { status: 'verified' | 'unverified' }) {
  const say = useWords('light');
  return <span className={`mark mark-${status}`}>{say(`status.${status}`)}</span>;
}

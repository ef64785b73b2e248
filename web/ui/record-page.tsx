/** The page of one record, in four parts: facts; state and next acts; history; reasons. */
import { Alert, Descriptions, Skeleton, Space, Timeline } from 'antd';
import { use } from 'react';
import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../kit/client.ts';
import { Acts } from './acts.tsx';
import type { ActSpec } from './acts.tsx';
import { Card, InCard } from './card.tsx';
import { Go } from './go.tsx';
import { PageHead, useTitle } from './page-head.tsx';
import { usePreferences } from './preferences.ts';
import { ProblemAlert } from './problem-alert.tsx';
import { recordsApi } from './records.ts';
import { useWhyNot } from './session.ts';
import { DayText, InstantText } from './text.tsx';
import { useWords } from './words.ts';

export { PageHead, useTitle } from './page-head.tsx';

export interface Fact {
  label: string;
  value: ReactNode;
  wide?: boolean;
}

export interface RecordPageProps {
  title: string;
  /** Address and name of the list it belongs to. */
  back: { to: string; label: string };
  state?: ReactNode;
  facts: readonly Fact[];
  acts?: readonly ActSpec[];
  /** Ids whose history and decisions are shown: the record itself, and what belongs to it. */
  id: string;
  also?: readonly string[];
  children?: ReactNode;
  /** Under both columns, as wide as the page: long lists of lines. */
  below?: ReactNode;
  /** Said beside the state: what is due, what hinders. */
  note?: ReactNode;
}

export function RecordPage(props: RecordPageProps) {
  const say = useWords('ui');
  const mayRead = useWhyNot()('records.read') === undefined;
  useTitle(props.title);
  const ids = [props.id, ...(props.also ?? [])];
  return (
    <article className="ch-record">
      <PageHead title={props.title} back={props.back} extra={props.state} />
      <div className="ch-record-parts">
        <div className="ch-record-main">
          <Card size="small" title={say('record.facts')}>
            <FactList facts={props.facts} />
          </Card>
          {props.children}
        </div>
        <div className="ch-record-side">
          <Card size="small" title={say('record.next')}>
            <Space orientation="vertical" size={12} style={{ width: '100%' }}>
              {props.note}
              {props.acts?.length ? <Acts acts={props.acts} /> : props.note ? null : <span className="ch-muted">{say('record.noActs')}</span>}
            </Space>
          </Card>
          {mayRead ? (
            <>
              <Card size="small" title={say('record.reasons')}>
                <DecisionList ids={ids} />
              </Card>
              <Card size="small" title={say('record.history')}>
                <History ids={ids} />
              </Card>
            </>
          ) : null}
        </div>
      </div>
      {props.below ? <div className="ch-record-below">{props.below}</div> : null}
    </article>
  );
}

export function FactList({ facts, columns = 2 }: { facts: readonly Fact[]; columns?: number }) {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 1, md: columns, lg: columns, xl: columns, xxl: columns + 1 }}
      items={facts.map((one) => ({ key: one.label, label: one.label, children: <div>{one.value ?? '–'}</div>, ...(one.wide ? { span: 'filled' as const } : {}) }))}
    />
  );
}

/** While a record is fetched, and when it cannot be; `headed` where the page has its own head all the while. */
export function Loaded<T>({ asked, headed = false, children }: { asked: { data: T | undefined; error: unknown; refetch: () => unknown }; headed?: boolean; children: (data: T) => ReactNode }) {
  const say = useWords('ui');
  const inCard = use(InCard);
  if (asked.data !== undefined) return <>{children(asked.data)}</>;
  // Asking again does not help against an address that is wrong or not one's own, nor where a rule is missing.
  const final = asked.error instanceof Problem && [400, 403, 404, 422].includes(asked.error.status);
  const wrong = asked.error instanceof Problem && asked.error.status === 400 && !inCard;
  const told = wrong ? <Alert type="error" showIcon role="alert" style={{ marginBlockEnd: 12 }} title={say('problem.address')} /> : <ProblemAlert error={asked.error} {...(final ? {} : { retry: () => void asked.refetch() })} />;
  if (asked.error && (inCard || headed)) return told;
  if (asked.error) return <><PageHead title={say('problem.cannotShow')} />{told}{final ? <Go to="/">{say('problem.home')}</Go> : null}</>;
  return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
}

function History({ ids }: { ids: readonly string[] }) {
  const say = useWords('ui');
  const { lang } = usePreferences();
  const asked = useQuery({
    queryKey: ['GET /api/records/{id}/history', ids],
    queryFn: async () => (await Promise.all(ids.map((id) => recordsApi('GET /api/records/{id}/history', { params: { id }, query: { pageSize: 100 } })))).flatMap((one) => one.rows),
  });
  return (
    <Loaded asked={asked}>
      {(rows) =>
        rows.length === 0 ? (
          <span className="ch-muted">{say('record.noHistory')}</span>
        ) : (
          <Timeline
            style={{ paddingBlockStart: 6 }}
            items={[...new Map(rows.map((one) => [one.id, one])).values()]
              .sort((a, b) => (a.at < b.at ? 1 : -1))
              .map((one) => ({
                key: one.id,
                content: (
                  <div className="ch-event">
                    <div className="ch-muted">
                      <InstantText at={one.at} /> · <ActorName name={one.actorName} />
                    </div>
                    <div>{one.sentence[lang]}</div>
                    {one.note ? <blockquote className="ch-note">{one.note}</blockquote> : null}
                  </div>
                ),
              }))}
          />
        )
      }
    </Loaded>
  );
}

/** Who acted: a person's name as it is; the public and the program itself in the reader's language. */
function ActorName({ name }: { name: string }) {
  const say = useWords('ui');
  return <>{name === 'public' ? say('record.public') : name === '系统' ? say('record.program') : name}</>;
}

function DecisionList({ ids }: { ids: readonly string[] }) {
  const say = useWords('ui');
  const { lang } = usePreferences();
  const asked = useQuery({
    queryKey: ['GET /api/records/{id}/decisions', ids],
    queryFn: async () => (await Promise.all(ids.map((id) => recordsApi('GET /api/records/{id}/decisions', { params: { id } })))).flat(),
  });
  return (
    <Loaded asked={asked}>
      {(rows) =>
        rows.length === 0 ? (
          <span className="ch-muted">{say('record.noDecisions')}</span>
        ) : (
          <ul className="ch-decisions">
            {rows.map((one) => (
              <li key={one.id}>
                <Go to={`/explanations/${one.id}`}>{one.headline[lang]}</Go>
                <div className="ch-muted">
                  <DayText day={one.decidedOn} />
                </div>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

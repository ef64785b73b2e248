/** Why it is so: the value in a sentence, the rules in order with their sources, the facts, the policy that was applied. */
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import type { CitedSource, ExplainedReason, Explanation, RerunOutcome } from '#kit/explanation.ts';
import { UnverifiedBadge } from './badges.tsx';
import { Card } from './card.tsx';
import { FactList } from './record-page.tsx';
import { usePolicyName } from './policy-names.ts';
import { usePreferences } from './preferences.ts';
import { SmallTable } from './small-table.tsx';
import { DayText, InstantText, Money } from './text.tsx';
import { useWords } from './words.ts';

/** `plain` says it as the family reads it. */
export function ExplanationView({ explanation, rerun, plain = false, actions }: { explanation: Explanation; rerun?: RerunOutcome | undefined; plain?: boolean; actions?: ReactNode }) {
  const say = useWords('ui');
  const { lang } = usePreferences();
  return (
    <div className="ch-stack">
      <Card size="small">
        <div className="ch-headline">
          <p>{explanation.headline[lang]}</p>
          {explanation.unverified ? <UnverifiedBadge /> : null}
        </div>
        <div className="ch-muted">
          {say('explanation.decidedOn')} <DayText day={explanation.decidedOn} /> · {say('explanation.recordedAt')} <InstantText at={explanation.decidedAt} />
        </div>
        {actions ? <div style={{ marginBlockStart: 12 }}>{actions}</div> : null}
        {rerun ? <RerunResult rerun={rerun} /> : null}
      </Card>
      <Card size="small" title={say('explanation.rules')}>
        <ReasonList reasons={explanation.reasons} plain={plain} />
      </Card>
      <Card size="small" title={say('explanation.facts')}>
        {explanation.facts.length === 0 ? <span className="ch-muted">{say('explanation.noFacts')}</span> : <FactList facts={explanation.facts.map((one) => ({ label: one.name[lang], value: one.key.endsWith('Fen') && typeof one.value === 'number' ? <Money fen={one.value} unit /> : <FactValue value={one.value} names={explanation.names} />, wide: typeof one.value === 'object' && one.value !== null }))} />}
      </Card>
      {plain ? null : (
        <Card size="small" title={say('explanation.stamp')}>
          <StampTable stamp={explanation.stamp} />
        </Card>
      )}
    </div>
  );
}

function RerunResult({ rerun }: { rerun: RerunOutcome }) {
  const say = useWords('ui');
  const { lang } = usePreferences();
  const title = rerun.same ? say(rerun.whatIf ? 'rerun.sameThere' : 'rerun.same', { city: rerun.cityName[lang] }) : say(rerun.whatIf ? 'rerun.otherThere' : 'rerun.other', { city: rerun.cityName[lang] });
  return (
    <Alert
      style={{ marginBlockStart: 12 }}
      showIcon
      type={rerun.same ? 'success' : rerun.whatIf ? 'info' : 'warning'}
      title={title}
      description={
        <>
          <div>{rerun.headline[lang]}</div>
          {rerun.whatIf ? <div className="ch-muted">{say('rerun.noEffect')}</div> : <div className="ch-muted">{say(rerun.sameStamp ? 'rerun.sameStamp' : 'rerun.otherStamp')}</div>}
          {rerun.same ? null : <ReasonList reasons={rerun.reasons} />}
        </>
      }
    />
  );
}

/** Rules in the order in which they fired. */
export function ReasonList({ reasons, plain = false }: { reasons: readonly ExplainedReason[]; plain?: boolean }) {
  const { lang } = usePreferences();
  const say = useWords('ui');
  if (reasons.length === 0) return <span className="ch-muted">{say('explanation.noRules')}</span>;
  return (
    <ol className="ch-reasons">
      {reasons.map((one, at) => (
        <li key={at}>
          <div>{(plain ? one.plain : one.sentence)[lang]}</div>
          {one.sources.map((source, index) => (
            <SourceLine key={index} source={source} plain={plain} />
          ))}
        </li>
      ))}
    </ol>
  );
}

/** A document with its article, as people cite it. */
export function SourceLine({ source, plain = false }: { source: CitedSource; plain?: boolean }) {
  const { lang } = usePreferences();
  const say = useWords('ui');
  const title = `${source.number ? `${source.number} ` : ''}${lang === 'zh' ? `《${source.title.zh}》` : source.title.en}${source.article ? ` ${source.article}` : ''}`;
  return (
    <div className="ch-source">
      {source.address ? (
        <a href={source.address} target="_blank" rel="noreferrer">
          {title}
        </a>
      ) : (
        title
      )}
      {source.fictional ? <span className="ch-muted"> {say('source.fictional')}</span> : null}
      {source.policy && !plain ? <span className="ch-muted ch-code"> {source.policy}</span> : null}{' '}
      {source.status === 'unverified' ? <UnverifiedBadge source={title} /> : null}
    </div>
  );
}

function StampTable({ stamp }: { stamp: Record<string, string> }) {
  const say = useWords('ui');
  const policyName = usePolicyName();
  return (
    <SmallTable
      rowKey="name"
      columns={[
        { title: say('explanation.policyName'), render: (_, row) => <>{policyName(row.name)} <span className="ch-muted ch-code">{row.name}</span></> },
        { title: say('explanation.policyUsed'), dataIndex: 'used', className: 'ch-code' },
      ]}
      dataSource={Object.entries(stamp).map(([name, used]) => ({ name, used }))}
    />
  );
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const INTERNAL_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Any fact: text, number, yes or no, a list, or a small table of names and values. `names` says the codes and keys among them. */
export function FactValue({ value, names = {} }: { value: unknown; names?: Explanation['names'] }) {
  const say = useWords('ui');
  const { lang } = usePreferences();
  const word = (code: string) => names[code]?.[lang] ?? code;
  if (value === null || value === undefined || value === '') return <>–</>;
  if (typeof value === 'boolean') return <>{say(value ? 'yes' : 'no')}</>;
  if (typeof value === 'number') return <span className="ch-number">{value}</span>;
  if (typeof value === 'string') return INSTANT.test(value) ? <InstantText at={value} /> : <>{word(value)}</>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <>–</>;
    return value.every((one) => typeof one !== 'object' || one === null) ? <>{value.map((one) => (typeof one === 'string' ? word(one) : String(one))).join(lang === 'zh' ? '、' : ', ')}</> : <div className="ch-values">{value.map((one, at) => <FactValue key={at} value={one} names={names} />)}</div>;
  }
  const named = typeof (value as { name?: unknown }).name === 'string';
  // What has a name is not shown with its internal id as well.
  const pairs = Object.entries(value as Record<string, unknown>).filter(([, one]) => !(named && typeof one === 'string' && INTERNAL_ID.test(one)));
  const bilingual = value as { zh?: unknown; en?: unknown };
  const reason = value as { code?: unknown; params?: unknown };
  if (typeof reason.code === 'string' && typeof reason.params === 'object' && reason.params !== null) return <>{word(reason.code)}</>;
  if (pairs.length === 2 && typeof bilingual.zh === 'string' && typeof bilingual.en === 'string') return <>{bilingual[lang] as string}</>;
  return (
    <span className="ch-pairs">
      {pairs.map(([name, one]) => (
        <span key={name} className="ch-pair">
          <span className="ch-muted">{word(name)}</span> <FactValue value={one} names={names} />
        </span>
      ))}
    </span>
  );
}

/** Step 4: the items of the scale one by one, in the scale's own words. */
import { useEffect, useRef } from 'react';
import type { Contradiction } from '#domain/assessments/onsite/model.ts';
import { To, go } from '../../light/address.tsx';
import { LongField } from '../../light/fields.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../ui/words.ts';
import type { ScaleItem } from '../api.ts';
import { Cards } from '../box.tsx';
import { useInHand } from './around.tsx';
import { Photos } from './photos.tsx';
import { StepPage, addressOf } from './step.tsx';

export function Items({ code }: { code: string | undefined }) {
  const say = useWords('assessor');
  const { visit, ground, change } = useInHand();
  const { items } = ground.scale.scale;
  const wanted = code ?? visit.item;
  const at = Math.max(0, items.findIndex((one) => one.code === wanted));
  const item = items[at]!;
  useEffect(() => {
    if (visit.item !== item.code) change(() => ({ item: item.code }));
  }, [visit.item, item.code, change]);
  const walk = (to: number) => {
    go(addressOf(visit.id, 'items', items[to]!.code));
    window.scrollTo(0, 0);
  };
  return (
    <StepPage
      step="items"
      {...(at > 0 ? { back: { label: say('items.before'), to: () => walk(at - 1) } } : {})}
      {...(at < items.length - 1 ? { next: { label: say('items.next'), to: () => walk(at + 1) } } : {})}
    >
      <JumpList here={item.code} />
      <Item key={item.code} item={item} number={at + 1} total={items.length} />
    </StepPage>
  );
}

function Item({ item, number, total }: { item: ScaleItem; number: number; total: number }) {
  const say = useWords('assessor');
  const { lang } = usePreferences();
  const { visit, ground, contradictions, closed, setContent } = useInHand();
  const answer = visit.content.answers[item.code];
  const top = useRef<HTMLElement>(null);
  useEffect(() => top.current?.focus({ preventScroll: true }), []);
  const dimension = (ground.scale.scale.dimensions as readonly { code: string; zh: string; en: string }[]).find((one) => one.code === item.dimension);
  const choose = (points: number) =>
    setContent(({ answers }) => ({ answers: { ...answers, [item.code]: { ...answers[item.code], points, answeredAt: new Date().toISOString() } } }));
  const write = (note: string) =>
    setContent(({ answers }) => {
      const held = answers[item.code];
      return held ? { answers: { ...answers, [item.code]: { ...held, note } } } : {};
    });
  const here = contradictions.filter((one) => one.sides.some((side) => side.item === item.code));
  return (
    <section ref={top} tabIndex={-1} className="item" aria-label={item[lang]}>
      <p className="small ch-muted">
        {dimension?.[lang]} · {say('items.of', { n: number, total })}
      </p>
      <fieldset disabled={closed} className="form">
        <Cards legend={<h2>{item[lang]}</h2>} choices={item.options.map((one) => ({ value: one.points, label: one[lang], small: say('items.points', { points: one.points }) }))} value={answer?.points} choose={choose} />
        {ground.case.returned?.items.includes(item.code) ? <p className="hint">{say('returned.thisItem')}</p> : null}
        {here.map((one) => (
          <Hint key={one.code} contradiction={one} here={item.code} />
        ))}
        {answer ? <LongField label={say('items.note')} optional value={answer.note ?? ''} set={write} maxLength={2000} /> : <p className="small ch-muted">{say('items.noteLater')}</p>}
        <Photos subject="item" item={item.code} label={say('items.photo')} />
      </fieldset>
    </section>
  );
}

/** Two answers that hardly go together: shown, never decided. */
export function Hint({ contradiction, here }: { contradiction: Contradiction; here?: string }) {
  const say = useWords('assessor');
  const { lang } = usePreferences();
  const { visit, closed, setContent } = useInHand();
  const { code, sides } = contradiction;
  return (
    <div className="hint">
      <p role="status">
        <strong>{say('hint.title')}</strong> {contradiction[lang]}
      </p>
      <ul>
        {sides.map((side) => (
          <li key={side.item}>
            {side.item === here ? (
              <strong>{lang === 'zh' ? side.itemZh : side.itemEn}</strong>
            ) : (
              <To to={addressOf(visit.id, 'items', side.item)}>{lang === 'zh' ? side.itemZh : side.itemEn}</To>
            )}
            {lang === 'zh' ? '：' : ': '}
            {lang === 'zh' ? side.optionZh : side.optionEn}
          </li>
        ))}
      </ul>
      <fieldset disabled={closed} className="form">
        <LongField label={say('hint.remark')} hint={say('hint.remarkHint')} value={visit.content.remarks[code] ?? ''} set={(text) => setContent(({ remarks }) => ({ remarks: { ...remarks, [code]: text } }))} maxLength={500} />
      </fieldset>
    </div>
  );
}

/** All items with a mark for those answered. */
function JumpList({ here }: { here: string }) {
  const say = useWords('assessor');
  const { lang } = usePreferences();
  const { visit, ground } = useInHand();
  const { items } = ground.scale.scale;
  const answered = items.filter((one) => visit.content.answers[one.code] !== undefined).length;
  return (
    <details className="jump">
      <summary>
        {say('items.answered', { n: answered, total: items.length })}
        <span className="bar-line" aria-hidden="true">
          <span style={{ inlineSize: `${(answered / items.length) * 100}%` }} />
        </span>
      </summary>
      <ol className="plain">
        {items.map((one, at) => {
          const done = visit.content.answers[one.code] !== undefined;
          return (
            <li key={one.code}>
              <To to={addressOf(visit.id, 'items', one.code)} className={one.code === here ? 'jump-link jump-here' : 'jump-link'}>
                <span className="ch-number">{at + 1}</span> {one[lang]} <span className={done ? 'good' : 'ch-muted'}>{say(done ? 'items.done' : 'items.open')}</span>
              </To>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

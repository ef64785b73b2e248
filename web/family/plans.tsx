/** The care plan: read it in full, then confirm or decline it. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useAct, useAsk } from '../light/ask.ts';
import { LongField } from '../light/fields.tsx';
import { useHouse, usePick, usePlain } from '../light/house.tsx';
import { Fault, Nothing, Page, Said, Show } from '../light/page.tsx';
import { DayText, Money } from '../ui/text.tsx';
import { useWords, wordOf } from '../ui/words.ts';
import type { Plan } from './api.ts';
import { api } from './api.ts';
import { planOrder, runsStill } from './road.ts';

export function Plans() {
  const say = useWords('family');
  const asked = useAsk('plans', (signal) => api('GET /api/family/plans', {}, { signal }));
  const [done, setDone] = useState<'confirmed' | 'declined'>();
  const act = (what: 'confirmed' | 'declined') => {
    setDone(what);
    asked.again();
    window.scrollTo(0, 0);
  };
  return (
    <Page title={say('plans.title')}>
      {done ? (
        <Said>
          <strong>{say(`plans.done.${done}`)}</strong>
          <p>{say(`plans.doneText.${done}`)}</p>
        </Said>
      ) : null}
      <Show asked={asked} lines={8}>
        {(plans) => (plans.length === 0 ? <Nothing>{say('plans.none')}</Nothing> : planOrder(plans).map((one) => <PlanCard key={one.id} plan={one} act={act} />))}
      </Show>
    </Page>
  );
}

function PlanCard({ plan, act }: { plan: Plan; act: (what: 'confirmed' | 'declined') => void }) {
  const say = useWords('family');
  const words = useWords('plans');
  const open = plan.state === 'proposed';
  const today = useHouse().data?.today ?? '';
  const state = plan.state === 'ended' && runsStill(plan, today) ? 'ending' : plan.state;
  return (
    <section className={open ? 'sheet plan plan-open' : 'sheet plan'} aria-label={`${plan.personName} ${plan.number}`}>
      <h2>
        {plan.personName} · {wordOf(words, 'values', plan.mode)}
      </h2>
      <p className={`state state-${state}`}>{say(`plans.state.${state}`)}</p>
      <dl className="facts">
        <dt>{say('plans.institution')}</dt>
        <dd>{plan.institutionName}</dd>
        {plan.workerName ? (
          <>
            <dt>{say('plans.worker')}</dt>
            <dd>{plan.workerName}</dd>
          </>
        ) : null}
        <dt>{say('plans.days')}</dt>
        <dd>
          <DayText day={plan.fromOn} /> – {plan.toOn ? <DayText day={plan.toOn} /> : say('plans.openEnd')}
        </dd>
        <dt>{say('plans.number')}</dt>
        <dd>{plan.number}</dd>
      </dl>
      {open ? <PlanBody plan={plan} /> : plan.items.length > 0 || plan.week ? <PlanFolded plan={plan} /> : null}
      {open ? <Deciding plan={plan} act={act} /> : null}
    </section>
  );
}

function PlanFolded({ plan }: { plan: Plan }) {
  const say = useWords('family');
  return (
    <details>
      <summary>{say('plans.read')}</summary>
      <PlanBody plan={plan} />
    </details>
  );
}

function PlanBody({ plan }: { plan: Plan }) {
  const say = useWords('family');
  const pick = usePick();
  return (
    <>
      {plan.items.length > 0 ? (
        <ul className="items">
          {plan.items.map((one) => (
            <li key={one.itemCode}>
              <strong>{pick(one.zh, one.en)}</strong>
              <span>{say(one.carers > 1 ? 'plans.itemTwo' : 'plans.item', { minutes: one.minutes, times: one.timesPerWeek, day: one.timesPerDay, carers: one.carers })}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {plan.weekMin > 0 ? <p>{say(plan.weeklyCapMin === null ? 'plans.week' : 'plans.weekCap', { min: plan.weekMin, cap: plan.weeklyCapMin ?? 0 })}</p> : null}
      {plan.week ? (
        <div className="estimate">
          <p>{say('plans.estimate')}</p>
          <dl className="sums">
            <dt>{say('money.fund')}</dt>
            <dd>
              <Money fen={plan.week.fundFen} unit />
            </dd>
            <dt>{say('money.person')}</dt>
            <dd>
              <Money fen={plan.week.personFen} unit />
            </dd>
          </dl>
          {plan.week.overCapMin > 0 ? <p className="ch-warn">{say('plans.over', { min: plan.week.overCapMin })}</p> : null}
        </div>
      ) : null}
    </>
  );
}

/** Two buttons; declining asks why. */
function Deciding({ plan, act }: { plan: Plan; act: (what: 'confirmed' | 'declined') => void }) {
  const say = useWords('family');
  const [declining, setDeclining] = useState(false);
  const [note, setNote] = useState('');
  const plain = usePlain();
  const name = useHouse().data?.session?.displayName ?? '';
  const confirm = useAct(async (id: string, how) => {
    await api('POST /api/family/plans/{id}/confirm', { params: { id } }, how);
    act('confirmed');
  });
  const decline = useAct(async (given: { id: string; note: string }, how) => {
    await api('POST /api/family/plans/{id}/decline', { params: { id: given.id }, body: { note: given.note } }, how);
    act('declined');
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void decline.run({ id: plan.id, note: note.trim() });
  };
  if (declining) {
    return (
      <form className="form" onSubmit={send}>
        <LongField label={say('plans.why')} hint={say('plans.whyHint')} value={note} set={setNote} minLength={1} maxLength={400} />
        <Fault error={decline.error} nameOf={() => say('plans.why')} />
        <div className="stack">
          <button type="submit" className="button button-main" disabled={decline.busy}>
            {say(decline.busy ? 'light:form.sending' : 'plans.decline')}
          </button>
          <button type="button" className="button" onClick={() => setDeclining(false)}>
            {say('plans.goBack')}
          </button>
        </div>
      </form>
    );
  }
  return (
    <>
      <p>{plain(say('plans.decide', { name, from: plan.fromOn }))}</p>
      <Fault error={confirm.error} />
      <div className="stack">
        <button type="button" className="button button-main" disabled={confirm.busy} onClick={() => void confirm.run(plan.id)}>
          {say(confirm.busy ? 'light:form.sending' : 'plans.confirm')}
        </button>
        <button type="button" className="button" onClick={() => setDeclining(true)}>
          {say('plans.declineAsk')}
        </button>
      </div>
    </>
  );
}

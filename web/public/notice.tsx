/** One notice, and the way to object to it. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import { To } from '../light/address.tsx';
import { fieldErrors, useAct, useAsk } from '../light/ask.ts';
import { LongField, TextField } from '../light/fields.tsx';
import { usePick, usePlain } from '../light/house.tsx';
import { Fault, Page, Said, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Notice } from './api.ts';
import { api } from './api.ts';
import { Run } from './notices.tsx';

export function NoticePage({ id }: { id: string }) {
  const say = useWords('site');
  const asked = useAsk(`notice ${id}`, (signal) => api('GET /api/public/notices/{id}', { params: { id } }, { signal }));
  return (
    <Page
      title={asked.data?.maskedName ? say('notice.title', { name: asked.data.maskedName }) : say('notices.title')}
      back={
        <To to="/notices" className="back">
          {say('notice.back')}
        </To>
      }
    >
      <Show asked={asked} lines={6}>
        {(notice) => (
          <>
            <Facts notice={notice} />
            <Objecting notice={notice} />
          </>
        )}
      </Show>
    </Page>
  );
}

function Facts({ notice }: { notice: Notice }) {
  const say = useWords('site');
  const words = useWords('notices');
  const pick = usePick();
  const plain = usePlain();
  return (
    <section className="sheet" aria-label={say('notice.facts')}>
      <dl className="facts">
        <dt>{words('fields.kind')}</dt>
        <dd>{words(`values.${notice.kind}`, { defaultValue: notice.kind })}</dd>
        <dt>{words('fields.maskedName')}</dt>
        <dd>{notice.maskedName ?? say('notice.nameless')}</dd>
        {notice.maskedNumber === null ? null : (
          <>
            <dt>{words('fields.maskedNumber')}</dt>
            <dd className="ch-number">{notice.maskedNumber}</dd>
          </>
        )}
        <dt>{say('fields.place')}</dt>
        <dd>
          {pick(notice.districtZh, notice.districtEn)} · {pick(notice.townshipZh, notice.townshipEn)} · {notice.community}
        </dd>
        {notice.content === null ? null : (
          <>
            <dt>{words('fields.content')}</dt>
            <dd>
              <strong>{say('grade', { grade: notice.content.grade, name: pick(notice.content.gradeZh, notice.content.gradeEn) })}</strong>
            </dd>
          </>
        )}
        <dt>{words('fields.publishedOn')}</dt>
        <dd>
          <DayText day={notice.publishedOn} />
        </dd>
        <dt>{say('fields.days')}</dt>
        <dd>
          <Run notice={notice} />
          {notice.interruptions.map((gap) => (
            <p key={gap.fromOn + gap.toOn}>{plain(say(gap.fromOn === gap.toOn ? 'notice.interruptedOn' : 'notice.interrupted', { from: gap.fromOn, to: gap.toOn, note: gap.note, until: gap.endsOn }))}</p>
          ))}
        </dd>
        {notice.batchNumber ? (
          <>
            <dt>{words('fields.batchNumber')}</dt>
            <dd className="ch-number">
              <To to={`/notices?batch=${notice.batchNumber}`} className="tap">{notice.batchNumber}</To>
            </dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}

function Objecting({ notice }: { notice: Notice }) {
  const say = useWords('site');
  const plain = usePlain();
  const [receipt, setReceipt] = useState<{ number: string; receivedOn: string }>();
  if (receipt) {
    return (
      <Said className="sheet receipt">
        <h2>{say('objection.received')}</h2>
        <p>{say('objection.keep')}</p>
        <p className="receipt-number">{receipt.number}</p>
        <p>{plain(say('objection.receivedOn', { day: receipt.receivedOn }))}</p>
        <button type="button" className="button no-print" onClick={() => print()}>
          {say('print')}
        </button>
        <p className="no-print">
          <To to={`/receipt?number=${receipt.number}`} className="tap">{say('receipt.title')}</To>
        </p>
      </Said>
    );
  }
  return (
    <section className="no-print" aria-labelledby="objecting">
      <h2 id="objecting">{say('objection.title')}</h2>
      {notice.state === 'running' ? (
        <>
          <p>{plain(say('objection.lead', { day: notice.endsOn }))}</p>
          <ObjectionForm id={notice.id} done={setReceipt} />
        </>
      ) : (
        <p className="nothing">{plain(say(`objection.over.${notice.state}`, { day: notice.endsOn }))}</p>
      )}
    </section>
  );
}

function ObjectionForm({ id, done }: { id: string; done: (receipt: { number: string; receivedOn: string }) => void }) {
  const say = useWords('site');
  const [form, setForm] = useState({ name: '', contact: '', statement: '' });
  const act = useAct(async (body: typeof form, how) => done(await api('POST /api/public/notices/{id}/objections', { params: { id }, body }, how)));
  const wrong = fieldErrors(act.error);
  const field = (name: keyof typeof form) => ({ label: say(`objection.${name}`), hint: say(`objection.${name}Hint`), error: wrong[name], value: form[name], set: (value: string) => setForm({ ...form, [name]: value }) });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void act.run({ name: form.name.trim(), contact: form.contact.trim(), statement: form.statement.trim() });
  };
  return (
    <form className="form" onSubmit={send}>
      <TextField {...field('name')} autoComplete="name" maxLength={60} />
      <TextField {...field('contact')} autoComplete="tel" minLength={5} maxLength={100} />
      <LongField {...field('statement')} minLength={5} maxLength={2000} />
      <Fault error={act.error} nameOf={(column) => say(`objection.${column}`, { defaultValue: column })} />
      <button type="submit" className="button button-main" disabled={act.busy}>
        {act.busy ? say('light:form.sending') : say('objection.send')}
      </button>
      <p className="small ch-muted">{say('objection.privacy')}</p>
    </form>
  );
}

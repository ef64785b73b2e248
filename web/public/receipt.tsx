/** The receipt of an objection: by its number and the contact that was left, to print. Nothing of the person concerned stands in it. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import { To, useFilters } from '../light/address.tsx';
import { fieldErrors, useAct } from '../light/ask.ts';
import { TextField } from '../light/fields.tsx';
import { usePick, usePlain } from '../light/house.tsx';
import { Fault, Page } from '../light/page.tsx';
import { InstantText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import { api } from './api.ts';
import type { Receipt } from './api.ts';

export function ReceiptPage() {
  const say = useWords('site');
  const [search] = useFilters();
  const [form, setForm] = useState({ number: search['number'] ?? '', contact: '' });
  const [receipt, setReceipt] = useState<Receipt>();
  const act = useAct(async (body: typeof form) => setReceipt(await api('POST /api/public/objections/receipt', { body }, { repeatKey: null })));
  const wrong = fieldErrors(act.error);
  const field = (name: keyof typeof form) => ({ label: say(`receipt.${name}`), error: wrong[name], value: form[name], set: (value: string) => setForm({ ...form, [name]: value }) });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setReceipt(undefined);
    void act.run({ number: form.number.trim(), contact: form.contact.trim() });
  };
  return (
    <Page
      title={say('receipt.title')}
      lead={receipt ? undefined : say('receipt.lead')}
      back={
        <To to="/notices" className="back">
          {say('notice.back')}
        </To>
      }
    >
      {receipt ? (
        <Paper receipt={receipt} asked={form} />
      ) : (
        <form className="form" onSubmit={send}>
          <TextField {...field('number')} minLength={5} maxLength={40} autoComplete="off" />
          <TextField {...field('contact')} hint={say('receipt.contactHint')} minLength={5} maxLength={100} autoComplete="tel" />
          <Fault error={act.error} nameOf={(column) => say(`receipt.${column}`, { defaultValue: column })} />
          <button type="submit" className="button button-main" disabled={act.busy}>
            {say('receipt.find')}
          </button>
        </form>
      )}
    </Page>
  );
}

function Paper({ receipt, asked }: { receipt: Receipt; asked: { number: string; contact: string } }) {
  const say = useWords('site');
  const pick = usePick();
  const plain = usePlain();
  const standing = receipt.answeredOn === null ? 'waiting' : receipt.upheld ? 'upheld' : 'notUpheld';
  return (
    <section className="sheet receipt" role="status">
      <p>{say('receipt.received', { agency: pick(receipt.agencyZh ?? receipt.districtZh, receipt.agencyEn ?? receipt.districtEn) })}</p>
      <p className="receipt-number">{receipt.number}</p>
      <dl className="facts">
        <dt>{say('receipt.receivedAt')}</dt>
        <dd>
          <InstantText at={receipt.receivedAt} />
        </dd>
        {receipt.batchNumber ? (
          <>
            <dt>{say('receipt.batch')}</dt>
            <dd className="ch-number">{receipt.batchNumber}</dd>
          </>
        ) : null}
        <dt>{say('receipt.standing')}</dt>
        <dd>
          <strong>{plain(say(`receipt.${standing}`, { day: receipt.answeredOn ?? '' }))}</strong>
        </dd>
        {receipt.agencyPhone ? (
          <>
            <dt>{say('receipt.phone')}</dt>
            <dd className="ch-number">{receipt.agencyPhone}</dd>
          </>
        ) : null}
      </dl>
      <p className="small ch-muted">{say('receipt.privacy')}</p>
      <PdfButton asked={asked} />
      <button type="button" className="button no-print" onClick={() => print()}>
        {say('print')}
      </button>
    </section>
  );
}

/** The receipt as PDF: asked for with the contact in the body, so that it stands in no address. */
function PdfButton({ asked }: { asked: { number: string; contact: string } }) {
  const say = useWords('site');
  const act = useAct(async () => {
    const answer = await fetch('/api/public/objections/receipt.pdf', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ number: asked.number.trim(), contact: asked.contact.trim() }) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(await answer.blob()), download: `${asked.number.trim()}.pdf` });
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return (
    <>
      <button type="button" className="button no-print" disabled={act.busy} onClick={() => void act.run(undefined)}>
        {say('receipt.pdf')}
      </button>
      <Fault error={act.error} />
    </>
  );
}

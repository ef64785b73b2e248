/** A complaint about how an own person was assessed, and what became of earlier ones. */
import type { FormEvent } from 'react';
import { useState } from 'react';
import { COMPLAINT_SUBJECTS } from '#domain/assessments/quality/model.ts';
import { To } from '../light/address.tsx';
import { useAct, useAsk } from '../light/ask.ts';
import { ChoiceField, LongField } from '../light/fields.tsx';
import { Fault, Nothing, Page, Said, Show } from '../light/page.tsx';
import { DayText } from '../ui/text.tsx';
import { useWords } from '../ui/words.ts';
import type { Application, Complaint } from './api.ts';
import { api } from './api.ts';

/** States in which an institution has the case, or had it. */
const ASSESSED = ['dispatched', 'scored', 'confirmed', 'checked', 'onNotice', 'concluded'];

export function Complaints() {
  const say = useWords('family');
  const cases = useAsk('complaint cases', (signal) => api('GET /api/family/applications', { query: { pageSize: 50 } }, { signal }));
  const filed = useAsk('complaints', (signal) => api('GET /api/family/complaints', { query: { pageSize: 50 } }, { signal }));
  return (
    <Page title={say('complaints.title')} lead={say('complaints.lead')} back={<To to="/family" className="back">{say('complaints.back')}</To>}>
      <Show asked={filed} lines={3}>
        {(found) => <>{found.rows.map((one) => <ComplaintCard key={one.id} one={one} />)}</>}
      </Show>
      <Show asked={cases} lines={6}>
        {(found) => {
          const assessed = found.rows.filter((one) => ASSESSED.includes(one.state));
          return assessed.length === 0 ? <Nothing>{say('complaints.noCase')}</Nothing> : <ComplaintForm cases={assessed} again={filed.again} />;
        }}
      </Show>
    </Page>
  );
}

function ComplaintCard({ one }: { one: Complaint }) {
  const say = useWords('family');
  return (
    <section className="sheet" aria-label={one.number}>
      <h2>{say(`complaints.subjects.${one.subject}`)}</h2>
      <p className="small ch-muted">
        {one.number} · <DayText day={one.filedOn} /> · {one.institutionName}
      </p>
      <p>{one.matter}</p>
      <p className="next-line">{say(`complaints.states.${one.state}`)}</p>
      {one.answer ? <p>{say('complaints.answer', { text: one.answer })}</p> : null}
    </section>
  );
}

function ComplaintForm({ cases, again }: { cases: readonly Application[]; again: () => void }) {
  const say = useWords('family');
  const words = useWords('assessments');
  const [applicationId, setApplication] = useState(cases[0]!.id);
  const [subject, setSubject] = useState<(typeof COMPLAINT_SUBJECTS)[number]>('conduct');
  const [matter, setMatter] = useState('');
  const [number, setNumber] = useState<string>();
  const act = useAct(async (body: { applicationId: typeof applicationId; subject: typeof subject; matter: string }, how) => {
    setNumber(undefined);
    const filed = await api('POST /api/family/complaints', { body }, how);
    setNumber(filed.number);
    setMatter('');
    again();
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void act.run({ applicationId, subject, matter: matter.trim() });
  };
  return (
    <form className="form" onSubmit={send}>
      <ChoiceField label={say('complaints.case')} value={applicationId} set={(id) => setApplication(id as typeof applicationId)} choices={cases.map((one) => ({ value: one.id, label: `${one.personName} · ${words(`values.${one.kind}`)} ${one.filedOn}` }))} />
      <ChoiceField label={say('complaints.subject')} value={subject} set={(code) => setSubject(code as typeof subject)} choices={COMPLAINT_SUBJECTS.map((one) => ({ value: one, label: say(`complaints.subjects.${one}`) }))} />
      <LongField label={say('complaints.matter')} hint={say('complaints.matterHint')} value={matter} set={setMatter} maxLength={2000} minLength={1} />
      <Fault error={act.error} />
      {number === undefined ? null : <Said><strong>{say('complaints.filed')}</strong><p>{say('complaints.filedNumber', { number })}</p></Said>}
      <button type="submit" className="button button-main button-wide" disabled={act.busy}>
        {say(act.busy ? 'light:form.sending' : 'complaints.send')}
      </button>
    </form>
  );
}

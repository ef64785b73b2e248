/** A new application for an own person, asked in plain words. */
import type { ComponentProps, FormEvent } from 'react';
import { useEffect } from 'react';
import { RELATIONS } from '#domain/assessments/model.ts';
import type { FiledKind as Kind } from '#domain/assessments/model.ts';
import { To, go } from '../light/address.tsx';
import type { Asked } from '../light/ask.ts';
import { fieldErrors, useAct, useAsk } from '../light/ask.ts';
import { ChoiceField, LongField, TextField } from '../light/fields.tsx';
import { useHouse } from '../light/house.tsx';
import { Fault, Nothing, Page, Show } from '../light/page.tsx';
import { SelfQuestions } from '../ui/papers.tsx';
import { useSentence, useWords } from '../ui/words.ts';
import type { Offer, Person } from './api.ts';
import { api } from './api.ts';
import { useDraft } from './draft.ts';
import { usePerson, usePersons } from './persons-known.tsx';
import { isUnderWay } from './road.ts';

type Relation = (typeof RELATIONS)[number];

export function Apply() {
  const say = useWords('family');
  const chosen = usePerson();
  return (
    <Page
      title={say('apply.title')}
      lead={say('apply.lead')}
      back={
        <To to="/family/applications" className="back">
          {say('apply.back')}
        </To>
      }
    >
      <Show asked={usePersons()} lines={8}>
        {(persons) => (chosen ? <ApplyForm persons={persons} first={chosen} /> : <Nothing>{say('persons.none')}</Nothing>)}
      </Show>
    </Page>
  );
}

interface Written {
  personId: string;
  kind: Kind;
  applicantName: string;
  relation: Relation;
  contactPhone: string;
  disabledSinceOn: string;
  statement: string;
  agentName: string;
  agentNumber: string;
  answers: Record<string, boolean>;
}

/** What is sent: the form without what was left empty; the self-assessment only when every question is answered. */
function bodyOf({ statement, agentName, agentNumber, answers, ...rest }: Written, questions: readonly string[]) {
  const filled = questions.length > 0 && questions.every((code) => answers[code] !== undefined);
  return {
    ...rest, materials: [], ...(statement.trim() === '' ? {} : { statement: statement.trim() }), ...(rest.relation === 'agent' ? { agent: { name: agentName.trim(), identityNumber: agentNumber.trim() } } : {}),
    ...(filled ? { selfAssessment: { answers, onPaper: false } } : {}),
  };
}

function ApplyForm({ persons, first }: { persons: readonly Person[]; first: Person }) {
  const say = useWords('family');
  const words = useWords('assessments');
  const house = useHouse().data;
  const known = usePersons();
  const questions = useAsk('self form', (signal) => api('GET /api/self-assessment-form', {}, { signal })).data?.items ?? [];
  const start: Written = { personId: first.personId, kind: 'initial', applicantName: house?.session?.displayName ?? '', relation: 'family', contactPhone: '', disabledSinceOn: '', statement: '', agentName: '', agentNumber: '', answers: {} };
  const draft = useDraft(house?.session?.displayName ?? '', start);
  const form = persons.some((one) => one.personId === draft.value.personId) ? draft.value : { ...draft.value, personId: first.personId };
  const act = useAct(async (given: typeof start, how) => {
    const body = bodyOf(given, questions.map((one) => one.code));
    const filed = await api('POST /api/family/applications', { body }, how);
    draft.clear();
    known.again();
    go(`/family/papers/${filed.id}?filed=${encodeURIComponent(filed.number)}`);
    window.scrollTo(0, 0);
  });
  const earlier = useAsk(`draft ${form.personId}`, (signal) => api('GET /api/family/persons/{id}/filing-draft', { params: { id: form.personId } }, { signal })).data;
  useEffect(() => {
    if (!earlier) return;
    draft.preset({ relation: earlier.relation ?? form.relation, contactPhone: form.contactPhone || (earlier.contactPhone ?? ''), disabledSinceOn: form.disabledSinceOn || (earlier.disabledSinceOn ?? '') });
    // Only when something becomes known of a person: what is typed afterwards stays.
  }, [earlier]);
  const wrong = fieldErrors(act.error);
  const field = (name: Exclude<keyof typeof start, 'answers'>) => ({ label: say(`apply.${name}`), error: wrong[name], value: form[name], set: (value: string) => draft.set({ [name]: value }) });
  const kinds = useAsk(`kinds ${form.personId}`, (signal) => api('GET /api/family/persons/{id}/application-kinds', { params: { id: form.personId } }, { signal }));
  const underWay = persons.find((one) => one.personId === form.personId && isUnderWay(one))?.application;
  const closed = kinds.data !== undefined && !kinds.data.some((one) => one.fits);
  const choices = (codes: readonly string[]) => codes.map((one) => ({ value: one, label: words(`values.${one}`) }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    void act.run({ ...form, applicantName: form.applicantName.trim(), contactPhone: form.contactPhone.trim() });
  };
  return (
    <form className="form" onSubmit={send}>
      {draft.kept ? <p role="status" className="field-hint">{say('apply.draft')}</p> : null}
      <ChoiceField {...field('personId')} choices={persons.map((one) => ({ value: one.personId, label: `${one.name} ${one.maskedNumber}` }))} />
      {underWay ? <UnderWay number={underWay.number} /> : <KindChoice key={form.personId} asked={kinds} kind={form.kind} field={field('kind')} set={(kind) => draft.preset({ kind })} />}
      {underWay || closed ? null : (
        <>
          <TextField {...field('applicantName')} autoComplete="name" maxLength={60} />
          <ChoiceField {...field('relation')} choices={choices(RELATIONS)} />
          {form.relation === 'agent' ? <Agent name={field('agentName')} number={{ ...field('agentNumber'), error: wrong['identityNumber'] }} /> : null}
          <TextField {...field('contactPhone')} hint={say('apply.contactPhoneHint')} type="tel" inputMode="tel" autoComplete="tel" pattern="[0-9+ \-]{6,20}" maxLength={20} />
          <TextField {...field('disabledSinceOn')} hint={say('apply.disabledSinceOnHint')} type="date" {...(house ? { max: house.today } : {})} />
          <SelfAssessment items={questions} value={form.answers} set={(answers) => draft.set({ answers })} />
          <LongField {...field('statement')} hint={say('apply.statementHint')} maxLength={2000} optional />
          <p className="field-hint">{say('apply.papersNext')}</p>
          <Fault error={act.error} nameOf={(column) => say(`apply.${column}`, { defaultValue: column })} />
          <button type="submit" className="button button-main button-wide" disabled={act.busy}>
            {say(act.busy ? 'light:form.sending' : 'apply.send')}
          </button>
        </>
      )}
    </form>
  );
}

function SelfAssessment(questions: ComponentProps<typeof SelfQuestions>) {
  const say = useWords('family');
  return (
    <fieldset className="ticks">
      <legend>{say('apply.self')}</legend>
      <p className="field-hint">{say('apply.selfHint')}</p>
      <SelfQuestions {...questions} />
    </fieldset>
  );
}

/** Nothing is asked that would be refused at the end. */
function UnderWay({ number }: { number: string }) {
  const say = useWords('family');
  return (
    <>
      <p role="status" className="next-line">{say('apply.underWay', { number })}</p>
      <To to="/family/applications" className="button button-main button-wide">{say('apply.underWayOpen')}</To>
    </>
  );
}

/** Who applies for the family: name and number as on the identity card. */
function Agent({ name, number }: { name: KindField; number: KindField }) {
  const say = useWords('family');
  return (
    <>
      <TextField {...name} maxLength={60} />
      <TextField {...number} hint={say('apply.agentHint')} maxLength={18} minLength={18} />
    </>
  );
}

interface KindField {
  label: string;
  error: string | undefined;
  value: string;
  set: (value: string) => void;
}

/** The kinds that fit the person today; below it, why the others do not. The first that fits is chosen by itself. */
function KindChoice({ asked, kind, field, set }: { asked: Asked<readonly Offer[]>; kind: Kind; field: KindField; set: (kind: Kind) => void }) {
  const say = useWords('family');
  const words = useWords('assessments');
  const sentence = useSentence();
  const offers = asked.data ?? [];
  const fitting = offers.filter((one) => one.fits).map((one) => one.kind);
  const first = fitting[0];
  const stale = first !== undefined && !fitting.includes(kind);
  useEffect(() => {
    if (stale) set(first);
  }, [stale, first, set]);
  const others = offers.filter((one) => !one.fits);
  const early = offers.find((one) => one.kind === kind)?.early ?? [];
  return (
    <>
      {asked.data && first === undefined ? <p role="status">{say('apply.noKind')}</p> : <ChoiceField {...field} hint={say(`apply.kindHint.${kind}`)} choices={(asked.data ? fitting : [kind]).map((one) => ({ value: one, label: words(`values.${one}`) }))} />}
      <Fault error={asked.error} />
      {early.length > 0 ? <div className="verdict verdict-wait" role="status"><strong>{say('apply.early')}</strong>{early.map((one) => <p key={one.code}>{sentence('plain', one.code, one.params)}</p>)}</div> : null}
      {others.length > 0 ? (
        <details {...(first === undefined ? { open: true } : {})}>
          <summary>{say(first === undefined ? 'apply.whyNone' : 'apply.otherKinds')}</summary>
          <ul>
            {others.map((one) => (
              <li key={one.kind}>
                <strong>{words(`values.${one.kind}`)}</strong> {one.reasons.map((reason) => sentence('plain', reason.code, reason.params)).join(' ')}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

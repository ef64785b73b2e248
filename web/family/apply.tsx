/** A new application for an own person, asked in plain words. */
import type { FormEvent } from 'react';
import { useEffect, useState } from 'react';
import { MATERIALS, RELATIONS } from '#domain/assessments/model.ts';
import type { FiledKind as Kind } from '#domain/assessments/model.ts';
import { To, go } from '../light/address.tsx';
import { fieldErrors, useAct, useAsk } from '../light/ask.ts';
import { ChoiceField, LongField, TextField, TickField } from '../light/fields.tsx';
import { useHouse } from '../light/house.tsx';
import { addressWith } from '../light/match.ts';
import { Fault, Nothing, Page, Show } from '../light/page.tsx';
import { useSentence, useWords } from '../ui/words.ts';
import type { Person } from './api.ts';
import { api } from './api.ts';
import { usePerson, usePersons } from './persons-known.tsx';

type Relation = (typeof RELATIONS)[number];
type Material = (typeof MATERIALS)[number];

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

function ApplyForm({ persons, first }: { persons: readonly Person[]; first: Person }) {
  const say = useWords('family');
  const words = useWords('assessments');
  const house = useHouse().data;
  const known = usePersons();
  const [form, setForm] = useState({ personId: first.personId, kind: 'initial' as Kind, applicantName: house?.session?.displayName ?? '', relation: 'family' as Relation, contactPhone: '', disabledSinceOn: '', statement: '' });
  const [materials, setMaterials] = useState<string[]>([]);
  const act = useAct(async (given: typeof form & { materials: string[] }, how) => {
    const { statement, ...rest } = given;
    const body = { ...rest, materials: given.materials as Material[], ...(statement.trim() === '' ? {} : { statement: statement.trim() }) };
    const filed = await api('POST /api/family/applications', { body }, how);
    known.again();
    go(addressWith('/family/applications', { filed: filed.number }));
    window.scrollTo(0, 0);
  });
  const draft = useAsk(`draft ${form.personId}`, (signal) => api('GET /api/family/persons/{id}/filing-draft', { params: { id: form.personId } }, { signal })).data;
  useEffect(() => {
    if (!draft) return;
    setForm((before) => ({ ...before, relation: draft.relation ?? before.relation, contactPhone: before.contactPhone || (draft.contactPhone ?? ''), disabledSinceOn: before.disabledSinceOn || (draft.disabledSinceOn ?? '') }));
    setMaterials((before) => (before.length > 0 ? before : [...draft.materials]));
  }, [draft]);
  const wrong = fieldErrors(act.error);
  const field = (name: keyof typeof form) => ({ label: say(`apply.${name}`), error: wrong[name], value: form[name], set: (value: string) => setForm({ ...form, [name]: value }) });
  const choices = (codes: readonly string[]) => codes.map((one) => ({ value: one, label: words(`values.${one}`) }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    void act.run({ ...form, applicantName: form.applicantName.trim(), contactPhone: form.contactPhone.trim(), materials });
  };
  return (
    <form className="form" onSubmit={send}>
      <ChoiceField {...field('personId')} choices={persons.map((one) => ({ value: one.personId, label: `${one.name} ${one.maskedNumber}` }))} />
      <KindChoice key={form.personId} personId={form.personId} kind={form.kind} field={field('kind')} set={(kind) => setForm((before) => ({ ...before, kind }))} />
      <TextField {...field('applicantName')} autoComplete="name" maxLength={60} />
      <ChoiceField {...field('relation')} choices={choices(RELATIONS)} />
      <TextField {...field('contactPhone')} hint={say('apply.contactPhoneHint')} type="tel" inputMode="tel" autoComplete="tel" pattern="[0-9+ \-]{6,20}" maxLength={20} />
      <TextField {...field('disabledSinceOn')} hint={say('apply.disabledSinceOnHint')} type="date" {...(house ? { max: house.today } : {})} />
      <TickField label={say('apply.materials')} hint={say('apply.materialsHint')} choices={choices(MATERIALS)} value={materials} set={setMaterials} />
      <LongField {...field('statement')} hint={say('apply.statementHint')} maxLength={2000} optional />
      <Fault error={act.error} nameOf={(column) => say(`apply.${column}`, { defaultValue: column })} />
      <button type="submit" className="button button-main button-wide" disabled={act.busy}>
        {say(act.busy ? 'light:form.sending' : 'apply.send')}
      </button>
    </form>
  );
}

interface KindField {
  label: string;
  error: string | undefined;
  value: string;
  set: (value: string) => void;
}

/** The kinds that fit the person today; below it, why the others do not. The first that fits is chosen by itself. */
function KindChoice({ personId, kind, field, set }: { personId: string; kind: Kind; field: KindField; set: (kind: Kind) => void }) {
  const say = useWords('family');
  const words = useWords('assessments');
  const sentence = useSentence();
  const asked = useAsk(personId, (signal) => api('GET /api/family/persons/{id}/application-kinds', { params: { id: personId } }, { signal }));
  const offers = asked.data ?? [];
  const fitting = offers.filter((one) => one.fits).map((one) => one.kind);
  const first = fitting[0];
  const stale = first !== undefined && !fitting.includes(kind);
  useEffect(() => {
    if (stale) set(first);
  }, [stale, first, set]);
  const others = offers.filter((one) => !one.fits);
  return (
    <>
      {asked.data && first === undefined ? <p role="status">{say('apply.noKind')}</p> : <ChoiceField {...field} hint={say(`apply.kindHint.${kind}`)} choices={(asked.data ? fitting : [kind]).map((one) => ({ value: one, label: words(`values.${one}`) }))} />}
      <Fault error={asked.error} />
      {others.length > 0 ? (
        <details {...(first === undefined ? { open: true } : {})}>
          <summary>{say('apply.otherKinds')}</summary>
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

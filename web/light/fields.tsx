/** Fields of the small forms: a label that says what, the hint below, the error in words beside the field. */
import type { InputHTMLAttributes, ReactNode } from 'react';
import { useId } from 'react';
import { useWords } from '../ui/words.ts';

interface Common {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  set: (value: string) => void;
  optional?: boolean;
}

function Labelled({ id, label, hint, error, optional, children }: { id: string; label: string; hint?: string | undefined; error?: string | undefined; optional?: boolean | undefined; children: ReactNode }) {
  const say = useWords('light');
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="field-optional">{say('form.optional')}</span> : null}
      </label>
      {children}
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

const described = (id: string, hint?: string, error?: string) => ({ 'aria-describedby': [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined, 'aria-invalid': error ? true : undefined });

type TextProps = Common & Pick<InputHTMLAttributes<HTMLInputElement>, 'type' | 'autoComplete' | 'inputMode' | 'max' | 'min' | 'maxLength' | 'minLength' | 'pattern'>;

export function TextField({ label, hint, error, value, set, optional, ...input }: TextProps) {
  const id = useId();
  return (
    <Labelled {...{ id, label, hint, error, optional: optional && input.type !== 'search' }}>
      <input id={id} value={value} required={!optional} onChange={(event) => set(event.target.value)} {...described(id, hint, error)} {...input} />
    </Labelled>
  );
}

export function LongField({ label, hint, error, value, set, optional, maxLength, minLength }: Common & { maxLength: number; minLength?: number }) {
  const id = useId();
  return (
    <Labelled {...{ id, label, hint, error, optional }}>
      <textarea id={id} rows={6} value={value} required={!optional} maxLength={maxLength} minLength={minLength} onChange={(event) => set(event.target.value)} {...described(id, hint, error)} />
    </Labelled>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function ChoiceField({ label, hint, error, value, set, optional, choices, any }: Common & { choices: readonly Choice[]; any?: string }) {
  const id = useId();
  return (
    <Labelled {...{ id, label, hint, error }}>
      <select id={id} value={value} required={!optional} onChange={(event) => set(event.target.value)} {...described(id, hint, error)}>
        {any === undefined ? null : <option value="">{any}</option>}
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** Boxes to tick, each big enough for a thumb. */
export function TickField({ label, hint, choices, value, set }: { label: string; hint?: string; choices: readonly Choice[]; value: readonly string[]; set: (value: string[]) => void }) {
  return (
    <fieldset className="ticks">
      <legend>{label}</legend>
      {hint ? <p className="field-hint">{hint}</p> : null}
      {choices.map((one) => (
        <label key={one.value} className="tick">
          <input type="checkbox" checked={value.includes(one.value)} onChange={(event) => set(event.target.checked ? [...value, one.value] : value.filter((held) => held !== one.value))} />
          <span>{one.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

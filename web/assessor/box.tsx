/** Choices for a thumb: one box to tick, and a row of radio cards. */
import type { ReactNode } from 'react';
import { useId } from 'react';

export function Box({ checked, set, label, disabled = false }: { checked: boolean; set: (checked: boolean) => void; label: ReactNode; disabled?: boolean }) {
  return (
    <label className={checked ? 'card card-chosen' : 'card'}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => set(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Radio cards under a legend; `value` undefined: nothing chosen yet. */
export function Cards<T extends string | number>({ legend, choices, value, choose, hideLegend = false }: { legend: ReactNode; choices: readonly { value: T; label: ReactNode; small?: ReactNode }[]; value: T | undefined; choose: (value: T) => void; hideLegend?: boolean }) {
  const name = useId();
  return (
    <fieldset className="cards">
      <legend className={hideLegend ? 'ch-hidden' : undefined}>{legend}</legend>
      {choices.map((one) => (
        <label key={one.value} className={value === one.value ? 'card card-chosen' : 'card'}>
          <input type="radio" name={name} checked={value === one.value} onChange={() => choose(one.value)} />
          <span>
            {one.label}
            {one.small ? <span className="small ch-muted"> {one.small}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

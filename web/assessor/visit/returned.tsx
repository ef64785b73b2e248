/** Why a result of this case came back: who sent it, the reason, the items in doubt and the words, so that this visit mends it. */
import { DayText } from '../../ui/text.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords, wordOf } from '../../ui/words.ts';
import type { OnSiteCase, ScaleItem } from '../api.ts';

export function Returned({ order, items }: { order: OnSiteCase; items: readonly ScaleItem[] }) {
  const say = useWords('assessor');
  const words = useWords('assessments');
  const { lang } = usePreferences();
  // A package kept before the phone knew of returns says nothing.
  const back = order.returned ?? null;
  if (back === null) return null;
  const named = back.items.map((code) => items.find((one) => one.code === code)?.[lang] ?? code);
  return (
    <div className="verdict verdict-wait">
      <p>
        <strong>{say('returned.title', { nth: back.nth })}</strong> {wordOf(words, 'values', back.by)} <DayText day={back.returnedOn} />
      </p>
      <p>
        {wordOf(words, 'values', back.reason)}
        {named.length > 0 ? `${say('returned.colon')}${named.join(say('returned.comma'))}` : ''}
      </p>
      {(back.mayMend ?? []).length > 0 ? <p>{say('returned.mayMend', { names: back.mayMend.join(say('returned.comma')) })}</p> : null}
      {back.note ? <p>{say('returned.note', { note: back.note })}</p> : null}
    </div>
  );
}

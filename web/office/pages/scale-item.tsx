/** One item of the scale: its options as large cards; the digits 1 to 5 choose, and the next open item comes by itself. */
import { UnverifiedBadge } from '../../ui/badges.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../ui/words.ts';
import type { Scale } from '../scale-edition.ts';

interface ItemCardProps {
  item: Scale['items'][number];
  number: number;
  chosen: number | undefined;
  /** The person tried to submit: what is missing is shown as such. */
  marked: boolean;
  choose: (points: number) => void;
  next: () => void;
}

export function ItemCard({ item, number, chosen, marked, choose, next }: ItemCardProps) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const missing = marked && chosen === undefined;
  const byKey = (event: React.KeyboardEvent) => {
    const option = /^[1-9]$/.test(event.key) ? item.options[Number(event.key) - 1] : undefined;
    if (!option || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    choose(option.points);
    event.currentTarget.querySelectorAll('input')[item.options.indexOf(option)]?.focus();
    next();
  };
  return (
    <fieldset id={`item-${item.code}`} className={`ch-item${missing ? ' ch-item-missing' : ''}`} onKeyDown={byKey}>
      <legend>
        <span className="ch-muted ch-number">{number}</span> {item[lang]} {item.status === 'unverified' ? <UnverifiedBadge source={item.source.article} /> : null}
        {missing ? <span className="ch-bad"> {say('assess.notAnswered')}</span> : null}
      </legend>
      <div className="ch-options">
        {item.options.map((option, at) => (
          <label key={option.points} className={`ch-option${chosen === option.points ? ' ch-option-chosen' : ''}`}>
            <input type="radio" name={item.code} checked={chosen === option.points} onChange={() => choose(option.points)} />
            <kbd aria-hidden>{at + 1}</kbd>
            <span>{option[lang]}</span>
            <span className="ch-points ch-number">{say('assess.points', { points: option.points })}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

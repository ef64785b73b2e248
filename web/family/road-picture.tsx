/** The road of an application as a picture: what is done, where it stands, what comes. */
import { useWords } from '../ui/words.ts';
import { roadOf } from './road.ts';

export function RoadPicture({ state }: { state: string }) {
  const say = useWords('family');
  return (
    <ol className="road" aria-label={say('road.label')}>
      {roadOf(state).map(({ step, mark }) => (
        <li key={step} className={`road-${mark}`} aria-current={mark === 'now' ? 'step' : undefined}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10" />
            {mark === 'done' ? <path d="M7 12.5l3.5 3.5L17 9" /> : mark === 'stopped' ? <path d="M8 8l8 8M16 8l-8 8" /> : mark === 'now' ? <circle cx="12" cy="12" r="4" className="road-dot" /> : null}
          </svg>
          <span>
            {say(`road.${step}`)}
            <span className="ch-hidden">{say(`road.mark.${mark}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

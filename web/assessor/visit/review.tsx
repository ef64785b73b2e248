/** Step 5: what was found so far, what is missing, and a word to every contradiction. */
import { pointsOf } from '#domain/assessments/onsite/model.ts';
import { fromHundredths, gradeOnly, progressOf } from '#domain/assessments/scale/model.ts';
import { To } from '../../light/address.tsx';
import { LongField } from '../../light/fields.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../ui/words.ts';
import { lacksOf } from '../store/missing.ts';
import type { Lack } from '../store/missing.ts';
import { useInHand } from './around.tsx';
import { Hint } from './items.tsx';
import { StepPage, addressOf } from './step.tsx';

export function Review() {
  const say = useWords('assessor');
  const { visit, ground, parts, contradictions, closed, setContent } = useInHand();
  const lacks = lacksOf(visit, ground, parts).filter((one) => one.step !== 'finish');
  return (
    <StepPage step="review">
      <Sums />
      {contradictions.length > 0 ? (
        <section aria-labelledby="contradictions">
          <h2 id="contradictions">{say('review.contradictions')}</h2>
          <p className="small ch-muted">{say('review.contradictionsText')}</p>
          {contradictions.map((one) => (
            <Hint key={one.code} contradiction={one} />
          ))}
        </section>
      ) : null}
      <fieldset disabled={closed} className="form">
        <LongField label={say('review.interviewNote')} hint={say('review.interviewNoteHint')} value={visit.content.interviewNote} set={(interviewNote) => setContent(() => ({ interviewNote }))} maxLength={2000} />
        <LongField label={say('review.neighbourNote')} hint={say('review.neighbourNoteHint')} optional value={visit.content.neighbourNote} set={(neighbourNote) => setContent(() => ({ neighbourNote }))} maxLength={2000} />
      </fieldset>
      <Lacks lacks={lacks} none={say('review.nothingMissing')} />
    </StepPage>
  );
}

/** What is still missing, each a way to its place. */
export function Lacks({ lacks, none }: { lacks: readonly Lack[]; none: string }) {
  const say = useWords('assessor');
  const { visit } = useInHand();
  if (lacks.length === 0) return <p className="verdict verdict-good">{none}</p>;
  return (
    <section className="verdict verdict-wait" aria-labelledby="lacks">
      <h2 id="lacks">{say('review.missing')}</h2>
      <ul className="plain">
        {lacks.map((one) => (
          <li key={one.what}>
            <To to={addressOf(visit.id, one.step, one.item ?? null)} className="jump-link">
              {say(`lacks.${one.what}`, { count: one.count ?? 0 })}
            </To>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sums() {
  const say = useWords('assessor');
  const { lang } = usePreferences();
  const { visit, ground } = useInHand();
  const { scale } = ground.scale;
  const points = pointsOf(visit.content.answers);
  const rows = progressOf(scale, points);
  const whole = scale.items.every((one) => points[one.code] !== undefined);
  const grade = whole ? gradeOnly(scale, points) : undefined;
  const named = scale.grades.find((one) => one.grade === grade);
  const shown = (row: (typeof rows)[number], value: number) => (row.inHundredths ? fromHundredths(value) : String(value));
  return (
    <section className="sheet" aria-label={say('review.sums')}>
      <h2>{say('review.sums')}</h2>
      <dl className="sums">
        {rows.map((one) => (
          <div key={one.code}>
            <dt>{one[lang]}</dt>
            <dd className="ch-number">
              {one.answered === one.items ? `${shown(one, one.points)} / ${shown(one, one.maxPoints)}` : say('review.answered', { n: one.answered, total: one.items })}
            </dd>
          </div>
        ))}
      </dl>
      {named ? <p className="grade-line">{say('review.grade', { grade: named[lang] })}</p> : null}
      <p className="small ch-muted">{say('review.gradeText')}</p>
    </section>
  );
}

/** Grades before and after a tried edition, as a table whose cells darken with the number of people; on the diagonal nothing changes. */
import { usePreferences } from '../../ui/preferences.ts';
import { gradeText } from '../parts.tsx';
import { useWords } from '../../ui/words.ts';
import type { TrialResult } from './scale-trial.tsx';

export function GradePicture({ trial }: { trial: TrialResult }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const people = (before: number, after: number) => trial.cells.find((one) => one.before === before && one.after === after)?.people ?? 0;
  const most = Math.max(...trial.cells.map((one) => one.people), 1);
  const worse = (before: number, after: number) => trial.minGrade !== null && before >= trial.minGrade && after < trial.minGrade;
  return (
    <div style={{ overflowX: 'auto' }} role="region" aria-label={say('trials.picture')} tabIndex={0}>
      <table className="ch-matrix ch-heat">
        <caption className="ch-muted">{say('trials.pictureHint')}</caption>
        <thead>
          <tr>
            <td>{say('trials.before')} \ {say('trials.after')}</td>
            {trial.gradesAfter.map((one) => <th key={one.grade} scope="col">{gradeText(say, one.grade, one[lang])}</th>)}
          </tr>
        </thead>
        <tbody>
          {trial.gradesBefore.map((row) => (
            <tr key={row.grade}>
              <th scope="row">{gradeText(say, row.grade, row[lang])}</th>
              {trial.gradesAfter.map((column) => {
                const n = people(row.grade, column.grade);
                // The square root keeps small groups visible beside large ones; never so dark that the number is hard to read.
                const strength = n === 0 ? 0 : Math.round(8 + 40 * Math.sqrt(n / most));
                const colour = row.grade === column.grade ? 'var(--ch-muted)' : worse(row.grade, column.grade) ? '#c0392b' : 'var(--ch-primary)';
                return (
                  <td key={column.grade} title={say('trials.cell', { n, before: row.grade, after: column.grade })} style={n === 0 ? {} : { background: `color-mix(in srgb, ${colour} ${strength}%, transparent)`, fontWeight: row.grade === column.grade ? 400 : 700}}>
                    {n === 0 ? '' : n.toLocaleString('en-US')}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

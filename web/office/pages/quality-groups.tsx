/** Figures of quality folded by the rows of the score sheet: one number per group in the table, every figure with its mean when a row is opened. */
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { GROUP_OF, QUALITY_FIGURES, QUALITY_GROUPS, higherIsBetter } from '#domain/assessments/quality/model.ts';
import type { QualityFigure, QualityGroup } from '#domain/assessments/quality/model.ts';
import type { OutputOf } from '#kit/contract.ts';
import { Go } from '../../ui/go.tsx';
import { alone } from '../../ui/text.tsx';
import type { SmallColumn } from '../../ui/small-table.tsx';
import { useLabels, useWords } from '../../ui/words.ts';
import { figureText } from '../quality-values.ts';

export type Value = OutputOf<(typeof assessmentsContract)['GET /api/quality']>['institutions'][number]['figures'][number];
type Standard = OutputOf<(typeof assessmentsContract)['GET /api/quality']>['standardPoints'];
interface WithFigures {
  figures: readonly Value[];
}

/** A figure in a cell: worse than the mean in red, few cases with a mark; leads to its cases. */
export function FigureCell({ value, to }: { value: Value | undefined; to: string }) {
  const say = useWords('office');
  if (!value || value.value === null) return <span className="ch-muted" title={value ? say('quality.tooFew') : say('quality.nothing')}>–{value && value.cases > 0 ? <span className="ch-small"> {say('quality.only', { cases: value.cases })}</span> : null}</span>;
  const worse = value.mean !== null && !value.small && (higherIsBetter(value.figure) ? value.value < value.mean : value.value > value.mean);
  return (
    <Go to={to} className={worse ? 'ch-bad ch-number' : 'ch-number'}>
      {figureText(value.figure, value.value)}{value.small ? <sup title={say('quality.small', { cases: value.cases })}>*</sup> : null}
    </Go>
  );
}

/** Groups whose figures take points; the others are signs to look at. */
const SCORED: readonly QualityGroup[] = QUALITY_GROUPS.filter((group) => group !== 'signs');

const inGroup = (row: WithFigures, group: QualityGroup): Value[] => row.figures.filter((one) => GROUP_OF[one.figure] === group);

/** A column for each group that takes points, and one for each figure named: few enough to stand in the page at any size. */
export function useGroupColumns<R extends WithFigures>(casesOf: (row: R, figure: QualityFigure) => string, single: readonly QualityFigure[]): SmallColumn<R>[] {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return [
    ...SCORED.map((group) => ({
      title: say(`quality.groups.${group}`), align: 'right' as const,
      render: (_: unknown, row: R) => {
        const own = inGroup(row, group);
        const [counted, points] = [own.reduce((sum, one) => sum + one.numerator, 0), own.reduce((sum, one) => sum + (one.points ?? 0), 0)];
        if (own.length === 0) return '–';
        return <span className="ch-number">{say('quality.groupCases', { counted })}{points > 0 ? <span className="ch-bad ch-small"> {say('quality.groupPoints', { points })}</span> : null}</span>;
      },
    })),
    ...single.map((figure) => ({ title: label.value(`quality.${figure}`), align: 'right' as const, render: (_: unknown, row: R) => <FigureCell value={row.figures.find((one) => one.figure === figure)} to={casesOf(row, figure)} /> })),
  ];
}

/** Every figure of a row under the group that it belongs to, each beside the mean of the institutions; a group that takes points with what its row of the yearly sheet is worth. */
export function GroupedFigures({ figures, standard, casesOf }: { figures: readonly Value[]; standard: Standard; casesOf: (figure: QualityFigure) => string }) {
  const say = useWords('office');
  const label = useLabels('assessments', 'office');
  return (
    <div className="ch-quality-groups">
      {QUALITY_GROUPS.map((group) => (
        <section key={group}>
          <h3 className="ch-sub">{say(`quality.groups.${group}`)}{standard !== null && group !== 'signs' ? <span className="ch-muted ch-small"> {say('quality.standard', { points: standard[group] })}</span> : null}</h3>
          <dl>
            {QUALITY_FIGURES.filter((figure) => GROUP_OF[figure] === group).map((figure) => {
              const value = figures.find((one) => one.figure === figure);
              return (
                <div key={figure}>
                  <dt>{alone(label.value(`quality.${figure}`))}</dt>
                  <dd>
                    <FigureCell value={value} to={casesOf(figure)} />
                    {value && value.value !== null && value.mean !== null ? <span className="ch-muted ch-small"> {say('quality.meanIs', { value: figureText(figure, value.mean) })}</span> : null}
                    {value?.points ? <span className="ch-bad ch-small"> {say('quality.groupPoints', { points: value.points })}</span> : null}
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}

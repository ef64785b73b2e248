/** Beside the entry form: sums with their classes, the grade or what is still possible, and the matrix. */
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { cellOf, isWeighted, percent, scoreSoFar } from '#domain/assessments/scale/model.ts';
import type { Answers, DimensionProgress, MatrixScale, WeightedScale } from '#domain/assessments/scale/model.ts';
import { pointsText } from '../show.ts';
import type { ScaleEdition } from '../scale-edition.ts';
import { UnverifiedBadge } from '../../ui/badges.tsx';
import { gradeText } from '../parts.tsx';
import { Card } from '../../ui/card.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../ui/words.ts';

type Preview = OutputOf<(typeof assessmentsContract)['POST /api/applications/{id}/assessment/preview']>;

export function ScaleSide({ edition, sums, answers, preview }: { edition: ScaleEdition; sums: readonly DimensionProgress[]; answers: Answers; preview: Preview | undefined }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const { scale } = edition;
  return (
    <>
      <Card size="small" title={say('assess.soFar')}>
        <table className="ch-sums">
          <tbody>
            {sums.map((sum) => (
              <tr key={sum.code}>
                <th scope="row">{sum[lang]}</th>
                <td className="ch-number">{pointsText(sum.points, sum.inHundredths)}/{pointsText(sum.maxPoints, sum.inHundredths)}</td>
                <td>{isWeighted(scale) ? <span className="ch-number">× {percent(sum.weightBp ?? 0)}%</span> : <ClassOf scale={scale} sum={sum} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="ch-grade" aria-live="polite">
          {preview?.grading ? gradeText(say, preview.grading.grade, lang === 'zh' ? preview.grading.gradeZh : preview.grading.gradeEn) : preview ? say('assess.possible', preview.possible) : say('assess.nothingYet')}
        </p>
      </Card>
      {isWeighted(scale) ? <Bands scale={scale} answers={answers} /> : (
        <Card size="small" title={<>{say('assess.matrix')} {scale.matrix.status === 'unverified' ? <UnverifiedBadge source={scale.matrix.source.article} /> : null}</>}>
          <Matrix scale={scale} sums={sums} />
        </Card>
      )}
    </>
  );
}

function ClassOf({ scale, sum }: { scale: MatrixScale; sum: DimensionProgress }) {
  const { lang } = usePreferences();
  const cut = scale.cutPoints.find((one) => one.dimension === sum.code);
  return <>{scale.classes.find((one) => one.code === sum.classCode)?.[lang] ?? '–'} {cut?.status === 'unverified' ? <UnverifiedBadge source={cut.source.article} /> : null}</>;
}

/** The bands of a weighted scale; the one that the score so far falls into is marked. */
function Bands({ scale, answers }: { scale: WeightedScale; answers: Answers }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const score = scoreSoFar(scale, answers);
  return (
    <Card size="small" title={<>{say('assess.score', { score: pointsText(score, true) })} {scale.bands.status === 'unverified' ? <UnverifiedBadge source={scale.bands.source.article} /> : null}</>}>
      <table className="ch-sums">
        <tbody>
          {scale.bands.of.map((band) => {
            const here = band.min <= score && score <= band.max;
            return (
              <tr key={band.min} aria-current={here || undefined} className={here ? 'ch-here' : ''}>
                <th scope="row" className="ch-number">{pointsText(band.min, true)}–{pointsText(band.max, true)}</th>
                <td>{gradeText(say, band.grade, scale.grades.find((one) => one.grade === band.grade)?.[lang] ?? '')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {scale.treatmentFirst ? <p className="ch-source">{say('assess.treatmentFirst', { dimension: scale.dimensions.find((one) => one.code === scale.treatmentFirst?.dimension)?.[lang], from: pointsText(scale.treatmentFirst.from, true) })}</p> : null}
    </Card>
  );
}

/** Row: daily living; column: the worse of cognition and perception. The cell that the answers lead to is marked. */
function Matrix({ scale, sums }: { scale: MatrixScale; sums: readonly DimensionProgress[] }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const cell = cellOf(sums);
  return (
    <table className="ch-matrix">
      <caption className="ch-muted">{say('assess.matrixHint')}</caption>
      <thead>
        <tr>
          <td />
          {scale.classes.map((one) => <th key={one.code} scope="col" className={cell.column === one.code ? 'ch-on' : ''}>{one[lang]}</th>)}
        </tr>
      </thead>
      <tbody>
        {scale.classes.map((row) => (
          <tr key={row.code}>
            <th scope="row" className={cell.row === row.code ? 'ch-on' : ''}>{row[lang]}</th>
            {scale.classes.map((column) => {
              const here = cell.row === row.code && cell.column === column.code;
              const possible = !here && (cell.row === undefined || cell.row === row.code) && (cell.column === undefined || cell.column === column.code) && (cell.row !== undefined || cell.column !== undefined);
              return <td key={column.code} data-grade={scale.matrix.cells[row.code][column.code]} aria-current={here || undefined} className={here ? 'ch-here' : possible ? 'ch-maybe' : ''}>{scale.matrix.cells[row.code][column.code]}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Beside the entry form: sums with their classes, the grade or what is still possible, and the matrix. */
import { Card } from 'antd';
import type { OutputOf } from '#kit/contract.ts';
import type { assessmentsContract } from '#domain/assessments/contract.ts';
import { cellOf } from '../scale-sums.ts';
import type { DimensionSum, ScaleEdition } from '../scale-sums.ts';
import { UnverifiedBadge } from '../../ui/badges.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../ui/words.ts';

type Preview = OutputOf<(typeof assessmentsContract)['POST /api/applications/{id}/assessment/preview']>;

export function ScaleSide({ edition, sums, preview }: { edition: ScaleEdition; sums: readonly DimensionSum[]; preview: Preview | undefined }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const { scale } = edition;
  const className = (code: string | undefined) => scale.classes.find((one) => one.code === code)?.[lang] ?? '–';
  return (
    <>
      <Card size="small" title={say('assess.soFar')}>
        <table className="ch-sums">
          <tbody>
            {sums.map((sum) => {
              const cut = scale.cutPoints.find((one) => one.dimension === sum.code);
              return (
                <tr key={sum.code}>
                  <th scope="row">{scale.dimensions.find((one) => one.code === sum.code)?.[lang]}</th>
                  <td className="ch-number">{sum.points}/{sum.maxPoints}</td>
                  <td>{className(sum.classCode)} {cut?.status === 'unverified' ? <UnverifiedBadge source={cut.source.article} /> : null}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <p className="ch-grade" aria-live="polite">
          {preview?.grading ? say('grade.named', { grade: preview.grading.grade, name: lang === 'zh' ? preview.grading.gradeZh : preview.grading.gradeEn }) : preview ? say('assess.possible', preview.possible) : say('assess.nothingYet')}
        </p>
      </Card>
      <Card size="small" title={<>{say('assess.matrix')} {scale.matrix.status === 'unverified' ? <UnverifiedBadge source={scale.matrix.source.article} /> : null}</>}>
        <Matrix edition={edition} sums={sums} />
      </Card>
    </>
  );
}

/** Row: daily living; column: the worse of cognition and perception. The cell that the answers lead to is marked. */
function Matrix({ edition, sums }: { edition: ScaleEdition; sums: readonly DimensionSum[] }) {
  const say = useWords('office');
  const { lang } = usePreferences();
  const { scale } = edition;
  const cell = cellOf(scale, sums);
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

/** A chart with its figures as a table beside it; the drawing library is fetched only when a chart is shown. */
import { Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Suspense, lazy, useState } from 'react';
import { useWords } from './words.ts';
import type { CanvasProps } from './chart-canvas.tsx';

const Canvas = lazy(() => import('./chart-canvas.tsx'));

export interface ChartProps extends Omit<CanvasProps, 'label' | 'write'> {
  title: string;
  write?: (value: number) => string;
  extra?: ReactNode;
}

export function Chart(props: ChartProps) {
  const say = useWords('ui');
  const [as, setAs] = useState<'chart' | 'table'>('chart');
  const write = props.write ?? ((value: number) => value.toLocaleString('en-US'));
  return (
    <figure className="ch-chart">
      <figcaption>
        <strong>{props.title}</strong>
        <span>
          {props.extra}
          <Segmented size="small" value={as} onChange={setAs} options={[{ value: 'chart', label: say('chart.chart') }, { value: 'table', label: say('chart.table') }]} />
        </span>
      </figcaption>
      {as === 'chart' ? (
        <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 4 }} style={{ height: props.height ?? 240 }} />}>
          <Canvas {...props} write={write} label={`${props.title}: ${props.names.map((name, at) => `${name} ${props.series.map((one) => write(one.values[at] ?? 0)).join(' / ')}`).join('; ')}`} />
        </Suspense>
      ) : (
        <div className="ch-chart-table">
          <table>
            <thead>
              <tr>
                <th scope="col" />
                {props.series.map((one) => <th key={one.name} scope="col">{one.name}</th>)}
              </tr>
            </thead>
            <tbody>
              {props.names.map((name, at) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {props.series.map((one) => <td key={one.name} className="ch-number">{write(one.values[at] ?? 0)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </figure>
  );
}

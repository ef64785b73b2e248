/** The drawing itself (echarts); its own chunk. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { usePreferences } from './preferences.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export interface Series {
  name: string;
  values: readonly number[];
}

const LIGHT = ['#0f766e', '#c2803a', '#4f6d9a', '#8a4b6b', '#6b8e3d', '#7a7f87'];
const DARK = ['#2fa99c', '#d9a066', '#86a3cf', '#c088a4', '#9cbf6d', '#a5aab2'];

interface CanvasProps {
  label: string;
  names: readonly string[];
  series: readonly Series[];
  kind?: 'bar' | 'line' | 'rows';
  stacked?: boolean;
  height?: number;
  write: (value: number) => string;
  pick?: (at: number) => void;
}

function optionOf(props: CanvasProps, dark: boolean, fontSize: number) {
  const ink = dark ? '#9aa8a5' : '#5b6866';
  const line = dark ? '#2c3735' : '#e3e8e9';
  const names = { type: 'category' as const, data: [...props.names], axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { color: ink, fontSize } };
  const values = { type: 'value' as const, splitNumber: 4, axisLabel: { color: ink, fontSize, formatter: short }, splitLine: { lineStyle: { color: line } } };
  const rows = props.kind === 'rows';
  return {
    color: dark ? DARK : LIGHT,
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 4, right: 12, top: props.series.length > 1 ? 34 : 12, bottom: 4, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const },
    tooltip: { trigger: 'axis' as const, valueFormatter: (value: unknown) => props.write(Number(value)), backgroundColor: dark ? '#1f2827' : '#ffffff', borderColor: line, textStyle: { color: dark ? '#e4ebe9' : '#17211f', fontSize: fontSize + 1 } },
    ...(props.series.length > 1 ? { legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: ink, fontSize } } } : {}),
    xAxis: rows ? values : names,
    yAxis: rows ? { ...names, inverse: true } : values,
    series: props.series.map((one) => ({
      name: one.name,
      type: props.kind === 'line' ? ('line' as const) : ('bar' as const),
      data: [...one.values],
      barMaxWidth: rows ? 14 : 28,
      symbolSize: 5,
      ...(props.stacked ? { stack: 'all' } : {}),
    })),
  };
}

/** 1234567 → 123.5万 in the axis, where room is short. */
function short(value: number): string {
  const lang = document.documentElement.lang;
  if (lang.startsWith('zh') && Math.abs(value) >= 10_000) return `${Number((value / 10_000).toFixed(1))}万`;
  if (Math.abs(value) >= 1_000_000) return `${Number((value / 1_000_000).toFixed(1))}M`;
  return Math.abs(value) >= 10_000 ? `${Number((value / 1000).toFixed(0))}k` : String(value);
}

export default function ChartCanvas(props: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const { dark, large, lang } = usePreferences();
  useEffect(() => {
    const chart = init(place.current!, null, { renderer: 'svg' });
    chart.setOption(optionOf(props, dark, large ? 15 : 12));
    if (props.pick) chart.on('click', (event) => props.pick!(event.dataIndex));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place.current!);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [props, dark, large, lang]);
  return <div ref={place} role="img" aria-label={props.label} style={{ height: props.height ?? 240, width: '100%' }} />;
}

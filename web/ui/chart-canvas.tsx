/** The drawing itself (echarts); its own chunk. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { usePreferences } from './preferences.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export interface Series {
  name: string;
  values: readonly number[];
  /** A loss: money that was not paid. Its colour is the same everywhere. */
  bad?: boolean;
}

const LIGHT = ['#0f766e', '#d39a4a', '#4f6d9a', '#8a4b6b', '#6b8e3d', '#7a7f87'];
const DARK = ['#2fa99c', '#d9a066', '#86a3cf', '#c088a4', '#9cbf6d', '#a5aab2'];
const BAD = { light: '#b42318', dark: '#f0877d' };

export interface CanvasProps {
  label: string;
  names: readonly string[];
  series: readonly Series[];
  kind?: 'bar' | 'line' | 'rows';
  stacked?: boolean;
  height?: number;
  /** A value in full, for the pointer. */
  write: (value: number) => string;
  /** A value beside its bar and on the axis, where room is short. */
  brief?: (value: number) => string;
  /** A name on the axis, where room is short. */
  axisName?: (at: number) => string;
  pick?: (at: number) => void;
}

/** Names beside rows break into lines when one is longer than this, in widths of a Chinese character. */
const LONGEST = 8.2;
const widthOf = (name: string) => [...name].reduce((sum, one) => sum + (one > '\u2e80' ? 1 : 0.55), 0);

/** What the bars of one name add up to. */
const total = (series: readonly Series[], at: number) => series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0);

function optionOf(props: CanvasProps, dark: boolean, fontSize: number) {
  const ink = dark ? '#9aa8a5' : '#5b6866';
  const strong = dark ? '#e4ebe9' : '#17211f';
  const line = dark ? '#2c3735' : '#e3e8e9';
  const rows = props.kind === 'rows';
  const brief = props.brief ?? short;
  const axisLabel = { color: ink, fontSize };
  const names = { type: 'category' as const, data: [...props.names], axisTick: { show: false }, axisLine: { show: !rows, lineStyle: { color: line } }, axisLabel: { ...axisLabel, hideOverlap: true, ...(rows ? { color: strong, ...(props.names.some((name) => widthOf(name) > LONGEST) ? { width: LONGEST * fontSize, overflow: 'break' as const, lineHeight: fontSize + 2 } : {}) } : { interval: 0, lineHeight: fontSize + 3 }), ...(props.axisName ? { formatter: (_: string, at: number) => props.axisName!(at) } : {}) } };
  const values = { type: 'value' as const, splitNumber: 3, axisLabel: { ...axisLabel, show: !rows, formatter: (value: number) => brief(value).replace(/\.0$/, '') }, splitLine: { show: !rows, lineStyle: { color: line } } };
  // Each bar carries its own value; a stack carries its sum, on the part that lies on top.
  const labelOf = (index: number) => ({
    show: props.kind !== 'line' && (!props.stacked || index === props.series.length - 1),
    position: rows ? ('right' as const) : ('top' as const), distance: rows ? 6 : 3, color: strong, fontSize: fontSize - (rows ? 0 : 1),
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const value = props.stacked ? total(props.series, dataIndex) : (props.series[index]!.values[dataIndex] ?? 0);
      return value === 0 && !rows ? '' : brief(value);
    },
  });
  return {
    color: dark ? DARK : LIGHT,
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 2, right: rows ? 52 : 4, top: props.series.length > 1 ? 40 : rows ? 4 : 20, bottom: 2, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const },
    tooltip: { trigger: 'axis' as const, axisPointer: { type: 'shadow' as const, shadowStyle: { color: dark ? 'rgba(255,255,255,0.05)' : 'rgba(15,118,110,0.06)' } }, valueFormatter: (value: unknown) => props.write(Number(value)), backgroundColor: dark ? '#1f2827' : '#ffffff', borderColor: line, textStyle: { color: strong, fontSize: fontSize + 1 } },
    ...(props.series.length > 1 ? { legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: 14, textStyle: { color: ink, fontSize } } } : {}),
    xAxis: rows ? values : names,
    yAxis: rows ? { ...names, inverse: true } : values,
    series: props.series.map((one, index) => ({
      name: one.name,
      type: props.kind === 'line' ? ('line' as const) : ('bar' as const),
      data: [...one.values],
      barMaxWidth: rows ? 16 : 26,
      barCategoryGap: rows ? '42%' : '34%',
      symbolSize: 5,
      cursor: props.pick ? 'pointer' : 'default',
      label: labelOf(index),
      labelLayout: { hideOverlap: true },
      ...(one.bad ? { itemStyle: { color: BAD[dark ? 'dark' : 'light'] } } : {}),
      ...(props.stacked ? { stack: 'all' } : {}),
    })),
  };
}

/** 1234567 → 123.5万 on the axis. */
function short(value: number): string {
  const lang = document.documentElement.lang;
  if (lang.startsWith('zh') && Math.abs(value) >= 10_000) return `${Number((value / 10_000).toFixed(1))}万`;
  if (Math.abs(value) >= 1_000_000) return `${Number((value / 1_000_000).toFixed(1))}M`;
  return Math.abs(value) >= 100_000 ? `${Number((value / 1000).toFixed(0))}k` : value.toLocaleString('en-US');
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

import type { ResultMetric } from '../../src/core/reports/result.ts';

const number = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat();

export function valueText(value: number | null): string {
  return value === null ? '–' : number.format(value);
}

export function countText(value: number | null): string {
  return value === null ? '–' : whole.format(value);
}

/** An interval; empty where there is none. */
export function intervalText(low: number | null | undefined, high: number | null | undefined): string {
  return low == null || high == null ? '' : `${number.format(low)} – ${number.format(high)}`;
}

/** A metric and its interval, or why there is none. */
export function metricText(metric: ResultMetric | undefined): string {
  if (!metric) return '–';
  if (metric.value === null) return metric.why;
  const interval = intervalText(metric.low, metric.high);
  return interval === '' ? valueText(metric.value) : `${valueText(metric.value)} (${interval})`;
}

/** A p-value as people write it; never zero. */
export function pText(p: number | null | undefined): string {
  if (p == null) return '';
  return p < 0.001 ? '< 0.001' : number.format(p);
}

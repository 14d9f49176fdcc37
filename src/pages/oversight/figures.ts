import { fromTimestamp, isoTime } from '../../platform/clock.js';
import type { Flow__Output } from '../../platform/rpc-types/einmal/broker/v1/Flow.js';
import type { GetOverviewResponse__Output as Overview } from '../../platform/rpc-types/einmal/broker/v1/GetOverviewResponse.js';
import type { NamedCount__Output } from '../../platform/rpc-types/einmal/broker/v1/NamedCount.js';
import type { Trend__Output } from '../../platform/rpc-types/einmal/broker/v1/Trend.js';

/** How many in one step of time, which began then; milliseconds since 1970. */
export type Point = Readonly<{ atMs: number; count: number }>;
type TrendLine = Readonly<{ name: string; points: readonly Point[] }>;
type FlowLine = Readonly<{ consumer: string; register: string; count: number; released: number }>;

/** One row of the file with all figures; what does not belong to its kind is empty. */
export type Figure = Readonly<{
  kind: 'outcome' | 'refusal' | 'alarm' | 'consumer' | 'register' | 'flow';
  name: string;
  register: string;
  /** ISO 8601, UTC. */
  time: string;
  count: string;
  released: string;
}>;

/** The first ones of a list that begins with the largest. Never one alone is called the others. */
export function largest<T>(items: readonly T[], most: number): Readonly<{ shown: readonly T[]; others: readonly T[] }> {
  const end = items.length <= most ? items.length : most - 1;
  return { shown: items.slice(0, end), others: items.slice(end) };
}

export function trendLines(trends: readonly Trend__Output[] = []): readonly TrendLine[] {
  return trends.map(({ name = '', points = [] }) => ({
    name,
    points: points.map(({ time, count }) => ({ atMs: fromTimestamp(time) ?? 0, count: Number(count ?? 0) })),
  }));
}

/** Several as one, oldest first. */
export function summed(lines: readonly TrendLine[]): readonly Point[] {
  return [
    ...Map.groupBy(
      lines.flatMap(({ points }) => points),
      ({ atMs }) => atMs,
    ),
  ]
    .map(([atMs, points]) => ({ atMs, count: points.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => a.atMs - b.atMs);
}

export function flowLines(flows: readonly Flow__Output[] = []): readonly FlowLine[] {
  return flows.map(({ consumer = '', register = '', retrievals, released }) => ({
    ...{ consumer, register },
    count: Number(retrievals ?? 0),
    released: Number(released ?? 0),
  }));
}

export function figuresOf(overview: Overview): readonly Figure[] {
  const { outcomes, refusals, alarms, consumers, registers, flows } = overview;
  return [
    ...counted('outcome', outcomes),
    ...counted('refusal', refusals),
    ...counted('alarm', alarms),
    ...inTime('consumer', consumers),
    ...inTime('register', registers),
    ...flowLines(flows).map(({ consumer, register, count, released }) => ({
      ...{ kind: 'flow' as const, name: consumer, register, time: '' },
      ...{ count: String(count), released: String(released) },
    })),
  ];
}

function counted(kind: Figure['kind'], counts: readonly NamedCount__Output[] = []): readonly Figure[] {
  return counts.map(({ name = '', count = '0' }) => ({ kind, name, register: '', time: '', count, released: '' }));
}

function inTime(kind: Figure['kind'], trends: readonly Trend__Output[] = []): readonly Figure[] {
  return trends.flatMap(({ name = '', points = [] }) =>
    points.map(({ time, count = '0' }) => ({ kind, name, register: '', time: isoTime(time), count, released: '' })),
  );
}

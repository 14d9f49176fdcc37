import Table from 'cli-table3';
import type { Machine } from './machine.js';
import type { Result } from './measure.js';

export function table(results: readonly Result[], { cores, node, postgres }: Machine): string {
  const rows = new Table({
    head: ['Measure', 'Value', 'Baseline', 'Target', 'Samples', ''],
    style: { head: [], border: [] },
  });
  for (const { id, value, unit, baseline, target, ok, samples } of results)
    rows.push([id, figure(value, unit), figure(baseline, unit), figure(target, unit), samples.length, ok ? '✔' : '✘']);
  return `${rows.toString()}\n${cores} cores, Node ${node}, PostgreSQL ${postgres}\n`;
}

function figure(value: number | null, unit: string): string {
  return value === null ? '–' : `${Number(value.toPrecision(4))} ${unit}`;
}

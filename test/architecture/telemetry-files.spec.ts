import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { GAUGES, HISTOGRAMS } from '../../src/platform/telemetry/metrics.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const SERIES: ReadonlySet<string> = new Set([
  ...Object.keys(GAUGES),
  ...Object.keys(HISTOGRAMS).flatMap((name) => [`${name}_count`, `${name}_sum`, `${name}_bucket`]),
]);
const METRICS = [...Object.keys(GAUGES), ...Object.keys(HISTOGRAMS)];
const LABELS = new Set(['rpc', 'code', 'peer', 'step', 'result', 'state', 'queue', 'register', 'witness']);
/** Of Prometheus itself. */
const SCRAPED = new Set(['job', 'instance', 'le']);

const seriesIn = (text: string): readonly string[] => [...text.matchAll(/\beinmal_\w+/g)].map(([name]) => name);
const metricsIn = (text: string) => new Set(seriesIn(text).map((name) => name.replace(/_(count|sum|bucket)$/, '')));

type Rule = Readonly<{ alert: string; expr: string; annotations: Readonly<Record<string, string>> }>;
type Panel = Readonly<{ title: string; targets?: readonly Readonly<{ expr: string }>[] }>;

const alerts = (parse(read('deploy/telemetry/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
const panels = (JSON.parse(read('deploy/telemetry/dashboard.json')) as { panels: Panel[] }).panels;
const expressions = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
];

describe('dashboard and alert rules', () => {
  it.each(expressions)('%s asks for series that the code has: %s', (_name, expr) => {
    const asked = seriesIn(expr);
    for (const name of asked) expect(SERIES).toContain(name);
    if (asked.length === 0) expect(expr).toMatch(/^up\{/);
  });

  it.each(expressions)('%s asks for labels that there are: %s', (_name, expr) => {
    const selected = [...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label]) => label ?? '');
    const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
    for (const label of [...selected, ...grouped]) expect(LABELS.has(label) || SCRAPED.has(label)).toBe(true);
    const depth = [...expr].reduce((sum, sign) => sum + (sign === '(' ? 1 : sign === ')' ? -1 : 0), 0);
    expect(depth).toBe(0);
  });

  it('show every metric, and the page for operators names it', () => {
    const shown = metricsIn(JSON.stringify(panels));
    expect([...shown].sort()).toEqual([...METRICS].sort());
    const [, page = ''] = read('docs/operations.md').split('\n## Watching it\n');
    const [section = ''] = page.split('\n## ');
    expect([...metricsIn(section)].sort()).toEqual([...METRICS].sort());
  });

  it('say what to do where something is wrong', () => {
    expect(alerts.length).toBeGreaterThan(15);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    for (const { annotations } of alerts) expect(Object.keys(annotations).sort()).toEqual(['action', 'summary']);
    // What anybody would want to be told of: no metric but these is without an alert.
    const alerted = metricsIn(alerts.map(({ expr }) => expr).join('\n'));
    expect(METRICS.filter((name) => !alerted.has(name))).toEqual(['einmal_log_batch_entries']);
  });
});

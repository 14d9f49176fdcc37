import type { Reading } from '../measure.js';

/** Milliseconds of each answer that was due in one stretch of time. */
export type Stretch = readonly number[];

/**
 * How much longer the slowest answer took while something was changed than the slowest of as many equally long stretches in which
 * nothing was. The slowest of both, since a single answer is what may not be held up; both have the same chance of a bad moment.
 */
export function stallOf(quiet: readonly Stretch[], changing: readonly Stretch[]): Reading {
  if (quiet.length !== changing.length || quiet.length === 0)
    throw new RangeError('as many of the one as of the other');
  const slowest = (stretch: Stretch) => {
    if (stretch.length === 0) throw new RangeError('a stretch without an answer');
    return Math.max(...stretch);
  };
  const samples = changing.map(slowest);
  const baseline = Math.max(...quiet.map(slowest));
  return { value: Math.max(0, Math.max(...samples) - baseline), baseline, samples };
}

/** The text of `rules.yaml` with one more limit on one rule, which has none: another version, that takes nothing from others. */
export function withUseDays(rules: string, rule: string, days: number): string {
  const begins = rules.indexOf(`  - id: ${rule}\n`);
  const source = rules.indexOf('    source:', begins);
  if (begins < 0 || source < 0 || rules.slice(begins, source).includes('limits:'))
    throw new Error(`no rule ${rule} without limits`);
  return `${rules.slice(0, source)}    limits: { use_days: ${days} }\n${rules.slice(source)}`;
}

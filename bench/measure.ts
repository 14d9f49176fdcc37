import type { RunningSystem } from '../src/demo/supervisor.js';

/** What is promised about one figure. */
export type Measure = Readonly<{
  /** `<group>.<figure>_<unit>`; once published it stays. */
  id: string;
  unit: string;
  better: 'lower' | 'higher';
  /** What `value` must reach; null for figures that are only reported. */
  target: number | null;
}>;

/** What was observed. `value` is the figure that the target judges; a ratio where the measure is one. */
export type Reading = Readonly<{
  value: number;
  /** What `value` is set against, measured in the same run. */
  baseline?: number;
  /** Raw, in the order in which they were taken. */
  samples: readonly number[];
}>;

/** What a run is given. */
export type BenchContext = Readonly<{
  /** Samples to take, and those before that are thrown away. */
  requests: number;
  warmUp: number;
  log(line: string): void;
  /** A system of real processes, started at the first call and shared by all groups of the run. */
  system(): Promise<RunningSystem>;
}>;

/** Measures that come out of one run. Its name, or the id of one of its measures, starts it. */
export type MeasureGroup = Readonly<{
  name: string;
  measures: readonly Measure[];
  run(context: BenchContext): Promise<Readonly<Record<string, Reading>>>;
}>;

/** One measure as it is reported. */
export type Result = Readonly<{
  id: string;
  /** Null if the measure could not be taken. */
  value: number | null;
  unit: string;
  baseline: number | null;
  target: number | null;
  /** Whether the target is reached; true without target, false if the measure could not be taken. */
  ok: boolean;
  samples: readonly number[];
}>;

export function judge({ id, unit, better, target }: Measure, reading: Reading | undefined): Result {
  const value = reading?.value ?? null;
  const reached = value !== null && (target === null || (better === 'lower' ? value <= target : value >= target));
  return { id, value, unit, baseline: reading?.baseline ?? null, target, ok: reached, samples: reading?.samples ?? [] };
}

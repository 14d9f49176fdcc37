import { type CpuTimes, cpuPerExchange, cpuTimes, totalOf } from './accounting.js';
import type { Slice } from './driver/target.js';

/** What one slice of the load came to. */
export type Taken = Readonly<{
  slice: Slice;
  perSecond: number;
  /** For one exchange, milliseconds of processor time by process. */
  cpu: CpuTimes;
}>;

/** Clients that ask at the same time: enough that nothing waits for them. */
export const CLIENTS = 12;
export const DEADLINE_MS = 15_000;

/** Asks, and counts what it cost. @throws where an answer is missing: refusals are quick, and must not count as fast */
export async function taken(accounted: Parameters<typeof cpuTimes>[0], run: () => Promise<Slice>): Promise<Taken> {
  const before = cpuTimes(accounted);
  const slice = await run();
  const cpu = cpuPerExchange(before, cpuTimes(accounted), slice.correct);
  if (slice.refused.length > 0) throw new Error(`${slice.refused.length} were refused, although there was room`);
  return { slice, perSecond: (slice.correct * 1000) / slice.elapsedMs, cpu };
}

export function describe(name: string, { perSecond, cpu }: Taken): string {
  const parts = [...cpu].filter(([, ms]) => ms >= 0.05).map(([process, ms]) => `${process} ${ms.toFixed(2)}`);
  return `${name}: ${perSecond.toFixed(1)}/s, ${totalOf(cpu).toFixed(2)} ms of processor time each (${parts.join(', ')})`;
}

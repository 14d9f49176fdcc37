import type { ProcessingLine } from './processing-line.js';

/** Entries from `from` to before `to`, with the lines about their subjects; there may be none. */
export type Taken = Readonly<{ from: number; to: number; lines: readonly ProcessingLine[] }>;

export type Backlog = Readonly<{
  /** Entries that are not confirmed, those without a subject included. */
  entries: number;
  /** Since the oldest of them was logged. */
  ageS: number;
}>;

/**
 * The log as the outbox of the processing log: what is in it was written in the transaction of what happened, in one order and
 * without gaps. How far it was confirmed is kept beside it and only moves on.
 *
 * - `take` gives the next entries to one of all nodes, for as long as a lease lasts; `undefined` where there are none, or
 *   another one is at it. It gives the same ones again until they are confirmed.
 * - `confirm` moves on behind them. It throws where the lease was lost to another.
 * - `release` gives the lease back at once, with nothing confirmed.
 * - A record that was erased before it was taken has no line any more.
 */
export abstract class LineOutbox {
  abstract take(): Promise<Taken | undefined>;
  abstract confirm(taken: Taken): Promise<void>;
  abstract release(): Promise<void>;
  abstract backlog(): Promise<Backlog>;
}

import type { ConsumerHour } from './anomaly.js';

/** A person, known by nothing but a keyed index, about whom several consumers asked; `entry` is the newest of their questions. */
export type AskedByMany = Readonly<{ key: string; consumers: number; entry: number }>;

/**
 * What anomalies are found by.
 *
 * - `consumerHours` of a period, by hour and consumer.
 * - `seenSince`: the moment of the first entry of each of some consumers that the log has; whoever has none is missing.
 * - `askedByMany` since a moment: persons whom at least so many consumers asked about. Shows no person: `key` is a digest of the
 *   key in the index, which only the vault can make.
 */
export abstract class AnomalySource {
  abstract consumerHours(fromMs: number, toMs: number): Promise<readonly ConsumerHour[]>;
  abstract seenSince(consumers: readonly string[]): Promise<ReadonlyMap<string, number>>;
  abstract askedByMany(sinceMs: number, consumers: number): Promise<readonly AskedByMany[]>;
}

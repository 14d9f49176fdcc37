/**
 * How often lookups of a consumer ended with nobody, as its log says and as it was told: none, several, blocked and without
 * record are one, and so is a lookup whose answer it did not wait for, whoever was found. Known to all nodes on one log.
 *
 * - `nth` is when the one was that is the `n`th, counted from the newest, if it was at `sinceMs` or later; of one `decider`, where
 *   named, by the pseudonym under which they decide at the consumer.
 * - `isShown` says whether an anomaly of this consumer was written at `sinceMs` or later.
 */
export abstract class Misidentified {
  /** Milliseconds since the epoch. */
  abstract nth(consumer: string, n: number, sinceMs: number, decider?: string): Promise<number | undefined>;
  abstract isShown(consumer: string, sinceMs: number): Promise<boolean>;
}

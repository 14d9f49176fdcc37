import type { EventType } from '../audit/record.js';

/** `indices`: oldest first. `end`: what comes before it is among them or followed already. */
export type Unfollowed = Readonly<{ indices: readonly number[]; end: number }>;

/**
 * How far entries about what officers did were made into rows; shared by the nodes of a log.
 *
 * - `next` gives the first entries of some events that were not followed yet, so many at most.
 * - `moveTo` says that everything before an index was. It never goes back.
 */
export abstract class ActPosition {
  abstract next(events: readonly EventType[], limit: number): Promise<Unfollowed>;
  abstract moveTo(end: number): Promise<void>;
}

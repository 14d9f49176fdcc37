import type { EdgeLogEntry, Period } from './edge-log.js';

/** One line as its caller may read it: nothing of the person, and not the true cause (IDNrG § 6 Abs. 5). */
export type EdgeLogLine = Readonly<
  { sequence: number } & Pick<
    EdgeLogEntry,
    'at' | 'retrievalId' | 'consumer' | 'evidenceType' | 'purpose' | 'outcome' | 'reason'
  >
>;

/** First and last sequence of the lines of one caller and period; lines of other periods may lie between. */
export type Extent = Readonly<{ first: number; last: number }>;

/**
 * Reads the lines about exchanges with one caller; lines about reads of the log are none.
 *
 * `page` gives the lines of the period with a sequence from `first` to `last`, in its order, at most `limit`.
 */
export abstract class EdgeLogReader {
  abstract extent(caller: string, period: Period): Promise<Extent | undefined>;
  abstract page(caller: string, period: Period, extent: Extent, limit: number): Promise<EdgeLogLine[]>;
}

import type { StoredRecord } from './log-reader.js';

/** What the log says of one retrieval or lookup. */
export type RetrievalRecords = Readonly<{
  opened: StoredRecord;
  isClosed: boolean;
  /** Absent where it is not closed, or the record of it was erased. */
  closed: StoredRecord | undefined;
  /** `retrieval.repeated`, `retrieval.held` and `retrieval.late`, in their order. */
  others: readonly StoredRecord[];
}>;

/**
 * Reads the log by retrieval.
 *
 * - `indexAt` gives the first index from which on everything was logged at or after a moment, in milliseconds since 1970.
 * - `opened` gives the retrievals and lookups at one register that were opened from index `first` on and before `end`, in
 *   order, at most `limit`, as far as their records were not erased.
 * - `wereErased` tells whether records of a range of indices are missing that an erasure of their months may have removed.
 */
export abstract class RetrievalReader {
  abstract indexAt(ms: number): Promise<number>;
  abstract opened(register: string, first: number, end: number, limit: number): Promise<RetrievalRecords[]>;
  abstract wereErased(first: number, end: number): Promise<boolean>;
}

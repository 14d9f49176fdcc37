import type { CallerPart } from './record.js';
import type { SealedRecord } from './record-cipher.js';

/** One record as it is stored: the caller's half in the clear, the protected half sealed. */
export type StoredRecord = Readonly<{
  index: number;
  leaf: Buffer;
  caller: CallerPart;
  callerSalt: Buffer;
  protectedHash: Buffer;
  sealed: SealedRecord;
}>;

/** A retrieval that passed its expiry without a final outcome, with the record of its opening. */
export type Orphan = Readonly<{ retrieval: string; opened: StoredRecord }>;

/**
 * Reads of the log beside its tree.
 *
 * - `orphans` gives the retrievals, longest overdue first, that are open although their `expires_at` has passed by the
 *   clock of the database.
 * - `leaves` gives the leaves from an index on, in order; fewer at the end of the log.
 */
export abstract class LogReader {
  abstract orphans(limit: number): Promise<Orphan[]>;
  abstract leaves(first: number, count: number): Promise<Buffer[]>;
}

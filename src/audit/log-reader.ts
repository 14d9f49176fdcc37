import type { CallerPart, Outcome } from './record.js';
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

/** Clear columns that records must match; what is absent matches everything. */
export type EntryFilter = Readonly<{
  /** Milliseconds since 1970: from this moment on. */
  fromMs?: number;
  /** Before this moment. */
  toMs?: number;
  consumer?: string;
  register?: string;
  purpose?: string;
  legal_basis?: string;
  outcome?: Outcome;
  reason?: string;
  exchange_ref?: string;
}>;

/**
 * Reads of the log beside its tree.
 *
 * - `orphans` gives the retrievals, longest overdue first, that are open although their `expires_at` has passed by the
 *   clock of the database.
 * - `leaves` gives the leaves from an index on, in order; fewer at the end of the log.
 * - `list` gives the records before an index that match, newest first. Records that are appended meanwhile never shift
 *   what comes before that index.
 * - `record` gives one, or `undefined` where there is none or it was erased.
 */
export abstract class LogReader {
  abstract orphans(limit: number): Promise<Orphan[]>;
  abstract leaves(first: number, count: number): Promise<Buffer[]>;
  abstract list(filter: EntryFilter, before: number, limit: number): Promise<StoredRecord[]>;
  abstract record(index: number): Promise<StoredRecord | undefined>;
}

import type { Epoch } from '../vault/key-vault.js';
import { type CallerPart, type IndexedPerson, KEPT_FROM_CALLERS, type Outcome } from './record.js';
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

/** Whether a participant may see that there is this record. */
export function isShownTo(consumer: string, record: StoredRecord | undefined): record is StoredRecord {
  return record?.caller.consumer === consumer && !KEPT_FROM_CALLERS.includes(record.caller.event);
}

/** One record that names a person, and in which capacities. */
export type RecordAbout = Readonly<{ record: StoredRecord; capacities: readonly IndexedPerson['as'][] }>;

export type LeafAt = Readonly<{ index: number; leafHash: Buffer }>;

/** Records of one epoch; without a limit all of them. */
export type ErasureScope = Readonly<{
  epoch: Epoch;
  /** Milliseconds since 1970: only what was logged before. */
  beforeMs?: number;
  recordIds?: readonly string[];
}>;

/**
 * A retrieval that passed its expiry without a final outcome, with the record of its opening; without, where that is
 * erased or is no record any more.
 */
export type Orphan = Readonly<{ retrieval: string; opened: StoredRecord | undefined }>;

/** Clear columns that records must match; what is absent matches everything. */
export type EntryFilter = Readonly<{
  /** Milliseconds since 1970: from this moment on. */
  fromMs?: number;
  /** Before this moment. */
  toMs?: number;
  /** Those that this participant may see. */
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
 *   clock of the database. One that was altered hides no other.
 * - `stillOpen` gives those of some entries that opened a retrieval which is open.
 * - `now` is the clock of the database, in milliseconds since 1970; `newest` the moment of its newest entry, if there is one.
 * - `leaves` gives the leaves from an index on, in order; fewer at the end of the log.
 * - `list` gives the records before an index that match, newest first. Records that are appended meanwhile never shift
 *   what comes before that index.
 * - `about` gives the records before an index that any of some keys of the index of persons leads to, newest first, each
 *   once. How large the log is does not matter to it.
 * - `shared` gives those of some keys of deciders that an entry names beside a decider who is none of them, unless it names one of
 *   some further keys as decider, too. How many entries lead to a key does not matter much to it.
 * - `reachesBackTo` is the moment of the oldest record that is kept for the ordinary term, in milliseconds since 1970.
 * - `record` gives one, or `undefined` where there is none or it was erased.
 * - `records` gives those of some indices that there are, newest first.
 * - `epochs` gives the epochs that have records. `present` gives those of some epochs that
 *   have records, `epochsOf` the epochs of those of some records that are there, `newestOf` the moment of the newest record of an
 *   epoch in milliseconds since 1970.
 * - `ofKey` gives the records of the newest entries that say that a public key came or went, in order.
 * - `inScope` gives index and leaf hash of the records in a scope, after an index, in order.
 */
export abstract class LogReader {
  abstract orphans(limit: number): Promise<Orphan[]>;
  abstract stillOpen(indices: readonly number[]): Promise<number[]>;
  abstract now(): Promise<number>;
  abstract newest(): Promise<number | undefined>;
  abstract leaves(first: number, count: number): Promise<Buffer[]>;
  abstract list(filter: EntryFilter, before: number, limit: number): Promise<StoredRecord[]>;
  abstract about(keys: readonly Buffer[], before: number, limit: number): Promise<RecordAbout[]>;
  abstract shared(keys: readonly Buffer[], unless: readonly Buffer[]): Promise<Buffer[]>;
  abstract reachesBackTo(): Promise<number | undefined>;
  abstract record(index: number): Promise<StoredRecord | undefined>;
  abstract records(indices: readonly number[]): Promise<StoredRecord[]>;
  abstract epochs(): Promise<Epoch[]>;
  abstract present(epochs: readonly Epoch[]): Promise<Epoch[]>;
  abstract newestOf(epoch: Epoch): Promise<number | undefined>;
  abstract epochsOf(recordIds: readonly string[]): Promise<ReadonlyMap<string, Epoch>>;
  abstract ofKey(thumbprint: string, limit: number): Promise<StoredRecord[]>;
  abstract inScope(scope: ErasureScope, after: number, limit: number): Promise<LeafAt[]>;
}

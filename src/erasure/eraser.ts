import type { ProtectedPart } from '../audit/record.js';

/** The database does not erase what no entry of the log states, or something else than it states. */
export class ErasureRefused extends Error {
  override readonly name = 'ErasureRefused';
}

/**
 * Erases records, their index rows, and the states and decisions about which no entry is left, for good: exactly those that the entry at an index of the log states, or none. The
 * protected half of that entry and its salt show what it states; no entry, no erasure, and each entry once.
 */
export abstract class Eraser {
  /** @throws ErasureRefused */
  abstract erase(entry: number, hidden: Readonly<{ part: ProtectedPart; salt: Buffer }>): Promise<void>;
  /** Decisions that were stored and never came into the log go without an entry. */
  abstract forgetUnlogged(): Promise<void>;
}

import type { Epoch } from './key-vault.js';
import type { ProtectedPart } from './record.js';

/** Records of one epoch; without a limit all of them. */
export type ErasureScope = Readonly<{
  epoch: Epoch;
  /** Milliseconds since 1970: only what was logged before. */
  beforeMs?: number;
  recordIds?: readonly string[];
}>;

/** The database does not erase what no entry of the log states, or something else than it states. */
export class ErasureRefused extends Error {
  override readonly name = 'ErasureRefused';
}

/**
 * Erases records and their index rows, for good: exactly those that the entry at an index of the log states, or none. The
 * protected half of that entry and its salt show what it states; no entry, no erasure, and each entry once.
 */
export abstract class Eraser {
  /** @throws ErasureRefused */
  abstract erase(entry: number, hidden: Readonly<{ part: ProtectedPart; salt: Buffer }>): Promise<void>;
}

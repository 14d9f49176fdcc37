import type { Epoch } from './key-vault.js';

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
 * Erases records and their index rows, for good. `entry` is the index of the entry that states it: no entry, no
 * erasure, and each entry once. Exactly `count` records, all older than that entry, or none.
 */
export abstract class Eraser {
  /** @throws ErasureRefused */
  abstract erase(entry: number, scope: ErasureScope, count: number): Promise<void>;
}

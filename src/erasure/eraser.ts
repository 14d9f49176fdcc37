import type { ProtectedPart } from '../audit/record.js';
import { StartFault } from '../platform/run-process.js';

/** The database does not erase what no entry of the log states, or something else than it states. */
export class ErasureRefused extends Error {
  override readonly name = 'ErasureRefused';
}

/** Somebody else erases and does not come to an end. */
export class ErasureBusy extends StartFault {
  override readonly name = 'ErasureBusy';

  constructor() {
    super('another erasure is at work: try again when it has ended');
  }
}

/**
 * Erases records, their index rows, and the states and decisions about which no entry is left, for good: exactly those
 * that the entry at an index of the log states, or none. The protected half of that entry and its salt show what it states;
 * no entry, no erasure, and each entry once.
 */
export abstract class Eraser {
  /** @throws ErasureRefused */
  abstract erase(entry: number, hidden: Readonly<{ part: ProtectedPart; salt: Buffer }>): Promise<void>;
  /** One at a time, in all processes: waits some seconds for others. @throws ErasureBusy */
  abstract alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Decisions that were stored and never came into the log go without an entry. */
  abstract forgetUnlogged(): Promise<void>;
}

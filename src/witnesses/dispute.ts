import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import type { LogStore } from '../audit/log-store.js';
import { rootAt } from '../audit/root-at.js';

/**
 * - `BEHIND`: the witness saw more entries than the log has.
 * - `FORKED`: it saw other entries.
 * - `CONTRADICTED`: it refuses what the log proves, and shows nothing.
 */
export type DisputeKind = 'BEHIND' | 'FORKED' | 'CONTRADICTED';

/**
 * What a witness holds against the log. `isProven`: signatures of the log itself show it, and `evidence` has them;
 * otherwise it is the word of the witness.
 */
export type Dispute = Readonly<{
  kind: DisputeKind;
  witness: string;
  /** Entries that the witness saw, as far as it said so. */
  size: number;
  isProven: boolean;
  evidence: string;
}>;

/** `incidentIndex`: the entry that records it, once there is one. */
export type RecordedDispute = Dispute & Readonly<{ reportedAtMs: number; incidentIndex: number | undefined }>;

/** The same report again: of a kind, by a witness, with proof or without. */
export function isSame(some: Dispute, other: Dispute): boolean {
  return some.witness === other.witness && some.kind === other.kind && some.isProven === other.isProven;
}

/** What a note that a witness shows says against the log as it is now. Nothing, if the log does not know its signature. */
export async function disputeOver(
  note: string,
  witness: string,
  { store, key }: Readonly<{ store: LogStore; key: NoteVerifier }>,
): Promise<Dispute | undefined> {
  let seen: Readonly<{ size: number; root: Buffer }>;
  try {
    seen = openCheckpoint(note, key);
  } catch (error) {
    if (error instanceof NoteFault) return undefined;
    throw error;
  }
  // Read after the note was there: whatever was committed before the witness saw it is in it.
  const { size } = await store.head();
  const proven = { witness, size: seen.size, isProven: true, evidence: note };
  if (seen.size > size) return { kind: 'BEHIND', ...proven };
  return (await rootAt(store, seen.size))?.equals(seen.root) ? undefined : { kind: 'FORKED', ...proven };
}

/**
 * Wrong identifications of each participant in a row, and the lock that follows, for all nodes on one database.
 *
 * - `countWrong` counts one more. The first that is more than `MAX_WRONG_IN_A_ROW` locks the participant under this lock's id.
 * - `record` gives a lock that has no entry yet to the work, and remembers that it has one once the work succeeded. One at a
 *   time: who comes meanwhile, or later, finds nothing to do.
 * - `endRow` forgets the row of a participant that is not locked.
 * - `lift` ends this lock and its row, and no other lock; true for one of those who ask at the same moment.
 */
export abstract class IdentificationStore {
  abstract countWrong(participant: string, lock: string): Promise<void>;
  abstract record(participant: string, work: (lock: string) => Promise<unknown>): Promise<void>;
  abstract endRow(participant: string): Promise<void>;
  /** Id of the lock; undefined where there is none. */
  abstract lockOf(participant: string): Promise<string | undefined>;
  abstract lift(participant: string, lock: string): Promise<boolean>;
}

/** FZV § 68 Abs. 2: more than two wrong identifications in a row lock the caller. */
export const MAX_WRONG_IN_A_ROW = 2;

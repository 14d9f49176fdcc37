/**
 * The database of a log that has ended, as its owner: evidence from now on.
 *
 * - `seal` takes every right to write from everybody but the owner, makes the database read-only by default, destroys what
 *   was held for a moment only, and the protected halves of the records that were erased one by one. Idempotent.
 */
export abstract class OldDatabase {
  abstract seal(buried: readonly string[]): Promise<void>;
}

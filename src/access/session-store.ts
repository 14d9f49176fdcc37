/**
 * Remembers which sessions have an entry in the log, for all nodes on one database, by a digest of the session.
 *
 * - `isKnown` is true for what was remembered, until its end and a while beyond.
 * - `remember` is idempotent.
 */
export abstract class SessionStore {
  abstract isKnown(session: string): Promise<boolean>;
  abstract remember(session: string, untilMs: number): Promise<void>;
}

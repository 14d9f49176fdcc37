/** `newestAtMs`: the log had an entry of that moment. `successor`: it has ended, and this log goes on. */
export type KnownLog = Readonly<{ newestAtMs?: number; successor?: string }>;

/**
 * What is remembered of logs outside their databases, by origin: how far each got, and which have ended. A database that
 * is older than that was restored, whatever it says itself; a log that has ended signs nothing any more.
 *
 * - `reached` moves forward only: an earlier moment changes nothing.
 * - `end` is final and idempotent. Throws `VaultFault` where the log has ended in favour of another.
 * - Both are durable when they return. `find` says what is known, also of a log that nobody spoke of.
 */
export abstract class KnownLogs {
  abstract find(origin: string): Promise<KnownLog>;
  abstract reached(origin: string, atMs: number): Promise<void>;
  abstract end(origin: string, successor: string): Promise<void>;
}

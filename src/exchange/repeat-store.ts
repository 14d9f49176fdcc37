/** What is known of a (consumer, request id) that arrives again. */
export type Earlier =
  | Readonly<{ kind: 'first' }>
  | Readonly<{ kind: 'in-progress' }>
  | Readonly<{ kind: 'other-content' }>
  | Readonly<{ kind: 'answered'; sealed: string; triggers: readonly string[] }>;

/**
 * Sealed first answers by (consumer, request id), for all nodes on one database; kept at most five minutes (design 8).
 * `begin` claims the id atomically: of two callers at the same moment exactly one gets `first`.
 */
export abstract class RepeatStore {
  /**
   * @param fingerprint keyed digest of the request: equal for equal content, and nothing can be guessed from it
   * @param triggers that the answer will rest on, as far as the request names them: a withdrawal from now on destroys it
   */
  abstract begin(
    consumer: string,
    requestId: string,
    fingerprint: string,
    expiresAt: number,
    triggers: readonly string[],
  ): Promise<Earlier>;
  /** Notes others than those that the request named, before there is an answer. */
  abstract restsOn(consumer: string, requestId: string, triggers: readonly string[]): Promise<void>;
  /** Keeps the answer, unless what it rests on was withdrawn meanwhile. */
  abstract answered(consumer: string, requestId: string, sealed: string): Promise<void>;
  /** The request failed before an answer: its id may be used again. */
  abstract forget(consumer: string, requestId: string): Promise<void>;
  /** Destroys all whose time is over. */
  abstract destroyExpired(): Promise<void>;
}

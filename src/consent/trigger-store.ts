import type { Trigger } from './trigger.js';

/**
 * Triggers of this node. Their content is written here once and never changed; their state (granted, used, withdrawn)
 * lives in the log's schema and changes only together with a log entry. They are forgotten with the entries about them.
 */
export abstract class TriggerStore {
  /** Stores contents; a trigger counts only once its grant is in the log. Storing the very same again changes nothing. */
  abstract put(triggers: readonly Omit<Trigger, 'state'>[]): Promise<void>;

  /** Attestation by trigger of all that is stored under these ids, whoever asked and whether its grant is in the log or not. */
  abstract attestations(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** Triggers of this requester whose grant is in the log, in the order of the ids, each once; missing ones are left out. */
  abstract find(requester: string, ids: readonly string[]): Promise<readonly Trigger[]>;

  /** The same whoever asked: for the person who decided. */
  abstract findAny(ids: readonly string[]): Promise<readonly Trigger[]>;

  /** Triggers of this requester, newest first, older than `before` (id of the last one of the page before). */
  abstract list(requester: string, limit: number, before: string | undefined): Promise<readonly Trigger[]>;

  /** Destroys what opens the commitments of decisions that ended: from then on their salt is empty. */
  abstract destroyExpired(): Promise<void>;
}

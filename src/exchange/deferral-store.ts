import type { Reason } from '../platform/reasons.js';
import type { Epoch } from '../vault/key-vault.js';

/** Sealed under the keys of an epoch: forgotten with them. */
export type Sealed = Readonly<{ epoch: Epoch; text: string }>;

/** One retrieval that its register answered with "later", while the decision about it is kept open. Clear: nothing of a person. */
export type NewDeferral = Readonly<{
  /** Random; in no entry and no answer. */
  id: string;
  exchangeId: string;
  consumer: string;
  /** The retrieval that was answered with "later". */
  retrieval: string;
  register: string;
  evidenceType: string;
  subjectRole: string;
  /** Withdrawing one of them ends it. */
  triggers: readonly string[];
  plan: Sealed;
  /** Milliseconds since the epoch, as all below. */
  availableAt: number;
  /** When it is looked at first. */
  dueAt: number;
  expiresAt: number;
}>;

export type Deferral = Omit<NewDeferral, 'plan' | 'dueAt'> &
  Readonly<{
    /** `waiting` for the register, `ready` to be fetched by the consumer, or `ended` without. */
    state: 'waiting' | 'ready' | 'ended';
    /** Why it ended. */
    reason?: Reason;
    isWithdrawn: boolean;
    /** The retrieval that asks, or that brought what is ready. */
    attempt?: string;
    /** How often the register was asked again. */
    attempts: number;
    plan?: Sealed;
    answer?: Sealed;
  }>;

/** All that tells how an exchange stands. */
export type DeferralState = Pick<Deferral, 'exchangeId' | 'state' | 'isWithdrawn'>;

/** `lost`: the attempts before, the latest last, which have not said how they ended. */
export type ClaimedDeferral = Deferral & Readonly<{ lost: readonly string[] }>;

/** The log says nothing yet of how the retrieval ended: worth another look. */
export class NotBorneOutYet extends Error {
  override readonly name = 'NotBorneOutYet';
}

/**
 * What is kept open after "later", for all nodes on one database; each row with the moment at which it is looked at next,
 * which comes also after a restart. What the log does not bear out (the retrieval ended as deferred) is as good as not there.
 *
 * - `claim` begins an attempt: only the latest one changes the row after it. A `ready` one keeps its attempt. Where the log says
 *   that the retrieval ended otherwise, the row is destroyed. Before it is due there is nothing to claim: a job that comes twice
 *   begins no second chain. @throws NotBorneOutYet while the retrieval is open
 * - `closedAs` tells how the log closed an attempt, and undefined where it did not, or the record was erased.
 * - `find`, `ofExchange`, `statesOf` show, and change nothing.
 * - `wait`, `ready`, `end` say how an attempt ended; false where it is not the latest any more, or the row was withdrawn or ended;
 *   withdrawn does not keep it from ending.
 * - `end` destroys plan and answer; the reason is kept for a week, so that the consumer learns it.
 * - `ready` and `end` let the consumer be told.
 * - `destroyByTrigger` destroys answers at once and lets the rest be looked at now.
 */
export abstract class DeferralStore {
  abstract put(deferrals: readonly NewDeferral[]): Promise<void>;
  abstract claim(id: string, attempt: string): Promise<ClaimedDeferral | undefined>;
  abstract closedAs(attempt: string): Promise<Readonly<{ reason?: Reason }> | undefined>;
  abstract wait(id: string, attempt: string, next: Readonly<{ availableAt: number; dueAt: number }>): Promise<boolean>;
  /** @param until when what was not fetched is destroyed */
  abstract ready(id: string, attempt: string, answer: Sealed, until: number): Promise<boolean>;
  abstract end(id: string, attempt: string, reason: Reason): Promise<boolean>;
  abstract find(id: string): Promise<Deferral | undefined>;
  abstract ofExchange(exchangeId: string, consumer: string): Promise<readonly Deferral[]>;
  /** Of many exchanges at once, whoever they belong to. */
  abstract statesOf(exchangeIds: readonly string[]): Promise<readonly DeferralState[]>;
  abstract destroy(ids: readonly string[]): Promise<void>;
  abstract destroyByTrigger(triggers: readonly string[]): Promise<void>;
  /** Destroys all that nobody needs any more. */
  abstract destroyExpired(): Promise<void>;
}

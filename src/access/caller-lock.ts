import { randomUUID } from 'node:crypto';
import { AuditLog } from '../audit/audit-log.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Clock } from '../platform/clock.js';
import { isLine } from '../platform/decode.js';
import { Fault } from '../platform/fault.js';
import { importVerificationKey, TokenFault, type TokenFaultCode, unverifiedIssuer } from '../tokens/jws.js';
import { UNLOCK_TYP, type UnlockStatement, verifyUnlock } from '../tokens/unlock-token.js';
import { IdentificationStore } from './identification-store.js';
import { NodeIdentity } from './node-identity.js';

/** How long a call may rely on what was known of a lock; far below the minute in which a revocation counts. */
const KNOWN_MS = 1000;

type Cause = TokenFaultCode | 'REPLAY';

/** The key was the right one: a clock is wrong, or a request was repeated. That is no wrong identification. */
const PROVEN: readonly Cause[] = ['EXPIRED', 'NOT_YET', 'LIVES_TOO_LONG', 'REPLAY'];

/**
 * Whoever identifies themself wrongly more than twice in a row is locked, each attempt is an entry, and only those whom the
 * wrong attempts were made in the name of can end it, together with an administrator of this node (FZV § 68 Abs. 2).
 */
export class CallerLock {
  readonly #known = new Map<string, Readonly<{ until: number; lock: Promise<string | undefined> }>>();

  constructor(
    private readonly node: NodeIdentity,
    private readonly catalogue: CurrentCatalogue,
    private readonly identifications: IdentificationStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** For calls, which come often. @throws Fault CALLER_LOCKED */
  async demandUnlocked(participant: string): Promise<void> {
    const now = this.clock.now();
    let known = this.#known.get(participant);
    if (known === undefined || known.until <= now) {
      known = { until: now + KNOWN_MS, lock: this.lockOf(participant) };
      // What could not be read is asked again by the next call.
      known.lock.catch(() => this.#known.delete(participant));
      this.#known.set(participant, known);
    }
    const lock = await known.lock;
    if (lock !== undefined) throw callerLocked(lock);
  }

  /** For the identification itself. What it finds has its entry then. */
  async lockOf(participant: string): Promise<string | undefined> {
    const lock = await this.identifications.lockOf(participant);
    if (lock !== undefined) await this.#record(participant);
    return lock;
  }

  /** Records and counts an identification that failed: in this order, so that what is counted is in the log. */
  async failed(participant: string, cause: Cause): Promise<void> {
    await this.audit.refused({ caller: { consumer: participant, reason: 'invalid_client' }, protected: { cause } });
    if (PROVEN.includes(cause)) return;
    await this.identifications.countWrong(participant, randomUUID());
    this.#known.delete(participant);
    await this.#record(participant, cause);
  }

  /** The entry of a lock that has none, also where whoever locked did not get that far. */
  #record(participant: string, cause?: Cause): Promise<void> {
    const caller = { consumer: participant, reason: 'CALLER_LOCKED' };
    return this.identifications.record(participant, (note) =>
      this.audit.callerLocked({ caller, protected: { ...(cause === undefined ? {} : { cause }), note } }),
    );
  }

  /** Only what comes in a row counts. */
  right(participant: string): Promise<void> {
    return this.identifications.endRow(participant);
  }

  /**
   * Ends this lock of a participant that has just identified itself, by what an administrator signed.
   * @throws Fault CALLER_LOCKED where that is not about this lock
   */
  async lift(participant: string, lock: string, statement: string): Promise<void> {
    const { note, administrator } = await this.#verified(statement, { participant, lock });
    // First on record: no log, no unlocking.
    await this.audit.callerUnlocked({
      caller: { consumer: participant },
      protected: { cause: lock, acting_official: administrator, note },
    });
    await this.identifications.lift(participant, lock);
    this.#known.delete(participant);
  }

  async #verified(
    statement: string,
    about: Readonly<{ participant: string; lock: string }>,
  ): Promise<UnlockStatement & Readonly<{ administrator: string }>> {
    try {
      const administrator = unverifiedIssuer(statement, UNLOCK_TYP);
      const named = this.catalogue.catalogue.administrators.find(({ id }) => id === administrator);
      const keys = await Promise.all((named?.keys ?? []).map((key) => importVerificationKey(key)));
      const trust = { administrator, node: this.node.participant, keys, nowMs: this.clock.now() };
      const verified = await verifyUnlock(statement, trust, about);
      if (!isLine(verified.note)) throw new TokenFault('CLAIM');
      return { ...verified, administrator };
    } catch (error) {
      if (error instanceof TokenFault) throw callerLocked(about.lock, error);
      throw error;
    }
  }
}

export function callerLocked(lock: string, cause?: unknown): Fault {
  return new Fault('CALLER_LOCKED', { metadata: { lock }, cause });
}

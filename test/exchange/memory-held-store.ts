import { SealedAnswers } from '../../src/consent/sealed-answers.js';
import {
  type AttestedRelease,
  type DecidedRelease,
  HeldStore,
  type SealedExchange,
} from '../../src/exchange/held-store.js';
import { type Clock, SystemClock } from '../../src/platform/clock.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';

/** Held exchanges in memory, for use-case tests: passes the contract of HeldStore. */
export class MemoryHeldStore extends HeldStore {
  readonly rows = new Map<string, SealedExchange>();

  constructor(
    private readonly log: MemoryLogStore,
    private readonly clock: Clock = new SystemClock(),
  ) {
    super();
  }

  override async put(held: SealedExchange): Promise<void> {
    this.rows.set(held.exchangeId, held);
  }

  override async find(exchangeId: string, consumer: string): Promise<string | undefined> {
    const held = this.rows.get(exchangeId);
    if (held?.consumer !== consumer || held.expiresAt <= this.clock.now()) return undefined;
    const closed = this.closed();
    return held.retrievals.some((it) => closed.includes(it)) ? undefined : held.sealed;
  }

  private closed(): readonly string[] {
    return this.log.entries
      .flatMap(({ draft }) => draft.entry.effects)
      .flatMap((effect) => (effect.kind === 'close-retrieval' ? [effect.retrieval] : []));
  }

  readonly releases = new Map<string, AttestedRelease & Pick<DecidedRelease, 'withheld'>>();

  override async consumerOf(exchangeId: string): Promise<string | undefined> {
    const held = this.rows.get(exchangeId);
    return held === undefined || held.expiresAt <= this.clock.now() ? undefined : held.consumer;
  }

  override async attest(exchangeId: string, release: DecidedRelease): Promise<boolean> {
    const held = this.rows.get(exchangeId);
    if (held === undefined || held.expiresAt <= this.clock.now() || this.releases.has(exchangeId)) return false;
    const { attestation, statements, withheld, ...left } = release;
    this.releases.set(exchangeId, { attestation, statements, withheld });
    this.rows.set(exchangeId, { ...held, ...left });
    return true;
  }

  override async unsettled() {
    const closed = this.closed();
    return [...this.rows.values()].filter(({ exchangeId }) =>
      this.releases.get(exchangeId)?.withheld.some((it) => !closed.includes(it)),
    );
  }

  override async attested(exchangeId: string, consumer: string): Promise<AttestedRelease | undefined> {
    const release = this.releases.get(exchangeId);
    if (release === undefined || (await this.consumerOf(exchangeId)) !== consumer) return undefined;
    return { attestation: release.attestation, statements: release.statements };
  }

  override async destroy(exchangeId: string): Promise<void> {
    this.rows.delete(exchangeId);
  }

  override async destroyExpired(): Promise<void> {
    for (const [id, { expiresAt }] of this.rows) if (expiresAt <= this.clock.now()) this.rows.delete(id);
  }
}

/** Destroys what a MemoryHeldStore keeps. */
export class MemoryHeldAnswers extends SealedAnswers {
  constructor(private readonly held: MemoryHeldStore) {
    super();
  }

  override async destroyByTrigger(triggers: readonly string[]): Promise<void> {
    for (const [id, row] of this.held.rows)
      if (row.triggers.some((it) => triggers.includes(it))) this.held.rows.delete(id);
  }
}

import { SealedAnswers } from '../../src/consent/sealed-answers.js';
import { type Earlier, RepeatStore } from '../../src/exchange/repeat-store.js';
import { type Clock, SystemClock } from '../../src/platform/clock.js';

type Row = { fingerprint: string; expiresAt: number; sealed?: string; triggers: readonly string[] };

/** First answers in memory, for use-case tests: passes the contract of RepeatStore. */
export class MemoryRepeatStore extends RepeatStore {
  readonly rows = new Map<string, Row>();

  constructor(private readonly clock: Clock = new SystemClock()) {
    super();
  }

  override async begin(
    consumer: string,
    requestId: string,
    fingerprint: string,
    expiresAt: number,
    named: readonly string[],
  ): Promise<Earlier> {
    await this.destroyExpired();
    const earlier = this.rows.get(keyOf(consumer, requestId));
    if (earlier === undefined) {
      this.rows.set(keyOf(consumer, requestId), { fingerprint, expiresAt, triggers: named });
      return { kind: 'first' };
    }
    if (earlier.fingerprint !== fingerprint) return { kind: 'other-content' };
    const { sealed, triggers } = earlier;
    return sealed === undefined ? { kind: 'in-progress' } : { kind: 'answered', sealed, triggers };
  }

  override async restsOn(consumer: string, requestId: string, triggers: readonly string[]): Promise<void> {
    Object.assign(this.rows.get(keyOf(consumer, requestId)) ?? {}, { triggers });
  }

  override async answered(consumer: string, requestId: string, sealed: string): Promise<void> {
    Object.assign(this.rows.get(keyOf(consumer, requestId)) ?? {}, { sealed });
  }

  override async forget(consumer: string, requestId: string): Promise<void> {
    this.rows.delete(keyOf(consumer, requestId));
  }

  override async destroyExpired(): Promise<void> {
    for (const [key, row] of this.rows) if (row.expiresAt < this.clock.now()) this.rows.delete(key);
  }
}

/** Destroys what a MemoryRepeatStore keeps; remembers what it was asked. */
export class MemorySealedAnswers extends SealedAnswers {
  readonly destroyed: string[] = [];

  constructor(private readonly repeats = new MemoryRepeatStore()) {
    super();
  }

  override async destroyByTrigger(triggers: readonly string[]): Promise<void> {
    this.destroyed.push(...triggers);
    for (const [key, row] of this.repeats.rows)
      if (row.triggers.some((it) => triggers.includes(it))) this.repeats.rows.delete(key);
  }
}

const keyOf = (consumer: string, requestId: string) => JSON.stringify([consumer, requestId]);

import { Misidentified } from '../../src/exchange/misidentified.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';

/** Reads the log in memory, for use-case tests: passes the contract of Misidentified. */
export class MemoryMisidentified extends Misidentified {
  constructor(private readonly log: MemoryLogStore) {
    super();
  }

  override async nth(consumer: string, n: number, sinceMs: number): Promise<number | undefined> {
    return this.#times('exchange.closed', 'SUBJECT_NOT_AVAILABLE', consumer, sinceMs)[n - 1];
  }

  override async isShown(consumer: string, sinceMs: number): Promise<boolean> {
    return this.#times('anomaly', 'TOO_MANY_MISIDENTIFICATIONS', consumer, sinceMs).length > 0;
  }

  /** Newest first. */
  #times(event: string, reason: string, consumer: string, sinceMs: number): readonly number[] {
    return this.log.entries
      .map(({ caller }) => caller)
      .filter((it) => it.event === event && it.reason === reason && it.consumer === consumer)
      .map(({ log_time }) => Date.parse(log_time))
      .filter((ms) => ms >= sinceMs)
      .toReversed();
  }
}

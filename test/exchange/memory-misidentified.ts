import { Misidentified } from '../../src/exchange/misidentified.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';

/** Reads the log in memory, for use-case tests: passes the contract of Misidentified. */
export class MemoryMisidentified extends Misidentified {
  constructor(private readonly log: MemoryLogStore) {
    super();
  }

  override async nth(consumer: string, n: number, sinceMs: number, decider?: string): Promise<number | undefined> {
    const exchanges = decider === undefined ? undefined : this.#openedBy(consumer, decider);
    const opened = this.log.entries.flatMap(({ caller }) =>
      caller.event === 'identity.opened' ? [caller.exchange_ref] : [],
    );
    const nobody = this.#times('exchange.closed', 'SUBJECT_NOT_AVAILABLE', consumer, sinceMs, exchanges);
    const left = this.#times('exchange.closed', 'CALLER_LEFT', consumer, sinceMs, exchanges ?? opened);
    return [...nobody, ...left].toSorted((one, other) => other - one)[n - 1];
  }

  override async isShown(consumer: string, sinceMs: number): Promise<boolean> {
    return this.#times('anomaly', 'TOO_MANY_MISIDENTIFICATIONS', consumer, sinceMs).length > 0;
  }

  #openedBy(issuer: string, decider: string): readonly (string | undefined)[] {
    return this.log.entries
      .filter(({ draft }) =>
        draft.entry.persons.some(
          ({ person, as }) =>
            as === 'decider' && person.kind === 'pseudonym' && person.issuer === issuer && person.value === decider,
        ),
      )
      .flatMap(({ caller }) => (caller.event === 'identity.opened' ? [caller.exchange_ref] : []));
  }

  /** Newest first. */
  #times(
    event: string,
    reason: string,
    consumer: string,
    sinceMs: number,
    exchanges?: readonly (string | undefined)[],
  ): readonly number[] {
    return this.log.entries
      .map(({ caller }) => caller)
      .filter((it) => it.event === event && it.reason === reason && it.consumer === consumer)
      .filter(({ outcome }) => outcome !== 'partly_released')
      .filter((it) => exchanges?.includes(it.exchange_ref) ?? true)
      .map(({ log_time }) => Date.parse(log_time))
      .filter((ms) => ms >= sinceMs)
      .toReversed();
  }
}

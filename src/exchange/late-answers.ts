import { setTimeout as sleep } from 'node:timers/promises';
import type { RegisterStatement } from '../audit/record.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import type { ExchangeContext, PlannedRetrieval } from './exchange.js';
import { ExchangeJournal } from './journal.js';
import type { Closing } from './journal-entries.js';
import type { ResolvedSubject } from './resolved-subject.js';

/** The log may be busy or away for a moment, and nobody waits. */
const RETRIES_AFTER_MS = [200, 1000, 5000];

/** Puts on record what registers answer to retrievals that were given up. Nothing of it is passed on. */
export class LateAnswers {
  readonly #writing = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(
    private readonly journal: ExchangeJournal,
    private readonly log: OperationalLog,
  ) {}

  /** To be told of a late answer to one retrieval. */
  listener(
    context: ExchangeContext,
    retrieval: PlannedRetrieval,
    person?: ResolvedSubject,
  ): (statement: RegisterStatement) => void {
    return (statement) => void this.record(context, { retrieval, statement, ...(person && { person }) });
  }

  /** Of a retrieval that others have closed while its register answered. Resolves in any case. */
  record(
    context: ExchangeContext,
    closing: Pick<Closing, 'retrieval' | 'statement' | 'person' | 'incident' | 'wasHeld'>,
  ): Promise<void> {
    const { statement, wasHeld } = closing;
    if (wasHeld || statement.answered === 'none' || statement.answered === 'not_asked') return Promise.resolve();
    const writing = this.#write(() => this.journal.late(context, closing)).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
    return writing;
  }

  /** Before the process ends: what is known is written, without another try. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#writing);
  }

  async #write(append: () => Promise<void>): Promise<void> {
    for (const pauseMs of [...RETRIES_AFTER_MS, undefined]) {
      try {
        return await append();
      } catch (error) {
        if (pauseMs === undefined || this.#closing.signal.aborted) {
          this.log.error(describeError(error), 'late answer of a register not recorded');
          return;
        }
      }
      await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }
}

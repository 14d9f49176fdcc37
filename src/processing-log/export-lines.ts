import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { LineCollector } from './line-collector.js';
import type { LineOutbox } from './line-outbox.js';

const LONGEST_PAUSE_MS = 60_000;

/**
 * Sends every line, in order, and moves on only behind what was confirmed: a collector that is away loses nothing and gets
 * everything once it is back. It may get a line twice where a node died between answer and confirmation; its ids are the same.
 */
export class LineExport {
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #pauseMs = 0;
  #notBefore = 0;

  constructor(
    private readonly outbox: LineOutbox,
    private readonly collector: LineCollector,
    private readonly log: OperationalLog,
    /** First pause after a failure; each further one is twice as long. */
    private readonly firstPauseMs = 1000,
  ) {}

  /** One run at a time. Never rejects: what failed is due again. */
  tick(): Promise<void> {
    if (this.#running === undefined && performance.now() < this.#notBefore) return Promise.resolve();
    this.#running ??= this.#all().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    // Another node goes on at once.
    await this.outbox.release().catch(() => undefined);
  }

  async #all(): Promise<void> {
    const { signal } = this.#closing;
    try {
      for (let taken = await this.outbox.take(); taken !== undefined; taken = await this.outbox.take()) {
        if (signal.aborted) break;
        if (taken.lines.length > 0) await this.collector.send(taken.lines, signal);
        await this.outbox.confirm(taken);
        if (this.#pauseMs > 0) this.log.info({}, 'the processing log is taken again');
        this.#pauseMs = 0;
      }
    } catch (error) {
      // Once, and not for every attempt: the metric says how much waits.
      if (this.#pauseMs === 0 && !signal.aborted)
        this.log.warn(describeError(error), 'lines of the processing log not confirmed; they are sent again');
      this.#pauseMs = Math.min(Math.max(this.firstPauseMs, this.#pauseMs * 2), LONGEST_PAUSE_MS);
      this.#notBefore = performance.now() + this.#pauseMs;
    }
  }
}

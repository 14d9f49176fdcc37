import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { Reconciliation } from './reconciliation.js';
import { RegisterLogSilent } from './register-log.js';
import type { Claim, ReconciliationSchedule } from './schedule.js';

/** Somebody else holds the period now. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

/** Compares what is due, one register after the other; of several nodes one does it. */
export class PeriodicReconciliation {
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly reconciliation: Reconciliation,
    private readonly schedule: ReconciliationSchedule,
    /** Registers to be compared, as they are now. */
    private readonly registers: () => readonly string[],
    private readonly log: OperationalLog,
  ) {}

  /** One run at a time. Never rejects: what failed is due again. */
  tick(): Promise<void> {
    this.#running ??= this.#all().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #all(): Promise<void> {
    try {
      while (!this.#closing.signal.aborted) {
        const claim = await this.schedule.claim(this.registers());
        if (claim === undefined) return;
        await this.#compare(claim);
      }
    } catch (error) {
      this.log.warn(describeError(error), 'logs not compared');
    }
  }

  async #compare(claim: Claim): Promise<void> {
    const { register, period } = claim;
    try {
      const result = await this.reconciliation.run(register, period, {
        signal: this.#closing.signal,
        onPage: async () => {
          if (!(await this.schedule.renew(claim))) throw new ClaimLost('the comparison took too long');
        },
      });
      const { differences, new_differences, undecided, complete } = result;
      if (new_differences > 0 || undecided > 0)
        this.log.warn(
          { register, differences, new_differences, undecided, complete },
          'our log and the register differ',
        );
      if (complete) await this.schedule.done(claim);
      else await this.schedule.failed(claim, 'later');
    } catch (error) {
      const isEnding = this.#closing.signal.aborted;
      await this.schedule.failed(claim, isEnding ? 'now' : 'later');
      if (isEnding) return;
      if (error instanceof RegisterLogSilent)
        this.log.warn({ register, why: error.why }, 'log of the register not compared: it cannot be read');
      else this.log.warn({ register, ...describeError(error) }, 'logs not compared');
    }
  }
}

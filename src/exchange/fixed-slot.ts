import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';

/**
 * Releases neutral refusals at one fixed moment after the request arrived, so that neither none, several, blocked nor
 * absent can be told apart by time (IDNrG § 6 Abs. 5). Work that took longer waits for the next multiple.
 */
export class FixedSlot {
  constructor(
    private readonly slotMs: number,
    private readonly clock: Clock,
  ) {}

  /** The one neutral refusal, at that moment. Its outcome must be in the log by then. @throws Fault SUBJECT_NOT_AVAILABLE */
  async refuse(arrivedAt: number): Promise<never> {
    await this.reached(arrivedAt);
    throw new Fault('SUBJECT_NOT_AVAILABLE', { isLogged: true });
  }

  /** @param latest another moment that depends on the caller alone: nobody is kept waiting beyond it */
  async reached(arrivedAt: number, latest = Number.POSITIVE_INFINITY): Promise<void> {
    const elapsed = this.clock.now() - arrivedAt;
    const slots = Math.max(1, Math.ceil(elapsed / this.slotMs));
    await sleep(Math.max(0, Math.min(latest, arrivedAt + slots * this.slotMs) - this.clock.now()));
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';

/** What of a slot is left for writing the outcome. */
const WRITING = 1 / 8;

/**
 * Ends neutral refusals at fixed moments after the request arrived, so that neither none, several, blocked nor absent can be told
 * apart by time (IDNrG § 6 Abs. 5): their outcome is written shortly before the end of a slot, and the answer leaves at its end. Work that
 * took longer waits for the next slot.
 */
export class FixedSlot {
  constructor(
    private readonly slotMs: number,
    private readonly clock: Clock,
  ) {}

  /**
   * The moment for the outcome to be written, whatever it is.
   * @param latest a moment that depends on the caller alone: it is not kept waiting for a later slot beyond it
   */
  async reached(arrivedAt: number, latest?: number): Promise<void> {
    await this.next(arrivedAt + this.slotMs * (1 - WRITING), this.slotMs, latest);
  }

  /** The one neutral refusal. Its outcome must be in the log by then. @throws Fault SUBJECT_NOT_AVAILABLE */
  async refuse(arrivedAt: number): Promise<never> {
    // A log that was slow once must not cost a whole slot.
    await this.next(arrivedAt + this.slotMs, this.slotMs * WRITING);
    throw new Fault('SUBJECT_NOT_AVAILABLE', { isLogged: true });
  }

  private async next(first: number, periodMs: number, latest = Number.POSITIVE_INFINITY): Promise<void> {
    const passed = Math.max(0, Math.ceil((this.clock.now() - first) / periodMs));
    const until = Math.min(latest, first + passed * periodMs);
    const dueAt = performance.now() + Math.max(0, until - this.clock.now());
    // A timer counts from when the event loop began its turn: on a busy node it fires early.
    while (performance.now() < dueAt) await sleep(dueAt - performance.now());
  }
}

import type { Clock } from '../platform/clock.js';
import { outage } from '../platform/fault.js';

/** So many at once are no load, however slow the machine is. */
const ALWAYS = 32;
/** Longest that an exchange may be expected to take for the others before it, milliseconds; and of its caller's time, the share. */
const LONGEST_MS = 2500;
const SHARE = 0.5;
/** Whoever waits for another process for so many times what is usual, and no less than that, waits for a fault of it. */
const [FAR_LONGER, FAULTY_AFTER_MS] = [4, 250];
/** The pace follows what is seen, and one pause is no pace. */
const [FOLLOWS, MOST_AT_ONCE] = [0.1, 4];
/** What a process takes follows slow answers hesitantly: a few of them are no load. */
const FOLLOWS_UP = 0.01;

/** What an exchange waits for: one mean for each, since one answers in the time that another does not. */
type Elsewhere = 'preparing' | 'intermediary' | 'directory';

/**
 * Begins no exchange that would be answered too late: whoever is told so at once can come again, and what was begun is answered
 * (load shedding by Little's law). As many are under way as are ended in the time that one may take, by the pace at which they
 * last ended while there was always enough to do. One that waits for registers takes nobody's place: a register that hangs is
 * no load.
 */
export class ExchangeAdmission {
  #working = 0;
  #paceMs: number | undefined;
  #endedAt: number | undefined;
  /** How long each takes to answer, milliseconds. */
  readonly #answerMs = new Map<Elsewhere, number>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** @throws Fault BUSY with the time in which there should be room */
  async within<T>(deadline: number, exchange: () => Promise<T>): Promise<T> {
    this.demandRoom(deadline);
    this.#working += 1;
    try {
      return await exchange();
    } finally {
      this.#working -= 1;
      this.noteEnd();
    }
  }

  /** While an exchange that was let in waits for others. */
  async aside<T>(wait: () => Promise<T>): Promise<T> {
    this.#working -= 1;
    try {
      return await wait();
    } finally {
      this.#working += 1;
    }
  }

  /**
   * While it waits for a process that answers at once. This is work like any other, since on a busy machine whatever is asked takes longer;
   * what takes far longer than it does for others is a fault elsewhere, which must not look like too much to do here.
   * @param wait all that the exchange waits for at this moment
   */
  async elsewhere<T>(party: Elsewhere, wait: () => Promise<T>): Promise<T> {
    let isFaulty = false;
    const faulty = setTimeout(
      () => {
        isFaulty = true;
        this.#working -= 1;
      },
      Math.max(FAULTY_AFTER_MS, FAR_LONGER * (this.#answerMs.get(party) ?? 0)),
    );
    const beganAt = performance.now();
    try {
      const answer = await wait();
      const tookMs = performance.now() - beganAt;
      const usual = this.#answerMs.get(party) ?? tookMs;
      this.#answerMs.set(party, usual + (tookMs < usual ? FOLLOWS : FOLLOWS_UP) * (tookMs - usual));
      return answer;
    } finally {
      clearTimeout(faulty);
      if (isFaulty) this.#working += 1;
    }
  }

  private demandRoom(deadline: number): void {
    if (this.#working < ALWAYS || this.#paceMs === undefined) return;
    const expectedMs = (this.#working + 1) * this.#paceMs;
    const mayTakeMs = Math.min(LONGEST_MS, SHARE * (deadline - this.clock.now()));
    if (expectedMs > mayTakeMs) throw outage('BUSY', undefined, Math.ceil(expectedMs));
  }

  private noteEnd(): void {
    const now = this.clock.now();
    const before = this.#endedAt;
    // A pace at which nobody had to wait says how much was asked, and not how much could be.
    this.#endedAt = this.#working < ALWAYS / 2 ? undefined : now;
    if (before === undefined || this.#endedAt === undefined) return;
    const usual = this.#paceMs ?? now - before;
    this.#paceMs = usual + FOLLOWS * (Math.min(now - before, MOST_AT_ONCE * usual) - usual);
  }
}

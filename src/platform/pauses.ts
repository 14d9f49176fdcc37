/** Little enough that nobody who waits for an answer notices. */
const WORK_MS = 4;
/** For each moment of work so many of rest: a fifth of a processor at most. */
const REST_TIMES = 4;
/** Long work is not to take five times as long. */
const MOST_REST_MS = 5000;

/**
 * Lets a thread that has time work in moments. A lower priority is not enough: systems weigh the processes, or the services,
 * against each other, and the threads of each only among themselves.
 */
export class Pauses {
  readonly #nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #worksSince = performance.now();
  #leftMs = MOST_REST_MS;

  /** Stops this thread, whatever waits on it; for threads of which nobody waits. */
  readonly take = (): void => {
    const worked = performance.now() - this.#worksSince;
    if (worked < WORK_MS || this.#leftMs <= 0) return;
    const rest = Math.min(REST_TIMES * worked, this.#leftMs);
    Atomics.wait(this.#nothing, 0, 0, rest);
    this.#leftMs -= rest;
    this.#worksSince = performance.now();
  };
}

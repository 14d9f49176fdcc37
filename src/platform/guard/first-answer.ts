import type { Waiting } from '../call.js';

/**
 * Until a party was heard from, one asks it at a time, and the others wait for what becomes of that: of a party that hangs since
 * before the start a burst would learn nothing more than one does.
 */
export class FirstAnswer {
  #isHeard: boolean;
  #asking: Readonly<{ ended: Promise<void>; sinceMs: number }> | undefined;

  /** @param withinMs who asks first is waited for so long; for nobody where absent */
  constructor(private readonly withinMs: number | undefined) {
    this.#isHeard = withinMs === undefined;
  }

  heard(): void {
    this.#isHeard = true;
  }

  /** Whether so long a wait for nothing says that it hangs: nothing that it ever answered speaks against it. */
  isMissedBy(waitedMs: number): boolean {
    return !this.#isHeard && this.withinMs !== undefined && waitedMs >= this.withinMs;
  }

  /** @returns what to call when it is done; undefined where who asks has not been answered in time */
  async enter(call: Waiting): Promise<(() => void) | undefined> {
    while (!this.#isHeard && this.#asking !== undefined) {
      const { ended, sinceMs } = this.#asking;
      const untilMs = Math.min(sinceMs + (this.withinMs ?? 0), call.deadline);
      if (!(await endsBefore(ended, untilMs, call.signal))) return undefined;
    }
    if (this.#isHeard) return () => undefined;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    this.#asking = { ended, sinceMs: Date.now() };
    return () => {
      this.#asking = undefined;
      resolve();
    };
  }
}

function endsBefore(ended: Promise<void>, untilMs: number, signal: AbortSignal): Promise<boolean> {
  const leftMs = untilMs - Date.now();
  if (leftMs <= 0 || signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (hasEnded: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      resolve(hasEnded);
    };
    const leave = (): void => end(false);
    const timer = setTimeout(leave, leftMs);
    signal.addEventListener('abort', leave, { once: true });
    void ended.then(() => end(true));
  });
}

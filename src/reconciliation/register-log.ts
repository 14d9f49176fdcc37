import type { RegisterLine } from './register-line.js';

/** Milliseconds since 1970; `toMs` is the first moment after it. */
export type Period = Readonly<{ fromMs: number; toMs: number }>;

/** The log of a register could not be read to its end: nothing can be said about the period. */
export class RegisterLogSilent extends Error {
  override readonly name = 'RegisterLogSilent';

  /** @param why status, reason or fault: no text of the register */
  constructor(
    readonly why: string,
    cause?: unknown,
  ) {
    super(`the log of the register cannot be read: ${why}`, { cause });
  }
}

/** What registers have in their own logs about exchanges with this node. */
export abstract class RegisterLog {
  /**
   * All lines of a period by the clock of the register, in their order. Who leaves the loop ends the reading.
   * @throws RegisterLogSilent also in the middle
   */
  abstract lines(register: string, period: Period, signal: AbortSignal): AsyncIterable<RegisterLine>;
}

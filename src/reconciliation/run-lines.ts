import type { RegisterLine } from './register-line.js';
import type { Period } from './register-log.js';

/**
 * Lines of a register's log for the time of one comparison, found by the retrieval id that the register was given.
 * Outside the memory of the process: a period may have millions.
 *
 * - `take` gives the lines with one of these ids and removes them: each line is taken once.
 * - `rest` gives lines of a period that nobody took, behind a sequence, in order; `countRest` their number.
 * - `end` removes what is left of a run, and of runs that nobody ended.
 */
export abstract class RunLines {
  abstract put(run: string, lines: readonly RegisterLine[]): Promise<void>;
  abstract take(run: string, refs: readonly string[]): Promise<RegisterLine[]>;
  abstract rest(run: string, period: Period, after: number, limit: number): Promise<RegisterLine[]>;
  abstract countRest(run: string, period: Period): Promise<number>;
  abstract end(run: string): Promise<void>;
}

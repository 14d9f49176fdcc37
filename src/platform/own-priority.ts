import { getPriority, setPriority } from 'node:os';

/** Not the lowest there is: on a machine that is busy all the time the work must come to its end as well. */
const STEPS_BACK = 10;
const LOWEST = 19;

/**
 * Lets others have the processor first: this thread alone, as Linux counts threads; elsewhere it would be the whole process, and
 * nothing is done.
 */
export function letOthersGoFirst(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Math.min(LOWEST, getPriority() + STEPS_BACK));
  } catch {
    // Where a sandbox does not let us, the work is done all the same.
  }
}

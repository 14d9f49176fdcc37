import type { Delay } from '../lock-holder.js';
import type { Injected } from './fault.js';

/** A process that is dead or paused may delay the others by so much, milliseconds. */
const MOST_MS = 2000;
/** Those who had asked before take their turn in between, and a busy machine takes its time. */
const TURN_OF_OTHERS_MS = 2000;

export function lateness({ heldMs, waitedMs }: Delay): Pick<Injected, 'delayMs' | 'violations'> {
  const violations = [
    ...(heldMs > MOST_MS ? [`a process that did not run held the lock of the head for ${heldMs} ms`] : []),
    ...(waitedMs > MOST_MS + TURN_OF_OTHERS_MS ? [`somebody waited ${waitedMs} ms for the lock of the head`] : []),
  ];
  return { delayMs: heldMs, violations };
}

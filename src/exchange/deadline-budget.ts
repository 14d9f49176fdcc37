import type { ExchangeContext } from './exchange.js';

/**
 * Which part of the caller's time must be over when a step ends, so that the steps after it are left theirs. What a step
 * does not use is the next one's; the last step has all of it.
 */
const OVER_AFTER = { permission: 0.5, identity: 0.75 } as const;

/** Milliseconds since the epoch. */
export function stepDeadline(
  { arrivedAt, deadline }: Pick<ExchangeContext, 'arrivedAt' | 'deadline'>,
  step: keyof typeof OVER_AFTER,
): number {
  return Math.floor(arrivedAt + (deadline - arrivedAt) * OVER_AFTER[step]);
}

import { whole } from '../platform/config.js';
import type { Period } from './register-log.js';

/** How far the clocks of both sides and an exchange on its way may be apart. */
export const toleranceSeconds = whole('EINMAL_RECONCILE_TOLERANCE_SECONDS', { min: 1, max: 3600, fallback: 600 });

/** An edge gives no lines that are younger than some seconds: they may still be on their way into its log. */
const SETTLED_AFTER_MS = 15_000;

/**
 * How long after a moment both logs can be compared up to it: lines are read for one tolerance more than the period, and
 * the register's clock may be behind by another.
 */
export function comparableAfterMs(toleranceMs: number): number {
  return toleranceMs + Math.max(toleranceMs, SETTLED_AFTER_MS);
}

/** Whether both logs can say everything about a period. */
export function isComparable({ toMs }: Period, nowMs: number, toleranceMs: number): boolean {
  return toMs <= nowMs - comparableAfterMs(toleranceMs);
}

import type { Period } from '../catalogue/catalogue.js';

const LENGTHS_MS: Readonly<Record<Period, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The full minute, hour or day of UTC that a moment is in. Milliseconds since the epoch; `endsAt` is outside. */
export function windowOf(ms: number, per: Period): Readonly<{ startsAt: number; endsAt: number }> {
  const length = LENGTHS_MS[per];
  const startsAt = Math.floor(ms / length) * length;
  return { startsAt, endsAt: startsAt + length };
}

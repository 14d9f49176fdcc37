/** Time as a dependency. `now()` is milliseconds since the epoch, UTC. */
export abstract class Clock {
  abstract now(): number;
}

export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }
}

/** Seconds since the epoch, rounded down: the NumericDate of RFC 7519 § 2. */
export function numericDate(ms: number): number {
  return Math.floor(ms / 1000);
}

/** `google.protobuf.Timestamp` as proto-loader reads and writes it. */
export type WireTimestamp = { seconds?: string | number | { toString(): string }; nanos?: number };

export function toTimestamp(ms: number): { seconds: string; nanos: number } {
  const seconds = Math.floor(ms / 1000);
  return { seconds: String(seconds), nanos: Math.round((ms - seconds * 1000) * 1e6) };
}

export function fromTimestamp(timestamp: WireTimestamp | null | undefined): number | undefined {
  if (timestamp === null || timestamp === undefined) return undefined;
  return Number(timestamp.seconds ?? 0) * 1000 + Math.floor((timestamp.nanos ?? 0) / 1e6);
}

/** ISO 8601, UTC; empty where there is none. */
export function isoTime(timestamp: WireTimestamp | null | undefined): string {
  const ms = fromTimestamp(timestamp);
  return ms === undefined ? '' : new Date(ms).toISOString();
}

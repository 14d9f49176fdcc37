/** A full minute, hour or day. Milliseconds since the epoch; `endsAt` is outside. */
export type RateWindow = Readonly<{ startsAt: number; endsAt: number }>;

/** How often each consumer has been answered in a window. Shared by all replicas of one register. */
export abstract class RateStore {
  /**
   * Counts one more request of a consumer.
   * @returns false, and counts nothing, where `max` were counted before. Of concurrent calls at most `max` get true.
   */
  abstract count(consumer: string, window: RateWindow, max: number): Promise<boolean>;
}

import { describe, expect, it } from '@jest/globals';
import { type ConsumerHour, DEFAULT_THRESHOLDS, unusual } from '../../src/oversight/anomaly.js';

const HOUR_MS = 3_600_000;
/** 13 o'clock in Berlin. */
const NOON = Date.UTC(2026, 10, 23, 12);
/** 1 o'clock in Berlin. */
const NIGHT = Date.UTC(2026, 10, 23, 0);

const hour = (atMs: number, deviation: Partial<ConsumerHour> = {}): ConsumerHour => ({
  ...{ consumer: 'familienkasse-online', atMs, retrievals: 0, refusals: 0, unused: 0 },
  ...deviation,
});
/** Ten an hour, give or take one, for a week before. */
const steady = (atMs: number) =>
  Array.from({ length: 7 * 24 }, (_, i) => hour(atMs - (i + 1) * HOUR_MS, { retrievals: 9 + (i % 3) }));

function found(
  now: ConsumerHour,
  before: readonly ConsumerHour[] = [],
  authorities: readonly string[] = [],
  sinceMs = now.atMs,
) {
  const observed = {
    hour: { fromMs: now.atMs, toMs: now.atMs + HOUR_MS },
    hours: [now, ...before],
    since: new Map([[now.consumer, sinceMs]]),
    authorities: new Set(authorities),
  };
  return unusual(observed, DEFAULT_THRESHOLDS);
}
const kinds = (...given: Parameters<typeof found>) => found(...given).map(({ kind }) => kind);

describe('an anomaly (IDNrG § 8)', () => {
  it('is more retrievals than a consumer’s own history lets expect, with the numbers that say so', () => {
    expect(found(hour(NOON, { retrievals: 80 }), steady(NOON))).toEqual([
      {
        ...{ kind: 'VOLUME', consumer: 'familienkasse-online', from: '2026-11-23T12:00:00.000Z' },
        ...{ to: '2026-11-23T13:00:00.000Z', observed: 80, expected: 10, threshold: 50 },
      },
    ]);
    expect(kinds(hour(NOON, { retrievals: 49 }), steady(NOON))).toEqual([]);
  });

  it('is not the volume of a large office, nor of one that has just begun', () => {
    const large = steady(NOON).map((it, i) => ({ ...it, retrievals: 900 + (i % 5) * 50 }));
    expect(kinds(hour(NOON, { retrievals: 1200 }), large)).toEqual([]);
    expect(kinds(hour(NOON, { retrievals: 900 }), large.slice(0, 5))).toEqual([]);
  });

  it('is the volume of one that was silent for all of its history, and is no beginner', () => {
    const now = hour(NOON, { retrievals: 60 });
    expect(found(now, [], [], NOON - 300 * 24 * HOUR_MS)).toMatchObject([
      { kind: 'VOLUME', observed: 60, expected: 0, threshold: 50 },
    ]);
    expect(kinds(now, [], [], NOON - 24 * HOUR_MS)).toEqual(['VOLUME']);
    expect(kinds(now, [], [], NOON - 23 * HOUR_MS)).toEqual([]);
    expect(kinds(now)).toEqual([]);
  });

  it('is a burst of refusals', () => {
    expect(kinds(hour(NOON, { refusals: 30 }))).toEqual(['REFUSALS']);
    expect(kinds(hour(NOON, { refusals: 29 }))).toEqual([]);
  });

  it('is an authority that asks at night, German time, and no online service: citizens apply at night', () => {
    expect(kinds(hour(NIGHT, { retrievals: 5 }), [], ['familienkasse-online'])).toEqual(['OFF_HOURS']);
    expect(kinds(hour(NIGHT, { retrievals: 5 }))).toEqual([]);
    expect(kinds(hour(NOON, { retrievals: 5 }), [], ['familienkasse-online'])).toEqual([]);
  });

  it('is what was asked and never used, of a day and of twenty at least', () => {
    const before = [hour(NOON - 3 * HOUR_MS, { retrievals: 12, unused: 8 })];
    expect(found(hour(NOON, { retrievals: 8, unused: 4 }), before)).toMatchObject([
      { kind: 'NEVER_USED', observed: 12, threshold: 10, from: '2026-11-22T13:00:00.000Z' },
    ]);
    expect(kinds(hour(NOON, { retrievals: 7, unused: 7 }), before)).toEqual([]);
    expect(kinds(hour(NOON, { retrievals: 20, unused: 1 }), before)).toEqual([]);
  });
});

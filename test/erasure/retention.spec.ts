import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutoffMs, dueMs, isOver, retentionOf } from '../../src/erasure/retention.js';

const at = (text: string) => Date.parse(text);

describe('the term of a record', () => {
  it('is two years where its class has none of its own (IDNrG § 9 Abs. 3)', () => {
    expect(cutoffMs(new Map(), 'standard', at('2026-11-23T12:00:00Z'))).toBe(at('2024-11-23T12:00:00Z'));
  });

  it('is that of its class', () => {
    const retention = new Map([['incident', 36]]);
    expect(cutoffMs(retention, 'incident', at('2026-11-23T12:00:00Z'))).toBe(at('2023-11-23T12:00:00Z'));
    expect(cutoffMs(retention, 'other', at('2026-11-23T12:00:00Z'))).toBe(at('2024-11-23T12:00:00Z'));
  });

  it.each([
    ['2027-03-31T00:00:00Z', 1, '2027-02-28T00:00:00Z'],
    ['2028-02-29T00:00:00Z', 24, '2026-02-28T00:00:00Z'],
    ['2027-01-15T00:00:00Z', 2, '2026-11-15T00:00:00Z'],
  ])('counted from %s back by %d months ends at %s', (now, months, cutoff) => {
    expect(cutoffMs(new Map([['c', months]]), 'c', at(now))).toBe(at(cutoff));
  });
});

describe('the moment at which a record is past its term', () => {
  it.each([
    ['2026-11-23T12:00:00Z', 24, '2028-11-23T12:00:00Z'],
    ['2027-01-31T12:00:00Z', 1, '2027-03-01T00:00:00Z'],
    ['2028-02-29T08:00:00Z', 12, '2029-03-01T00:00:00Z'],
  ])('logged at %s and kept for %d months is %s', (logged, months, due) => {
    expect(dueMs(new Map([['c', months]]), 'c', at(logged))).toBe(at(due));
  });

  it('is the first at which the purge erases it (IDNrG § 9 Abs. 3)', () => {
    const logged = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2032-12-31T00:00:00Z') });
    fc.assert(
      fc.property(logged, fc.integer({ min: 1, max: 40 }), (loggedAt, months) => {
        const retention = new Map([['c', months]]);
        const due = dueMs(retention, 'c', loggedAt);
        expect(cutoffMs(retention, 'c', due)).toBeGreaterThanOrEqual(loggedAt);
        expect(cutoffMs(retention, 'c', due - 1)).toBeLessThan(loggedAt);
      }),
    );
  });
});

describe('an epoch', () => {
  const epoch = { retentionClass: 'standard', month: '2024-12' };
  it('is over when its last moment is past the cutoff, and not a millisecond before', () => {
    expect(isOver(epoch, at('2024-12-31T23:59:59.999Z'))).toBe(false);
    expect(isOver(epoch, at('2025-01-01T00:00:00Z'))).toBe(true);
  });
});

describe('the catalogue', () => {
  it('names the terms by class', () => {
    const named = { id: 'incident', months: 36, norm: 'Statute § 1', source: 'test', verified: false };
    expect(retentionOf({ retention: [named, { ...named, id: 'short', months: 6 }] })).toEqual(
      new Map([
        ['incident', 36],
        ['short', 6],
      ]),
    );
  });
});

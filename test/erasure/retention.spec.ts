import { describe, expect, it } from '@jest/globals';
import { cutoffMs, isOver, parseRetention } from '../../src/erasure/retention.js';

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

describe('an epoch', () => {
  const epoch = { retentionClass: 'standard', month: '2024-12' };
  it('is over when its last moment is past the cutoff, and not a millisecond before', () => {
    expect(isOver(epoch, at('2024-12-31T23:59:59.999Z'))).toBe(false);
    expect(isOver(epoch, at('2025-01-01T00:00:00Z'))).toBe(true);
  });
});

describe('the setting', () => {
  it('names months by class', () => {
    expect(parseRetention('standard=24, incident=36')).toEqual(
      new Map([
        ['standard', 24],
        ['incident', 36],
      ]),
    );
  });

  it.each([
    '',
    'standard',
    'standard=0',
    'standard=-1',
    'standard=2.5',
    'standard=1201',
    'Standard=1',
    'a=1,a=2',
    'a=1,',
  ])('is not %j', (text) => {
    expect(parseRetention(text)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { germanMoment, germanTime } from '../../src/pages/oversight/german-time.js';
import { writtenDate } from '../../src/pages/oversight/written-date.js';

describe('date and time in Germany, as an officer writes and reads them', () => {
  it.each([
    ['2026-11-23T12:00', '2026-11-23T11:00:00.000Z'],
    ['2026-07-01T00:30:15', '2026-06-30T22:30:15.000Z'],
    ['2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T01:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s is %s', (local, utc) => {
    const ms = germanMoment(local) ?? Number.NaN;
    expect(new Date(ms).toISOString()).toBe(utc);
    expect(germanTime(ms).slice(0, local.length)).toBe(local);
  });

  it('takes of the hour that comes twice the second, and for what no clock shows a moment beside it', () => {
    expect(germanMoment('2026-10-25T02:30')).toBe(Date.parse('2026-10-25T01:30:00Z'));
    expect(germanTime(germanMoment('2026-03-29T02:30') ?? 0)).toMatch(/^2026-03-29T0[13]:30:00$/);
  });

  it.each(['', '2026-13-01T00:00', 'yesterday', '2026-11-23T25:00'])('%j is none', (local) => {
    expect(germanMoment(local)).toBeUndefined();
  });
});

describe('a date of birth, wholly or partly known (IDNrG § 6 Abs. 3)', () => {
  it.each([
    ['31.12.1980', '1980-12-31'],
    ['1.2.1980', '1980-02-01'],
    ['12.1980', '1980-12'],
    ['1980', '1980'],
    ['1980-12-31', '1980-12-31'],
    ['1980-12', '1980-12'],
  ])('%s is %s', (written, date) => {
    expect(writtenDate(written)).toBe(date);
  });

  it.each(['', '31.12.80', '1980-1-1', 'Dezember', '31.12.1980 12:00'])('%j is none', (written) => {
    expect(writtenDate(written)).toBeUndefined();
  });
});

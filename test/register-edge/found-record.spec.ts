import { describe, expect, it } from '@jest/globals';
import { germanDay } from '../../src/platform/german-day.js';
import { foundIn, moment, type Reading } from '../../src/register-edge/found-record.js';
import { documentOf, valueAt } from '../../src/register-edge/json-pointer.js';
import { isDay, isValidOn } from '../../src/register-edge/record-day.js';
import { PROBE_TYPES } from './probe-tables.js';

const READING: Reading = { free: [false], blocked: [true], jsonInText: false };
const known = PROBE_TYPES().find(({ id }) => id === 'person')?.attributes ?? [];
const subject = { idnr: '02476291358', birthDate: '1992-08-12' };

const stated = (attribute: string, value: unknown, reading = READING): unknown => {
  const row = { as_of: new Date(0), blocked: false, [`a_${attribute}`]: value };
  try {
    const found = foundIn([row], { subject, attributes: [attribute], known, nowMs: 0 }, reading);
    return found.kind === 'one' ? found.record.attributes[attribute] : found.kind;
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
};

describe('a record that is no good', () => {
  it.each([
    ['when it was valid', { as_of: 'lately' }],
    ['an attribute', { a_name: 1 }],
    ['when it can be had', { available_at: 'soon' }],
  ])('is a fault of its own, not an outage of the register: %s', (_what, bad) => {
    const row = { as_of: new Date(0), blocked: false, a_name: 'Muster', ...bad };
    const find = () => foundIn([row], { subject, attributes: ['name'], known, nowMs: 0 }, READING);
    expect(find).toThrow(expect.objectContaining({ reason: 'REGISTER_UNAVAILABLE', metadata: { of: 'record' } }));
  });
});

describe('a row of a register', () => {
  it.each([
    ['a NUL', 'name', 'Muster\0frau'],
    ['what stands for bytes that are not UTF-8', 'name', 'M\uFFFDller'],
    ['a NUL in a list', 'nations', ['DE', 'T\0R']],
    ['a NUL deep in an object', 'children', [{ names: [{ given: 'K\0im' }] }]],
    ['a NUL in the name of a member', 'children', [{ 'a\0': 1 }]],
    ['half a character', 'name', 'M\uD800'],
    ['half a character in a list', 'nations', ['\uDC00']],
    ['what is deeper than 32', 'children', JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`)],
    ['what is 100,000 deep', 'children', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['no value at all', 'name', undefined],
  ])('that holds %s is not available', (_what, attribute, value) => {
    expect(stated(attribute, value)).toBe('REGISTER_UNAVAILABLE');
  });

  it('is read with lists in texts only where a source has no lists', () => {
    expect(stated('nations', '["DE"]')).toBe('REGISTER_UNAVAILABLE');
    expect(stated('nations', '["DE"]', { ...READING, jsonInText: true })).toEqual(['DE']);
    expect(stated('nations', '["DE"', { ...READING, jsonInText: true })).toBe('REGISTER_UNAVAILABLE');
    // A text that looks like JSON is a text.
    expect(stated('name', '["DE"]', { ...READING, jsonInText: true })).toBe('["DE"]');
  });

  it.each([
    ['2026-03-01T22:30:00Z', '2026-03-01T22:30:00.000Z'],
    ['2026-03-01 22:30:00+01:00', '2026-03-01T21:30:00.000Z'],
    ['2026-03-01T22:30:00', undefined],
    ['2026-03-01', undefined],
    ['2026-13-01T00:00:00Z', undefined],
    [1_772_404_200, undefined],
    [null, undefined],
    [new Date(Number.NaN), undefined],
  ])('vouches for a moment that is one for everybody: %p', (value, expected) => {
    expect(moment(value)?.toISOString()).toBe(expected);
  });
});

describe('a record that can be had later', () => {
  const NOW = Date.parse('2026-11-26T12:00:00Z');
  const of = (available_at: unknown, more: object = {}) => {
    const row = { as_of: new Date(0), blocked: false, a_name: 'Muster', available_at, ...more };
    try {
      const found = foundIn([row], { subject, attributes: ['name'], known, nowMs: NOW }, READING);
      return found.kind === 'later' ? found.availableAt - NOW : found.kind;
    } catch (error) {
      return (error as { reason?: string }).reason;
    }
  };

  it.each([
    ['a moment to come', new Date(NOW + 1), 1],
    ['a moment to come, as a text', '2026-11-26T14:00:00+01:00', 3_600_000],
    ['now', new Date(NOW), 'one'],
    ['a moment that has passed', '2026-11-26T11:59:59Z', 'one'],
    ['no value', null, 'one'],
    ['nothing', undefined, 'one'],
    ['what PostgreSQL calls infinity', Number.POSITIVE_INFINITY, 'REGISTER_UNAVAILABLE'],
    ['a time without zone', '2026-11-27T12:00:00', 'REGISTER_UNAVAILABLE'],
  ])('is announced by %s', (_what, availableAt, expected) => {
    expect(of(availableAt)).toBe(expected);
  });

  it('is not announced where the answer is no', () => {
    expect(of(new Date(NOW + 1), { blocked: true })).toBe('blocked');
  });
});

describe('validity', () => {
  it('is counted in days of Germany', () => {
    expect(germanDay(Date.parse('2026-07-01T22:30:00Z'))).toBe('2026-07-02');
    expect(germanDay(Date.parse('2026-12-31T22:59:59Z'))).toBe('2026-12-31');
  });

  it('includes its first and last day, and what is no day ends it', () => {
    expect(isValidOn('2026-11-26', '2026-11-26', '2026-11-26')).toBe(true);
    expect(isValidOn('2026-11-26', null, null)).toBe(true);
    expect(isValidOn('2026-11-26', '2026-11-27', null)).toBe(false);
    expect(isValidOn('2026-11-26', null, '2026-11-25')).toBe(false);
    expect(isValidOn('2026-11-26', null, '31.12.2026')).toBe(false);
    expect(isDay('26.11.2026')).toBe(false);
  });
});

describe('a JSON Pointer (RFC 6901)', () => {
  it('leads to what it names, and to nothing that is inherited', () => {
    const document = { a: { 'b/c': [1, { '~': null }] } };
    expect(valueAt(document, '/a/b~1c/1/~0')).toBeNull();
    expect(valueAt(document, '/a/b~1c/0')).toBe(1);
    expect(valueAt(document, '')).toBe(document);
    for (const nowhere of ['/a/x', '/constructor', '/a/b~1c/length/x', '/a/__proto__'])
      expect(valueAt(document, nowhere)).toBeUndefined();
  });

  it('makes the document in which it leads there', () => {
    const made = documentOf([
      ['/person/number', '1'],
      ['/person/born', '2'],
      ['/fields', ['x']],
    ]);
    expect(made).toEqual({ person: { number: '1', born: '2' }, fields: ['x'] });
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeTestIdnr, parseIdnr, TEST_IDNR_COUNT } from '../../src/identity/idnr.js';

const inTests = { allowTestNumbers: true };
const inProduction = { allowTestNumbers: false };
const ordinals = fc.integer({ min: 0, max: TEST_IDNR_COUNT - 1 });

describe('identification number (AO § 139b, ISO 7064 MOD 11,10)', () => {
  it.each([
    ['one digit twice', '36574261809'],
    ['one digit twice', '86095742719'],
    ['one digit twice', '47036892816'],
    ['one digit three times, apart (since 2016)', '65929970489'],
    ['one digit three times, apart (since 2016)', '57549285017'],
    ['one digit three times, apart (since 2016)', '25768131411'],
  ])('accepts a number with %s: %s', (_, text) => {
    expect(parseIdnr(text, inProduction)).toEqual({ ok: true, idnr: text });
  });

  it.each(['02476291358', '08214967384'])('accepts the test number %s only where test numbers are allowed', (text) => {
    expect(parseIdnr(text, inTests)).toEqual({ ok: true, idnr: text });
    expect(parseIdnr(text, inProduction)).toEqual({ ok: false, fault: 'TEST_NUMBER' });
  });

  it.each([
    ['wrong check digit', '36574261890', 'CHECK_DIGIT'],
    ['two digits repeated', '36554266806', 'REPETITION'],
    ['no digit repeated', '12345678903', 'REPETITION'],
    ['one digit four times', '11213145679', 'REPETITION'],
    ['three equal digits side by side', '11123456780', 'REPETITION'],
    ['empty', '', 'FORMAT'],
    ['ten digits', '3657426180', 'FORMAT'],
    ['twelve digits', '365742618090', 'FORMAT'],
    ['a letter', '3657426180O', 'FORMAT'],
    ['digits of another script', '٣٦٥٧٤٢٦١٨٠٩', 'FORMAT'],
    ['grouping in the wrong place', '365 742 618 09', 'FORMAT'],
    ['line feed at the end', '36574261809\n', 'FORMAT'],
  ])('refuses %s', (_, text, fault) => {
    expect(parseIdnr(withCheckDigitIf(fault, text), inTests)).toEqual({ ok: false, fault });
  });

  it('reads the display grouping and yields eleven digits', () => {
    expect(parseIdnr('36 574 261 809', inProduction)).toEqual({ ok: true, idnr: '36574261809' });
  });

  it('finds every change of one digit by the check digit', () => {
    const change = fc.record({
      ordinal: ordinals,
      place: fc.integer({ min: 0, max: 10 }),
      by: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(change, ({ ordinal, place, by }) => {
        const digits = [...makeTestIdnr(ordinal)];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(parseIdnr(digits.join(''), inTests)).toEqual({ ok: false, fault: 'CHECK_DIGIT' });
      }),
    );
  });

  it('makes valid test numbers that begin with 0, another one for every ordinal', () => {
    fc.assert(
      fc.property(ordinals, ordinals, (left, right) => {
        const idnr = makeTestIdnr(left);
        expect(parseIdnr(idnr, inTests)).toEqual({ ok: true, idnr });
        expect(parseIdnr(idnr, inProduction)).toEqual({ ok: false, fault: 'TEST_NUMBER' });
        expect(makeTestIdnr(right) === idnr).toBe(left === right);
      }),
    );
  });

  it('makes as many different numbers as it promises (sampled exhaustively at both ends)', () => {
    const seen = new Set<string>();
    for (let step = 0; step < 40_000; step += 1) {
      seen.add(makeTestIdnr(step));
      seen.add(makeTestIdnr(TEST_IDNR_COUNT - 1 - step));
    }
    expect(seen.size).toBe(80_000);
    expect(() => makeTestIdnr(TEST_IDNR_COUNT)).toThrow(RangeError);
    expect(() => makeTestIdnr(-1)).toThrow(RangeError);
  });
});

/** A number that is to fail by its pattern alone gets the check digit that fits; only one digit in ten does. */
function withCheckDigitIf(fault: string, text: string): string {
  if (fault !== 'REPETITION') return text;
  const body = text.slice(0, 10);
  for (let digit = 0; digit < 10; digit += 1) {
    const parsed = parseIdnr(`${body}${digit}`, inTests);
    if (parsed.ok || parsed.fault !== 'CHECK_DIGIT') return `${body}${digit}`;
  }
  return text;
}

import { checkDigit } from './check-digit.js';

/** The identification number of AO § 139b, used across registers under IDNrG § 1. */
export type Idnr = string & { readonly __brand: 'Idnr' };

/** Why a text is no identification number. Never carries the number itself. */
type IdnrFault = 'FORMAT' | 'CHECK_DIGIT' | 'REPETITION' | 'TEST_NUMBER';

export type ParsedIdnr = Readonly<{ ok: true; idnr: Idnr }> | Readonly<{ ok: false; fault: IdnrFault }>;

const PLAIN = /^\d{11}$/;
const GROUPED = /^\d{2} \d{3} \d{3} \d{3}$/;
const TRIPLE_SIDE_BY_SIDE = /(\d)\1\1/;

/** How many different test numbers `makeTestIdnr` can make. */
export const TEST_IDNR_COUNT = 16_329_600;

/**
 * Accepts eleven digits, plain or in the display grouping `XX XXX XXX XXX`.
 * The check digit is judged before the repetition, so that a mistyped digit is always reported as such.
 */
export function parseIdnr(text: string, options: Readonly<{ allowTestNumbers: boolean }>): ParsedIdnr {
  if (!PLAIN.test(text) && !GROUPED.test(text)) return { ok: false, fault: 'FORMAT' };
  const digits = text.replaceAll(' ', '');
  const body = digits.slice(0, 10);
  if (checkDigit(body) !== digits.slice(10)) return { ok: false, fault: 'CHECK_DIGIT' };
  if (!repeatsOneDigit(body)) return { ok: false, fault: 'REPETITION' };
  if (digits.startsWith('0') && !options.allowTestNumbers) return { ok: false, fault: 'TEST_NUMBER' };
  return { ok: true, idnr: digits as Idnr };
}

/**
 * The `ordinal`-th number that begins with 0 (reserved for tests) and has exactly one digit twice among its first ten.
 * Every ordinal from 0 to `TEST_IDNR_COUNT` − 1 gives another number.
 */
export function makeTestIdnr(ordinal: number): Idnr {
  if (!Number.isSafeInteger(ordinal) || ordinal < 0 || ordinal >= TEST_IDNR_COUNT) {
    throw new RangeError('there is no test number with this ordinal');
  }
  const body = ordinal < ZERO_TWICE ? bodyWithSecondZero(ordinal) : bodyWithPair(ordinal - ZERO_TWICE);
  return (body + checkDigit(body)) as Idnr;
}

/**
 * Exactly one digit twice or three times (three since 2016), all others at most once, and no three equal digits side
 * by side. A rule of the tax administration's technical paper: neither AO nor StIdV states it.
 */
function repeatsOneDigit(body: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of body) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && !TRIPLE_SIDE_BY_SIDE.test(body);
}

/** 9 places for the second 0 × 9!/1! ways to fill the other eight places from 1..9. */
const ZERO_TWICE = 9 * 362_880;

function bodyWithSecondZero(ordinal: number): string {
  const place = ordinal % 9;
  const others = arrangement(Math.floor(ordinal / 9), 8, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  others.splice(place, 0, 0);
  return `0${others.join('')}`;
}

/** 9 digits to repeat × 36 pairs of places × 8!/1! ways to fill the other seven places from the other eight digits. */
function bodyWithPair(ordinal: number): string {
  const pairDigit = 1 + (ordinal % 9);
  let pair = Math.floor(ordinal / 9) % 36;
  let first = 0;
  while (pair >= 8 - first) {
    pair -= 8 - first;
    first += 1;
  }
  const second = first + 1 + pair;
  const pool = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((digit) => digit !== pairDigit);
  const places = arrangement(Math.floor(ordinal / 324), 7, pool);
  places.splice(first, 0, pairDigit);
  places.splice(second, 0, pairDigit);
  return `0${places.join('')}`;
}

/** The `rank`-th ordered choice of `length` different members of `pool`. */
function arrangement(rank: number, length: number, pool: readonly number[]): number[] {
  const left = [...pool];
  const chosen: number[] = [];
  let rest = rank;
  for (let place = 0; place < length; place += 1) {
    const index = rest % left.length;
    rest = Math.floor(rest / left.length);
    chosen.push(...left.splice(index, 1));
  }
  return chosen;
}

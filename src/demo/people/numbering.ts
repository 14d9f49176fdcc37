import { type Idnr, TEST_IDNR_COUNT } from '../../identity/idnr.js';
import { RESERVED_ORDINALS, scatteredIdnr } from './scattered-idnr.js';

/** Running numbers of one population: the only state that grows with it, three integers. */
export type Numbering = Readonly<{
  /** How many persons have been numbered, the cast included. */
  persons(): number;
  nextPerson(): number;
  nextHousehold(): number;
  nextIdnr(): Idnr;
  nextKindergeldNumber(): string;
}>;

export function numberingAfter(
  cast: Readonly<{ persons: number; households: number; claims: number }>,
  seed: number,
): Numbering {
  const available = TEST_IDNR_COUNT - RESERVED_ORDINALS;
  const offset = (Math.imul(seed >>> 0, 0x9e3779b1) >>> 0) % available;
  let { persons, households, claims } = cast;
  let idnrs = 0;
  return {
    persons: () => persons,
    nextPerson: () => persons++,
    nextHousehold: () => households++,
    nextIdnr: () => {
      if (idnrs >= available) throw new RangeError('the test numbers do not suffice for a population of this size');
      return scatteredIdnr(RESERVED_ORDINALS + ((offset + idnrs++) % available));
    },
    nextKindergeldNumber: () => {
      claims += 1;
      return `000FK${String(claims).padStart(6, '0')}`;
    },
  };
}

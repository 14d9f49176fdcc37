import { type Idnr, makeTestIdnr, TEST_IDNR_COUNT } from '../../identity/idnr.js';

/** Ordinals below this one belong to the cast; the generated population starts here. */
export const RESERVED_ORDINALS = 1_000;

/** Coprime to `TEST_IDNR_COUNT`, and small enough for the product to stay a safe integer. */
const SCATTER = 7_368_787;

/** A test number for each ordinal; neighbouring ordinals give numbers that do not look alike. */
export function scatteredIdnr(ordinal: number): Idnr {
  return makeTestIdnr((ordinal * SCATTER + 4_711) % TEST_IDNR_COUNT);
}

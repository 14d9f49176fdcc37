import { castHouseholds } from './cast-households.js';
import { drawHouseholds, MOST_PERSONS_AT_ONCE } from './families.js';
import { numberingAfter } from './numbering.js';
import type { Household } from './person.js';
import { randomStream } from './random.js';

export type PopulationOptions = Readonly<{
  /** Persons, the cast included; the cast is always complete. */
  count: number;
  seed: number;
}>;

const castSize = {
  persons: castHouseholds.reduce((sum, household) => sum + household.persons.length, 0),
  households: castHouseholds.length,
  claims: castHouseholds.reduce((sum, household) => sum + household.claims.length, 0),
};

/**
 * A synthetic population, household by household: first the cast, then families drawn from `seed`. The same options
 * give the same population on every machine. Memory does not grow with `count`.
 */
export function* people({ count, seed }: PopulationOptions): Generator<Household> {
  yield* castHouseholds;
  const numbering = numberingAfter(castSize, seed);
  for (let stream = 0; numbering.persons() < count; stream += 1) {
    const room = count - numbering.persons();
    yield* drawHouseholds({ random: randomStream(seed, stream), numbering }, Math.min(room, MOST_PERSONS_AT_ONCE));
  }
}

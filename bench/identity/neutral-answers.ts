import type { Applicant } from '../../src/client/applicant.js';
import { cast } from '../../src/demo/people/cast.js';
import type { Person } from '../../src/demo/people/person.js';

const byAddress = ({ familyName, birthDate, address }: Pick<Person, 'familyName' | 'birthDate' | 'address'>) => ({
  family_name: familyName,
  town: address.town,
  postcode: address.postcode,
  birth_date: birthDate,
});

const { none, twins, blocked, withoutRecord } = cast;

/** Parents of whom the answer must not tell why there is none (IDNrG § 6 Abs. 4 and 5); all asked for by the same key set. */
export const NEUTRAL: ReadonlyMap<string, Applicant> = new Map(
  [
    ['none', { ...byAddress(twins[0]), family_name: none.familyName, birth_date: none.birthDate }] as const,
    ['several', byAddress(twins[0])] as const,
    ['blocked', byAddress(blocked)] as const,
    ['no record', byAddress(withoutRecord)] as const,
  ].map(([kind, person]) => [kind, { role: 'parent', person }]),
);

/** All kinds `count` times, in an order in which none is early or late: shuffled within each round. */
export function interleaved(kinds: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, () => shuffled(kinds)).flat();
}

function shuffled(values: readonly string[]): readonly string[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/**
 * Takes one number for each of these kinds, several at a time.
 * @param take resolves with the time that the answer to this kind took, milliseconds
 */
export async function sampled(
  kinds: readonly string[],
  atOnce: number,
  take: (kind: string) => Promise<number>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, number[]>();
  const waiting = [...kinds];
  const work = async () => {
    for (let kind = waiting.shift(); kind !== undefined; kind = waiting.shift()) {
      const taken = await take(kind);
      samples.set(kind, [...(samples.get(kind) ?? []), taken]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return samples;
}

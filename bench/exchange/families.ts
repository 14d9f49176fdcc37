import type { Applicant } from '../../src/client/applicant.js';
import type { Household, Person } from '../../src/demo/people/person.js';

/** One application for Kindergeld. */
export type Family = Readonly<{ ars: string; applicants: readonly Applicant[] }>;

/**
 * Families of whom every register has something to say: the parent represents the child, lives in the country and is
 * paid Kindergeld. Whoever is blocked, dead, unknown or one of several with the same key (twins) is left out, because
 * that answer waits for its slot.
 */
export function* families(households: readonly Household[]): Generator<Family> {
  const bearers = new Map<string, number>();
  for (const person of households.flatMap(({ persons }) => persons)) {
    const key = JSON.stringify(keyOf(person));
    bearers.set(key, (bearers.get(key) ?? 0) + 1);
  }
  const isFound = (person: Person) => isPlain(person) && bearers.get(JSON.stringify(keyOf(person))) === 1;
  for (const { persons, births, claims } of households) {
    const byNumber = new Map(persons.map((person) => [person.number, person]));
    for (const birth of births) {
      const child = byNumber.get(birth.child);
      const parent = birth.parents
        .filter(({ number, custody }) => custody !== null && claims.some(({ entitled }) => entitled === number))
        .map(({ number }) => byNumber.get(number))
        .find((person) => person !== undefined && isFound(person));
      if (parent === undefined || parent.address.ars === null || child === undefined || !isFound(child)) continue;
      yield {
        ars: parent.address.ars,
        applicants: [
          { role: 'parent', person: keyOf(parent) },
          { role: 'child', person: keyOf(child) },
        ],
      };
    }
  }
}

function isPlain(person: Person): boolean {
  return (
    person.idnr !== null &&
    !person.blocked &&
    !person.withoutRecord &&
    person.dateOfDeath === null &&
    person.address.country === 'DE' &&
    /^\d{4}-\d{2}-\d{2}$/.test(person.birthDate)
  );
}

function keyOf({ familyName, birthDate, address }: Person): Applicant['person'] {
  return { family_name: familyName, town: address.town, postcode: address.postcode, birth_date: birthDate };
}

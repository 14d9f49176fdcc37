import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cast } from '../../../src/demo/people/cast.js';
import { castHouseholds } from '../../../src/demo/people/cast-households.js';
import type { Household, Person } from '../../../src/demo/people/person.js';
import { municipalities } from '../../../src/demo/people/places.js';
import { people } from '../../../src/demo/people/population.js';
import { parseIdnr } from '../../../src/identity/idnr.js';

const PEOPLE = 10_000;
const households = [...people({ count: PEOPLE, seed: 1 })];
const persons = households.flatMap((household) => household.persons);
const byNumber = new Map(persons.map((person) => [person.number, person]));
const births = households.flatMap((household) => household.births);
const castSize = castHouseholds.flatMap((household) => household.persons).length;

function digest(population: Iterable<Household>): string {
  const hash = createHash('sha256');
  for (const household of population) hash.update(JSON.stringify(household));
  return hash.digest('hex');
}

function parentsOf(child: number): readonly Person[] {
  const birth = births.find((entry) => entry.child === child);
  return (birth?.parents ?? []).map((parent) => byNumber.get(parent.number)).filter((parent) => parent !== undefined);
}

describe('synthetic population: the same options give the same people', () => {
  it('repeats itself byte for byte for the same seed', () => {
    expect(digest(people({ count: PEOPLE, seed: 1 }))).toBe(digest(households));
  });

  it('differs for another seed', () => {
    expect(digest(people({ count: PEOPLE, seed: 2 }))).not.toBe(digest(households));
  });

  it('has exactly as many persons as asked for, numbered without a gap, and never fewer than the cast', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (count, seed) => {
        const numbers = [...people({ count, seed })].flatMap((household) =>
          household.persons.map(({ number }) => number),
        );
        expect(numbers).toHaveLength(Math.max(count, castSize));
        expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index));
      }),
      { numRuns: 30 },
    );
  });

  it('begins with the same cast whatever the seed and count', () => {
    for (const options of [
      { count: 0, seed: 1 },
      { count: 50, seed: 2 },
      { count: 1_000, seed: 3 },
    ]) {
      const first = [...people(options)].slice(0, castHouseholds.length);
      expect(first).toEqual(castHouseholds);
    }
    expect(cast.mother).toMatchObject({ number: 0, idnr: '02415036788', familyName: 'von Mustermann-Søndergård' });
    expect(cast.newborn).toMatchObject({ number: 2, idnr: '05431679780', birthDate: '2026-09-14' });
  });
});

describe('synthetic population: rules that hold for everybody', () => {
  it.each([1, 7, 4_294_967_295])(
    'gives every number once, and only test numbers that begin with 0 (seed %i)',
    (seed) => {
      const given = [...people({ count: PEOPLE, seed })]
        .flatMap((household) => household.persons)
        .flatMap((person) => [...(person.idnr ? [person.idnr] : []), ...person.retiredIdnrs]);
      expect(new Set(given).size).toBe(given.length);
      expect(given).not.toContain(cast.none.idnr);
      for (const idnr of given) {
        expect(idnr).toMatch(/^0/);
        expect(parseIdnr(idnr, { allowTestNumbers: true })).toEqual({ ok: true, idnr });
      }
    },
  );

  it('names in every birth entry a child and parents who exist and whose numbers agree', () => {
    expect(births.length).toBeGreaterThan(2_000);
    for (const birth of births) {
      expect(byNumber.has(birth.child)).toBe(true);
      for (const parent of birth.parents) {
        const person = byNumber.get(parent.number);
        expect(person).toBeDefined();
        expect(parent.idnr).toBe(person?.idnr);
        expect(parent.givenNames).toBe(person?.givenNames);
        expect(person?.children.length).toBeGreaterThanOrEqual(parent.custody ? 1 : 0);
      }
    }
  });

  it('has no parent younger than 15 years at the birth of a child, and none who died before it', () => {
    for (const birth of births) {
      const born = byNumber.get(birth.child)?.birthDate ?? '';
      for (const parent of parentsOf(birth.child)) {
        expect(Number(born.slice(0, 4)) - Number(parent.birthDate.slice(0, 4))).toBeGreaterThanOrEqual(15);
        if (parent.dateOfDeath) expect(parent.dateOfDeath > born).toBe(true);
      }
    }
  });

  it('gives all persons of a household one address, in a municipality whose region key is the household’s', () => {
    const keys = new Map(municipalities.map((place) => [place.town as string, place.ars as string]));
    for (const household of households) {
      const addresses = new Set(household.persons.map((person) => JSON.stringify(person.address)));
      expect(addresses.size).toBe(1);
      for (const { address } of household.persons) {
        if (address.country !== 'DE') expect(address.ars).toBeNull();
        else expect([household.ars, keys.get(address.town)]).toEqual([address.ars, address.ars]);
      }
    }
  });

  it('lets nobody move in before birth, die before birth, or change after the reference date', () => {
    for (const person of persons) {
      expect(person.movedInOn >= person.birthDate.slice(0, 4)).toBe(true);
      if (person.dateOfDeath) expect(person.dateOfDeath > person.birthDate).toBe(true);
      expect(person.asOf < '2026-11-02').toBe(true);
      expect(new Date(person.asOf).toISOString()).toBe(person.asOf.replace('Z', '.000Z'));
    }
  });

  it('pays Kindergeld only to an adult of the household, for no more children than it has', () => {
    for (const household of households) {
      for (const claim of household.claims) {
        const entitled = household.persons.find((person) => person.number === claim.entitled);
        expect(claim.childrenCount).toBeGreaterThan(0);
        expect(claim.childrenCount).toBeLessThanOrEqual(entitled?.children.length ?? 0);
        expect(claim.paidSince < claim.paidUntil).toBe(true);
      }
    }
  });

  it('is written in Unicode NFC', () => {
    const text = JSON.stringify(households);
    expect(text.normalize('NFC')).toBe(text);
  });
});

describe('synthetic population: every special kind occurs among 10,000', () => {
  const drawn = persons.slice(castSize);
  const keyed = (key: (person: Person) => string): number => {
    const counts = new Map<string, number>();
    for (const person of drawn) counts.set(key(person), (counts.get(key(person)) ?? 0) + 1);
    return [...counts.values()].filter((count) => count > 1).length;
  };
  const counts: Readonly<Record<string, number>> = {
    'blocked (BMG § 51)': drawn.filter((person) => person.blocked).length,
    deceased: drawn.filter((person) => person.dateOfDeath).length,
    widowed: drawn.filter((person) => person.maritalStatus === 'verwitwet').length,
    divorced: drawn.filter((person) => person.maritalStatus === 'geschieden').length,
    'without IDNr': drawn.filter((person) => person.idnr === null).length,
    'newborn without IDNr': drawn.filter((person) => person.idnr === null && person.birthDate > '2026-10').length,
    'retired duplicate IDNr': drawn.filter((person) => person.retiredIdnrs.length > 0).length,
    'only the year of birth': drawn.filter((person) => person.birthDate.length === 4).length,
    'only month and year of birth': drawn.filter((person) => person.birthDate.length === 7).length,
    'address abroad': drawn.filter((person) => person.address.country !== 'DE').length,
    'in no register': drawn.filter((person) => person.withoutRecord).length,
    'written differently in the Melderegister': drawn.filter(
      (person) => Object.keys(person.melderegisterDeviation).length,
    ).length,
    doctorate: drawn.filter((person) => person.doctorate).length,
    'name particle': drawn.filter((person) => /^(von|zu|de|van der|ter) |^d'/.test(person.familyName)).length,
    'several given names': drawn.filter((person) => person.givenNames.includes(' ')).length,
    'former name': drawn.filter((person) => person.formerNames.length > 0).length,
    'letters beyond Latin-1 (DIN 91379)': drawn.filter((person) => /[\u0100-\uffff]/u.test(person.familyName)).length,
    'single parent in the birth entry': births.filter((birth) => birth.parents.length === 1).length,
    'parent named otherwise at the birth': births.filter((birth) =>
      birth.parents.some((parent) => parent.familyName !== byNumber.get(parent.number)?.familyName),
    ).length,
    'twins (same family name, town, postcode, birthday)': keyed((person) =>
      JSON.stringify([person.familyName, person.address, person.birthDate]),
    ),
    'same name and birthday, unrelated': keyed((person) =>
      JSON.stringify([person.familyName, person.givenNames, person.birthDate]),
    ),
  };

  it.each(Object.entries(counts))('%s: %i', (_, count) => {
    expect(count).toBeGreaterThan(0);
  });
});

describe('cast: each negative case is what it says', () => {
  it('twins share family name, town, postcode and birthday, and differ in given names', () => {
    const [left, right] = cast.twins;
    expect(key(left)).toEqual(key(right));
    expect(left.givenNames).not.toBe(right.givenNames);
  });

  it('namesakes share name and birthday and live in different towns', () => {
    const [left, right] = cast.namesakes;
    expect([left.familyName, left.givenNames, left.birthDate]).toEqual([
      right.familyName,
      right.givenNames,
      right.birthDate,
    ]);
    expect(left.address.town).not.toBe(right.address.town);
  });

  it('nobody else in ten thousand has the key data of a cast member that must be found alone', () => {
    for (const member of [cast.mother, cast.father, cast.newborn, cast.elderChild, cast.conflicting]) {
      const same = persons.filter((person) => JSON.stringify(key(person)) === JSON.stringify(key(member)));
      expect(same).toEqual([member]);
    }
  });

  function key(person: Person): readonly string[] {
    return [person.familyName, person.address.town, person.address.postcode, person.birthDate];
  }
});

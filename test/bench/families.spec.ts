import { describe, expect, test } from '@jest/globals';
import { families } from '../../bench/exchange/families.js';
import { cast } from '../../src/demo/people/cast.js';
import { people } from '../../src/demo/people/population.js';

const households = [...people({ count: 2000, seed: 1 })];
const drawn = [...families(households)];
const persons = households.flatMap((household) => household.persons);

describe('families that are measured', () => {
  test('are many, each with a parent and a child', () => {
    expect(drawn.length).toBeGreaterThan(200);
    for (const { applicants } of drawn) expect(applicants.map(({ role }) => role)).toEqual(['parent', 'child']);
  });

  test('begin with the family of the demo', () => {
    expect(drawn[0]?.applicants[0]?.person).toMatchObject({
      family_name: cast.mother.familyName,
      birth_date: cast.mother.birthDate,
    });
  });

  test('have keys that fit one living, unblocked person', () => {
    for (const { applicants } of drawn) {
      for (const { person } of applicants) {
        const fitting = persons.filter(
          ({ familyName, birthDate, address }) =>
            'town' in person &&
            familyName === person.family_name &&
            birthDate === person.birth_date &&
            address.town === person.town &&
            address.postcode === person.postcode,
        );
        expect(fitting.map(({ blocked, dateOfDeath }) => ({ blocked, dateOfDeath }))).toEqual([
          { blocked: false, dateOfDeath: null },
        ]);
      }
    }
  });
});

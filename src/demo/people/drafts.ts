import { yearsLater } from './calendar.js';
import {
  type Address,
  type Birth,
  type BirthParent,
  type Household,
  type Person,
  REFERENCE_DATE,
  type Sex,
} from './person.js';

type Facts = Readonly<{
  number: number;
  givenNames: string;
  familyName: string;
  birthDate: string;
  birthPlace: string;
  sex: Sex;
  address: Address;
  movedInOn: string;
}> &
  Partial<Person>;

/** A person of whom nothing special is to be said, except what `facts` say. */
export function draftPerson(facts: Facts): Person {
  const birthName = facts.birthName ?? facts.familyName;
  return {
    idnr: null,
    retiredIdnrs: [],
    formerNames: birthName === facts.familyName ? [] : [birthName],
    doctorate: null,
    nationalities: ['DE'],
    maritalStatus: 'ledig',
    children: [],
    dateOfDeath: null,
    blocked: false,
    withoutRecord: false,
    melderegisterDeviation: {},
    asOf: `${facts.movedInOn}T08:00:00Z`,
    ...facts,
    birthName,
  };
}

export function isMinor(birthDate: string): boolean {
  return yearsLater(birthDate, 18) > REFERENCE_DATE;
}

/** As the Melderegister writes them, the only register that holds such a list. */
export function childrenEntry(children: readonly Person[]): Person['children'] {
  return children
    .filter((child) => isMinor(child.birthDate))
    .map(({ familyName, givenNames, birthDate, blocked, melderegisterDeviation }) => ({
      familyName: melderegisterDeviation.familyName ?? familyName,
      givenNames,
      birthDate,
      blocked,
    }));
}

/** The birth entry of a child. `namedThen`: parents who bore their birth name when the child was born. */
export function birthOf(
  child: Person,
  parents: readonly Person[],
  birthTime: string,
  namedThen: 'as now' | 'by birth name' = 'as now',
): Birth {
  const living = parents.filter((parent) => parent.dateOfDeath === null).length;
  return { child: child.number, birthTime, parents: parents.map(asBirthParent) };

  function asBirthParent(parent: Person): BirthParent {
    const represents = parent.dateOfDeath === null && isMinor(child.birthDate);
    return {
      number: parent.number,
      idnr: parent.idnr,
      familyName: namedThen === 'as now' ? parent.familyName : parent.birthName,
      birthName: parent.birthName,
      givenNames: parent.givenNames,
      custody: represents ? (living > 1 ? 'joint-custody' : 'sole-custody') : null,
    };
  }
}

export function household(
  number: number,
  ars: string,
  persons: readonly Person[],
  rest: Partial<Household> = {},
): Household {
  return { births: [], claims: [], ...rest, number, ars, persons };
}

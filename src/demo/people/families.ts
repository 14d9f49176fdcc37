import { adult, type Draw, type Home, kindergeldClaim, newHome, partner } from './adults.js';
import { dayNumber, isoDay } from './calendar.js';
import { drawChildren } from './children.js';
import { birthOf, childrenEntry, draftPerson, household } from './drafts.js';
import { pickFamilyName, pickGivenNames, pickSex } from './names.js';
import { type Birth, type Household, type Person, REFERENCE_DATE } from './person.js';
import { addressAbroad, addressIn, birthPlace, birthPlaceAbroad, pickMunicipality } from './places.js';

/** Two parents and four children. */
export const MOST_PERSONS_AT_ONCE = 6;

const TODAY = dayNumber(REFERENCE_DATE);
const YEAR = 365;

type Kind = (draw: Draw) => Household[];

/** What is drawn, out of 1,000. Numbers are invented, chosen so that every kind occurs in some thousand persons. */
const kinds: readonly (readonly [share: number, kind: Kind])[] = [
  [340, single],
  [190, couple],
  [270, (draw) => [family(draw)]],
  [80, separated],
  [50, (draw) => [loneParent(draw)]],
  [40, widowed],
  [20, namesakes],
  [10, (draw) => [family(draw, 'twins')]],
];

export function drawHouseholds(draw: Draw, room: number): Household[] {
  if (room < MOST_PERSONS_AT_ONCE) return single(draw);
  let rest = draw.random.below(1_000);
  for (const [share, kind] of kinds) {
    if (rest < share) return kind(draw);
    rest -= share;
  }
  return single(draw);
}

function single(draw: Draw): Household[] {
  const { random } = draw;
  const born = TODAY - random.between(18 * YEAR, 92 * YEAR);
  const person = adult(draw, newHome(draw, born), {
    sex: pickSex(random),
    born,
    familyName: pickFamilyName(random),
    maritalStatus: random.chance(0.2) ? 'geschieden' : 'ledig',
    withoutRecord: random.chance(0.004),
  });
  return [household(draw.numbering.nextHousehold(), arsOf(person), [person])];
}

function couple(draw: Draw): Household[] {
  const { random } = draw;
  const born = TODAY - random.between(24 * YEAR, 85 * YEAR);
  const home = newHome(draw, born);
  const familyName = pickFamilyName(random);
  const first = adult(draw, home, { sex: pickSex(random), born, familyName, maritalStatus: 'verheiratet' });
  const second = partner(draw, home, { of: first, born: nearby(draw, born), familyName, maritalStatus: 'verheiratet' });
  return [household(draw.numbering.nextHousehold(), arsOf(first), [first, second])];
}

function family(draw: Draw, wanted: 'siblings' | 'twins' = 'siblings'): Household {
  const { random, numbering } = draw;
  const familyName = pickFamilyName(random);
  const plan = drawChildren(draw, wanted);
  const home = newHome(draw, plan.motherBorn);
  const children = plan.children(home, familyName, 0);
  const entry = { children: childrenEntry(children) };
  const shared = { familyName, maritalStatus: random.chance(0.8) ? 'verheiratet' : 'ledig', ...entry } as const;
  const mother = adult(draw, home, { ...shared, sex: 'weiblich', born: plan.motherBorn, renamed: true });
  const father = partner(draw, home, { ...shared, of: mother, born: plan.fatherBorn });
  return household(numbering.nextHousehold(), arsOf(mother), [mother, father, ...children], {
    births: births(draw, children, [mother, father]),
    claims: kindergeldClaim(draw, mother, children),
  });
}

/** The birthday of a partner: within five years, and of age today. */
function nearby({ random }: Draw, born: number): number {
  return Math.min(born + random.between(-5 * YEAR, 5 * YEAR), TODAY - 19 * YEAR);
}

/** Divorced parents in two households; every fifth of the absent ones lives abroad. */
function separated(draw: Draw): Household[] {
  const { random, numbering } = draw;
  const familyName = pickFamilyName(random);
  const plan = drawChildren(draw, 'siblings');
  const home = newHome(draw, plan.motherBorn);
  const children = plan.children(home, familyName, 2);
  const entry = { maritalStatus: 'geschieden', children: childrenEntry(children) } as const;
  const mother = adult(draw, home, {
    ...entry,
    sex: 'weiblich',
    born: plan.motherBorn,
    familyName: random.chance(0.5) ? familyName : pickFamilyName(random),
  });
  const elsewhere = newHome(draw, plan.fatherBorn);
  const abroad = random.chance(0.2);
  const otherHome: Home = abroad ? { ...elsewhere, address: addressAbroad(random) } : elsewhere;
  const father = adult(draw, otherHome, { ...entry, sex: 'männlich', born: plan.fatherBorn, familyName });
  return [
    household(numbering.nextHousehold(), arsOf(mother), [mother, ...children], {
      births: births(draw, children, [mother, father]),
      claims: kindergeldClaim(draw, mother, children),
    }),
    household(numbering.nextHousehold(), elsewhere.address.ars ?? arsOf(mother), [father]),
  ];
}

/** One parent; the birth entry names no other. */
function loneParent(draw: Draw): Household {
  const { random, numbering } = draw;
  const familyName = pickFamilyName(random);
  const plan = drawChildren(draw, 'siblings');
  const home = newHome(draw, plan.motherBorn);
  const children = plan.children(home, familyName, 2);
  const mother = adult(draw, home, {
    sex: 'weiblich',
    born: plan.motherBorn,
    familyName,
    maritalStatus: 'ledig',
    children: childrenEntry(children),
  });
  return household(numbering.nextHousehold(), arsOf(mother), [mother, ...children], {
    births: births(draw, children, [mother]),
    claims: kindergeldClaim(draw, mother, children),
  });
}

function widowed(draw: Draw): Household[] {
  const { random, numbering } = draw;
  const born = TODAY - random.between(50 * YEAR, 95 * YEAR);
  const familyName = pickFamilyName(random);
  const home = newHome(draw, born, 10 * YEAR);
  const survivor = adult(draw, home, { sex: 'weiblich', born, familyName, maritalStatus: 'verwitwet', renamed: true });
  const dead = partner(draw, home, {
    of: survivor,
    born: nearby(draw, born),
    familyName,
    maritalStatus: 'verheiratet',
    dateOfDeath: isoDay(TODAY - random.between(20, 9 * YEAR)),
  });
  return [household(numbering.nextHousehold(), arsOf(survivor), [survivor, dead])];
}

/** Two unrelated persons with the same name and the same day of birth. */
function namesakes(draw: Draw): Household[] {
  const { random, numbering } = draw;
  const born = TODAY - random.between(18 * YEAR, 80 * YEAR);
  const sex = pickSex(random);
  const familyName = pickFamilyName(random);
  const givenNames = pickGivenNames(sex, random);
  return [0, 1].map(() => {
    const place = pickMunicipality(random);
    const person = draftPerson({
      number: numbering.nextPerson(),
      idnr: numbering.nextIdnr(),
      familyName,
      givenNames,
      sex,
      birthDate: isoDay(born),
      birthPlace: random.chance(0.2) ? birthPlaceAbroad(random) : birthPlace(random),
      address: addressIn(place, random),
      movedInOn: isoDay(Math.max(born, TODAY - random.between(30, 15 * YEAR))),
    });
    return household(numbering.nextHousehold(), place.ars, [person]);
  });
}

function births(draw: Draw, children: readonly Person[], parents: readonly Person[]): Birth[] {
  const { random } = draw;
  return children.map((child) => {
    const time = `${String(random.below(24)).padStart(2, '0')}:${String(random.below(60)).padStart(2, '0')}`;
    return birthOf(child, parents, time, random.chance(0.15) ? 'by birth name' : 'as now');
  });
}

function arsOf(person: Person): string {
  return person.address.ars ?? '';
}

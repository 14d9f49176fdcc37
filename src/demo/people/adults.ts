import { dayNumber, endOfMonthAtAge, isoDay } from './calendar.js';
import { draftPerson, isMinor } from './drafts.js';
import { pickDoctorate, pickFamilyName, pickGivenNames, transcribed } from './names.js';
import type { Numbering } from './numbering.js';
import { type Address, type Claim, type MaritalStatus, type Person, REFERENCE_DATE, type Sex } from './person.js';
import { addressIn, birthPlace, birthPlaceAbroad, pickMunicipality } from './places.js';
import type { Random } from './random.js';

export type Draw = Readonly<{ random: Random; numbering: Numbering }>;
export type Home = Readonly<{ address: Address; movedIn: number }>;

/** `born` is the day number of the birth. */
type AdultFacts = Readonly<{
  sex: Sex;
  born: number;
  familyName: string;
  maritalStatus: MaritalStatus;
  children?: Person['children'];
  dateOfDeath?: string;
  withoutRecord?: boolean;
  /** Took the family name on marriage and was born with another. */
  renamed?: boolean;
}>;

const TODAY = dayNumber(REFERENCE_DATE);
const abroad = ['TR', 'PL', 'SY', 'UA', 'RO', 'DK', 'IT', 'NL'] as const;

/** Moved into at least `atLeast` days ago, and after the eldest was born. */
export function newHome({ random }: Draw, eldestBorn: number, atLeast = 30): Home {
  return {
    address: addressIn(pickMunicipality(random), random),
    movedIn: Math.max(eldestBorn, TODAY - random.between(atLeast, atLeast + 20 * 365)),
  };
}

export function adult({ random, numbering }: Draw, home: Home, facts: AdultFacts): Person {
  const foreign = random.chance(0.12);
  const exactBirth = isoDay(facts.born);
  const movedIn = Math.max(home.movedIn, facts.born);
  const lastChange = facts.dateOfDeath ?? isoDay(random.between(movedIn, TODAY));
  const birthName = facts.renamed && random.chance(0.7) ? pickFamilyName(random) : facts.familyName;
  return draftPerson({
    number: numbering.nextPerson(),
    idnr: foreign && random.chance(0.04) ? null : numbering.nextIdnr(),
    retiredIdnrs: !foreign && random.chance(0.004) ? [numbering.nextIdnr()] : [],
    familyName: facts.familyName,
    birthName,
    formerNames: formerNames(facts, birthName, random),
    givenNames: pickGivenNames(facts.sex, random),
    doctorate: pickDoctorate(random),
    birthDate: foreign && random.chance(0.06) ? exactBirth.slice(0, random.chance(0.5) ? 4 : 7) : exactBirth,
    birthPlace: foreign ? birthPlaceAbroad(random) : birthPlace(random),
    sex: facts.sex,
    nationalities: foreign ? nationalitiesAbroad(random) : ['DE'],
    address: home.address,
    movedInOn: isoDay(movedIn),
    maritalStatus: facts.maritalStatus,
    children: facts.children ?? [],
    dateOfDeath: facts.dateOfDeath ?? null,
    blocked: random.chance(0.005),
    withoutRecord: facts.withoutRecord ?? false,
    melderegisterDeviation: random.chance(0.01) ? { familyName: transcribed(facts.familyName) } : {},
    asOf: `${lastChange}T${String(random.between(7, 17)).padStart(2, '0')}:${random.pick(['00', '15', '30', '45'])}:00Z`,
  });
}

/** The other adult of a couple, at most eight years older and two years younger. */
export function partner(draw: Draw, home: Home, facts: Omit<AdultFacts, 'sex'> & Readonly<{ of: Person }>): Person {
  const { of, ...rest } = facts;
  const sex = draw.random.chance(0.04) ? of.sex : of.sex === 'weiblich' ? 'männlich' : 'weiblich';
  return adult(draw, home, { ...rest, sex, renamed: !facts.children && draw.random.chance(0.5) });
}

/** Kindergeld for the children who are minors and were born more than half a year ago. */
export function kindergeldClaim({ random, numbering }: Draw, entitled: Person, children: readonly Person[]): Claim[] {
  const paidFor = children
    .map((child) => child.birthDate)
    .filter((birthDate) => isMinor(birthDate) && dayNumber(birthDate) < TODAY - 180)
    .sort();
  const eldest = paidFor[0];
  const youngest = paidFor.at(-1);
  if (!eldest || !youngest || random.chance(0.05)) return [];
  return [
    {
      entitled: entitled.number,
      kindergeldNumber: numbering.nextKindergeldNumber(),
      childrenCount: paidFor.length,
      paidSince: `${eldest.slice(0, 7)}-01`,
      paidUntil: endOfMonthAtAge(youngest, 18),
    },
  ];
}

function formerNames(facts: AdultFacts, birthName: string, random: Random): string[] {
  const names = birthName === facts.familyName ? [] : [birthName];
  return facts.maritalStatus === 'geschieden' && random.chance(0.5) ? [...names, pickFamilyName(random)] : names;
}

function nationalitiesAbroad(random: Random): string[] {
  const nationality = random.pick(abroad);
  return random.chance(0.3) ? ['DE', nationality] : [nationality];
}

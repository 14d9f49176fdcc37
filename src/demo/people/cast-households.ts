import { cast } from './cast.js';
import { birthOf, household } from './drafts.js';
import type { Household, Person } from './person.js';

const {
  mother,
  father,
  newborn,
  elderChild,
  twinsMother,
  twins,
  namesakes,
  blocked,
  blockedChild,
  deceased,
  widow,
  withoutRecord,
  retiredDuplicate,
  parentOfChildWithoutIdnr,
  withoutIdnr,
  partialBirthDate,
  birthMonthOnly,
  parentOfChildWithParentAbroad,
  childOfParentAbroad,
  foreignAddress,
  conflicting,
  conflictingChild,
  student,
  studentMother,
  studentFather,
} = cast;

const alone = (number: number, person: Person, ars: string): Household => household(number, ars, [person]);

/** The households that every population begins with. */
export const castHouseholds: readonly Household[] = [
  household(0, '040110000000', [mother, father, newborn, elderChild], {
    births: [birthOf(newborn, [mother, father], '04:23'), birthOf(elderChild, [mother, father], '17:05')],
    claims: [
      {
        entitled: mother.number,
        kindergeldNumber: '000FK000001',
        childrenCount: 1,
        paidSince: '2021-03-01',
        paidUntil: '2039-03-31',
      },
    ],
  }),
  household(1, '020000000000', [twinsMother, ...twins], {
    births: [birthOf(twins[0], [twinsMother], '11:41'), birthOf(twins[1], [twinsMother], '11:58')],
  }),
  alone(2, namesakes[0], '010020000000'),
  alone(3, namesakes[1], '150030000000'),
  household(4, '010020000000', [blocked, blockedChild], { births: [birthOf(blockedChild, [blocked], '08:00')] }),
  household(5, '150030000000', [deceased, widow]),
  alone(6, withoutRecord, '040110000000'),
  alone(7, retiredDuplicate, '020000000000'),
  household(8, '010010000000', [parentOfChildWithoutIdnr, withoutIdnr], {
    births: [birthOf(withoutIdnr, [parentOfChildWithoutIdnr], '23:59')],
  }),
  household(9, '150020000000', [partialBirthDate, birthMonthOnly]),
  household(10, '010010000000', [parentOfChildWithParentAbroad, childOfParentAbroad], {
    births: [birthOf(childOfParentAbroad, [parentOfChildWithParentAbroad, foreignAddress], '06:30')],
    claims: [
      {
        entitled: parentOfChildWithParentAbroad.number,
        kindergeldNumber: '000FK000002',
        childrenCount: 1,
        paidSince: '2024-01-01',
        paidUntil: '2042-01-31',
      },
    ],
  }),
  alone(11, foreignAddress, '010010000000'),
  household(12, '150020000000', [conflicting, conflictingChild], {
    births: [birthOf(conflictingChild, [conflicting], '02:02')],
  }),
  alone(13, student, '040110000000'),
  household(14, '020000000000', [studentMother, studentFather]),
];

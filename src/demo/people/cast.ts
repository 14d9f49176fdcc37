import { elderChild, father, mother, newborn } from './cast-family.js';
import {
  birthMonthOnly,
  blocked,
  blockedChild,
  childOfParentAbroad,
  conflicting,
  conflictingChild,
  deceased,
  foreignAddress,
  namesakes,
  parentOfChildWithoutIdnr,
  parentOfChildWithParentAbroad,
  partialBirthDate,
  retiredDuplicate,
  twins,
  twinsMother,
  widow,
  withoutIdnr,
  withoutRecord,
} from './cast-special-cases.js';
import { student, studentFather, studentMother } from './cast-student.js';
import { scatteredIdnr } from './scattered-idnr.js';

/** Key data of nobody: a valid test number that is given to no person of any population. */
const none = {
  idnr: scatteredIdnr(999),
  familyName: 'Nirgendwerth',
  givenNames: 'Nemo',
  birthDate: '1980-01-01',
  postcode: '28195',
  town: 'Bremen',
} as const;

/** Persons of the demo at fixed positions, the same for every seed and count. */
export const cast = {
  mother,
  father,
  newborn,
  elderChild,
  none,
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
} as const;

import type { Representation } from '../../catalogue/catalogue.js';
import { childOfParentAbroad, partialBirthDate, retiredDuplicate, widow } from './cast-special-cases.js';
import { student, studentFather, studentMother } from './cast-student.js';
import type { Person } from './person.js';

/** Somebody who decides for another person, and not as a parent. `until` is the last day; null where it has no end. */
type Mandate = Readonly<{
  represented: Person;
  representative: Person;
  by: Exclude<Representation, 'custody'>;
  until: string | null;
}>;

export const castMandates: readonly Mandate[] = [
  { represented: childOfParentAbroad, representative: widow, by: 'guardianship', until: null },
  { represented: partialBirthDate, representative: retiredDuplicate, by: 'care', until: null },
  { represented: student, representative: studentMother, by: 'power-of-attorney', until: '2098-12-31' },
  { represented: student, representative: studentFather, by: 'power-of-attorney', until: '2025-12-31' },
];

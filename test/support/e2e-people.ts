import type { Applicant } from '../../src/client/applicant.js';
import { cast } from '../../src/demo/people/cast.js';

type KeyData = Readonly<{
  familyName: string;
  birthDate: string;
  address: Readonly<{ town: string; postcode: string }>;
}>;
type NumberData = Readonly<{ idnr: string | null; birthDate: string }>;

/** By name, residence and birth date (IDNrG § 6 Abs. 3 Nr. 1). */
export function byAddress(role: string, { familyName, birthDate, address }: KeyData): Applicant {
  const { town, postcode } = address;
  return { role, person: { family_name: familyName, town, postcode, birth_date: birthDate } };
}

/** By names and birth date (IDNrG § 6 Abs. 3 Nr. 2). */
export function byName(
  role: string,
  { familyName, givenNames, birthDate }: Readonly<{ familyName: string; givenNames: string; birthDate: string }>,
): Applicant {
  return { role, person: { family_name: familyName, given_names: givenNames, birth_date: birthDate } };
}

/** By number and birth date (IDNrG § 6 Abs. 3 Nr. 3). */
export function byNumber(role: string, { idnr, birthDate }: NumberData): Applicant {
  if (idnr === null) throw new Error('this person has no number');
  return { role, person: { idnr, birth_date: birthDate } };
}

export const mother = byAddress('parent', cast.mother);
export const newborn = byAddress('child', cast.newborn);

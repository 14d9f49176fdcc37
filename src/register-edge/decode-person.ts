import { parseIdnr } from '../identity/idnr.js';
import { isPartialDate } from '../identity/person-key.js';
import type { PersonReference__Output } from '../platform/rpc-types/einmal/register/v1/PersonReference.js';
import type { PersonRetrieval } from '../tokens/register-request.js';
import type { Faults } from './decode-stated.js';

const MAX_NAME = 200;

/** Whom the law lets a register be asked about, and what opens the commitment to them. */
export function decodePerson(
  wire: PersonReference__Output | null | undefined,
  faults: Faults,
  options: Readonly<{ allowTestNumbers: boolean }>,
): PersonRetrieval['person'] {
  const isIdnr = (text: string) => parseIdnr(text, options).ok && !text.includes(' ');
  const idnr = wire?.idnr ?? '';
  faults.demand(isIdnr(idnr), 'person.idnr', 'must be an identification number of 11 digits');
  const birthDate = wire?.birth_date ?? '';
  faults.demand(isPartialDate(birthDate), 'person.birth_date', 'must be YYYY-MM-DD, YYYY-MM or YYYY');
  const { salt, family_name: name = '', idnr: number = '' } = wire?.commitment ?? {};
  faults.demand(
    (name === '') !== (number === ''),
    'person.commitment',
    'needs either the family name or the identification number',
  );
  faults.demand(
    name.length <= MAX_NAME && name.isWellFormed(),
    'person.commitment.family_name',
    `must be at most ${MAX_NAME} characters`,
  );
  faults.demand(
    number === '' || isIdnr(number),
    'person.commitment.idnr',
    'must be an identification number of 11 digits',
  );
  return {
    idnr,
    birth_date: birthDate,
    commitment: {
      salt: faults.secret('person.commitment.salt', salt),
      family_name: name === '' ? null : name,
      idnr: number === '' ? null : number,
    },
  };
}

import type { RecordOf } from './evidence-source.js';

export type KeyPart = 'idnr' | 'birth_date' | 'kind' | 'court' | 'number' | 'business_number';

export type KeyParts = readonly (readonly [KeyPart, string])[];

/** An entry that nobody has. */
export const NO_COMPANY: RecordOf = {
  company: { set: 'register-number', kind: 'HRB', court: 'NONE', number: '0' },
  representative: null,
};

/** What a record is found by, and what an answer about it must repeat. */
export function keyPartsOf(subject: RecordOf): KeyParts {
  if (!('company' in subject))
    return [
      ['idnr', subject.idnr],
      ['birth_date', subject.birthDate],
    ];
  const { company } = subject;
  if (company.set === 'business-number') return [['business_number', company.business_number]];
  return [
    ['kind', company.kind],
    ['court', company.court],
    ['number', company.number],
  ];
}

import { createHmac, createSecretKey } from 'node:crypto';
import type { IndexedPerson, PersonRef } from './record.js';

/** One row of the index of persons: says nothing to anybody without the epoch's index key. */
export type SubjectRow = Readonly<{ key: Buffer; as: IndexedPerson['as'] }>;

/** The text that stands for one person; different persons, and kinds of reference, never give the same. */
export function canonicalPerson(person: PersonRef): string {
  switch (person.kind) {
    case 'idnr':
      return JSON.stringify(['idnr', person.idnr]);
    case 'local':
      return JSON.stringify(['local', person.register, person.key]);
    case 'pseudonym':
      return JSON.stringify(['pseudonym', person.issuer, person.value]);
  }
}

/**
 * HMAC-SHA-256 of the person under the epoch's index key. Keyed, because a plain hash of one of 10^10 identification
 * numbers is undone by trying all; per epoch, so that epochs cannot be linked once a key is destroyed.
 */
export function subjectKey(indexKey: Buffer, person: PersonRef): Buffer {
  return createHmac('sha256', createSecretKey(indexKey)).update(canonicalPerson(person)).digest();
}

/** One row per person and capacity, however often a person is named. */
export function subjectRows(indexKey: Buffer, persons: readonly IndexedPerson[]): SubjectRow[] {
  const rows = new Map(
    persons.map(({ person, as }) => {
      const key = subjectKey(indexKey, person);
      return [`${as} ${key.toString('hex')}`, { key, as }];
    }),
  );
  return [...rows.values()];
}

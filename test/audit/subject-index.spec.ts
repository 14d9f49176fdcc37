import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PersonRef } from '../../src/audit/record.js';
import { canonicalPerson, subjectKey, subjectRows } from '../../src/audit/subject-index.js';

const person: fc.Arbitrary<PersonRef> = fc.oneof(
  fc.record({ kind: fc.constant('idnr' as const), idnr: fc.string() }),
  fc.record({ kind: fc.constant('local' as const), register: fc.string(), key: fc.string() }),
  fc.record({ kind: fc.constant('pseudonym' as const), issuer: fc.string(), value: fc.string() }),
);
const [november, december] = [Buffer.alloc(32, 11), Buffer.alloc(32, 12)];

describe('the index of persons', () => {
  it('gives different persons different texts', () => {
    fc.assert(
      fc.property(person, person, (a, b) => {
        expect(canonicalPerson(a) === canonicalPerson(b)).toBe(
          JSON.stringify(Object.entries(a)) === JSON.stringify(Object.entries(b)),
        );
      }),
    );
    expect(canonicalPerson({ kind: 'local', register: 'a', key: 'bc' })).not.toBe(
      canonicalPerson({ kind: 'local', register: 'ab', key: 'c' }),
    );
  });

  it('finds the same person within an epoch and links nobody across epochs', () => {
    const someone: PersonRef = { kind: 'idnr', idnr: '02468135792' };
    expect(subjectKey(november, someone)).toEqual(subjectKey(november, { ...someone }));
    expect(subjectKey(november, someone)).not.toEqual(subjectKey(december, someone));
  });

  it('has one row per subject and decider, however often a person is named', () => {
    const someone: PersonRef = { kind: 'idnr', idnr: '02468135792' };
    const rows = subjectRows(november, [
      { person: someone, as: 'subject' },
      { person: someone, as: 'subject' },
      { person: someone, as: 'decider' },
    ]);
    expect(rows.map((row) => row.as)).toEqual(['subject', 'decider']);
  });
});

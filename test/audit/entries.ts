import type { Effect } from '../../src/audit/effect.js';
import type { NewEntry } from '../../src/audit/log-store.js';

/** A synthetic person: a test identification number, which begins with 0. */
export const PERSON = { kind: 'idnr', idnr: '02468135792' } as const;

/** A valid entry; one deviation per test. */
export function anEntry(deviation: Partial<NewEntry> = {}): NewEntry {
  return {
    caller: {
      event: 'retrieval.opened',
      consumer: 'familienkasse-test',
      register: 'melderegister-test',
      purpose: 'kindergeld',
    },
    protected: { cause: 'test', subjects: [{ role: 'child', person: PERSON }] },
    persons: [{ person: PERSON, as: 'subject' }],
    effects: [],
    ...deviation,
  };
}

export const withEffects = (...effects: Effect[]): NewEntry => anEntry({ effects });

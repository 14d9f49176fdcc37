import { randomUUID } from 'node:crypto';
import type { NewEntry } from '../../src/audit/log-store.js';

const EXPIRES_AFTER_MS = 3_600_000;

/** What a retrieval writes before it asks a register: one subject, one retrieval opened. Persons are synthetic. */
export function retrievalOpened(number: number): NewEntry {
  const retrieval = randomUUID();
  const person = { kind: 'idnr', idnr: String(number % 1_000_000_000).padStart(11, '0') } as const;
  return {
    caller: {
      event: 'retrieval.opened',
      exchange_ref: randomUUID(),
      retrieval_ref: retrieval,
      consumer: 'familienkasse-online',
      register: 'melderegister-bremen',
      evidence_type: 'meldebescheinigung',
      purpose: 'kindergeld-antrag',
      legal_basis: 'estg-67',
      subject_role: 'child',
    },
    protected: {
      subjects: [{ role: 'child', person }],
      attributes: ['family_name', 'given_names', 'birth_date', 'address'],
      register_refs: { 'melderegister-bremen': randomUUID() },
    },
    persons: [{ person, as: 'subject' }],
    effects: [{ kind: 'open-retrieval', retrieval, expiresAt: new Date(Date.now() + EXPIRES_AFTER_MS) }],
  };
}

import type { LogStore, NewEntry } from '../../src/audit/log-store.js';
import type { PersonRef } from '../../src/audit/record.js';
import { PERSON } from '../audit/entries.js';

const DECIDER: PersonRef = { kind: 'pseudonym', issuer: 'attester-test', value: 'p1' };
const OTHER: PersonRef = { kind: 'idnr', idnr: '03579135791' };
const caller = { consumer: 'familienkasse-test', exchange_ref: 'exchange-1', purpose: 'kindergeld' };

/** The entries of one retrieval as an exchange leaves them: granted, opened, closed; with their effects. */
function retrieval(trigger: string, id: string): NewEntry[] {
  const about = { ...caller, retrieval_ref: id, register: 'melderegister-test', trigger_id: trigger };
  const subjects = [
    { role: 'child', person: PERSON },
    { role: 'parent', person: OTHER },
  ];
  const persons = [
    ...subjects.map(({ person }) => ({ person, as: 'subject' as const })),
    { person: DECIDER, as: 'decider' as const },
  ];
  return [
    {
      caller: { ...caller, event: 'trigger.granted', trigger_id: trigger },
      protected: {},
      persons: [{ person: DECIDER, as: 'decider' }],
      effects: [{ kind: 'grant-trigger', trigger }],
    },
    {
      caller: { ...about, event: 'retrieval.opened' },
      protected: { subjects, attributes: ['family_name'] },
      persons,
      effects: [
        { kind: 'open-retrieval', retrieval: id, expiresAt: new Date('2027-01-01T00:00:00Z') },
        { kind: 'use-trigger', trigger, by: id },
      ],
    },
    {
      caller: { ...about, event: 'retrieval.closed', outcome: 'released', release_digest: 'abc' },
      protected: { subjects, cause: 'OK' },
      persons,
      effects: [{ kind: 'close-retrieval', retrieval: id }],
    },
  ];
}

/** Fills a log as exchanges do: `count` retrievals of three entries, and after them a withdrawal and a read. */
export async function fill(store: LogStore, count: number): Promise<void> {
  for (let i = 0; i < count; i++)
    for (const entry of retrieval(`trigger-${i}`, `retrieval-${i}`)) await store.append([entry]);
  await store.append([
    {
      caller: { ...caller, event: 'trigger.withdrawn', trigger_id: 'trigger-0' },
      protected: {},
      persons: [{ person: DECIDER, as: 'decider' }],
      effects: [{ kind: 'withdraw-trigger', trigger: 'trigger-0' }],
    },
  ]);
  await store.append([
    {
      caller: { ...caller, event: 'record.opened' },
      protected: { note: 'test', opened_index: 1 },
      persons: [{ person: PERSON, as: 'subject' }],
      effects: [],
    },
  ]);
}

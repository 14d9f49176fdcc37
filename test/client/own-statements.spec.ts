import { expect, it } from '@jest/globals';
import { ownStatementsOn } from '../../src/client/own-statements.js';

const from = (evidence_id: string, attribute: string) => ({
  ...{ register: 'melderegister-bremen', evidence_id, attribute, as_of: '2026-09-21T00:00:00.000Z', assurance: 'high' },
});
const about = (evidence_id: string, attribute: string, value: string) => ({
  ...{ held_id: 'h', evidence_id, attribute, value, salt: 's' },
});

it('shows beside a field what the person states about what it was filled from, and nothing else (EGovG § 5 Abs. 5)', () => {
  const own_statements = {
    attestation: 'a',
    statements: [about('1', 'name', 'Muster'), about('2', 'name', 'Mustr'), about('1', 'town', 'Bremen')],
  };
  const field = { source: from('1', 'name'), alternatives: [{ value: 'x', source: from('2', 'name') }] };
  expect(ownStatementsOn({ own_statements }, field)).toEqual(['Muster', 'Mustr']);
  expect(ownStatementsOn({ own_statements }, { ...field, alternatives: [] })).toEqual(['Muster']);
  expect(ownStatementsOn({}, field)).toEqual([]);
});

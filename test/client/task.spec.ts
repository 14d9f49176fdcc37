import { describe, expect, it } from '@jest/globals';
import { attestTask } from '../../src/client/attest-task.js';
import { type PermittedEvidence, permittedTask } from '../../src/client/permitted-evidence.js';
import { verifyAttestation } from '../../src/tokens/attestation.js';
import { importVerificationKey } from '../../src/tokens/jws.js';
import { aKeyPair } from '../support/keys.js';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const task: PermittedEvidence = {
  evidence_type: 'gewerbeanzeige-anmeldung',
  register: 'gewerberegister-bremen',
  purpose: 'gewerbeanzeige-aufgaben',
  purpose_hash: 'p'.repeat(43),
  legal_basis: 'gewo-14-8',
  norm: 'GewO § 14 Abs. 8',
  is_task: true,
  fields: ['field_01', 'field_02'],
  min_assurance: 'substantial',
  rule_ids: ['gewerbeanzeige-ihk'],
};
const wanted = { purpose: task.purpose, evidenceType: task.evidence_type };

describe('what the rules let an authority have in a task of its own', () => {
  it('is found by purpose and evidence type', () => {
    expect(permittedTask([{ ...task, purpose: 'other' }, task], wanted)).toBe(task);
  });

  it('is never what takes an act of the citizen (EGovG § 5 Abs. 1)', () => {
    expect(() => permittedTask([{ ...task, is_task: false }], wanted)).toThrow('no rule lets this authority have');
  });

  it('takes a legal basis by name where there are several', () => {
    const other = { ...task, legal_basis: 'bmg-34-1' };
    expect(() => permittedTask([task, other], wanted)).toThrow('name one: gewo-14-8, bmg-34-1');
    expect(permittedTask([task, other], { ...wanted, legalBasis: 'bmg-34-1' })).toBe(other);
  });
});

describe('the decision of an authority', () => {
  const applicant = { role: 'trader', person: { idnr: '02476291358', birth_date: '1989-02-28' } };
  const attested = async () => {
    const { signing, published } = await aKeyPair('attestation-1');
    const by = { attester: 'ihk-bremen', node: 'node', key: signing, nowMs: NOW };
    const about = { applicant, fields: ['field_02', 'field_01'], assurance: 'substantial' as const };
    const keys = [await importVerificationKey(published)];
    const { attestation } = await attestTask(task, about, by);
    return verifyAttestation(attestation, { attester: 'ihk-bremen', node: 'node', keys, nowMs: NOW });
  };

  it('names norm, purpose and fields, and neither person nor official', async () => {
    const decision = await attested();
    expect(decision).toMatchObject({
      kind: 'STATUTORY_TASK',
      legal_basis: 'gewo-14-8',
      fields: ['field_01', 'field_02'],
      acting: 'AUTHORITY',
      preview: 'NOT_GRANTED',
    });
    expect(JSON.stringify(decision)).not.toMatch(/02476291358|1989-02-28/);
  });

  it('has a decider whom nobody can guess from the name of an office', async () => {
    expect((await attested()).decider).not.toBe((await attested()).decider);
  });
});

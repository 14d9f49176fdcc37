import { describe, expect, it } from '@jest/globals';
import { checkedIntroduction, fingerprintOf, introduce } from '../../src/onboarding/introduction.js';
import { aKeyPair } from '../support/keys.js';

const pair = await aKeyPair('amt-agreement-1', 'Ed25519', 'agreement');
const sections = {
  participants: [{ id: 'amt', title: { de: 'Amt' }, kind: 'register', area: 'inneres' } as const],
  keys: [{ participant: 'amt', certificates: ['A'.repeat(43)], keys: [pair.published] }],
};

describe('an introduction', () => {
  it('is signed with the agreement key that is in it, and read out by its fingerprint', async () => {
    const made = await introduce(sections, pair.signing);
    expect(checkedIntroduction(JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(fingerprintOf(made)).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/);
    const other = await introduce({ ...sections, keys: [{ ...sections.keys[0]!, certificates: [] }] }, pair.signing);
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(made));
  });

  it('is refused where anything in it was changed', async () => {
    const made = await introduce(sections, pair.signing);
    const stolen = { ...sections.keys[0]!, certificates: ['B'.repeat(43)] };
    expect(() => checkedIntroduction({ ...made, introduces: { ...sections, keys: [stolen] } })).toThrow(
      'changed after it was signed',
    );
  });

  it('is refused where it is signed with a key of another use, or with none of its own', async () => {
    const attestation = await aKeyPair('amt-attestation-1', 'ES256', 'attestation');
    const keys = [{ ...sections.keys[0]!, keys: [attestation.published] }];
    const made = await introduce({ ...sections, keys }, attestation.signing);
    expect(() => checkedIntroduction(made)).toThrow('changed after it was signed');
    const strange = await introduce(sections, (await aKeyPair('amt-agreement-1', 'Ed25519', 'agreement')).signing);
    expect(() => checkedIntroduction(strange)).toThrow('changed after it was signed');
  });

  it.each([
    ['keys of another participant', { keys: [...sections.keys, { ...sections.keys[0]!, participant: 'bund' }] }],
    ['two participants', { participants: [...sections.participants, { ...sections.participants[0]!, id: 'bund' }] }],
    ["another's register", { registers: [{ id: 'r', participant: 'bund' } as never] }],
    ["another's address", { endpoints: [{ participant: 'bund', address: 'bund:1', server_name: 'bund' }] }],
  ])('speaks for nobody else: %s', async (_, change) => {
    const made = await introduce({ ...sections, ...change }, pair.signing);
    expect(() => checkedIntroduction(made)).toThrow('of one participant');
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { introduces: { participants: 'x', keys: [] }, signature: '' },
    { introduces: { ...sections, rules: [] }, signature: 'x' },
  ])('is no introduction: %j', (content) => {
    expect(() => checkedIntroduction(content)).toThrow('this is no introduction');
  });
});

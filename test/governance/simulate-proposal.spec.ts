import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PastCheck } from '../../src/permission/replay-checks.js';
import { eventually } from '../support/eventually.js';
import { changed, Governed } from './governed.js';

const aCheck: PastCheck = {
  checkedAt: 0,
  ...{ consumer: 'familienkasse-online', provider: 'personenstand-bremen', evidenceType: 'geburt' },
  ...{ purpose: 'kindergeld-antrag', legalBasis: 'egovg-5-1-1' },
  ...{ askedFields: ['birth_date'], fields: ['birth_date'], isRequest: true, reason: null },
  ...{ ruleIds: ['kindergeld-geburt'], catalogueVersion: 'before' },
};

let governed: Governed;
let proposed: string;
beforeEach(async () => {
  governed = await Governed.begin();
  const answer = await governed.propose({
    files: changed('rules.yaml', 'fields: [idnr, birth_date]', 'fields: [idnr]'),
  });
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
  proposed = answer.version;
});

describe('what a proposal would have decided otherwise', () => {
  it('is told of whatever this node asked for, as a whole version with its agreements, and changes nothing', async () => {
    governed.asked.push(aCheck, aCheck, { ...aCheck, consumer: null });
    const before = governed.version;
    const simulated = await governed.simulate(proposed);
    expect(simulated).toMatchObject({ version: proposed, replayed: 2, notReplayed: 1 });
    // The catalogue of this test has no agreement: by its versions nothing is permitted (IDNrG § 7 Abs. 2 S. 6).
    expect(simulated.flips).toEqual([
      expect.objectContaining({ count: 2, after: expect.objectContaining({ reason: 'TRANSFER_NOT_PERMITTED' }) }),
    ]);
    expect(governed.askedSince).toBe(42);
    expect(governed.version).toBe(before);
  });

  it.each(['administrator', 'officer', 'auditor'] as const)('is told to an %s', async (role) => {
    await expect(governed.simulate(proposed, { session: { role } })).resolves.toMatchObject({ version: proposed });
  });

  it('is not told to a citizen', async () => {
    const session = { role: 'citizen' as const, subject: 'token' };
    await expect(governed.simulate(proposed, { session })).rejects.toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
  });

  it('is told of a version that is kept, and of no other', async () => {
    await expect(governed.simulate('A'.repeat(43))).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(governed.simulate(governed.version)).resolves.toMatchObject({ version: governed.version });
  });

  it('is found out one at a time, and then again', async () => {
    let answer = () => {};
    governed.answering = new Promise((resolve) => {
      answer = resolve;
    });
    const first = governed.simulate(proposed);
    await eventually(
      async () => governed.askedSince,
      (since) => since === 42,
    );
    await expect(governed.simulate(proposed)).rejects.toMatchObject({ reason: 'BUSY' });
    answer();
    await expect(first).resolves.toBeDefined();
    await expect(governed.simulate(proposed)).resolves.toBeDefined();
  });
});

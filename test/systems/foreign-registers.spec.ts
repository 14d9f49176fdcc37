import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ForeignFault, MARKER } from '../../src/demo/foreign-registers/fault.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { reconcile, settled } from '../support/e2e-reconcile.js';
import { Application } from '../support/faulty-application.js';
import { entriesFrom, logSize } from '../support/faulty-records.js';
import { askInstead, type ForeignSystem } from '../support/foreign-register.js';

const REGISTER = 'melderegister-bremen';

const FAULTS: Readonly<Record<'xroad' | 'xnachweis', readonly ForeignFault[]>> = {
  xroad: [
    'hang',
    'byte-by-byte',
    'talkative-failure',
    'talkative-xroad-error',
    'other-person',
    'hash-of-other-request',
  ],
  xnachweis: [
    'hang',
    'byte-by-byte',
    'talkative-failure',
    'talkative-error',
    'other-person',
    'other-request',
    'entity-bomb',
  ],
};

describe('a register that speaks otherwise, each in a process of its own', () => {
  let system: RunningSystem;
  let application: Application;
  let own: PrefillAnswer;
  let begun: Date;

  beforeAll(async () => {
    system = await startSystem({
      dataFolder: join(packageRoot, 'data', 'e2e-foreign-registers'),
      fresh: true,
      service: 'kindergeld',
      personCount: 60,
      environment: { node: { EINMAL_REGISTER_TIMEOUT_MS: '4000' } },
    });
    application = await Application.open(system.profile('familienkasse-online'));
    begun = new Date();
    own = await application.fill();
  }, 180_000);
  afterAll(async () => {
    application?.close();
    await system?.stop();
  }, 180_000);

  const valuesOf = ({ fields }: PrefillAnswer) =>
    fields.map(({ fim_id, subject_role, value }) => `${subject_role} ${fim_id} ${value}`);
  const missing = ({ not_delivered }: PrefillAnswer) =>
    not_delivered.find(({ evidence_type }) => evidence_type === 'meldedaten');
  const expectNothingPersonal = (text: string) => {
    for (const word of [MARKER, cast.mother.familyName, cast.mother.idnr ?? '', cast.mother.birthDate])
      expect(text).not.toContain(word);
  };

  describe.each(['xroad', 'xnachweis'] as const)('%s', (kind) => {
    let foreign: ForeignSystem;

    beforeAll(async () => {
      foreign = await askInstead(system, REGISTER, kind);
    }, 180_000);
    afterAll(() => foreign?.leave(), 60_000);

    it('fills the form as the register itself does, and the answer is verified', async () => {
      const decided = await application.decide();
      const answer = await application.prefill(decided);
      expect(missing(answer)).toBeUndefined();
      expect(valuesOf(answer)).toEqual(valuesOf(own));
      expect((await verifyAnswer(answer, decided.asked, system.trust)).faults).toEqual([]);
    });

    it.each(FAULTS[kind])(
      '%s: its evidence is unavailable, the rest is delivered, and nobody reads a person',
      async (fault) => {
        await foreign.misbehave(fault);
        const from = await logSize(system);
        const answer = await application.fill();
        await foreign.misbehave('none');
        expect(missing(answer)).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
        expect(answer.evidence.length).toBeGreaterThan(0);
        const clear = (await entriesFrom(system, from)).map((it) => it.clear).join('\n');
        expectNothingPersonal(clear);
        expectNothingPersonal(JSON.stringify(answer.not_delivered));
        expectNothingPersonal(foreign.logs());
      },
    );
  });

  it('says when evidence will be there, and the form is filled with the rest (ResponseAvailableDateTime)', async () => {
    const foreign = await askInstead(system, REGISTER, 'xnachweis');
    try {
      await foreign.misbehave('later');
      const answer = await application.fill();
      expect(missing(answer)).toMatchObject({
        state: 'DEFERRED',
        reason: 'EVIDENCE_DEFERRED',
        available_at: '2090-01-01T00:00:00.000Z',
      });
    } finally {
      await foreign.leave();
    }
  }, 180_000);

  it('leaves both logs agreeing', async () => {
    const { code, document } = await reconcile(system, REGISTER, { from: begun, to: await settled() });
    expect([code, document?.differences]).toEqual([0, 0]);
  });
});

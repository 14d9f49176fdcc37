import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MARKER } from '../../src/demo/faulty-register/evidence-faults.js';
import { FAULT_MODES, type FaultMode } from '../../src/demo/faulty-register/fault.js';
import { type FaultyRegister, takePlaceOf } from '../../src/demo/faulty-register/stand-in.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { REASONS } from '../../src/platform/reasons.js';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { reconcile, settled } from '../support/e2e-reconcile.js';
import { Application } from '../support/faulty-application.js';
import { demandSoundTree, type Entry, entriesFrom, logSize } from '../support/faulty-records.js';

const REGISTER = 'melderegister-bremen';
const REGISTER_TIMEOUT_MS = 1200;
/** More than usual: of a busy machine each step takes some. */
const RESERVE_MS = 500;
const KINDERGELD = { service: 'kindergeld', ars: '040110000000' };
const OTHERS = ['geburt', 'kindergeld-bezug'];

type Ending = 'REGISTER_UNAVAILABLE' | 'REGISTER_REFUSED' | 'EVIDENCE_INVALID';

/** What the caller is told, and what only the protected half of the log says; the incident that it is beside, if it is one. */
const ENDINGS: readonly (readonly [mode: FaultMode, reason: Ending, cause: string, incident?: string])[] = [
  ['hang', 'REGISTER_UNAVAILABLE', 'DEADLINE_EXCEEDED'],
  ['empty', 'EVIDENCE_INVALID', 'MALFORMED'],
  ['garbage', 'EVIDENCE_INVALID', 'MALFORMED'],
  ['huge', 'REGISTER_UNAVAILABLE', 'RESOURCE_EXHAUSTED'],
  ['talkative-refusal', 'REGISTER_REFUSED', 'PERMISSION_INVALID'],
  ['talkative-failure', 'REGISTER_UNAVAILABLE', 'INTERNAL'],
  ['wrong-signature', 'EVIDENCE_INVALID', 'SIGNATURE', 'SIGNATURE_INVALID'],
  ['wrong-algorithm', 'EVIDENCE_INVALID', 'ALGORITHM', 'SIGNATURE_INVALID'],
  ['unknown-key', 'EVIDENCE_INVALID', 'KEY_UNKNOWN', 'SIGNATURE_KEY_UNKNOWN'],
  ['unsigned', 'EVIDENCE_INVALID', 'ALGORITHM', 'SIGNATURE_INVALID'],
  ['wrong-type', 'EVIDENCE_INVALID', 'TYPE'],
  ['surplus-claim', 'EVIDENCE_INVALID', 'CLAIM'],
  ['attribute-in-clear', 'EVIDENCE_INVALID', 'CLAIM'],
  ['other-request', 'EVIDENCE_INVALID', 'BINDING', 'EVIDENCE_FOREIGN'],
  ['other-retrieval', 'EVIDENCE_INVALID', 'BINDING', 'EVIDENCE_FOREIGN'],
  ['other-permission', 'EVIDENCE_INVALID', 'BINDING', 'EVIDENCE_FOREIGN'],
  ['other-trigger', 'EVIDENCE_INVALID', 'BINDING', 'EVIDENCE_FOREIGN'],
  ['other-person-role', 'EVIDENCE_INVALID', 'BINDING', 'EVIDENCE_FOREIGN'],
  ['other-purpose', 'EVIDENCE_INVALID', 'BINDING', 'EVIDENCE_FOREIGN'],
  ['other-audience', 'EVIDENCE_INVALID', 'AUDIENCE', 'EVIDENCE_FOREIGN'],
  ['other-register', 'EVIDENCE_INVALID', 'ISSUER', 'EVIDENCE_FOREIGN'],
  ['stale', 'EVIDENCE_INVALID', 'EXPIRED'],
  ['disclosure-twice', 'EVIDENCE_INVALID', 'MALFORMED'],
  ['unreferenced-disclosure', 'EVIDENCE_INVALID', 'SIGNATURE', 'SIGNATURE_INVALID'],
  ['changed-disclosure', 'EVIDENCE_INVALID', 'SIGNATURE', 'SIGNATURE_INVALID'],
  ['too-large', 'EVIDENCE_INVALID', 'TOO_LARGE'],
  ['not-encrypted', 'EVIDENCE_INVALID', 'MALFORMED'],
  ['not-encrypted-for-us', 'EVIDENCE_INVALID', 'MALFORMED'],
  ['wrong-encryption', 'EVIDENCE_INVALID', 'MALFORMED'],
];

/** Of these the caller gets evidence, or the process ends: told apart below. */
const OTHERWISE: readonly FaultMode[] = [
  'none',
  'slow',
  'surplus-field',
  'stops-mid-request',
  'later',
  'fails-once',
  'outage',
  'lagging',
];

describe('a register that misbehaves', () => {
  let system: RunningSystem;
  let application: Application;
  let register: FaultyRegister;
  let from: number;
  let begun: Date;

  beforeAll(async () => {
    system = await startSystem({
      dataFolder: join(packageRoot, 'data', 'e2e-register-faults'),
      fresh: true,
      service: 'kindergeld',
      personCount: 60,
      logLevel: 'trace',
      environment: {
        node: { EINMAL_REGISTER_TIMEOUT_MS: String(REGISTER_TIMEOUT_MS), EINMAL_RESERVE_MS: String(RESERVE_MS) },
      },
    });
    application = await Application.open(system.profile('familienkasse-online'));
    register = await takePlaceOf(system, REGISTER);
    begun = new Date();
  }, 180_000);

  afterAll(async () => {
    application?.close();
    await register?.process.stop();
    await system?.stop();
  }, 180_000);

  const fill = async (mode: FaultMode, more?: Parameters<FaultyRegister['misbehave']>[1]) => {
    await register.misbehave(mode, more);
    return fillNow();
  };
  const fillNow = async () => {
    const decided = await application.decide();
    from = await logSize(system);
    const started = performance.now();
    const answer = await application.prefill(decided);
    return { answer, decided, tookMs: performance.now() - started };
  };
  const ofRegister = (entries: readonly Entry[]) => entries.filter((it) => it.register === REGISTER);
  /** Entries about the register, once its late answer is among them. */
  const lateAnswer = async () => {
    for (let tries = 0; ; tries += 1) {
      const entries = ofRegister(await entriesFrom(system, from));
      if (tries === 100 || entries.some(({ event }) => event === 'retrieval.late')) return entries;
      await sleep(100);
    }
  };
  /** All entries, once the exchange has its outcome. */
  const concluded = async () => {
    for (let tries = 0; ; tries += 1) {
      const entries = await entriesFrom(system, from);
      if (tries === 100 || entries.some(({ event }) => event === 'exchange.closed')) return entries;
      await sleep(50);
    }
  };
  /** The caller hangs up while the register is being asked, however long it took to come so far. */
  const leaveOnceAsked = async () => {
    const decided = await application.decide();
    from = await logSize(system);
    const leaving = new AbortController();
    const left = application.leave(decided, leaving.signal);
    for (let tries = 0; tries < 100; tries += 1) {
      if (ofRegister(await entriesFrom(system, from)).length > 0) break;
      await sleep(20);
    }
    leaving.abort();
    await left;
  };
  const typesIn = ({ evidence }: PrefillAnswer) => evidence.map(({ evidence_type }) => evidence_type).sort();
  const missing = ({ not_delivered }: PrefillAnswer) =>
    not_delivered.find(({ evidence_type }) => evidence_type === 'meldedaten');
  const expectNothingPersonal = (text: string) => {
    for (const word of [MARKER, cast.mother.familyName, cast.mother.idnr ?? '', cast.mother.birthDate])
      expect(text).not.toContain(word);
  };

  it('is simulated in every way that the table names', () => {
    const told = [...ENDINGS.map(([mode]) => mode), ...OTHERWISE];
    expect(told.toSorted()).toEqual(FAULT_MODES.toSorted());
  });

  it('has it later: that reaches the caller with the time, and the rest is delivered (XNachweis ResponseAvailableDateTime)', async () => {
    const { answer } = await fill('later');
    expect(typesIn(answer)).toEqual([...OTHERS].sort());
    expect(answer.state).toBe('INCOMPLETE');
    expect(missing(answer)).toMatchObject({
      state: 'DEFERRED',
      reason: 'EVIDENCE_DEFERRED',
      available_at: '2030-01-01T00:00:00.000Z',
      manual: expect.stringMatching(/./),
    });
    const closed = ofRegister(await entriesFrom(system, from)).find(({ event }) => event === 'retrieval.closed');
    expect(closed?.outcome).toBe('deferred');
  });

  it('answers like the real one as long as it behaves, so that the faults below are the only ones', async () => {
    const { answer, decided } = await fill('none');
    expect(typesIn(answer)).toEqual([...OTHERS, 'meldedaten'].sort());
    expect((await verifyAnswer(answer, decided.asked, system.trust)).faults).toEqual([]);
  });

  it('lags behind: its evidence is delivered, and says of when it is (SDG-OOTS, validity of evidence)', async () => {
    const { answer, decided } = await fill('lagging');
    const asOf = answer.evidence.find(({ evidence_type }) => evidence_type === 'meldedaten')?.as_of ?? '';
    expect(Date.parse(asOf)).toBeLessThan(Date.now() - 700 * 86_400_000);
    expect((await verifyAnswer(answer, decided.asked, system.trust)).faults).toEqual([]);
  });

  it.each(ENDINGS)(
    '%s: %s for its evidence alone, and %s stays in the protected half of the log (GDPR Art. 33, ADR 145)',
    async (...row) => {
      const [mode, reason, cause, incident] = row;
      const { answer, decided, tookMs } = await fill(mode);
      const state = reason === 'REGISTER_REFUSED' ? 'REFUSED' : 'FAILED';
      expect(typesIn(answer)).toEqual(OTHERS);
      expect(answer.state).toBe(state === 'FAILED' ? 'INCOMPLETE' : 'COMPLETE');
      expect(missing(answer)).toMatchObject({ reason, state, detail: REASONS[reason].sentence });
      expect(missing(answer)?.manual).not.toBe('');
      expect(tookMs).toBeLessThan(REGISTER_TIMEOUT_MS + 2500);
      expect((await verifyAnswer(answer, decided.asked, system.trust)).faults).toEqual([]);

      const entries = await entriesFrom(system, from);
      const [opened, closed, ...more] = ofRegister(entries);
      const asked = application.description.needs.find(({ evidence_type }) => evidence_type === 'meldedaten')?.fields;
      expect(
        more.map(({ event, retrieval_ref, reason: told, hidden }) => [event, retrieval_ref, told, hidden]),
      ).toEqual(
        incident === undefined
          ? []
          : [
              [
                ...['incident', opened?.retrieval_ref, 'EVIDENCE_INVALID'],
                {
                  cause: incident,
                  attributes: expect.arrayContaining([...(asked ?? [])]),
                  subjects: opened?.hidden.subjects,
                },
              ],
            ],
      );
      expect(opened).toMatchObject({ event: 'retrieval.opened', outcome: null });
      expect(closed).toMatchObject({
        event: 'retrieval.closed',
        retrieval_ref: opened?.retrieval_ref,
        exchange_ref: answer.exchange_id,
        outcome: state.toLowerCase(),
        reason,
        hidden: { cause },
      });
      expect(entries.at(-1)).toMatchObject({ event: 'exchange.closed', outcome: 'partly_released' });
      const clear = entries.map((it) => it.clear).join('\n');
      for (const hidden of [cause, incident ?? cause]) expect(clear).not.toContain(`"${hidden}"`);
      expectNothingPersonal(clear);
      expectNothingPersonal(JSON.stringify(answer.not_delivered));
    },
  );

  it('sends more than was asked for: the rest is delivered, the surplus is cut off and an incident of its own', async () => {
    const { answer, decided } = await fill('surplus-field');
    expect(typesIn(answer)).toContain('meldedaten');
    const released = answer.evidence.find(({ evidence_type }) => evidence_type === 'meldedaten')?.sd_jwt ?? '';
    const disclosed = released
      .split('~')
      .slice(1, -1)
      .map((it): [string, string, unknown] => JSON.parse(Buffer.from(it, 'base64url').toString()));
    const asked = application.description.needs.find(({ evidence_type }) => evidence_type === 'meldedaten')?.fields;
    expect(disclosed.map(([, name]) => name).sort()).toEqual([...(asked ?? [])].sort());
    expect(JSON.stringify([answer, disclosed])).not.toContain(MARKER);
    expect((await verifyAnswer(answer, decided.asked, system.trust)).faults).toEqual([]);

    const entries = ofRegister(await entriesFrom(system, from));
    expect(entries.map(({ event }) => event)).toEqual(['retrieval.opened', 'retrieval.closed', 'incident']);
    expect(entries[1]).toMatchObject({ outcome: 'released', reason: null });
    expect(entries[2]).toMatchObject({ hidden: { cause: 'SURPLUS_FIELDS', attributes: ['doctorate'] } });
    expect(entries.map(({ clear }) => clear).join('\n')).not.toMatch(/doctorate|SURPLUS/);
  });

  it('is slow, but in time: everything is delivered', async () => {
    const { answer, tookMs } = await fill('slow', { delayMs: REGISTER_TIMEOUT_MS / 3 });
    expect(typesIn(answer)).toContain('meldedaten');
    expect(tookMs).toBeGreaterThan(REGISTER_TIMEOUT_MS / 3);
  });

  it('is too slow: the answer does not wait for it, and what comes late is not delivered with the next one', async () => {
    const { answer, tookMs } = await fill('slow', { delayMs: REGISTER_TIMEOUT_MS + 800 });
    expect(tookMs).toBeLessThan(REGISTER_TIMEOUT_MS + 2500);
    expect(typesIn(answer)).toEqual(OTHERS);
    expect(missing(answer)).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
    const entries = await lateAnswer();
    const closings = entries.filter(({ event }) => event === 'retrieval.closed');
    expect(closings.map(({ outcome, hidden }) => [outcome, hidden.cause])).toEqual([['failed', 'DEADLINE_EXCEEDED']]);
    const { hidden, ...late } = entries.at(-1)!;
    expect(late).toMatchObject({ event: 'retrieval.late', outcome: null, retrieval_ref: closings[0]?.retrieval_ref });
    expect(hidden).toMatchObject({ cause: 'NOT_PASSED_ON', answered: 'evidence' });
    expectNothingPersonal(late.clear);
  });

  it('is slower than a caller who leaves: it is told so and gives nothing, nothing is released', async () => {
    await register.misbehave('slow', { delayMs: REGISTER_TIMEOUT_MS * 0.9 });
    await leaveOnceAsked();
    const [opened, closed, ...more] = ofRegister(await concluded());
    expect([opened?.event, more]).toEqual(['retrieval.opened', []]);
    expect(closed).toMatchObject({ outcome: 'failed', reason: 'CALLER_LEFT', hidden: { answered: 'none' } });
  });

  it('gives nothing at first: the same is asked once more, with an entry before, and everything is delivered', async () => {
    const { answer, decided } = await fill('fails-once');
    expect(typesIn(answer)).toEqual([...OTHERS, 'meldedaten'].sort());
    expect((await verifyAnswer(answer, decided.asked, system.trust)).faults).toEqual([]);
    const [opened, repeated, closed, ...more] = ofRegister(await entriesFrom(system, from));
    expect([opened?.event, repeated?.event, closed?.event, more]).toEqual([
      ...['retrieval.opened', 'retrieval.repeated', 'retrieval.closed'],
      [],
    ]);
    expect(repeated).toMatchObject({ retrieval_ref: opened?.retrieval_ref, hidden: { cause: 'UNAVAILABLE' } });
  });

  it('fails half of the time: nobody who asks fails with it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { answer } = await fill('outage', { share: 0.5 });
      expect(typesIn(answer)).toEqual(expect.arrayContaining(OTHERS));
      expect([undefined, 'REGISTER_UNAVAILABLE']).toContain(missing(answer)?.reason);
    }
  });

  const streamed = async (delayMs: number) => {
    await register.misbehave('slow', { delayMs });
    const decided = await application.decide();
    from = await logSize(system);
    const { applicants, triggerIds, asked } = decided;
    return { asked, parts: application.connection.streamPrefill({ ...KINDERGELD, applicants, triggerIds }) };
  };

  it('is slower than the others: their fields come first, and the stream ends with the whole answer', async () => {
    const { parts, asked } = await streamed(REGISTER_TIMEOUT_MS / 2);
    const came: string[] = [];
    let answer: PrefillAnswer | undefined;
    for await (const part of parts) {
      if ('evidence' in part) came.push(part.evidence.evidence_type);
      if ('field' in part) came.push('field');
      if ('answer' in part) answer = part.answer;
    }
    expect(came.filter((it) => it !== 'field').at(-1)).toBe('meldedaten');
    expect(came[0]).toBe('field');
    expect(came.filter((it) => it !== 'field').toSorted()).toEqual([...OTHERS, 'meldedaten'].sort());
    expect((await verifyAnswer(answer!, asked, system.trust)).faults).toEqual([]);
  });

  it('is slower than somebody reads: what they got stays released, the rest ends as failed', async () => {
    const { parts } = await streamed(REGISTER_TIMEOUT_MS * 0.9);
    const came: string[] = [];
    for await (const part of parts) {
      if ('evidence' in part) came.push(part.evidence.evidence_type);
      if (came.length === OTHERS.length) break;
    }
    expect(came.toSorted()).toEqual(OTHERS);
    const entries = await concluded();
    const closed = entries.filter(({ event }) => event === 'retrieval.closed');
    expect(closed.map(({ evidence_type, outcome }) => `${evidence_type} ${outcome}`).sort()).toEqual(
      ['geburt released', 'kindergeld-bezug released', 'meldedaten failed'].sort(),
    );
    expect(entries.at(-1)).toMatchObject({
      event: 'exchange.closed',
      outcome: 'partly_released',
      reason: 'CALLER_LEFT',
    });
  });

  it('is slower than the caller waits: the caller gets the others before its own deadline', async () => {
    await register.misbehave('hang');
    const decided = await application.decide();
    // With its full time, the register would make the caller wait beyond this.
    const answer = await application.prefill(decided, { deadlineMs: REGISTER_TIMEOUT_MS + 100 });
    expect(typesIn(answer)).toEqual(OTHERS);
    expect(missing(answer)).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
  });

  it('is too slow for a caller, who leaves: nothing is released, and the log says so', async () => {
    await register.misbehave('hang');
    await leaveOnceAsked();
    const closed = (await concluded()).filter(({ event }) => /^(retrieval|exchange)\.closed$/.test(event));
    expect(closed.map(({ event, outcome, reason }) => ({ event, outcome, reason }))).toEqual([
      ...[...OTHERS, 'meldedaten'].map(() => ({
        event: 'retrieval.closed',
        outcome: 'failed',
        reason: 'CALLER_LEFT',
      })),
      { event: 'exchange.closed', outcome: 'failed', reason: 'CALLER_LEFT' },
    ]);
  });

  it('stops in the middle of a request: the answer says what is missing, the log says why, and it may come back', async () => {
    const { answer } = await fill('stops-mid-request');
    expect(typesIn(answer)).toEqual(OTHERS);
    expect(missing(answer)).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
    const entries = ofRegister(await entriesFrom(system, from));
    const closed = entries.find(({ event }) => event === 'retrieval.closed');
    expect(entries[0]).toMatchObject({ event: 'retrieval.opened' });
    expect(closed).toMatchObject({ outcome: 'failed', hidden: { cause: 'UNAVAILABLE' } });
    expect(closed?.clear).not.toContain('"UNAVAILABLE"');
  });

  it('is down: the others are delivered at once, and it is asked again when it is back', async () => {
    expect(register.process.pid).toBeUndefined();
    const { answer, tookMs } = await fillNow();
    expect(typesIn(answer)).toEqual(OTHERS);
    expect(missing(answer)).toMatchObject({ state: 'FAILED', reason: 'REGISTER_UNAVAILABLE' });
    expect(tookMs).toBeLessThan(REGISTER_TIMEOUT_MS + 2500);
    expect(ofRegister(await entriesFrom(system, from)).at(-1)).toMatchObject({ hidden: { cause: 'UNAVAILABLE' } });

    await register.leave();
    for (let tries = 1; ; tries += 1) {
      const later = await application.fill();
      if (typesIn(later).includes('meldedaten')) break;
      expect(tries).toBeLessThan(5);
      await sleep(1000);
    }
  }, 180_000);

  it('leaves both logs agreeing about all of this, whatever it did on the way', async () => {
    const { code, document } = await reconcile(system, REGISTER, { from: begun, to: await settled() });
    expect(document.findings).toEqual([]);
    expect(document).toMatchObject({ differences: 0, undecided: 0, open: 0 });
    expect(document.retrievals).toBeGreaterThan(FAULT_MODES.length);
    expect(code).toBe(0);
  }, 180_000);

  it('leaves a sound log and nothing personal in any operational log', async () => {
    expect(await demandSoundTree(system)).toBeGreaterThan(100);
    for (const { logFile } of system.processes) expectNothingPersonal(readFileSync(logFile, 'utf8'));
  });
});

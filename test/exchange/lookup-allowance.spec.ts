import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { ExchangeContext, PlannedLookup } from '../../src/exchange/exchange.js';
import { LookupAllowance } from '../../src/exchange/lookup-allowance.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import type { Fault } from '../../src/platform/fault.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { aTrigger, NOW } from '../support/builders.js';
import * as decide from './decided.js';
import { failureOf, REGISTERS } from './decided.js';
import { MemoryMisidentified } from './memory-misidentified.js';
import { type MisidentifiedLog, misidentifiedContract, pseudonymOf } from './misidentified.contract.js';
import { aWorld, MISIDENTIFICATIONS, SLOT_MS, type World } from './world.js';

describe('MemoryMisidentified keeps the contract of Misidentified', () => {
  misidentifiedContract(async () => {
    const clock = new FixedClock(NOW);
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), clock);
    const write: MisidentifiedLog['write'] = async ({ decider, ...caller }) => {
      const persons = decider === undefined ? [] : [pseudonymOf(caller.consumer, decider)];
      await log.append([{ caller, protected: {}, persons, effects: [] }]);
      const writtenAt = clock.ms;
      clock.ms += 1000;
      return writtenAt;
    };
    return { misidentified: new MemoryMisidentified(log), write };
  });
});

describe('a consumer whose lookups keep finding nobody', () => {
  let world: World;
  beforeEach(() => {
    world = aWorld();
  });

  const HOUR_MS = 3_600_000;
  const nobody = () => world.directory.persons.set('parent', undefined);
  const withoutRecord = () => {
    for (const register of REGISTERS) world.gateway.behaviour.set(register, 'not-available');
  };
  const ask = async () => {
    const { all } = await decide.everythingDecided(world);
    return failureOf(world.prefill({ triggers: all }));
  };
  const anomalies = () => world.entries().filter(({ caller }) => caller.event === 'anomaly');

  it.each([
    ['nobody', nobody],
    ['a person without a record', withoutRecord],
  ])('is refused further ones, whatever the reason was: %s', async (_what, make) => {
    make();
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1)
      expect(await ask()).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
    const lookedUp = world.directory.asked.length;
    expect(await ask()).toMatchObject({ reason: 'TOO_MANY_MISIDENTIFICATIONS', retryDelayMs: HOUR_MS, metadata: {} });
    // Nobody was looked up any more, and no decision was used.
    expect(world.directory.asked).toHaveLength(lookedUp);
  });

  it('is refused alike whether the person whom it asks about now is there or not (IDNrG § 6 Abs. 5)', async () => {
    nobody();
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1) await ask();
    const refused = await ask();
    world.directory.persons.set('parent', { idnr: makeTestIdnr(1), birth_date: '1990-04-05' });
    const { reason, metadata, retryDelayMs } = await ask();
    expect({ reason, metadata, retryDelayMs }).toEqual({
      reason: refused.reason,
      metadata: refused.metadata,
      retryDelayMs: refused.retryDelayMs,
    });
  });

  it.each([
    ['nobody', nobody],
    ['somebody', () => undefined],
  ])('may not pass the limit by asking for many at once, whoever is there: %s', async (_what, make) => {
    make();
    const all = await Promise.all(
      Array.from({ length: MISIDENTIFICATIONS + 3 }, async () => (await decide.everythingDecided(world)).all),
    );
    // Nobody is found before those who came too many are gone.
    const [refused, gone]: [Fault[], PromiseWithResolvers<void>] = [[], Promise.withResolvers()];
    world.directory.meanwhile = () => gone.promise;
    const asked = all.map((triggers) =>
      world.prefill({ triggers }).catch((error: Fault) => {
        if (refused.push(error) === 3) gone.resolve();
      }),
    );
    await Promise.all(asked);
    expect(refused.slice(0, 3)).toEqual(Array(3).fill(expect.objectContaining({ reason: 'BUSY', retryDelayMs: 1000 })));
    // Each of the others looked up its parent.
    const parents = world.directory.asked.filter(({ subject_role }) => subject_role === 'parent');
    expect(parents).toHaveLength(MISIDENTIFICATIONS);
  });

  it('may begin another when a slow register is all that the others wait for', async () => {
    const all = await Promise.all(
      Array.from({ length: MISIDENTIFICATIONS + 3 }, async () => (await decide.everythingDecided(world)).all),
    );
    const [slow, answered]: [PromiseWithResolvers<void>, Promise<unknown>[]] = [Promise.withResolvers(), []];
    world.gateway.meanwhile = () => slow.promise;
    for (const [at, triggers] of all.entries()) {
      answered.push(world.prefill({ triggers }));
      while (world.gateway.asked.length < (at + 1) * REGISTERS.length) await sleep(5);
      if (at === MISIDENTIFICATIONS - 1) await sleep(3 * SLOT_MS);
    }
    slow.resolve();
    await expect(Promise.all(answered)).resolves.toHaveLength(MISIDENTIFICATIONS + 3);
  });

  it('has all of its limit again when those on their way have ended well', async () => {
    for (let at = 0; at < 3; at += 1) {
      const { all } = await decide.everythingDecided(world);
      await world.prefill({ triggers: all });
    }
    nobody();
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1)
      expect(await ask()).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
  });

  it('may look up again when it is an hour ago', async () => {
    nobody();
    world.clock.ms = NOW - HOUR_MS;
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1) await ask();
    world.clock.ms = NOW;
    expect(await ask()).toMatchObject({ reason: 'TOO_MANY_MISIDENTIFICATIONS', retryDelayMs: 1 });
    world.clock.ms = NOW + 1;
    expect(await ask()).toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE' });
  });

  it('is shown as one anomaly, which names the consumer and no person', async () => {
    nobody();
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1) await ask();
    expect(anomalies()).toEqual([]);
    for (let at = 0; at < 3; at += 1) await ask();
    expect(anomalies()).toMatchObject([
      {
        caller: { event: 'anomaly', consumer: world.consumer.participant.id, reason: 'TOO_MANY_MISIDENTIFICATIONS' },
        hidden: { note: `${MISIDENTIFICATIONS} lookups within an hour found nobody` },
      },
    ]);
    expect(world.log.entries.filter(({ caller }) => caller.event === 'anomaly')[0]?.draft.entry.persons).toEqual([]);
  });

  it('gets the first answer to a repeat all the same: that looks nobody up', async () => {
    const { all } = await decide.everythingDecided(world);
    const requestId = randomUUID();
    const first = await world.prefill({ triggers: all, requestId });
    nobody();
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1) await ask();
    expect(await ask()).toMatchObject({ reason: 'TOO_MANY_MISIDENTIFICATIONS' });
    expect(await world.prefill({ triggers: all, requestId })).toEqual(first);
  });

  it('may try the same request again when it is over: nothing of it was done', async () => {
    nobody();
    world.clock.ms = NOW - HOUR_MS;
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1) await ask();
    const { all } = await decide.everythingDecided(world);
    world.directory.persons.set('parent', { idnr: makeTestIdnr(1), birth_date: '1990-04-05' });
    const request = { triggers: all, requestId: randomUUID() };
    world.clock.ms = NOW;
    expect(await failureOf(world.prefill(request))).toMatchObject({ reason: 'TOO_MANY_MISIDENTIFICATIONS' });
    world.clock.ms = NOW + 1;
    await expect(world.prefill(request)).resolves.toBeDefined();
  });

  it('may still ask about persons who were looked up before: that identifies nobody', async () => {
    const { all } = await decide.everythingDecided(world);
    const identity = all.filter(({ decision }) => decision.evidence_type === 'identity');
    const { subjects } = await world.resolve(identity);
    const known = subjects.map(({ role, token }) => ({ role, kind: 'token', token }) as const);
    nobody();
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1) await ask();
    const rest = (await decide.everythingDecided(world)).all.filter(
      ({ decision }) => decision.evidence_type !== 'identity',
    );
    await expect(world.prefill({ triggers: rest, subjects: known })).resolves.toBeDefined();
  });
});

describe('a person at the pages whose lookups keep finding nobody', () => {
  let log: MemoryLogStore;
  let lookups: LookupAllowance;
  beforeEach(() => {
    const clock = new FixedClock(NOW);
    log = new MemoryLogStore(logSigner, new MemoryKeyVault(), clock);
    lookups = new LookupAllowance(new MemoryMisidentified(log), new AuditLog(log), clock, MISIDENTIFICATIONS, SLOT_MS);
  });

  const ofKind = (kind: 'pages' | 'online-service') =>
    ({ participant: { id: 'pages', kind }, thumbprint: 'x' }) as unknown as ExchangeContext['caller'];
  /** One lookup that finds nobody, as the journal writes it. */
  const lookUp = async (decider: string, kind: Parameters<typeof ofKind>[0] = 'pages') => {
    const exchangeId = randomUUID();
    const prepared = { lookups: [{ trigger: aTrigger({ decision: { decider } }) }] as unknown as PlannedLookup[] };
    const facts = { consumer: 'pages', exchange_ref: exchangeId };
    await lookups.within({ caller: ofKind(kind), exchangeId }, prepared, () =>
      log.append([
        {
          caller: { event: 'identity.opened', ...facts },
          ...{ protected: {}, persons: [pseudonymOf('pages', decider)], effects: [] },
        },
        {
          caller: { event: 'exchange.closed', reason: 'SUBJECT_NOT_AVAILABLE', ...facts },
          ...{ protected: {}, persons: [], effects: [] },
        },
      ]),
    );
  };
  const TOO_MANY = { reason: 'TOO_MANY_MISIDENTIFICATIONS' };

  it('is refused further ones, and nobody else at the pages is', async () => {
    for (let at = 0; at < MISIDENTIFICATIONS; at += 1) await lookUp('one');
    await expect(lookUp('one')).rejects.toMatchObject(TOO_MANY);
    await expect(lookUp('other')).resolves.toBeUndefined();
    // Whoever is no pages counts as one, whoever decides.
    await expect(lookUp('third', 'online-service')).rejects.toMatchObject(TOO_MANY);
  });

  it('may not pass the limit by asking for many at once, and makes nobody else wait', async () => {
    const gone = Promise.withResolvers<void>();
    const begin = (decider: string) => {
      const prepared = { lookups: [{ trigger: aTrigger({ decision: { decider } }) }] as unknown as PlannedLookup[] };
      return lookups.within({ caller: ofKind('pages'), exchangeId: randomUUID() }, prepared, () => gone.promise);
    };
    const begun = Array.from({ length: MISIDENTIFICATIONS }, () => begin('one'));
    await expect(begin('one')).rejects.toMatchObject({ reason: 'BUSY' });
    await expect(lookUp('other')).resolves.toBeUndefined();
    gone.resolve();
    await Promise.all(begun);
  });

  it('has an end for all of them together', async () => {
    for (let at = 0; at < 100 * MISIDENTIFICATIONS; at += 1) await lookUp(`person-${at}`);
    await expect(lookUp('one more')).rejects.toMatchObject(TOO_MANY);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { CallerLock } from '../../src/access/caller-lock.js';
import { IssueAccessToken, IssueAccessTokenHandler } from '../../src/access/issue-access-token.js';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { Caller } from '../../src/platform/caller.js';
import { Fault } from '../../src/platform/fault.js';
import { signClientAssertion } from '../../src/tokens/access-token.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import { signUnlock, type UnlockStatement } from '../../src/tokens/unlock-token.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { aFederation } from '../register-edge/federation.js';
import { CONSUMER, NOW } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';
import { MemoryAssertionStore } from './memory-assertion-store.js';
import { MemoryIdentificationStore } from './memory-identification-store.js';

const ISSUER = 'https://node.example';
const administrators = await Promise.all(
  ['administrator-1', 'administrator-2'].map(async (id) => ({ id, ...(await aKeyPair(`${id}-key`)) })),
);
const federation = await aFederation((catalogue) => ({
  ...catalogue,
  administrators: administrators.map(({ id, published: { use: _, ...key } }) => ({ id, keys: [key] })),
}));
const keyOf = (name: string): SigningKey => administrators.find(({ id }) => id === name)?.signing as SigningKey;
const identity = new NodeIdentity(
  'node',
  ISSUER,
  federation.nodeCertificate,
  federation.key('node', 'access-token'),
  federation.key('node', 'trigger'),
);
const callerOf = (id: string): Caller => ({ participant: federation.current.lookup.participant(id)!, thumbprint: id });

/** Two nodes on one database. */
function aPair() {
  const clock = new FixedClock(NOW);
  const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), clock);
  const identifications = new MemoryIdentificationStore();
  const assertions = new MemoryAssertionStore(clock);
  const locks = [0, 1].map(
    () => new CallerLock(identity, federation.current, identifications, new AuditLog(log), clock),
  ) as [CallerLock, CallerLock];
  const handlers = locks.map(
    (lock) => new IssueAccessTokenHandler(identity, federation.current, assertions, lock, clock),
  ) as [IssueAccessTokenHandler, IssueAccessTokenHandler];
  const assertion = (deviation: Partial<Parameters<typeof signClientAssertion>[0]> = {}) =>
    signClientAssertion({
      ...{ client: CONSUMER, issuer: ISSUER, key: federation.key(CONSUMER, 'client-assertion'), nowMs: clock.now() },
      ...deviation,
    });
  const identify = async (
    text: string | Promise<string>,
    { node = 0, unlock = undefined as string | undefined } = {},
  ) => handlers[node as 0 | 1].execute(new IssueAccessToken(callerOf(CONSUMER), await text, unlock));
  const entries = () =>
    log.entries.map(({ caller: { event, reason, consumer }, draft }) => ({
      event,
      reason,
      consumer,
      hidden: draft.entry.protected,
    }));
  return { log, clock, locks, identifications, assertion, identify, entries };
}

let pair: ReturnType<typeof aPair>;
beforeEach(() => {
  pair = aPair();
});

const wrong = () => pair.assertion({ key: federation.key(CONSUMER, 'attestation') });
const LOCKED = { reason: 'CALLER_LOCKED', metadata: { lock: expect.any(String) } };

async function locked(): Promise<string> {
  for (let at = 0; at < 3; at += 1) await pair.identify(wrong());
  return (await pair.identifications.lockOf(CONSUMER)) ?? '';
}

describe('a participant that identifies itself wrongly more than twice in a row (FZV § 68 Abs. 2)', () => {
  it('is locked: the right identification is refused, too, by every node', async () => {
    for (let at = 0; at < 2; at += 1) await pair.identify(wrong());
    // The row may be spread over nodes.
    await expect(pair.identify(wrong(), { node: 1 })).resolves.toBeUndefined();
    for (const node of [0, 1]) await expect(pair.identify(pair.assertion(), { node })).rejects.toMatchObject(LOCKED);
  });

  it('loses with it the tokens that it has', async () => {
    await expect(pair.locks[0].demandUnlocked(CONSUMER)).resolves.toBeUndefined();
    await expect(pair.locks[1].demandUnlocked(CONSUMER)).resolves.toBeUndefined();
    await locked();
    await expect(pair.locks[0].demandUnlocked(CONSUMER)).rejects.toMatchObject(LOCKED);
    // Another node may rely for a second on what it read before.
    pair.clock.ms += 1001;
    await expect(pair.locks[1].demandUnlocked(CONSUMER)).rejects.toMatchObject(LOCKED);
  });

  it('is not locked by two, nor by more with a right one between them', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 2; at += 1) await pair.identify(wrong());
      await expect(pair.identify(pair.assertion())).resolves.toMatchObject({ token_type: 'Bearer' });
    }
  });

  it('is not locked by a wrong clock or a repeated request: the key was the right one', async () => {
    const once = await pair.assertion();
    await pair.identify(once);
    for (let at = 0; at < 4; at += 1) {
      expect(await pair.identify(once)).toBeUndefined();
      expect(await pair.identify(pair.assertion({ nowMs: NOW - 600_000 }))).toBeUndefined();
      expect(await pair.identify(pair.assertion({ nowMs: NOW + 600_000 }))).toBeUndefined();
    }
    await expect(pair.identify(pair.assertion())).resolves.toBeDefined();
  });

  it('is in the log: each attempt, and the lock, with its cause for those who follow it up', async () => {
    const lock = await locked();
    await pair.identify(pair.assertion({ nowMs: NOW - 600_000 })).catch(() => undefined);
    const attempt = {
      event: 'refused',
      reason: 'invalid_client',
      consumer: CONSUMER,
      hidden: { cause: 'KEY_UNKNOWN' },
    };
    expect(pair.entries()).toEqual([
      ...[attempt, attempt, attempt],
      {
        event: 'caller.locked',
        reason: 'CALLER_LOCKED',
        consumer: CONSUMER,
        hidden: { cause: 'KEY_UNKNOWN', note: lock },
      },
    ]);
  });
});

describe('a lock and its entry', () => {
  const events = () => pair.entries().map(({ event }) => event);

  it('are not counted without the log: what is counted is in it', async () => {
    pair.log.failing = true;
    for (let at = 0; at < 4; at += 1)
      await expect(pair.identify(wrong())).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    pair.log.failing = false;
    expect(await pair.identifications.lockOf(CONSUMER)).toBeUndefined();
    await expect(pair.identify(pair.assertion())).resolves.toBeDefined();
  });

  it.each<readonly [string, () => Promise<unknown>]>([
    ['the next wrong identification', () => pair.identify(wrong())],
    ['the next right one', () => pair.identify(pair.assertion())],
    ['the next call, of another node', () => pair.locks[1].demandUnlocked(CONSUMER)],
  ])('come together with %s, where whoever locked did not get to the entry', async (_, next) => {
    for (let at = 0; at < 3; at += 1) await pair.identifications.countWrong(CONSUMER, `lock-${at}`);
    expect(events()).toEqual([]);
    await next().catch(() => undefined);
    const locks = pair.entries().filter(({ event }) => event === 'caller.locked');
    expect(locks).toEqual([expect.objectContaining({ consumer: CONSUMER, hidden: { note: 'lock-2' } })]);
    await next().catch(() => undefined);
    expect(events().filter((it) => it === 'caller.locked')).toHaveLength(1);
  });
});

describe('the lock of a participant', () => {
  const signed = (deviation: Partial<UnlockStatement> = {}, by: Partial<Parameters<typeof signUnlock>[1]> = {}) =>
    signUnlock(
      { participant: CONSUMER, lock: 'no lock', note: 'a key was rolled out to one of two servers', ...deviation },
      {
        administrator: 'administrator-1',
        node: 'node',
        key: keyOf('administrator-1'),
        nowMs: pair.clock.now(),
        ...by,
      },
    );

  it('ends when the participant identifies itself and presents what an administrator signed about it', async () => {
    const lock = await locked();
    const unlock = await signed({ lock });
    await expect(pair.identify(pair.assertion(), { unlock })).resolves.toMatchObject({ token_type: 'Bearer' });
    expect(pair.entries().at(-1)).toEqual({
      event: 'caller.unlocked',
      reason: undefined,
      consumer: CONSUMER,
      hidden: {
        cause: lock,
        acting_official: 'administrator-1',
        note: 'a key was rolled out to one of two servers',
      },
    });
    await expect(pair.identify(pair.assertion(), { node: 1 })).resolves.toBeDefined();
    await expect(pair.locks[0].demandUnlocked(CONSUMER)).resolves.toBeUndefined();
  });

  it.each<readonly [what: string, make: (lock: string) => Promise<string>]>([
    ['about another lock', () => signed({ lock: 'another' })],
    ['about another participant', (lock) => signed({ lock, participant: 'elterngeld-online' })],
    ['for another node', (lock) => signed({ lock }, { node: 'other-node' })],
    ['of nobody whom the catalogue names', (lock) => signed({ lock }, { administrator: 'administrator-9' })],
    ['signed by another one in their name', (lock) => signed({ lock }, { key: keyOf('administrator-2') })],
    ['of two days ago', (lock) => signed({ lock }, { nowMs: NOW - 172_800_000 })],
    ['without a word on what it was', (lock) => signed({ lock, note: ' ' })],
    ['that is none', async () => 'x'],
  ])('does not end by a statement %s', async (_what, make) => {
    const unlock = await make(await locked());
    await expect(pair.identify(pair.assertion(), { unlock })).rejects.toMatchObject(LOCKED);
    expect(pair.entries().at(-1)?.event).toBe('caller.locked');
  });

  it('does not end by a statement alone: whoever has not the key is refused as before', async () => {
    const unlock = await signed({ lock: await locked() });
    await expect(pair.identify(wrong(), { unlock })).resolves.toBeUndefined();
    await expect(pair.identify(pair.assertion())).rejects.toBeInstanceOf(Fault);
  });

  it('ends once by one statement: the next lock is another', async () => {
    const unlock = await signed({ lock: await locked() });
    await pair.identify(pair.assertion(), { unlock });
    await locked();
    await expect(pair.identify(pair.assertion(), { unlock })).rejects.toMatchObject(LOCKED);
  });
});

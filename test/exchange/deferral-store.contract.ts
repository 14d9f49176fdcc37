import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import type { LogStore } from '../../src/audit/log-store.js';
import type { Outcome } from '../../src/audit/record.js';
import { type DeferralStore, type NewDeferral, NotBorneOutYet } from '../../src/exchange/deferral-store.js';
import type { Reason } from '../../src/platform/reasons.js';
import { anEntry } from '../audit/entries.js';

type Stores = Readonly<{
  store: DeferralStore;
  log: LogStore;
  /** When a deferral is looked at next, in milliseconds since the epoch; the latest that was asked for. */
  dueAt: (id: string) => Promise<number | undefined>;
  /** How often the consumer is to be told of it. */
  told: (id: string) => Promise<number>;
  /** Whether anything is stored of it, whatever the log says. */
  isThere: (id: string) => Promise<boolean>;
}>;

const SEALED = { epoch: { retentionClass: 'standard', month: '2026-11' }, text: 'sealed' };
const HOUR_MS = 3_600_000;

/** The sentences of the doc comment of DeferralStore, one test each; `log` is the log that bears them out. */
export function deferralStoreContract(create: () => Promise<Stores>): void {
  let store: DeferralStore;
  let log: LogStore;
  let dueAt: Stores['dueAt'];
  let told: Stores['told'];
  let isThere: Stores['isThere'];
  beforeEach(async () => {
    ({ store, log, dueAt, told, isThere } = await create());
  });
  const some = (deviation: Partial<NewDeferral> = {}): NewDeferral => ({
    id: randomUUID(),
    exchangeId: randomUUID(),
    consumer: 'a',
    retrieval: randomUUID(),
    register: 'r',
    evidenceType: 'lohn',
    subjectRole: 'parent',
    triggers: [randomUUID()],
    plan: SEALED,
    availableAt: Date.now() + HOUR_MS,
    dueAt: Date.now(),
    expiresAt: Date.now() + 2 * HOUR_MS,
    ...deviation,
  });
  const opened = ({ retrieval, expiresAt }: NewDeferral) =>
    log.append([anEntry({ effects: [{ kind: 'open-retrieval', retrieval, expiresAt: new Date(expiresAt) }] })]);
  const logged = async (deferral: NewDeferral, outcome: Outcome = 'deferred', reason?: Reason) => {
    const { retrieval } = deferral;
    await opened(deferral);
    await closed(retrieval, outcome, reason);
  };
  const closed = async (retrieval: string, outcome: Outcome, reason?: Reason) => {
    await log.append([
      anEntry({
        caller: { event: 'retrieval.closed', consumer: 'a', retrieval_ref: retrieval, outcome, reason },
        effects: [{ kind: 'close-retrieval', retrieval }],
      }),
    ]);
  };
  const kept = async (deviation: Partial<NewDeferral> = {}): Promise<NewDeferral> => {
    const deferral = some(deviation);
    await store.put([deferral]);
    await logged(deferral);
    return deferral;
  };
  const found = async ({ exchangeId }: NewDeferral) => (await store.ofExchange(exchangeId, 'a'))[0];

  it('is looked at when it is due, and says what it was put with', async () => {
    const deferral = await kept({ dueAt: Date.now() + 2 * HOUR_MS });
    expect(await dueAt(deferral.id)).toBe(deferral.dueAt);
    const { dueAt: _due, ...rest } = deferral;
    const shown = { ...rest, state: 'waiting', attempts: 0, isWithdrawn: false };
    expect(await found(deferral)).toMatchObject(shown);
    expect([await store.find(deferral.id), await told(deferral.id)]).toEqual([await found(deferral), 0]);
  });

  it('is as good as not there where the log says otherwise, or nothing yet (design 6)', async () => {
    const [unlogged, failed] = [some(), some()];
    await store.put([unlogged, failed]);
    await logged(failed, 'failed');
    for (const it of [unlogged, failed]) {
      expect(await found(it)).toBeUndefined();
      expect(await store.find(it.id)).toBeUndefined();
    }
  });

  it('is looked at again while the log says nothing yet: what is due early is not lost', async () => {
    const early = some();
    await store.put([early]);
    await opened(early);
    await expect(store.claim(early.id, 'attempt')).rejects.toThrow(NotBorneOutYet);
    await closed(early.retrieval, 'deferred');
    expect(await store.claim(early.id, 'attempt')).toMatchObject({ id: early.id, attempts: 1 });
  });

  it('is destroyed where the log says otherwise: no plan is kept of what nobody was told', async () => {
    const orphan = some();
    await store.put([orphan]);
    await logged(orphan, 'unknown');
    expect(await isThere(orphan.id)).toBe(true);
    expect(await store.claim(orphan.id, 'attempt')).toBeUndefined();
    expect(await isThere(orphan.id)).toBe(false);
  });

  it('is not shown to another consumer', async () => {
    const deferral = await kept();
    expect(await store.ofExchange(deferral.exchangeId, 'b')).toEqual([]);
  });

  it('tells how several exchanges stand at once, each piece of them, as far as the log bears it out', async () => {
    const [one, other, unlogged] = [await kept(), await kept(), some()];
    await store.put([unlogged]);
    await store.claim(one.id, 'attempt');
    await store.end(one.id, 'attempt', 'DEFERRAL_EXPIRED');
    const states = await store.statesOf([one, other, unlogged].map(({ exchangeId }) => exchangeId));
    expect(states.map(({ exchangeId, state, isWithdrawn }) => ({ exchangeId, state, isWithdrawn }))).toEqual(
      expect.arrayContaining([
        { exchangeId: one.exchangeId, state: 'ended', isWithdrawn: false },
        { exchangeId: other.exchangeId, state: 'waiting', isWithdrawn: false },
      ]),
    );
    expect([states.length, await store.statesOf([])]).toEqual([2, []]);
  });

  it('is changed by the latest attempt alone, which is told of those that were lost', async () => {
    const { id } = await kept();
    expect(await store.claim(id, 'zeroth')).toMatchObject({ lost: [] });
    expect(await store.claim(id, 'first')).toMatchObject({ lost: ['zeroth'] });
    expect(await store.claim(id, 'second')).toMatchObject({ lost: ['zeroth', 'first'], attempts: 3 });
    expect(await store.ready(id, 'first', SEALED, Date.now() + HOUR_MS)).toBe(false);
    expect(await store.wait(id, 'first', { availableAt: 1, dueAt: 1 })).toBe(false);
    expect(await store.end(id, 'first', 'REGISTER_REFUSED')).toBe(false);
    expect(await store.ready(id, 'second', SEALED, Date.now() + HOUR_MS)).toBe(true);
    expect(await store.end(id, 'first', 'REGISTER_REFUSED')).toBe(false);
    expect(await store.find(id)).toMatchObject({ state: 'ready', answer: SEALED });
  });

  it('waits on until it is due again', async () => {
    const deferral = await kept();
    await store.claim(deferral.id, 'attempt');
    const [availableAt, dueAtNext] = [Date.now() + HOUR_MS, Date.now() + 2 * HOUR_MS];
    expect(await store.wait(deferral.id, 'attempt', { availableAt, dueAt: dueAtNext })).toBe(true);
    expect(await dueAt(deferral.id)).toBe(dueAtNext);
    expect(await found(deferral)).toMatchObject({ state: 'waiting', availableAt });
    expect(await store.claim(deferral.id, 'twice')).toBeUndefined();
    expect(await found(deferral)).not.toHaveProperty('attempt');
    await store.destroyByTrigger(deferral.triggers);
    expect(await store.claim(deferral.id, 'next')).toMatchObject({ lost: [] });
  });

  it('is claimed by nobody before it is due, but for what was withdrawn', async () => {
    const [due, withdrawn] = [await kept({ dueAt: Date.now() + HOUR_MS }), await kept({ dueAt: Date.now() + HOUR_MS })];
    await store.destroyByTrigger(withdrawn.triggers);
    expect(await store.claim(due.id, 'early')).toBeUndefined();
    expect(await found(due)).toMatchObject({ attempts: 0 });
    expect(await store.claim(withdrawn.id, 'early')).toMatchObject({ isWithdrawn: true });
  });

  it('says how the log closed an attempt', async () => {
    const [attempt, open] = [randomUUID(), some()];
    await opened(open);
    await logged({ ...some(), retrieval: attempt }, 'refused', 'REGISTER_REFUSED');
    expect(await store.closedAs(attempt)).toEqual({ reason: 'REGISTER_REFUSED' });
    expect([await store.closedAs(open.retrieval), await store.closedAs(randomUUID())]).toEqual([undefined, undefined]);
  });

  it('keeps what came, with the attempt that brought it, and is looked at when its time is over', async () => {
    const deferral = await kept();
    const until = Date.now() + HOUR_MS;
    await store.claim(deferral.id, 'attempt');
    await store.ready(deferral.id, 'attempt', SEALED, until);
    expect([await dueAt(deferral.id), await told(deferral.id)]).toEqual([until, 1]);
    expect(await found(deferral)).toMatchObject({ state: 'ready', answer: SEALED, expiresAt: until });
    expect(await store.claim(deferral.id, 'twice')).toBeUndefined();
    const over = await kept();
    await store.claim(over.id, 'attempt');
    await store.ready(over.id, 'attempt', SEALED, Date.now());
    expect(await store.claim(over.id, 'later')).toMatchObject({ state: 'ready', attempt: 'attempt', attempts: 1 });
  });

  it('that ended has neither plan nor answer any more, says why, and cannot go on', async () => {
    const deferral = await kept();
    await store.claim(deferral.id, 'attempt');
    await store.ready(deferral.id, 'attempt', SEALED, Date.now() + HOUR_MS);
    expect(await store.end(deferral.id, 'attempt', 'DEFERRAL_EXPIRED')).toBe(true);
    expect(await store.end(deferral.id, 'attempt', 'TRIGGER_WITHDRAWN')).toBe(false);
    const ended = await found(deferral);
    expect(ended).toMatchObject({ state: 'ended', reason: 'DEFERRAL_EXPIRED' });
    expect([ended?.plan, ended?.answer]).toEqual([undefined, undefined]);
    expect(await store.claim(deferral.id, 'attempt')).toBeUndefined();
    expect(await told(deferral.id)).toBe(2);
  });

  it('loses its answer at once by the withdrawal of one trigger it rests on, takes none any more, and is looked at now', async () => {
    const [ready, waiting, other] = [
      await kept({ triggers: ['x', 'y'].map((it) => `${it}-${randomUUID()}`) }),
      await kept(),
      await kept(),
    ];
    await store.claim(ready.id, 'attempt');
    await store.ready(ready.id, 'attempt', SEALED, Date.now() + HOUR_MS);
    await store.claim(waiting.id, 'attempt');
    await store.destroyByTrigger([ready.triggers[1]!, waiting.triggers[0]!]);
    expect(await found(ready)).toMatchObject({ isWithdrawn: true });
    expect((await found(ready))?.answer).toBeUndefined();
    expect(await store.ready(waiting.id, 'attempt', SEALED, Date.now() + HOUR_MS)).toBe(false);
    for (const { id } of [ready, waiting]) expect(await dueAt(id)).toBeLessThanOrEqual(Date.now());
    expect(await found(other)).toMatchObject({ isWithdrawn: false });
  });

  it('is gone once it was destroyed', async () => {
    const [one, other] = [await kept(), await kept()];
    await store.destroy([one.id]);
    expect([await found(one), (await found(other))?.id]).toEqual([undefined, other.id]);
  });

  it('is forgotten a week after its time, and not before', async () => {
    const DAY_MS = 24 * HOUR_MS;
    const [old, young] = [
      await kept({ expiresAt: Date.now() - 8 * DAY_MS }),
      await kept({ expiresAt: Date.now() - 6 * DAY_MS }),
    ];
    await store.destroyExpired();
    expect([await found(old), (await found(young))?.id]).toEqual([undefined, young.id]);
  });
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from '@jest/globals';
import type { LogStore } from '../../src/audit/log-store.js';
import type { SealedAnswers } from '../../src/consent/sealed-answers.js';
import type { HeldStore, SealedExchange } from '../../src/exchange/held-store.js';
import { withEffects } from '../audit/entries.js';

type Stores = Readonly<{ store: HeldStore; answers: SealedAnswers; log: LogStore }>;

/** The sentences of the doc comment of HeldStore, one test each; `log` is the log whose outcomes the store sees. */
export function heldStoreContract(create: () => Promise<Stores>): void {
  let store: HeldStore;
  let answers: SealedAnswers;
  let log: LogStore;
  beforeEach(async () => {
    ({ store, answers, log } = await create());
  });
  const some = (deviation: Partial<SealedExchange> = {}): SealedExchange => ({
    exchangeId: randomUUID(),
    consumer: 'a',
    sealed: 'sealed',
    triggers: [randomUUID()],
    retrievals: [randomUUID()],
    expiresAt: Date.now() + 60_000,
    ...deviation,
  });

  /** What is left after a decision that refused one retrieval. */
  const left = (withheld: readonly string[] = [], deviation: Partial<SealedExchange> = {}) => {
    const { triggers, retrievals } = some(deviation);
    return { sealed: 'left', triggers, retrievals, withheld };
  };
  const opened = (held: SealedExchange) =>
    Promise.all(
      held.retrievals.map((retrieval) =>
        log.append([withEffects({ kind: 'open-retrieval', retrieval, expiresAt: new Date(held.expiresAt) })]),
      ),
    );

  it('gives the sealed text back, as often as asked', async () => {
    const held = some();
    await store.put(held);
    expect(await store.find(held.exchangeId, 'a')).toBe('sealed');
    expect(await store.find(held.exchangeId, 'a')).toBe('sealed');
  });

  it('gives nothing for an unknown one and for the one of another consumer', async () => {
    const held = some();
    await store.put(held);
    expect(await store.find(held.exchangeId, 'b')).toBeUndefined();
    expect(await store.find(randomUUID(), 'a')).toBeUndefined();
  });

  it('gives nothing after its time, also before it is tidied away (EGovG § 5 Abs. 5)', async () => {
    const held = some({ expiresAt: Date.now() - 1000 });
    await store.put(held);
    expect(await store.find(held.exchangeId, 'a')).toBeUndefined();
    await store.destroyExpired();
    expect(await store.find(held.exchangeId, 'a')).toBeUndefined();
  });

  it('keeps what the person decided beside it, once, for its consumer (EGovG § 5 Abs. 5)', async () => {
    const { exchangeId, ...held } = some();
    await store.put({ exchangeId, ...held });
    expect(await store.consumerOf(exchangeId)).toBe('a');
    expect(await store.attested(exchangeId, 'a')).toBeUndefined();
    const first = { attestation: 'first', statements: 'sealed' };
    expect(await store.attest(exchangeId, { ...first, ...left() })).toBe(true);
    expect(await store.attest(exchangeId, { attestation: 'second', statements: 'others', ...left() })).toBe(false);
    expect(await store.attested(exchangeId, 'a')).toEqual(first);
    expect(await store.attested(exchangeId, 'b')).toBeUndefined();
  });

  it('keeps what is left after the decision in the place of what was held (EGovG § 5 Abs. 5)', async () => {
    const held = some({ retrievals: [randomUUID(), randomUUID()], triggers: [randomUUID(), randomUUID()] });
    await store.put(held);
    await opened(held);
    const [refused, kept] = held.retrievals;
    const rest = left([refused!], { retrievals: [kept!], triggers: [held.triggers[1]!] });
    await store.attest(held.exchangeId, { attestation: 'a', statements: 's', ...rest });
    expect(await store.find(held.exchangeId, 'a')).toBe('left');
    // The outcome of what was refused, and the withdrawal of its decision, are nothing to the rest.
    await log.append([withEffects({ kind: 'close-retrieval', retrieval: refused! })]);
    await answers.destroyByTrigger([held.triggers[0]!]);
    expect(await store.find(held.exchangeId, 'a')).toBe('left');
    await log.append([withEffects({ kind: 'close-retrieval', retrieval: kept! })]);
    expect(await store.find(held.exchangeId, 'a')).toBeUndefined();
  });

  it('takes one of many decisions that come at once', async () => {
    const held = some();
    await store.put(held);
    const attempts = ['1', '2', '3', '4', '5'].map(async (attestation) => {
      const isFirst = await store.attest(held.exchangeId, { attestation, statements: attestation, ...left() });
      return isFirst ? [attestation] : [];
    });
    const [first, ...others] = (await Promise.all(attempts)).flat();
    expect(others).toEqual([]);
    expect(await store.attested(held.exchangeId, 'a')).toEqual({ attestation: first, statements: first });
  });

  it('names what was refused and has no outcome yet, also after its time, until it is tidied away', async () => {
    const held = some({ retrievals: [randomUUID(), randomUUID()], expiresAt: Date.now() + 400 });
    const other = some();
    for (const it of [held, other]) {
      await store.put(it);
      await opened(it);
      await store.attest(it.exchangeId, { attestation: 'a', statements: 's', ...left(it.retrievals) });
    }
    const named = async () => (await store.unsettled()).map(({ exchangeId }) => exchangeId);
    expect(await store.unsettled()).toContainEqual(
      expect.objectContaining({ exchangeId: held.exchangeId, consumer: 'a', sealed: 'left' }),
    );
    await log.append([withEffects({ kind: 'close-retrieval', retrieval: other.retrievals[0]! })]);
    await log.append([withEffects({ kind: 'close-retrieval', retrieval: held.retrievals[0]! })]);
    await sleep(500);
    expect(await named()).toContain(held.exchangeId);
    expect(await named()).not.toContain(other.exchangeId);
    await store.destroyExpired();
    expect(await named()).not.toContain(held.exchangeId);
  });

  it('takes no decision about what is over or unknown', async () => {
    const { exchangeId, ...held } = some({ expiresAt: Date.now() - 1000 });
    await store.put({ exchangeId, ...held });
    for (const id of [exchangeId, randomUUID()]) {
      expect(await store.consumerOf(id)).toBeUndefined();
      expect(await store.attest(id, { attestation: 'late', statements: 'sealed', ...left() })).toBe(false);
      expect(await store.attested(id, 'a')).toBeUndefined();
    }
  });

  it('tidies away what is over and nothing else', async () => {
    const held = some();
    await store.put(held);
    await store.destroyExpired();
    expect(await store.find(held.exchangeId, 'a')).toBe('sealed');
  });

  it('gives nothing once one of its retrievals has its outcome in the log', async () => {
    const held = some({ retrievals: [randomUUID(), randomUUID()] });
    await store.put(held);
    for (const retrieval of held.retrievals)
      await log.append([withEffects({ kind: 'open-retrieval', retrieval, expiresAt: new Date(held.expiresAt) })]);
    expect(await store.find(held.exchangeId, 'a')).toBe('sealed');
    await log.append([withEffects({ kind: 'close-retrieval', retrieval: held.retrievals[1]! })]);
    expect(await store.find(held.exchangeId, 'a')).toBeUndefined();
  });

  it('gives nothing once it was destroyed', async () => {
    const held = some();
    await store.put(held);
    await store.destroy(held.exchangeId);
    expect(await store.find(held.exchangeId, 'a')).toBeUndefined();
  });

  it('is destroyed by the withdrawal of one trigger it rests on', async () => {
    const [held, other] = [some({ triggers: ['x', 'y'].map((it) => `${it}-${randomUUID()}`) }), some()];
    await store.put(held);
    await store.put(other);
    await answers.destroyByTrigger([held.triggers[1]!]);
    expect(await store.find(held.exchangeId, 'a')).toBeUndefined();
    expect(await store.find(other.exchangeId, 'a')).toBe('sealed');
  });
}

import { randomUUID } from 'node:crypto';
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
    expect(await store.attest(exchangeId, first)).toBe(true);
    expect(await store.attest(exchangeId, { attestation: 'second', statements: 'others' })).toBe(false);
    expect(await store.attested(exchangeId, 'a')).toEqual(first);
    expect(await store.attested(exchangeId, 'b')).toBeUndefined();
  });

  it('takes no decision about what is over or unknown', async () => {
    const { exchangeId, ...held } = some({ expiresAt: Date.now() - 1000 });
    await store.put({ exchangeId, ...held });
    for (const id of [exchangeId, randomUUID()]) {
      expect(await store.consumerOf(id)).toBeUndefined();
      expect(await store.attest(id, { attestation: 'late', statements: 'sealed' })).toBe(false);
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

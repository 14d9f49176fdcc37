import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Deferral, DeferralStore } from '../../src/register-edge/deferral-store.js';

/** The sentences of the doc comment of DeferralStore, one test each. */
export function deferralStoreContract(create: () => Promise<DeferralStore>): void {
  const some = (deviation: Partial<Deferral> = {}): Deferral => ({
    attester: 'familienkasse-online',
    attestation: randomUUID(),
    caller: 'node',
    content: 'digest',
    deferredAt: Date.now(),
    ...deviation,
  });

  it('gives back what was announced for a decision of this attester, and for no other', async () => {
    const store = await create();
    const deferral = some();
    await store.put(deferral);
    expect(await store.find(deferral.attester, deferral.attestation)).toEqual(deferral);
    expect(await store.find('elterngeld-online', deferral.attestation)).toBeUndefined();
    expect(await store.find(deferral.attester, randomUUID())).toBeUndefined();
  });

  it('keeps the first announcement: a further one moves nothing', async () => {
    const store = await create();
    const first = some();
    await store.put(first);
    await store.put({ ...first, content: 'other', caller: 'other', deferredAt: first.deferredAt + 1000 });
    expect(await store.find(first.attester, first.attestation)).toEqual(first);
  });

  it('gives it once more after it was answered: the answer may have been lost', async () => {
    const store = await create();
    const deferral = some();
    await store.put(deferral);
    await store.answered(deferral.attester, deferral.attestation);
    expect(await store.find(deferral.attester, deferral.attestation)).toEqual(deferral);
  });
}

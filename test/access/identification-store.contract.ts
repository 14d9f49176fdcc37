import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { IdentificationStore } from '../../src/access/identification-store.js';

/** The sentences of the doc comment of IdentificationStore. */
export function identificationStoreContract(create: () => Promise<IdentificationStore>): void {
  it('locks with the third wrong identification in a row, and with it alone (FZV § 68 Abs. 2)', async () => {
    const [store, who] = [await create(), randomUUID()];
    expect(await store.countWrong(who, 'lock-1')).toBe(false);
    expect(await store.countWrong(who, 'lock-2')).toBe(false);
    expect(await store.lockOf(who)).toBeUndefined();
    expect(await store.countWrong(who, 'lock-3')).toBe(true);
    expect(await store.countWrong(who, 'lock-4')).toBe(false);
    expect(await store.lockOf(who)).toBe('lock-3');
  });

  it('counts anew after a proper one', async () => {
    const [store, who] = [await create(), randomUUID()];
    for (const lock of ['a', 'b']) await store.countWrong(who, lock);
    await store.endRow(who);
    for (const lock of ['c', 'd']) expect(await store.countWrong(who, lock)).toBe(false);
    expect(await store.countWrong(who, 'e')).toBe(true);
  });

  it('does not end a lock with the row', async () => {
    const [store, who] = [await create(), randomUUID()];
    for (const lock of ['a', 'b', 'c']) await store.countWrong(who, lock);
    await store.endRow(who);
    expect(await store.lockOf(who)).toBe('c');
  });

  it('counts each participant by itself', async () => {
    const [store, one, other] = [await create(), randomUUID(), randomUUID()];
    for (const lock of ['a', 'b']) await store.countWrong(one, lock);
    expect(await store.countWrong(other, 'c')).toBe(false);
    expect(await store.countWrong(one, 'd')).toBe(true);
    expect(await store.lockOf(other)).toBeUndefined();
  });

  it('locks once also where several are counted at the same moment', async () => {
    const [store, who] = [await create(), randomUUID()];
    const counted = await Promise.all(Array.from({ length: 8 }, (_, at) => store.countWrong(who, `lock-${at}`)));
    expect(counted.filter(Boolean)).toHaveLength(1);
    expect(await store.lockOf(who)).toBe(`lock-${counted.indexOf(true)}`);
  });

  it('lifts the lock that is meant, once, and no other', async () => {
    const [store, who] = [await create(), randomUUID()];
    for (const lock of ['a', 'b', 'c']) await store.countWrong(who, lock);
    expect(await store.lift(who, 'another')).toBe(false);
    const lifted = await Promise.all([store.lift(who, 'c'), store.lift(who, 'c')]);
    expect(lifted.filter(Boolean)).toHaveLength(1);
    expect(await store.lockOf(who)).toBeUndefined();
    // Its row ended with it.
    expect(await store.countWrong(who, 'd')).toBe(false);
  });
}

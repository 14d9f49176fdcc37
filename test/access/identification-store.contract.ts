import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { IdentificationStore } from '../../src/access/identification-store.js';

/** The sentences of the doc comment of IdentificationStore. */
export function identificationStoreContract(create: () => Promise<IdentificationStore>): void {
  it('locks with the third wrong identification in a row, and with it alone (FZV § 68 Abs. 2)', async () => {
    const [store, who] = [await create(), randomUUID()];
    for (const lock of ['lock-1', 'lock-2']) await store.countWrong(who, lock);
    expect(await store.lockOf(who)).toBeUndefined();
    for (const lock of ['lock-3', 'lock-4']) await store.countWrong(who, lock);
    expect(await store.lockOf(who)).toBe('lock-3');
  });

  it('counts anew after a proper one', async () => {
    const [store, who] = [await create(), randomUUID()];
    for (const lock of ['a', 'b']) await store.countWrong(who, lock);
    await store.endRow(who);
    for (const lock of ['c', 'd']) await store.countWrong(who, lock);
    expect(await store.lockOf(who)).toBeUndefined();
    await store.countWrong(who, 'e');
    expect(await store.lockOf(who)).toBe('e');
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
    await store.countWrong(other, 'c');
    await store.countWrong(one, 'd');
    expect(await store.lockOf(one)).toBe('d');
    expect(await store.lockOf(other)).toBeUndefined();
  });

  it('locks once also where several are counted at the same moment', async () => {
    const [store, who] = [await create(), randomUUID()];
    await Promise.all(Array.from({ length: 8 }, (_, at) => store.countWrong(who, `lock-${at}`)));
    const lock = await store.lockOf(who);
    expect(lock).toMatch(/^lock-[0-7]$/);
    await store.countWrong(who, 'another');
    expect(await store.lockOf(who)).toBe(lock);
  });

  const recorded = async (store: IdentificationStore, who: string) => {
    const locks: string[] = [];
    await store.record(who, async (lock) => locks.push(lock));
    return locks;
  };

  it('gives a lock to whoever records it until that succeeded, and once', async () => {
    const [store, who] = [await create(), randomUUID()];
    expect(await recorded(store, who)).toEqual([]);
    for (const lock of ['a', 'b']) await store.countWrong(who, lock);
    expect(await recorded(store, who)).toEqual([]);
    await store.countWrong(who, 'c');
    const failing = store.record(who, () => Promise.reject(new Error('no log')));
    await expect(failing).rejects.toThrow('no log');
    expect(await recorded(store, who)).toEqual(['c']);
    expect(await recorded(store, who)).toEqual([]);
    await store.lift(who, 'c');
    for (const lock of ['d', 'e', 'f']) await store.countWrong(who, lock);
    expect(await recorded(store, who)).toEqual(['f']);
  });

  it('gives it to one alone, who may take their time: others count on', async () => {
    const [store, who] = [await create(), randomUUID()];
    for (const lock of ['a', 'b', 'c']) await store.countWrong(who, lock);
    const locks: string[] = [];
    await store.record(who, async (lock) => {
      locks.push(lock);
      expect(await recorded(store, who)).toEqual([]);
      await store.countWrong(who, 'd');
    });
    expect(locks).toEqual(['c']);
    expect(await recorded(store, who)).toEqual([]);
  });

  it('lifts the lock that is meant, once, and no other', async () => {
    const [store, who] = [await create(), randomUUID()];
    for (const lock of ['a', 'b', 'c']) await store.countWrong(who, lock);
    expect(await store.lift(who, 'another')).toBe(false);
    const lifted = await Promise.all([store.lift(who, 'c'), store.lift(who, 'c')]);
    expect(lifted.filter(Boolean)).toHaveLength(1);
    expect(await store.lockOf(who)).toBeUndefined();
    // Its row ended with it.
    await store.countWrong(who, 'd');
    expect(await store.lockOf(who)).toBeUndefined();
  });
}

import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { AssertionStore } from '../../src/access/assertion-store.js';

/** The sentences of the doc comment of AssertionStore, one test each. */
export function assertionStoreContract(create: () => Promise<AssertionStore>): void {
  const later = () => Date.now() + 60_000;

  it('takes an assertion once (RFC 7523 § 3: jti)', async () => {
    const [store, jti] = [await create(), randomUUID()];
    expect(await store.useOnce('a', jti, later())).toBe(true);
    expect(await store.useOnce('a', jti, later())).toBe(false);
    expect(await store.useOnce('a', jti, later() + 1)).toBe(false);
  });

  it('takes the same identifier of two clients: each has its own', async () => {
    const [store, jti] = [await create(), randomUUID()];
    expect([await store.useOnce('a', jti, later()), await store.useOnce('b', jti, later())]).toEqual([true, true]);
  });

  it('takes it once also from those who ask at the same moment', async () => {
    const [store, jti] = [await create(), randomUUID()];
    const asked = await Promise.all(Array.from({ length: 8 }, () => store.useOnce('a', jti, later())));
    expect(asked.filter(Boolean)).toHaveLength(1);
  });

  it('still knows one that has just expired: a node whose clock is behind would accept it', async () => {
    const [store, jti] = [await create(), randomUUID()];
    const justNow = Date.now() - 2000;
    expect(await store.useOnce('a', jti, justNow)).toBe(true);
    expect(await store.useOnce('a', jti, justNow)).toBe(false);
  });

  it('forgets one that nobody can accept any more', async () => {
    const [store, jti] = [await create(), randomUUID()];
    const longAgo = Date.now() - 3_600_000;
    expect(await store.useOnce('a', jti, longAgo)).toBe(true);
    expect(await store.useOnce('a', jti, longAgo)).toBe(true);
  });
}

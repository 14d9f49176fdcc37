import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { SessionStore } from '../../src/access/session-store.js';

/** The sentences of the doc comment of SessionStore, one test each. */
export function sessionStoreContract(create: () => Promise<SessionStore>): void {
  const later = () => Date.now() + 60_000;

  it('knows what was remembered, and nothing else', async () => {
    const [store, session] = [await create(), randomUUID()];
    expect(await store.isKnown(session)).toBe(false);
    await store.remember(session, later());
    expect([await store.isKnown(session), await store.isKnown(randomUUID())]).toEqual([true, false]);
  });

  it('remembers one that is known already, also from several at once', async () => {
    const [store, session] = [await create(), randomUUID()];
    await Promise.all(Array.from({ length: 4 }, () => store.remember(session, later())));
    expect(await store.isKnown(session)).toBe(true);
  });

  it('still knows one that has just ended, and forgets one that nobody can continue any more', async () => {
    const [store, ended, old] = [await create(), randomUUID(), randomUUID()];
    await store.remember(ended, Date.now() - 2000);
    await store.remember(old, Date.now() - 3_600_000);
    await store.remember(randomUUID(), later());
    expect([await store.isKnown(ended), await store.isKnown(old)]).toEqual([true, false]);
  });
}

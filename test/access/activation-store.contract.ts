import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { ActivationStore } from '../../src/access/activation-store.js';
import type { TrustState } from '../../src/access/trust-state.js';

const state = (version: string): TrustState => ({
  version,
  participants: { pages: { kind: 'pages', area: 'inneres', title: 'Seiten' } },
  keys: [{ participant: 'pages', use: 'session', held: false, id: 'pages-session-1', thumbprint: 'x' }],
});

/** The sentences of the doc comment of ActivationStore, one test each. */
export function activationStoreContract(create: () => Promise<ActivationStore>): void {
  const seenBy = async (store: ActivationStore, node: string, next = state('probe')) => {
    let seen: TrustState | undefined;
    await store.replace(node, async (last) => {
      seen = last;
      return next;
    });
    return seen;
  };

  it('gives what was kept last, and nothing the first time', async () => {
    const [store, node] = [await create(), randomUUID()];
    expect(await seenBy(store, node, state('1'))).toBeUndefined();
    expect(await seenBy(store, node, state('2'))).toEqual(state('1'));
    expect(await seenBy(store, node)).toEqual(state('2'));
  });

  it('keeps nodes apart', async () => {
    const [store, node] = [await create(), randomUUID()];
    await seenBy(store, node, state('1'));
    expect(await seenBy(store, randomUUID())).toBeUndefined();
  });

  it('changes nothing where the work fails', async () => {
    const [store, node] = [await create(), randomUUID()];
    await seenBy(store, node, state('1'));
    const failing = store.replace(node, async () => {
      throw new Error('no log');
    });
    await expect(failing).rejects.toThrow('no log');
    expect(await seenBy(store, node)).toEqual(state('1'));
  });

  it('lets one at a time compare itself with the last', async () => {
    const [store, node] = [await create(), randomUUID()];
    const seen: (string | undefined)[] = [];
    const activate = (version: string) =>
      store.replace(node, async (last) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        seen.push(last?.version);
        return state(version);
      });
    await Promise.all([activate('a'), activate('b'), activate('c')]);
    expect(new Set(seen).size).toBe(3);
    expect(seen[0]).toBeUndefined();
  });
}

import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LogStore } from '../../src/audit/log-store.js';
import type { Trigger } from '../../src/consent/trigger.js';
import type { TriggerStore } from '../../src/consent/trigger-store.js';
import { withEffects } from '../audit/entries.js';
import { aTrigger } from '../support/builders.js';

/** The sentences of the doc comment of TriggerStore, one test each; `log` is the log whose grants and uses the store sees. */
export function triggerStoreContract(create: () => Promise<Readonly<{ store: TriggerStore; log: LogStore }>>): void {
  let store: TriggerStore;
  let log: LogStore;
  let requester: string;
  beforeEach(async () => {
    ({ store, log } = await create());
    requester = `consumer-${randomUUID()}`;
  });

  const stated = (deviation: { requester?: string } = {}): Trigger =>
    aTrigger({ id: randomUUID(), decision: { requester: deviation.requester ?? requester } });
  async function granted(...triggers: readonly Trigger[]): Promise<void> {
    await store.put(triggers);
    for (const { id } of triggers) await log.append([withEffects({ kind: 'grant-trigger', trigger: id })]);
  }

  describe('find', () => {
    it('gives a granted trigger back as it was put, in the order of the ids', async () => {
      const [a, b] = [stated(), stated()];
      await granted(a, b);
      expect(await store.find(requester, [b.id, a.id])).toEqual([b, a]);
    });

    it('leaves out what does not exist, and what is not in the log', async () => {
      const [a, b] = [stated(), stated()];
      await granted(a);
      await store.put([b]);
      expect(await store.find(requester, [b.id, a.id, randomUUID()])).toEqual([a]);
    });

    it("leaves out another participant's, as if it did not exist", async () => {
      const trigger = stated({ requester: 'somebody-else' });
      await granted(trigger);
      expect(await store.find(requester, [trigger.id])).toEqual([]);
    });

    it('gives one that is named twice once', async () => {
      const a = stated();
      await granted(a);
      expect(await store.find(requester, [a.id, a.id])).toEqual([a]);
    });

    it.each([
      ['used', { kind: 'use-trigger', by: 'r' }],
      ['withdrawn', { kind: 'withdraw-trigger' }],
    ] as const)('says that it is %s once that is in the log', async (state, effect) => {
      const a = stated();
      await granted(a);
      await log.append([withEffects({ ...effect, trigger: a.id })]);
      expect(await store.find(requester, [a.id])).toEqual([{ ...a, state }]);
    });

    it('says of one that was used and then withdrawn that it is withdrawn', async () => {
      const a = stated();
      await granted(a);
      await log.append([withEffects({ kind: 'use-trigger', trigger: a.id, by: 'r' })]);
      await log.append([withEffects({ kind: 'withdraw-trigger', trigger: a.id })]);
      expect((await store.find(requester, [a.id]))[0]?.state).toBe('withdrawn');
    });
  });

  describe('put', () => {
    it('changes nothing when the same comes again, nor when something else comes under the same id', async () => {
      const a = stated();
      await granted(a);
      await store.put([a, { ...a, attestation: 'another' }]);
      expect(await store.find(requester, [a.id])).toEqual([a]);
    });
  });

  describe('attestations', () => {
    it('names what was stored first under each id, also of others and of what is not in the log', async () => {
      const [a, b] = [stated(), stated({ requester: 'somebody-else' })];
      await granted(a);
      await store.put([b, { ...b, attestation: 'another' }]);
      expect(await store.attestations([a.id, b.id, randomUUID()])).toEqual(
        new Map([
          [a.id, a.attestation],
          [b.id, b.attestation],
        ]),
      );
    });
  });

  describe('destroyExpired', () => {
    const lasting = (seconds: number): Trigger => {
      const exp = Math.floor(Date.now() / 1000) + seconds;
      return aTrigger({ id: randomUUID(), decision: { requester, exp } });
    };

    it('destroys the salt of a decision that has ended, and of no other', async () => {
      const [ended, lasts] = [lasting(-3600), lasting(3600)];
      await granted(ended, lasts);
      await store.destroyExpired();
      expect(await store.find(requester, [ended.id, lasts.id])).toEqual([{ ...ended, commitmentSalt: '' }, lasts]);
    });

    it('leaves one that ended just now: clocks differ', async () => {
      const a = lasting(-60);
      await granted(a);
      await store.destroyExpired();
      expect(await store.find(requester, [a.id])).toEqual([a]);
    });
  });

  describe('findAny', () => {
    it('gives triggers of whoever asked, in the order of the ids, each once, and none whose grant is not in the log', async () => {
      const [own, other, unlogged] = [stated(), stated({ requester: 'somebody-else' }), stated()];
      await granted(own, other);
      await store.put([unlogged]);
      expect(await store.findAny([other.id, unlogged.id, own.id, other.id])).toEqual([other, own]);
    });
  });

  describe('list', () => {
    it('gives the newest first, page by page, each once', async () => {
      const all = [stated(), stated(), stated(), stated(), stated()];
      for (const trigger of all) await granted(trigger);
      const pages: (readonly Trigger[])[] = [];
      for (
        let before: string | undefined;
        pages.length === 0 || before !== undefined;
        before = pages.at(-1)?.at(-1)?.id
      )
        pages.push(await store.list(requester, 2, before));
      expect(pages.flat().map(({ id }) => id)).toEqual(all.map(({ id }) => id).reverse());
      expect(pages.map(({ length }) => length)).toEqual([2, 2, 1, 0]);
    });

    it("gives the requester's own only, and nothing behind an unknown page", async () => {
      await granted(stated({ requester: 'somebody-else' }), stated());
      expect(await store.list(requester, 10, undefined)).toHaveLength(1);
      expect(await store.list(requester, 10, randomUUID())).toEqual([]);
    });
  });
}

import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import type { CheckpointStore, KeptCheckpoint } from '../../src/vault/checkpoint-store.js';
import { logSigner } from '../audit/log-keys.js';

/** A checkpoint of that size; `history` tells logs apart that went different ways. */
export function aCheckpoint(size: number, history = 'one'): KeptCheckpoint {
  const root = hash('sha256', `${history} ${size}`, 'buffer');
  return { size, root, note: signCheckpoint({ origin: logSigner.name, size, root }, [logSigner]) };
}

/** The sentences of the doc comment of CheckpointStore. `create` gives an empty store; `another` opens the same one as another process does. */
export function checkpointStoreContract(create: () => Promise<CheckpointStore>, another: () => CheckpointStore): void {
  let store: CheckpointStore;
  beforeEach(async () => {
    store = await create();
  });

  describe('a checkpoint store', () => {
    it('has nothing at first, and then what was kept last, also for another process', async () => {
      expect(await store.read()).toBeUndefined();
      for (const size of [0, 1, 9, 10, 100_000]) {
        expect(await store.advance(aCheckpoint(size))).toBe('newest');
        expect(await another().read()).toBe(aCheckpoint(size).note);
      }
    });

    it('never replaces a newer checkpoint by an older one, however late it comes', async () => {
      await store.advance(aCheckpoint(10));
      expect(await another().advance(aCheckpoint(9))).toBe('behind');
      expect(await another().advance(aCheckpoint(2, 'other'))).toBe('behind');
      expect(await store.read()).toBe(aCheckpoint(10).note);
    });

    it('knows the same one again', async () => {
      await store.advance(aCheckpoint(10));
      expect(await another().advance(aCheckpoint(10))).toBe('known');
      expect(await store.read()).toBe(aCheckpoint(10).note);
    });

    it('refuses the same size with another root, and keeps what it has (RFC 6962 § 7.3: two views of one log)', async () => {
      await store.advance(aCheckpoint(10));
      await expect(another().advance(aCheckpoint(10, 'other'))).rejects.toMatchObject({
        name: 'CheckpointForked',
        size: 10,
      });
      expect(await store.read()).toBe(aCheckpoint(10).note);
    });

    it('of any number of racing writers the largest stays', async () => {
      const sizes = Array.from({ length: 40 }, (_, i) => ((i * 17) % 40) + 1);
      const outcomes = await Promise.all(sizes.map((size) => another().advance(aCheckpoint(size))));
      expect(outcomes[sizes.indexOf(40)]).toBe('newest');
      expect(await store.read()).toBe(aCheckpoint(40).note);
    });

    it('of racing writers of two histories only one gets a size', async () => {
      const race = await Promise.allSettled(
        ['one', 'other', 'third'].map((history) => another().advance(aCheckpoint(7, history))),
      );
      expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
      const winner = ['one', 'other', 'third'][race.findIndex(({ status }) => status === 'fulfilled')];
      expect(await store.read()).toBe(aCheckpoint(7, winner).note);
    });
  });
}

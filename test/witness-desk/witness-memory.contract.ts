import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ForkEvidence } from '../../src/tokens/fork-evidence.js';
import type { Seen, WitnessMemory } from '../../src/witness-desk/witness-memory.js';

/** The sentences of the doc comment of WitnessMemory. `create` gives replicas that share one memory. */
export function witnessMemoryContract(create: () => Promise<readonly [WitnessMemory, WitnessMemory]>): void {
  let memory: WitnessMemory;
  let replica: WitnessMemory;
  let origin: string;
  beforeEach(async () => {
    [memory, replica] = await create();
    origin = `log.example/${randomUUID()}`;
  });

  const seen = (size: number, fill = size): Seen => {
    const root = Buffer.alloc(32, fill);
    return { size, root, note: `${origin}\n${size}\n${root.toString('base64')}\n\n\u2014 x y\n` };
  };
  const fork = (older: string): ForkEvidence => ({ older, newer: 'newer', root: Buffer.alloc(32), proof: [] });

  describe('recall', () => {
    it('knows nothing of a log that was never cosigned', async () => {
      expect(await memory.recall(origin)).toEqual({ seen: undefined, fork: undefined });
    });

    it('gives what another replica stored last, byte for byte, and of that log alone', async () => {
      expect(await memory.advance(origin, undefined, seen(3))).toBe(true);
      expect(await replica.advance(origin, seen(3), seen(5))).toBe(true);
      expect(await memory.recall(origin)).toEqual({ seen: seen(5), fork: undefined });
      expect(await memory.recall(`${origin}/other`)).toEqual({ seen: undefined, fork: undefined });
    });
  });

  describe('advance', () => {
    it('takes the same checkpoint again, with another cosignature', async () => {
      await memory.advance(origin, undefined, seen(3));
      const again = { ...seen(3), note: `${seen(3).note}\u2014 x z\n` };
      expect(await replica.advance(origin, seen(3), again)).toBe(true);
      expect((await memory.recall(origin)).seen).toEqual(again);
    });

    it('says no where something else was seen last, and leaves it', async () => {
      expect(await memory.advance(origin, seen(3), seen(5))).toBe(false);
      await memory.advance(origin, undefined, seen(4));
      for (const before of [undefined, seen(3), seen(5), seen(4, 9)])
        expect(await replica.advance(origin, before, seen(6))).toBe(false);
      expect((await memory.recall(origin)).seen).toEqual(seen(4));
    });

    it('never goes back to a smaller tree or another root', async () => {
      await memory.advance(origin, undefined, seen(4));
      await expect(memory.advance(origin, seen(4), seen(3))).rejects.toThrow('does not go back');
      await expect(memory.advance(origin, seen(4), seen(4, 9))).rejects.toThrow('does not go back');
      expect((await memory.recall(origin)).seen).toEqual(seen(4));
    });

    it('of calls that race from one place lets exactly one through (C2SP tlog-witness, add-checkpoint)', async () => {
      const race = (before: Seen | undefined, from: number) =>
        Promise.all(
          Array.from({ length: 8 }, (_, i) => (i % 2 ? memory : replica).advance(origin, before, seen(from + i))),
        );
      const first = await race(undefined, 10);
      expect(first.filter(Boolean)).toHaveLength(1);
      const won = seen(10 + first.indexOf(true));
      const second = await race(won, 40);
      expect(second.filter(Boolean)).toHaveLength(1);
      expect((await memory.recall(origin)).seen).toEqual(seen(40 + second.indexOf(true)));
    });
  });

  describe('keepFork', () => {
    it('keeps the first evidence for good, and nothing is seen after it', async () => {
      await memory.advance(origin, undefined, seen(3));
      await memory.keepFork(origin, fork('first'));
      await replica.keepFork(origin, fork('second'));
      expect((await replica.recall(origin)).fork).toEqual(fork('first'));
      expect(await replica.advance(origin, seen(3), seen(4))).toBe(false);
      expect(await memory.advance(origin, undefined, seen(4))).toBe(false);
      expect((await memory.recall(origin)).seen).toEqual(seen(3));
    });
  });

  describe('keepRefused', () => {
    it('keeps of each log the first ten of a participant, each tree once, and leaves room for others', async () => {
      await memory.advance(origin, undefined, seen(3));
      const keep = (on: WitnessMemory, by: string, size: number, request = 'request') =>
        on.keepRefused(origin, { by, size, root: Buffer.alloc(32), seenNote: seen(3).note, request });
      expect(await keep(memory, 'a', 4, 'x'.repeat(16_385))).toBe(false);
      for (let size = 4; size < 14; size++) {
        expect(await keep(memory, 'a', size)).toBe(true);
        expect(await keep(replica, 'a', size, 'again')).toBe(false);
      }
      expect(await keep(memory, 'a', 14)).toBe(false);
      expect(await keep(replica, 'b', 4, 'x'.repeat(16_384))).toBe(true);
    });

    it('of those that come at once keeps no more', async () => {
      await memory.advance(origin, undefined, seen(3));
      const at = Array.from({ length: 24 }, (_, i) => i + 4);
      const kept = await Promise.all(
        at.map((size) =>
          (size % 2 ? memory : replica).keepRefused(origin, {
            ...{ by: 'a', size, root: Buffer.alloc(32), seenNote: seen(3).note, request: 'request' },
          }),
        ),
      );
      expect(kept.filter(Boolean)).toHaveLength(10);
    });
  });
}

import { describe, expect, it } from '@jest/globals';
import { AppendQueue, type QueueLimits, type Settled } from '../../src/audit/append-queue.js';

type Gate = { calls: readonly string[]; open(): void; fail(): void };

function gated(limits: QueueLimits = { waiting: 6, batch: 3 }, depth = 1) {
  const gates: Gate[] = [];
  const queue = new AppendQueue<string, string>(limits, {
    write: (calls) =>
      new Promise<Settled<string>[]>((resolve, reject) => {
        const outcome = (call: string): Settled<string> =>
          call === 'bad' ? { ok: false, error: new Error('refused') } : { ok: true, result: call };
        gates.push({ calls, open: () => resolve(calls.map(outcome)), fail: () => reject(new Error('down')) });
      }),
    depth: () => depth,
  });
  return { queue, gates };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('writes a lone call at once, and what comes meanwhile together', async () => {
    const { queue, gates } = gated();
    const all = ['a', 'b', 'c'].map((call) => queue.add(call, 1));
    expect(gates.map((gate) => gate.calls)).toEqual([['a']]);
    gates[0]!.open();
    await turn();
    expect(gates[1]!.calls).toEqual(['b', 'c']);
    gates[1]!.open();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  });

  it('never has more batches in flight than the writer takes, and never splits a call', async () => {
    const { queue, gates } = gated();
    const all = [queue.add('a', 1), queue.add('b', 2), queue.add('c', 2), queue.add('d', 1)];
    await turn();
    expect(gates).toHaveLength(1);
    gates[0]!.open();
    await turn();
    expect(gates[1]!.calls).toEqual(['b']);
    gates[1]!.open();
    await turn();
    expect(gates[2]!.calls).toEqual(['c', 'd']);
    gates[2]!.open();
    await Promise.all(all);
  });

  it('halves what is outstanding where two batches may be under way, so that one is built while the other is written', async () => {
    const { queue, gates } = gated({ waiting: 10, batch: 8 }, 2);
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((call) => queue.add(call, 1));
    expect(gates.map((gate) => gate.calls)).toEqual([['a'], ['b']]);
    gates[0]!.open();
    await turn();
    expect(gates[2]!.calls).toEqual(['c', 'd', 'e']);
    gates[1]!.open();
    await turn();
    expect(gates[3]!.calls).toEqual(['f']);
    for (const gate of gates) gate.open();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('writes a call that is larger than a batch alone', async () => {
    const { queue, gates } = gated({ waiting: 10, batch: 3 });
    const large = queue.add('large', 5);
    gates[0]!.open();
    expect(await large).toBe('large');
  });

  it('fails fast when too many entries wait, and takes calls again afterwards', async () => {
    const { queue, gates } = gated();
    const first = queue.add('a', 1);
    const waiting = [queue.add('b', 3), queue.add('c', 3)];
    await expect(queue.add('d', 1)).rejects.toMatchObject({ name: 'LogBusy' });
    gates[0]!.open();
    await first;
    await turn();
    const again = queue.add('e', 1);
    gates[1]!.open();
    await turn();
    gates[2]!.open();
    await turn();
    gates[3]!.open();
    expect(await Promise.all([...waiting, again])).toEqual(['b', 'c', 'e']);
  });

  it('refuses a call alone, and fails a whole batch only when the batch failed', async () => {
    const { queue, gates } = gated();
    const first = queue.add('a', 1);
    const [bad, good] = [queue.add('bad', 1), queue.add('good', 1)];
    gates[0]!.open();
    await first;
    await turn();
    gates[1]!.open();
    await expect(bad).rejects.toThrow('refused');
    expect(await good).toBe('good');
    const [lost, next] = [queue.add('lost', 1), queue.add('next', 1)];
    gates[2]!.fail();
    await expect(lost).rejects.toThrow('down');
    await turn();
    gates[3]!.open();
    expect(await next).toBe('next');
  });

  describe('waits a moment for company', () => {
    const LIMITS = { waiting: 1000, batch: 500, lingerMs: 30 };
    const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    /** So many calls, each while the one before is outstanding. */
    const inCompany = async ({ queue, gates }: ReturnType<typeof gated>) => {
      const all = Array.from({ length: 20 }, () => queue.add('a', 1));
      for (let at = 0; at < 2; at += 1) {
        while (gates.length <= at) await later(5);
        gates[at]!.open();
        await turn();
      }
      await Promise.all(all);
      return gates.length;
    };

    it('where calls come in company: it is written with those that come by then', async () => {
      const it = gated(LIMITS);
      const before = await inCompany(it);
      const began = performance.now();
      const all = [it.queue.add('b', 1), it.queue.add('c', 1)];
      expect(it.gates).toHaveLength(before);
      while (it.gates.length === before) await later(2);
      expect(performance.now() - began).toBeGreaterThan(25);
      expect(it.gates.at(-1)?.calls).toEqual(['b', 'c']);
      it.gates.at(-1)!.open();
      expect(await Promise.all(all)).toEqual(['b', 'c']);
    });

    it('not where there is enough to write', async () => {
      const it = gated(LIMITS);
      const before = await inCompany(it);
      const all = [it.queue.add('b', 1), it.queue.add('c', 64)];
      expect(it.gates).toHaveLength(before + 1);
      it.gates.at(-1)!.open();
      await Promise.all(all);
    });

    it('not where one appends again and again', async () => {
      const { queue, gates } = gated(LIMITS);
      for (let at = 0; at < 100; at += 1) {
        const written = queue.add('a', 1);
        expect(gates).toHaveLength(at + 1);
        gates[at]!.open();
        await written;
      }
    });

    it('no more, once calls come one by one again', async () => {
      const it = gated(LIMITS);
      await inCompany(it);
      for (let waits = 0; waits < 40; waits += 1) {
        const before = it.gates.length;
        const written = it.queue.add('b', 1);
        while (it.gates.length === before) await later(1);
        it.gates.at(-1)!.open();
        await written;
      }
      const before = it.gates.length;
      const written = it.queue.add('c', 1);
      expect(it.gates).toHaveLength(before + 1);
      it.gates.at(-1)!.open();
      await written;
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { AppendQueue, type Settled } from '../../src/audit/append-queue.js';

type Gate = { calls: readonly string[]; open(): void; fail(): void };

function gated(limits = { waiting: 6, batch: 3 }, depth = 1) {
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
});

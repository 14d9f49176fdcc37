import { beforeEach, expect, it } from '@jest/globals';
import type { CosignatureStore, Cosigned } from '../../src/witnesses/cosignature-store.js';
import type { Dispute } from '../../src/witnesses/dispute.js';
import type { DisputeStore } from '../../src/witnesses/dispute-store.js';

const HOUR_MS = 3_600_000;

/** The sentences of the doc comment of CosignatureStore. `create` gives the stores of two nodes on one log that nobody used yet. */
export function cosignatureStoreContract(
  create: () => Promise<readonly [CosignatureStore, CosignatureStore]>,
  pass: (ms: number) => Promise<void>,
): void {
  let store: CosignatureStore;
  let other: CosignatureStore;
  beforeEach(async () => {
    [store, other] = await create();
  });

  const cosigned = (witness: string, size: number, lines = 'x'): Cosigned => ({
    witness,
    size,
    note: `note ${size}`,
    lines,
  });

  it('lets one node take a round, and the next one after the interval', async () => {
    const taken = await Promise.all([store, other, store, other].map((it) => it.takeRound(HOUR_MS)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await other.takeRound(HOUR_MS)).toBe(false);
    await pass(HOUR_MS);
    expect(await other.takeRound(HOUR_MS)).toBe(true);
  });

  it('gives what is kept, largest checkpoint first, the newer cosignature over the same one', async () => {
    await store.keep(cosigned('b', 3));
    await other.keep(cosigned('a', 5));
    await store.keep(cosigned('b', 5, 'older'));
    await store.keep(cosigned('b', 5, 'newer'));
    expect(await other.cosigned()).toEqual([cosigned('a', 5), cosigned('b', 5, 'newer'), cosigned('b', 3)]);
  });

  it('knows how each witness stands: its size never falls, and silence is no answer', async () => {
    expect((await store.standings()).size).toBe(0);
    await store.noteFailure('a', 'unreachable');
    expect((await store.standings()).get('a')).toEqual({
      cosignedSize: 0,
      cosignedAtMs: undefined,
      answeredAtMs: undefined,
      last: 'unreachable',
    });
    await store.keep(cosigned('a', 5));
    await other.keep(cosigned('a', 4));
    const stands = (await store.standings()).get('a');
    expect(stands).toMatchObject({ cosignedSize: 5, last: 'cosigned' });
    expect(Math.abs((await store.now()) - (stands?.cosignedAtMs ?? 0))).toBeLessThan(60_000);
    expect(stands?.answeredAtMs).toBe(stands?.cosignedAtMs);
    await store.noteFailure('a', 'unreachable');
    expect((await other.standings()).get('a')).toEqual({ ...stands, last: 'unreachable' });
    for (const how of ['overtaken', 'unusable', 'disputed'] as const) {
      await store.noteFailure('a', how);
      expect((await other.standings()).get('a')).toMatchObject({ cosignedSize: 5, last: how });
    }
  });

  it('drops what is smaller than a checkpoint, and of the larger ones all but the newest 64', async () => {
    for (let size = 1; size <= 70; size++) await store.keep(cosigned('a', size));
    await store.keep(cosigned('b', 3));
    await store.forgetBelow(3);
    const sizes = (await store.cosigned()).map((it) => it.size);
    expect(sizes).toEqual([...Array.from({ length: 64 }, (_, i) => 70 - i), 3, 3]);
    expect((await store.standings()).get('b')).toMatchObject({ cosignedSize: 3 });
  });
}

/** The sentences of the doc comment of DisputeStore. */
export function disputeStoreContract(create: () => Promise<readonly [DisputeStore, DisputeStore]>): void {
  let store: DisputeStore;
  let other: DisputeStore;
  beforeEach(async () => {
    [store, other] = await create();
  });

  const dispute = (deviation: Partial<Dispute> = {}): Dispute => ({
    kind: 'FORKED',
    witness: 'a',
    size: 5,
    isProven: true,
    evidence: 'both notes',
    ...deviation,
  });

  it('keeps the first report of a kind by a witness, and proof beside the mere word', async () => {
    await store.record(dispute());
    await other.record(dispute({ size: 9, evidence: 'later' }));
    const more = [dispute({ isProven: false }), dispute({ kind: 'BEHIND' }), dispute({ witness: 'b' })];
    for (const it of more) await other.record(it);
    expect(await store.recorded()).toEqual(
      [dispute(), ...more].map((it) => ({ ...it, reportedAtMs: expect.any(Number), incidentIndex: undefined })),
    );
  });

  it('has each written once, also by nodes that do so at the same moment', async () => {
    await store.record(dispute());
    await store.record(dispute({ witness: 'b' }));
    const written: string[] = [];
    const write = async ({ witness }: Dispute) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return written.push(witness);
    };
    await Promise.all([store, other, store, other].map((it) => it.logIncidents(write)));
    expect(written).toEqual(['a', 'b']);
    expect((await other.recorded()).map((it) => it.incidentIndex)).toEqual([1, 2]);
    await other.logIncidents(write);
    expect(written).toHaveLength(2);
  });

  it('has it written the next time where it could not be', async () => {
    await store.record(dispute());
    await expect(store.logIncidents(() => Promise.reject(new Error('log down')))).rejects.toThrow('log down');
    expect((await store.recorded())[0]?.incidentIndex).toBeUndefined();
    await other.logIncidents(async () => 7);
    expect((await store.recorded())[0]?.incidentIndex).toBe(7);
  });
}

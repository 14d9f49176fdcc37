import { beforeEach, describe, expect, it } from '@jest/globals';
import { cosign } from '#libs/tlog/cosignature.js';
import { openByPolicy, parsePolicy } from '#libs/tlog/policy.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { LogDisputed } from '../../src/audit/log-store.js';
import { trustPolicy } from '../../src/witnesses/trust-policy.js';
import { anEntry } from '../audit/entries.js';
import { forger, logSigner } from '../audit/log-keys.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';
import { cosigner } from '../libs/tlog/keys.js';
import type { DeskWitness } from './desk-witness.js';
import { MemoryDisputeStore } from './memory-stores.js';
import { aLog, aNode, grow, incidentsOf, SharedStores, someWitnesses } from './world.js';

let log: MemoryLogStore;
let witnesses: DeskWitness[];
let stores: SharedStores;
beforeEach(async () => {
  log = aLog();
  await grow(log, 5);
  witnesses = someWitnesses();
  stores = new SharedStores();
});

const sizes = async () =>
  Object.fromEntries([...(await stores.cosignatures.standings())].map(([name, it]) => [name, it.cosignedSize]));
const policy = () =>
  parsePolicy(
    trustPolicy(
      logSigner.vkey,
      witnesses.map((it) => ({ participant: it.participant, vkeys: [it.vkey] })),
    ),
  );

describe('collecting cosignatures', () => {
  it('lets every witness cosign the newest checkpoint, with a proof from the last one', async () => {
    const node = aNode(log, witnesses, stores);
    await node.round();
    expect(await sizes()).toEqual({ 'witness-21': 5, 'witness-22': 5, 'witness-23': 5 });
    await grow(log, 30);
    await node.round();
    expect(await sizes()).toEqual({ 'witness-21': 35, 'witness-22': 35, 'witness-23': 35 });
    const newest = await node.witnessed.newest();
    expect(newest?.size).toBe(35);
    expect(openByPolicy(newest!.note, policy()).cosigned).toHaveLength(3);
    expect(node.operational.lines).toEqual([]);
  });

  it('asks nobody for a log that is empty, or that did not grow within a minute', async () => {
    const empty = aNode(aLog(), witnesses, stores);
    await empty.round();
    expect(witnesses.map((it) => it.calls)).toEqual([0, 0, 0]);
    const node = aNode(log, witnesses, stores);
    for (let i = 0; i < 6; i++) await node.round();
    expect(witnesses.map((it) => it.calls)).toEqual([1, 1, 1]);
    await node.round();
    expect(witnesses.map((it) => it.calls)).toEqual([2, 2, 2]);
  });

  it('is done by one of several nodes in each interval', async () => {
    const nodes = [aNode(log, witnesses, stores), aNode(log, witnesses, stores)];
    await Promise.all(nodes.map((it) => it.collector.round()));
    await Promise.all(nodes.map((it) => it.collector.round()));
    expect(witnesses.map((it) => it.calls)).toEqual([1, 1, 1]);
  });

  it('goes on with the majority where one witness does not answer, and says so once', async () => {
    witnesses[1]!.isDown = true;
    const node = aNode(log, witnesses, stores);
    await node.round();
    await grow(log, 1);
    await node.round();
    expect((await node.witnessed.newest())?.size).toBe(6);
    expect((await stores.cosignatures.standings()).get('witness-22')).toMatchObject({ last: 'unreachable' });
    expect(node.operational.lines).toEqual([
      JSON.stringify({ witness: 'witness-22', message: 'a witness does not answer' }),
    ]);
    witnesses[1]!.isDown = false;
    await node.round();
    expect((await stores.cosignatures.standings()).get('witness-22')).toMatchObject({ cosignedSize: 6 });
    expect(node.dispute.known).toEqual([]);
  });

  it('keeps the last checkpoint that a majority cosigned, whatever a minority does', async () => {
    const node = aNode(log, witnesses, stores);
    await node.round();
    for (const it of witnesses.slice(1)) it.isDown = true;
    for (let i = 0; i < 70; i++) {
      await grow(log, 1);
      await node.round();
    }
    expect((await node.witnessed.newest())?.size).toBe(5);
    expect((await stores.cosignatures.cosigned()).length).toBeLessThan(70);
  });

  it('is not held up by a witness that hangs', async () => {
    const answer = Promise.withResolvers<{ kind: 'unusable' }>();
    witnesses[0]!.lie = () => answer.promise;
    const node = aNode(log, witnesses, stores);
    const hanging = node.round();
    while ((await stores.cosignatures.cosigned()).length < 2) await new Promise((resolve) => setImmediate(resolve));
    await grow(log, 1);
    await node.round();
    expect((await node.witnessed.newest())?.size).toBe(6);
    expect(witnesses[0]!.calls).toBe(1);
    answer.resolve({ kind: 'unusable' });
    await hanging;
  });

  it('submits nothing that the key of the log did not sign', async () => {
    const forged = aNode(log, witnesses, stores, 'stop', { name: forger.name, keyId: '00000000', verify: () => false });
    await expect(forged.round()).rejects.toMatchObject({ name: 'NoteFault' });
    expect(witnesses.map((it) => it.calls)).toEqual([0, 0, 0]);
  });
});

describe('an answer of a witness', () => {
  it('counts for nothing when another key than the catalogue names signed it (C2SP tlog-cosignature)', async () => {
    witnesses[0]!.lie = ({ checkpoint }) => ({ kind: 'cosigned', lines: cosign(checkpoint, cosigner(99), 1) });
    witnesses[1]!.lie = ({ checkpoint }) => ({
      kind: 'cosigned',
      // The right name and key id, over another checkpoint.
      lines: cosign(checkpoint.replace('\n5\n', '\n6\n'), cosigner(22), 1),
    });
    const node = aNode(log, witnesses, stores);
    await node.round();
    expect((await stores.cosignatures.cosigned()).map((it) => it.witness)).toEqual(['witness-23']);
    expect(await node.witnessed.newest()).toBeUndefined();
    expect((await stores.cosignatures.standings()).get('witness-21')).toMatchObject({
      last: 'unusable',
      cosignedSize: 0,
    });
    expect(node.dispute.known).toEqual([]);
  });

  it('is kept without the lines of strangers', async () => {
    witnesses[0]!.lie = ({ checkpoint }) => ({
      kind: 'cosigned',
      lines: cosign(checkpoint, cosigner(99), 1) + cosign(checkpoint, cosigner(21), 2),
    });
    await aNode(log, witnesses, stores).round();
    const [kept] = await stores.cosignatures.cosigned();
    expect(kept).toMatchObject({ witness: 'witness-21', lines: expect.not.stringContaining('w99') });
  });

  it.each(['unusable', 'distrusted'] as const)('that is "%s" is no alarm', async (kind) => {
    witnesses[0]!.lie = () => ({ kind });
    const node = aNode(log, witnesses, stores);
    await node.round();
    expect(node.dispute.known).toEqual([]);
    expect((await stores.cosignatures.standings()).get('witness-21')).toMatchObject({ last: 'unusable' });
  });

  it('with another old size is none either: other nodes were there (C2SP tlog-witness, add-checkpoint)', async () => {
    const [first, second] = [aNode(log, witnesses, stores), aNode(log, witnesses, new SharedStores())];
    await first.round();
    await grow(log, 3);
    await second.round();
    await grow(log, 3);
    await first.round();
    expect(await sizes()).toEqual({ 'witness-21': 11, 'witness-22': 11, 'witness-23': 11 });
    expect([...first.dispute.known, ...second.dispute.known]).toEqual([]);
  });

  it('that another node overtook four times is left to the next round', async () => {
    const node = aNode(log, witnesses, stores);
    const others = aNode(log, witnesses, new SharedStores());
    witnesses[0]!.lie = async (request) => {
      await grow(log, 1);
      witnesses[0]!.lie = undefined;
      await others.round();
      witnesses[0]!.lie = lie;
      return witnesses[0]!.answer(request);
    };
    const { lie } = witnesses[0]!;
    await node.round();
    expect((await stores.cosignatures.standings()).get('witness-21')).toMatchObject({ last: 'overtaken' });
    expect(node.dispute.known).toEqual([]);
  });
});

/** Another history under the same name and key: the same entries have other salts. */
async function otherHistory(size: number): Promise<MemoryLogStore> {
  const other = aLog();
  await grow(other, size);
  return other;
}

describe('a log that is not the one that the witnesses saw', () => {
  const seen = async (size: number) => {
    await grow(log, size - 5);
    await aNode(log, witnesses, new SharedStores()).round();
  };

  it.each([
    ['smaller', 20, 12, 'BEHIND', 'WITNESS_SAW_MORE'],
    ['of the same size', 20, 20, 'FORKED', 'WITNESS_SAW_ANOTHER_HISTORY'],
    ['larger', 20, 33, 'FORKED', 'WITNESS_SAW_ANOTHER_HISTORY'],
    ['larger, where the old tree is complete', 16, 33, 'FORKED', 'WITNESS_SAW_ANOTHER_HISTORY'],
  ] as const)(
    'and is %s is proven by its own signature, recorded, and taken no further (FZV § 68)',
    async (_, was, is, kind, cause) => {
      await seen(was);
      const other = await otherHistory(is);
      const node = aNode(other, witnesses, stores);
      await node.round();
      expect(node.dispute.isStopped).toBe(true);
      expect(node.dispute.known).toHaveLength(3);
      for (const it of node.dispute.known) expect(it).toMatchObject({ kind, size: was, isProven: true });
      const incidents = incidentsOf(other);
      expect(incidents.map(({ hidden }) => hidden.cause)).toEqual([cause, cause, cause]);
      expect(incidents[0]).toMatchObject({
        caller: { consumer: 'node-test' },
        hidden: { note: `witness-21, ${was} entries, proven` },
      });
      await expect(node.log.append([anEntry()])).rejects.toThrow(LogDisputed);
      await expect(new AuditLog(node.log).repeated({ caller: { consumer: 'c' } })).rejects.toMatchObject({
        reason: 'LOG_DISPUTED',
        retryDelayMs: 60_000,
      });
      expect(node.operational.lines.join()).toContain('nothing is appended and no exchange is served');
    },
  );

  it('is one for every node on it, and after a restart, with one entry for each report', async () => {
    await seen(20);
    const other = await otherHistory(30);
    await aNode(other, witnesses, stores).round();
    const restarted = aNode(other, [], stores);
    await restarted.disputes.refresh();
    expect(restarted.dispute.isStopped).toBe(true);
    await aNode(other, witnesses, stores).round();
    expect(incidentsOf(other)).toHaveLength(3);
  });

  it('is still one after the witness caught it with both histories and distrusts it', async () => {
    await seen(20);
    const other = await otherHistory(30);
    await aNode(other, witnesses, stores).round();
    const later = aNode(other, witnesses, new SharedStores());
    await later.round();
    expect(later.dispute.known).toHaveLength(3);
    expect(later.dispute.known[0]).toMatchObject({ kind: 'FORKED', isProven: true, size: 20 });
    // The history that was there first is vouched for no more: the key of the log has signed two.
    const honest = aNode(log, witnesses, new SharedStores());
    await grow(log, 1);
    await honest.round();
    expect(honest.dispute.isStopped).toBe(true);
  });

  it('is served all the same where the operator says so, and the dispute stays', async () => {
    await seen(20);
    const other = await otherHistory(30);
    const node = aNode(other, witnesses, stores, 'serve');
    await node.round();
    expect(node.dispute.known).toHaveLength(3);
    expect(node.dispute.isStopped).toBe(false);
    await expect(node.log.append([anEntry()])).resolves.toHaveLength(1);
    expect(incidentsOf(other)).toHaveLength(3);
  });

  it('stops at once also where nothing can be recorded, and is recorded as soon as it can be', async () => {
    await seen(20);
    const other = await otherHistory(30);
    stores.disputes.failing = true;
    const node = aNode(other, witnesses, stores);
    await node.round();
    expect(node.dispute.isStopped).toBe(true);
    expect(await stores.disputes.recorded()).toEqual([]);
    stores.disputes.failing = false;
    await node.round();
    expect(await stores.disputes.recorded()).toHaveLength(3);
    expect(incidentsOf(other)).toHaveLength(3);
    expect(node.dispute.known).toHaveLength(3);
  });

  it('has its entry later where the log could not take it', async () => {
    await seen(20);
    const other = await otherHistory(30);
    other.failing = true;
    const node = aNode(other, witnesses, stores);
    await node.round();
    expect(node.dispute.isStopped).toBe(true);
    expect(incidentsOf(other)).toEqual([]);
    other.failing = false;
    await node.round();
    expect(incidentsOf(other)).toHaveLength(3);
  });
});

describe('the mere word of a witness against the log', () => {
  const contradict = (witness: DeskWitness) => {
    witness.lie = () => ({ kind: 'contradicted' });
  };

  it('is a dispute that stops the node, and is said to be unproven', async () => {
    contradict(witnesses[0]!);
    const node = aNode(log, witnesses, stores);
    await node.round();
    expect(node.dispute.isStopped).toBe(true);
    expect(node.dispute.known).toEqual([
      expect.objectContaining({ kind: 'CONTRADICTED', witness: 'witness-21', isProven: false }),
    ]);
    expect(incidentsOf(log)[0]?.hidden).toMatchObject({ cause: 'WITNESS_CONTRADICTS' });
  });

  it('that it saw more than there is, without showing it, is one too', async () => {
    witnesses[0]!.lie = () => ({ kind: 'elsewhere', size: 1000 });
    const node = aNode(log, witnesses, stores);
    await node.round();
    expect(node.dispute.known).toEqual([
      expect.objectContaining({ kind: 'CONTRADICTED', witness: 'witness-21', size: 1000, isProven: false }),
    ]);
  });

  it('counts as long as the catalogue names that witness; what is proven counts for good', async () => {
    contradict(witnesses[0]!);
    await aNode(log, witnesses, stores).round();
    const without = aNode(log, witnesses.slice(1), stores);
    await without.disputes.refresh();
    expect(without.dispute.known).toHaveLength(1);
    expect(without.dispute.isStopped).toBe(false);
    const proven = new MemoryDisputeStore();
    await proven.record({ kind: 'FORKED', witness: 'gone', size: 3, isProven: true, evidence: '' });
    const node = aNode(log, witnesses, Object.assign(new SharedStores(), { disputes: proven }));
    await node.disputes.refresh();
    expect(node.dispute.isStopped).toBe(true);
  });

  it('is not proven by what strangers signed', async () => {
    contradict(witnesses[0]!);
    witnesses[0]!.latest = async () => 'not a note';
    witnesses[0]!.fork = async () => ({ older: 'x', newer: 'y', root: Buffer.alloc(32), proof: [] });
    const node = aNode(log, witnesses, stores);
    await node.round();
    expect(node.dispute.known).toMatchObject([{ isProven: false }]);
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyConsistency, verifyInclusion } from '#libs/merkle/verify.js';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { commitmentFromOpening, leafBytes } from '../../src/audit/entry.js';
import type { LogStore } from '../../src/audit/log-store.js';
import { ProveConsistency, ProveConsistencyHandler } from '../../src/transparency/prove-consistency.js';
import { ProveInclusion, ProveInclusionHandler } from '../../src/transparency/prove-inclusion.js';
import { anEntry, withEffects } from './entries.js';
import { logSigner, logVerifier } from './log-keys.js';

const later = new Date('2027-01-01T00:00:00Z');
const refused = (reason: string, entry = 0) => expect.objectContaining({ name: 'EffectRefused', reason, entry });

/** The sentences of the doc comment of LogStore, one test each. `create` gives a store over an empty log. */
export function logStoreContract(create: () => Promise<LogStore>): void {
  let store: LogStore;
  beforeAll(async () => {
    store = await create();
  });

  describe('append', () => {
    it('gives receipts in the order of the entries, at consecutive indices, each verifiable with the log key alone (C2SP tlog-proof)', async () => {
      const { size } = await store.head();
      const receipts = await store.append([anEntry(), anEntry(), anEntry()]);
      expect(receipts.map((receipt) => receipt.index)).toEqual([size, size + 1, size + 2]);
      for (const receipt of receipts) {
        expect(receipt.leaf).toHaveLength(33);
        expect(verifyTlogProof(receipt.tlogProof(), receipt.leaf, logSigner.vkey).index).toBe(receipt.index);
        expect(openCheckpoint(receipt.checkpoint, logVerifier)).toMatchObject({
          size: receipt.treeSize,
          root: receipt.rootHash,
        });
      }
    });

    it('gives an opening from which the caller recomputes the leaf, and changing one member gives another', async () => {
      const [receipt] = await store.append([
        anEntry({ caller: { event: 'exchange.closed', consumer: 'c', outcome: 'released', release_digest: 'abc' } }),
      ]);
      const { opening, leaf } = receipt!;
      expect(leafBytes(commitmentFromOpening(opening))).toEqual(leaf);
      const forged = { ...opening, caller: { ...opening.caller, release_digest: 'abd' } };
      expect(leafBytes(commitmentFromOpening(forged))).not.toEqual(leaf);
    });

    it('gives equal entries different leaves', async () => {
      const receipts = await store.append([anEntry(), anEntry()]);
      expect(receipts[0]!.leaf).not.toEqual(receipts[1]!.leaf);
    });

    it('keeps concurrent calls apart, without gaps and with time that never falls', async () => {
      const { size } = await store.head();
      const calls = await Promise.all(
        Array.from({ length: 40 }, (_, i) => store.append(Array.from({ length: 1 + (i % 3) }, () => anEntry()))),
      );
      for (const receipts of calls)
        expect(receipts.map((receipt) => receipt.index - receipts[0]!.index)).toEqual(receipts.map((_, i) => i));
      const all = calls.flat().sort((a, b) => a.index - b.index);
      expect(all.map((receipt) => receipt.index)).toEqual(all.map((_, i) => size + i));
      const times = all.map((receipt) => receipt.opening.caller.log_time);
      expect(times).toEqual(times.toSorted());
    });

    it('refuses an entry that no log can take, alone and without naming the value', async () => {
      const { size } = await store.head();
      const bad = anEntry({ caller: { event: 'incident', consumer: 'nul\u0000' } });
      const [good, failed] = await Promise.allSettled([store.append([anEntry()]), store.append([anEntry(), bad])]);
      expect(good.status).toBe('fulfilled');
      expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'EntryInvalid', member: 'consumer' } });
      expect((await store.head()).size).toBe(size + 1);
    });
  });

  describe('effects', () => {
    it('let a trigger be used once: of ten racing calls exactly one succeeds, the others fail alone (IDNrG § 7 Abs. 2)', async () => {
      await store.append([withEffects({ kind: 'grant-trigger', trigger: 'race' })]);
      const { size } = await store.head();
      const outcomes = await Promise.allSettled([
        ...Array.from({ length: 10 }, (_, i) =>
          store.append([withEffects({ kind: 'use-trigger', trigger: 'race', by: `r${i}` })]),
        ),
        store.append([anEntry()]),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(outcomes.at(-1)).toMatchObject({ status: 'fulfilled' });
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused('USED'));
      expect((await store.head()).size).toBe(size + 2);
    });

    it('refuse a second use by the same retrieval too', async () => {
      await store.append([
        withEffects({ kind: 'grant-trigger', trigger: 'twice' }, { kind: 'use-trigger', trigger: 'twice', by: 'a' }),
      ]);
      await expect(store.append([withEffects({ kind: 'use-trigger', trigger: 'twice', by: 'a' })])).rejects.toEqual(
        refused('USED'),
      );
    });

    it('refuse an unknown, a withdrawn and a second time granted trigger', async () => {
      await expect(store.append([withEffects({ kind: 'use-trigger', trigger: 'never', by: 'a' })])).rejects.toEqual(
        refused('UNKNOWN_TRIGGER'),
      );
      await expect(store.append([withEffects({ kind: 'withdraw-trigger', trigger: 'never' })])).rejects.toEqual(
        refused('UNKNOWN_TRIGGER'),
      );
      await store.append([
        withEffects({ kind: 'grant-trigger', trigger: 'gone' }),
        withEffects({ kind: 'withdraw-trigger', trigger: 'gone' }),
      ]);
      await expect(store.append([withEffects({ kind: 'use-trigger', trigger: 'gone', by: 'a' })])).rejects.toEqual(
        refused('WITHDRAWN'),
      );
      await expect(store.append([withEffects({ kind: 'withdraw-trigger', trigger: 'gone' })])).rejects.toEqual(
        refused('WITHDRAWN'),
      );
      await expect(store.append([withEffects({ kind: 'grant-trigger', trigger: 'gone' })])).rejects.toEqual(
        refused('ALREADY_GRANTED'),
      );
    });

    it('let a withdrawal stop the release of a retrieval that used the trigger before', async () => {
      await store.append([
        withEffects({ kind: 'grant-trigger', trigger: 'late' }, { kind: 'use-trigger', trigger: 'late', by: 'a' }),
      ]);
      await store.append([withEffects({ kind: 'trigger-in-force', trigger: 'late', by: 'a' })]);
      await expect(store.append([withEffects({ kind: 'trigger-in-force', trigger: 'late', by: 'b' })])).rejects.toEqual(
        refused('NOT_USED_BY'),
      );
      await store.append([withEffects({ kind: 'withdraw-trigger', trigger: 'late' })]);
      await expect(store.append([withEffects({ kind: 'trigger-in-force', trigger: 'late', by: 'a' })])).rejects.toEqual(
        refused('WITHDRAWN'),
      );
    });

    it('give a retrieval exactly one final outcome', async () => {
      const open = withEffects({ kind: 'open-retrieval', retrieval: 'one', expiresAt: later });
      const close = withEffects({ kind: 'close-retrieval', retrieval: 'one' });
      await expect(store.append([close])).rejects.toEqual(refused('UNKNOWN_RETRIEVAL'));
      await store.append([open]);
      await expect(store.append([open])).rejects.toEqual(refused('ALREADY_OPENED'));
      const outcomes = await Promise.allSettled([store.append([close]), store.append([close])]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(store.append([close])).rejects.toEqual(refused('ALREADY_CLOSED'));
    });

    it('tell of a retrieval whether it has its outcome, and give it none', async () => {
      const isOpen = withEffects({ kind: 'retrieval-open', retrieval: 'two' });
      await expect(store.append([isOpen])).rejects.toEqual(refused('UNKNOWN_RETRIEVAL'));
      await store.append([withEffects({ kind: 'open-retrieval', retrieval: 'two', expiresAt: later })]);
      for (let times = 0; times < 2; times += 1) await expect(store.append([isOpen])).resolves.toHaveLength(1);
      await store.append([isOpen, withEffects({ kind: 'close-retrieval', retrieval: 'two' })]);
      await expect(store.append([isOpen])).rejects.toEqual(refused('ALREADY_CLOSED'));
    });

    it('log what is to be there once, once', async () => {
      const found = withEffects({ kind: 'once', name: 'difference' });
      const outcomes = await Promise.allSettled([store.append([found]), store.append([found])]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(store.append([found])).rejects.toEqual(refused('ALREADY_LOGGED'));
      await expect(store.append([withEffects({ kind: 'once', name: 'another' })])).resolves.toHaveLength(1);
    });

    it('undo a whole call when one of its entries is refused', async () => {
      const { size } = await store.head();
      const call = store.append([
        withEffects({ kind: 'grant-trigger', trigger: 'undone' }),
        withEffects({ kind: 'use-trigger', trigger: 'absent', by: 'a' }),
      ]);
      await expect(call).rejects.toEqual(refused('UNKNOWN_TRIGGER', 1));
      expect((await store.head()).size).toBe(size);
      await expect(store.append([withEffects({ kind: 'use-trigger', trigger: 'undone', by: 'a' })])).rejects.toEqual(
        refused('UNKNOWN_TRIGGER'),
      );
    });
  });

  describe('proofs', () => {
    it('hold for every entry in the newest and in every earlier tree (RFC 6962 § 2.1.1)', async () => {
      const handler = new ProveInclusionHandler(store);
      const { size } = await store.head();
      for (let index = 0; index < size; index += 3) {
        for (const treeSize of [index + 1, Math.ceil((index + 1 + size) / 2), size]) {
          const proven = await handler.execute(new ProveInclusion(index, treeSize));
          verifyInclusion({
            index,
            size: treeSize,
            leafHash: proven.leafHash,
            proof: proven.proof,
            root: proven.rootHash,
          });
        }
      }
    });

    it('show that the newest tree extends every earlier one (RFC 6962 § 2.1.2)', async () => {
      const handler = new ProveConsistencyHandler(store);
      const newest = await store.head();
      expect(openCheckpoint(newest.checkpoint!, logVerifier).size).toBe(newest.size);
      for (let oldSize = 1; oldSize <= newest.size; oldSize += 4) {
        const { rootHash } = await new ProveInclusionHandler(store).execute(new ProveInclusion(0, oldSize));
        const { proof, newSize, newRootHash } = await handler.execute(new ProveConsistency(oldSize));
        verifyConsistency({ oldSize, newSize, oldRoot: rootHash, newRoot: newRootHash, proof });
      }
    });

    it('are refused beyond the log and from a larger to a smaller tree', async () => {
      const { size } = await store.head();
      const beyond = expect.objectContaining({ name: 'BeyondLog', size });
      await expect(new ProveInclusionHandler(store).execute(new ProveInclusion(size))).rejects.toEqual(beyond);
      await expect(new ProveInclusionHandler(store).execute(new ProveInclusion(0, size + 1))).rejects.toEqual(beyond);
      await expect(new ProveConsistencyHandler(store).execute(new ProveConsistency(1, size + 1))).rejects.toEqual(
        beyond,
      );
      await expect(new ProveConsistencyHandler(store).execute(new ProveConsistency(3, 2))).rejects.toMatchObject({
        code: 'SIZE_ORDER',
      });
      await expect(new ProveInclusionHandler(store).execute(new ProveInclusion(-1))).rejects.toMatchObject({
        code: 'SIZE_INVALID',
      });
    });
  });
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosign } from '#libs/tlog/cosignature.js';
import { commitment, leafBytes, saltedHash } from '../../src/audit/entry.js';
import { checkConsistency, checkEntry, checkInclusion, leafOf, openCheckpoint } from '../../src/pages/assets/proof.js';
import { CHECK_TEXTS } from '../../src/pages/tracker/check-texts.js';
import { packageRoot } from '../../src/platform/paths.js';
import { canonicalBytes } from '../../src/tokens/digest.js';
import { naiveConsistency, naiveLeaf, naivePath, naiveRoot } from '../libs/merkle/naive-tree.js';
import { cosigner, signer } from '../libs/tlog/keys.js';

const ORIGIN = 'log.example';
const entries = Array.from({ length: 70 }, (_, at) => Buffer.from(`entry ${at}`));
const log = signer(1, ORIGIN);
const witnesses = [2, 3, 4].map((it) => cosigner(it));

const treeHash = (of: readonly Buffer[]) => naiveRoot(of.map(naiveLeaf));
const inclusionProof = (index: number, of: readonly Buffer[]) => naivePath(index, of.map(naiveLeaf));
const consistencyProof = (size: number, of: readonly Buffer[]) =>
  size === 0 ? [] : naiveConsistency(size, of.map(naiveLeaf));

const trust = { log: log.vkey, witnesses: witnesses.map(({ vkey }) => [vkey]), quorum: 2 };

function checkpointOf(leaves: readonly Buffer[], by = witnesses.slice(0, 2)): string {
  const signed = signCheckpoint({ origin: ORIGIN, size: leaves.length, root: treeHash(leaves) }, [log]);
  return signed + by.map((it) => cosign(signed, it, 1_790_000_000)).join('');
}

describe('inclusion in the browser (RFC 6962 § 2.1.1)', () => {
  it('holds for every leaf of every small tree, and for no other place, leaf or root', async () => {
    for (let size = 1; size <= 20; size += 1) {
      const leaves = entries.slice(0, size);
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(index, leaves);
        const claim = { index, size, leaf: leaves[index], proof, root: treeHash(leaves) };
        await checkInclusion(claim);
        await expect(checkInclusion({ ...claim, leaf: Buffer.from('another') })).rejects.toThrow();
        await expect(checkInclusion({ ...claim, root: treeHash(entries.slice(0, size + 1)) })).rejects.toThrow();
        await expect(checkInclusion({ ...claim, proof: [...proof, treeHash([])] })).rejects.toThrow();
        if (size > 1) await expect(checkInclusion({ ...claim, proof: proof.slice(1) })).rejects.toThrow();
      }
    }
  });
});

describe('consistency in the browser (RFC 6962 § 2.1.2)', () => {
  it('holds for every two sizes of one tree, and not for a tree with another past', async () => {
    for (let newSize = 1; newSize <= 20; newSize += 1) {
      const newer = entries.slice(0, newSize);
      for (let oldSize = 0; oldSize <= newSize; oldSize += 1) {
        const older = entries.slice(0, oldSize);
        const proof = consistencyProof(oldSize, newer);
        const claim = { oldSize, newSize, oldRoot: treeHash(older), newRoot: treeHash(newer), proof };
        await checkConsistency(claim);
        if (oldSize === 0) continue;
        const other = treeHash([...older.slice(1), Buffer.from('changed')]);
        await expect(checkConsistency({ ...claim, oldRoot: other })).rejects.toThrow();
        await expect(checkConsistency({ ...claim, newRoot: other })).rejects.toThrow();
      }
    }
  });

  it('does not hold for a log that has become shorter', async () => {
    const claim = {
      oldSize: 3,
      newSize: 2,
      oldRoot: treeHash(entries.slice(0, 3)),
      newRoot: treeHash(entries.slice(0, 2)),
    };
    await expect(checkConsistency({ ...claim, proof: [] })).rejects.toThrow('shorter');
  });
});

describe('a checkpoint in the browser (C2SP signed-note, tlog-cosignature)', () => {
  it('gives size, root, and how many witnesses signed', async () => {
    const opened = await openCheckpoint(checkpointOf(entries), trust);
    expect(opened).toMatchObject({ size: 70, witnesses: 2 });
    expect(Buffer.from(opened.root)).toEqual(treeHash(entries));
  });

  it('is refused where the log did not sign, or another log did', async () => {
    const other = signer(9, ORIGIN);
    await expect(openCheckpoint(checkpointOf(entries), { ...trust, log: other.vkey })).rejects.toThrow('did not sign');
    const elsewhere = signer(1, 'other.example');
    await expect(openCheckpoint(checkpointOf(entries), { ...trust, log: elsewhere.vkey })).rejects.toThrow(
      'another log',
    );
    const changed = checkpointOf(entries).replace('\n70\n', '\n71\n');
    await expect(openCheckpoint(changed, trust)).rejects.toThrow('did not sign');
  });

  it('counts no witness twice, and none whose signature is over something else', async () => {
    const foreign = witnesses.map((it) => cosign(checkpointOf(entries.slice(1), []), it, 1_790_000_000)).join('');
    const note = checkpointOf(entries, [witnesses[0]!, witnesses[0]!]) + foreign;
    expect((await openCheckpoint(note, trust)).witnesses).toBe(1);
  });
});

describe('one entry in the browser', () => {
  const caller = { event: 'retrieval.closed', log_time: '2026-11-26T12:00:00.000Z', consumer: 'somebody' } as const;
  const salt = Buffer.alloc(32, 7);
  const hidden = Buffer.alloc(32, 9);
  const opening = {
    salt: salt.toString('base64url'),
    caller: canonicalBytes(caller).toString('utf8'),
    protectedHash: hidden.toString('base64'),
  };
  const leaf = leafBytes(commitment(saltedHash(salt, caller), hidden));
  const leaves = [...entries.slice(0, 5), leaf, ...entries.slice(5, 9)];
  let receipt: Parameters<typeof checkEntry>[0]['receipt'];
  beforeAll(() => {
    const proof = inclusionProof(5, leaves).map((it) => it.toString('base64'));
    receipt = { index: 5, checkpoint: checkpointOf(leaves), proof, opening };
  });

  it('makes the leaf that the log made', async () => {
    expect(Buffer.from(await leafOf(opening))).toEqual(leaf);
  });

  it('holds as it was logged, and not when a word of it was changed', async () => {
    expect(await checkEntry({ receipt, trust })).toMatchObject({ size: 10, witnesses: 2 });
    const changed = { ...opening, caller: opening.caller.replace('somebody', 'nobody') };
    await expect(checkEntry({ receipt: { ...receipt, opening: changed }, trust })).rejects.toThrow('not in the tree');
  });

  it('does not hold with fewer witnesses than the quorum', async () => {
    const alone = { ...receipt, checkpoint: checkpointOf(leaves, witnesses.slice(0, 1)) };
    await expect(checkEntry({ receipt: alone, trust })).rejects.toThrow('witnesses');
  });
});

it('what does not hold is said in the language of the page, for each thing that can be found', async () => {
  const source = await readFile(join(packageRoot, 'src/pages/assets/proof.js'), 'utf8');
  const found = new Set([...source.matchAll(/demand\(.*, '([^']+)'\)/g)].map(([, fault = '']) => fault));
  // These say that it is no proof.
  const ofForm = /^(form|lengths?|place) (of|in) /;
  for (const { script } of Object.values(CHECK_TEXTS))
    expect(Object.keys(script.faults).sort()).toEqual([...found].filter((it) => !ofForm.test(it)).sort());
});

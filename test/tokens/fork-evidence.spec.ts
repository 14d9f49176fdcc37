import { describe, expect, it } from '@jest/globals';
import { consistencyProof } from '#libs/merkle/proof.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { type ForkEvidence, formatForkEvidence, parseForkEvidence, showsFork } from '../../src/tokens/fork-evidence.js';
import { naiveRoot } from '../libs/merkle/naive-tree.js';
import { grow } from '../libs/merkle/tree.js';
import { signer } from '../libs/tlog/keys.js';

const log = signer(1);
const key = ed25519Verifier(log.vkey);
const { leaves, readNodes } = grow(40);
/** The other history: the same until leaf 4. */
const others = leaves.map((leaf, i) => (i < 4 ? leaf : Buffer.alloc(32, i)));
const note = (root: Buffer, size: number, by = log) => signCheckpoint({ origin: by.name, size, root }, [by]);

async function evidence(oldSize: number, newSize = 40, before = others): Promise<ForkEvidence> {
  return {
    older: note(naiveRoot(before.slice(0, oldSize)), oldSize),
    newer: note(naiveRoot(leaves.slice(0, newSize)), newSize),
    root: naiveRoot(leaves.slice(0, oldSize)),
    proof: await consistencyProof(oldSize, newSize, readNodes),
  };
}

describe('evidence of a fork (RFC 9162 § 2.1.4)', () => {
  it.each([
    ['two histories', 13, 40],
    ['two histories, the old tree being complete', 16, 40],
    ['two roots of one size', 40, 40],
  ])('is %s under one key', async (_, oldSize, newSize) => {
    expect(showsFork(await evidence(oldSize, newSize), key)).toBe(true);
  });

  it.each([13, 16, 40])('is none of one history (size %i)', async (oldSize) => {
    expect(showsFork(await evidence(oldSize, 40, leaves), key)).toBe(false);
  });

  it('is none without two signatures of the log and a proof that leads from one to the other', async () => {
    const good = await evidence(13);
    const stranger = signer(2);
    for (const change of [
      { older: note(naiveRoot(others.slice(0, 13)), 13, stranger) },
      { newer: note(naiveRoot(leaves), 40, stranger) },
      { older: 'not a note' },
      { proof: good.proof.slice(1) },
      { root: Buffer.alloc(32) },
      { older: good.newer, newer: good.older },
    ])
      expect(showsFork({ ...good, ...change }, key)).toBe(false);
  });

  it('is read back as it was written, and anything else is none', async () => {
    const good = await evidence(13);
    expect(parseForkEvidence(formatForkEvidence(good))).toEqual(good);
    const { older, newer } = good;
    for (const text of ['', 'null', '[]', '{}', JSON.stringify({ older, newer, root: 'x', proof: [] })])
      expect(parseForkEvidence(text)).toBeUndefined();
    expect(parseForkEvidence(JSON.stringify({ older, newer, root: '', proof: ['x'] }))).toBeUndefined();
    expect(parseForkEvidence(JSON.stringify({ older, newer, root: '' }))).toBeUndefined();
  });
});

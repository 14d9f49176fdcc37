import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { append, appendAll, emptyRange, frontierNodes, restoreRange, root } from '#libs/merkle/compact-range.js';
import { emptyRoot, leafHash } from '#libs/merkle/hash.js';
import { assembleProof, consistencyPath, consistencyProof, inclusionPath, inclusionProof } from '#libs/merkle/proof.js';
import { splitPoint } from '#libs/merkle/tree-shape.js';
import { oldRootIn, verifyConsistency, verifyInclusion } from '#libs/merkle/verify.js';
import { naiveConsistency, naivePath, naiveRoot } from './naive-tree.js';
import { DISTINCT, grow, hugeTree } from './tree.js';
import { CONSISTENCY, INCLUSION, LEAVES, ROOTS } from './vectors/classic-ct.js';

const MAX = 2000;
const full = grow(MAX);
const roots = [emptyRoot];
for (let range = emptyRange; range.size < MAX; ) {
  range = append(range, full.leaves[range.size]!).range;
  roots.push(root(range));
}
/** Those of every size are compared with the recursive definition in compact-range.spec.ts. */
const rootAt = (size: number): Buffer => roots[size]!;
const code = (expected: string) => expect.objectContaining({ name: 'ProofFault', code: expected });
const size = fc.integer({ min: 1, max: MAX });
const leafInTree = size.chain((n) => fc.record({ size: fc.constant(n), index: fc.integer({ min: 0, max: n - 1 }) }));
const twoSizes = fc
  .tuple(fc.integer({ min: 0, max: MAX }), fc.integer({ min: 0, max: MAX }))
  .map(([a, b]) => ({ oldSize: Math.min(a, b), newSize: Math.max(a, b) }));

function flipBit(bytes: Uint8Array, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}

function flippedAt(proof: readonly Buffer[], which: number, bit: number): Buffer[] {
  return proof.map((hash, i) => (i === which % proof.length ? flipBit(hash, bit) : hash));
}

describe('proofs of the classic tree (RFC 6962 reference tests)', () => {
  const { newNodes } = appendAll(emptyRange, LEAVES.map(leafHash));
  const stored = new Map(newNodes.map((node) => [`${node.level}/${node.index}`, node.hash]));
  const readNodes = async (ids: readonly { level: number; index: number }[]) =>
    ids.map((id) => stored.get(`${id.level}/${id.index}`)!);

  it.each(INCLUSION)(
    'proves leaf $index in size $size (RFC 6962 § 2.1.1)',
    async ({ index, size: treeSize, proof }) => {
      const made = await inclusionProof(index, treeSize, readNodes);
      expect(made.map((hash) => hash.toString('hex'))).toEqual(proof);
      verifyInclusion({
        index,
        size: treeSize,
        leafHash: leafHash(LEAVES[index]!),
        proof: made,
        root: Buffer.from(ROOTS[treeSize - 1]!, 'hex'),
      });
    },
  );

  it.each(CONSISTENCY)(
    'proves that size $newSize extends $oldSize (RFC 6962 § 2.1.2)',
    async ({ oldSize, newSize, proof }) => {
      const made = await consistencyProof(oldSize, newSize, readNodes);
      expect(made.map((hash) => hash.toString('hex'))).toEqual(proof);
      verifyConsistency({
        oldSize,
        newSize,
        oldRoot: Buffer.from(ROOTS[oldSize - 1]!, 'hex'),
        newRoot: Buffer.from(ROOTS[newSize - 1]!, 'hex'),
        proof: made,
      });
    },
  );
});

describe('inclusion proofs', () => {
  it('are those of the recursive definition and verify, for every leaf of every size up to 64 and random ones up to 2,000', async () => {
    const cases = Array.from({ length: 64 }, (_, n) =>
      Array.from({ length: n + 1 }, (_u, index) => ({ index, size: n + 1 })),
    ).flat();
    for (const { index, size: n } of [...cases, ...fc.sample(leafInTree, 15)]) {
      const proof = await inclusionProof(index, n, full.readNodes);
      expect(proof).toEqual(naivePath(index, full.leaves.slice(0, n)));
      verifyInclusion({ index, size: n, leafHash: full.leaves[index]!, proof, root: rootAt(n) });
    }
  });

  it('verify at every size up to 2,000: at both ends, at both sides of the split, and somewhere', async () => {
    for (let n = 1; n <= MAX; n++) {
      const split = n === 1 ? 0 : splitPoint(n);
      for (const index of new Set([0, n - 1, Math.max(split - 1, 0), split, (n * 7919) % (split + 1)]))
        verifyInclusion({
          index,
          size: n,
          leafHash: full.leaves[index]!,
          proof: await inclusionProof(index, n, full.readNodes),
          root: rootAt(n),
        });
    }
  });

  it('are refused after any flipped bit in leaf, proof or root', async () => {
    await fc.assert(
      fc.asyncProperty(leafInTree, fc.nat(), fc.nat(), async ({ index, size: n }, which, bit) => {
        const claim = {
          index,
          size: n,
          leafHash: full.leaves[index]!,
          proof: await inclusionProof(index, n, full.readNodes),
          root: rootAt(n),
        };
        const place = which % (claim.proof.length + 2);
        const forged =
          place === 0
            ? { ...claim, leafHash: flipBit(claim.leafHash, bit % 256) }
            : place === 1
              ? { ...claim, root: flipBit(claim.root, bit % 256) }
              : { ...claim, proof: claim.proof.map((hash, i) => (i === place - 2 ? flipBit(hash, bit % 256) : hash)) };
        verifyInclusion(claim);
        expect(() => verifyInclusion(forged)).toThrow(code('ROOT_MISMATCH'));
      }),
      { numRuns: 150 },
    );
  });

  it('are refused for another index, for another checkpoint, and with a hash more or less', async () => {
    await fc.assert(
      fc.asyncProperty(leafInTree, size, fc.nat(), async ({ index, size: n }, otherSize, other) => {
        const claim = {
          index,
          size: n,
          leafHash: full.leaves[index]!,
          proof: await inclusionProof(index, n, full.readNodes),
          root: rootAt(n),
        };
        const otherIndex = other % n;
        if (otherIndex !== index) expect(() => verifyInclusion({ ...claim, index: otherIndex })).toThrow();
        if (otherSize !== n)
          expect(() => verifyInclusion({ ...claim, size: otherSize, root: rootAt(otherSize) })).toThrow();
        expect(() => verifyInclusion({ ...claim, proof: [...claim.proof, Buffer.alloc(32)] })).toThrow(
          code('WRONG_LENGTH'),
        );
        if (n > 1)
          expect(() => verifyInclusion({ ...claim, proof: claim.proof.slice(0, -1) })).toThrow(code('WRONG_LENGTH'));
      }),
      { numRuns: 80 },
    );
  });

  it.each([
    ['an index beyond the tree', { index: 8, size: 8 }, 'INDEX_BEYOND_TREE'],
    ['an empty tree', { index: 0, size: 0 }, 'INDEX_BEYOND_TREE'],
    ['a negative index', { index: -1, size: 8 }, 'SIZE_INVALID'],
    ['a fractional size', { index: 0, size: 1.5 }, 'SIZE_INVALID'],
    ['an oversized proof', { proof: Array.from({ length: 10_000 }, () => Buffer.alloc(32)) }, 'WRONG_LENGTH'],
    ['a short hash', { proof: [Buffer.alloc(31), Buffer.alloc(32), Buffer.alloc(32)] }, 'HASH_LENGTH'],
    ['a long root', { root: Buffer.alloc(33) }, 'HASH_LENGTH'],
  ])('refuse %s', async (_, deviation, expected) => {
    const claim = {
      index: 3,
      size: 8,
      leafHash: full.leaves[3]!,
      proof: await inclusionProof(3, 8, full.readNodes),
      root: rootAt(8),
    };
    expect(() => verifyInclusion({ ...claim, ...deviation })).toThrow(code(expected));
  });
});

describe('consistency proofs', () => {
  it('are those of the recursive definition and verify, for all pairs up to 32 and random ones up to 2,000', async () => {
    const pairs = Array.from({ length: 32 }, (_, n) =>
      Array.from({ length: n + 1 }, (_u, m) => ({ oldSize: m + 1, newSize: n + 1 })),
    ).flat();
    for (const { oldSize, newSize } of [...pairs, ...fc.sample(twoSizes, 15)]) {
      const proof = await consistencyProof(oldSize, newSize, full.readNodes);
      if (oldSize > 0) expect(proof).toEqual(naiveConsistency(oldSize, full.leaves.slice(0, newSize)));
      verifyConsistency({ oldSize, newSize, oldRoot: rootAt(oldSize), newRoot: rootAt(newSize), proof });
    }
  });

  it('verify for every newer size up to 2,000, from nothing, one, the split, the last and two others', async () => {
    for (let newSize = 1; newSize <= MAX; newSize++) {
      const split = newSize === 1 ? 0 : splitPoint(newSize);
      const some = [(newSize * 7919) % (split + 1), split + ((newSize * 104_729) % (newSize - split))];
      for (const oldSize of new Set([0, 1, split, newSize - 1, newSize, ...some]))
        verifyConsistency({
          oldSize,
          newSize,
          oldRoot: rootAt(oldSize),
          newRoot: rootAt(newSize),
          proof: await consistencyProof(oldSize, newSize, full.readNodes),
        });
    }
  });

  it('are refused after any flipped bit, with a hash more or less, and for another old or new checkpoint', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, size, fc.nat(), fc.nat(), async ({ oldSize, newSize }, other, which, bit) => {
        const claim = {
          oldSize,
          newSize,
          oldRoot: rootAt(oldSize),
          newRoot: rootAt(newSize),
          proof: await consistencyProof(oldSize, newSize, full.readNodes),
        };
        verifyConsistency(claim);
        expect(() => verifyConsistency({ ...claim, oldRoot: flipBit(claim.oldRoot, bit % 256) })).toThrow(
          code('ROOT_MISMATCH'),
        );
        // Of the empty old tree every new root is an extension (RFC 9162 § 2.1.4): only its own checkpoint vouches for it.
        if (oldSize > 0)
          expect(() => verifyConsistency({ ...claim, newRoot: flipBit(claim.newRoot, bit % 256) })).toThrow(
            code('ROOT_MISMATCH'),
          );
        if (claim.proof.length > 0) {
          const place = which % claim.proof.length;
          expect(() =>
            verifyConsistency({
              ...claim,
              proof: claim.proof.map((hash, i) => (i === place ? flipBit(hash, bit % 256) : hash)),
            }),
          ).toThrow(code('ROOT_MISMATCH'));
          expect(() => verifyConsistency({ ...claim, proof: claim.proof.slice(1) })).toThrow();
        }
        expect(() => verifyConsistency({ ...claim, proof: [...claim.proof, Buffer.alloc(32)] })).toThrow();
        if (oldSize > 0 && other !== newSize)
          expect(() => verifyConsistency({ ...claim, newSize: other, newRoot: rootAt(other) })).toThrow();
        if (other !== oldSize && oldSize > 0)
          expect(() => verifyConsistency({ ...claim, oldSize: other, oldRoot: rootAt(other) })).toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a larger tree as the old one', { oldSize: 8, newSize: 3 }, 'SIZE_ORDER'],
    ['no proof where one is due', { proof: [] }, 'WRONG_LENGTH'],
    ['an oversized proof', { proof: Array.from({ length: 10_000 }, () => Buffer.alloc(32)) }, 'WRONG_LENGTH'],
    ['another root at the same size', { oldSize: 8 }, 'WRONG_LENGTH'],
    ['another root at the same size, without proof', { oldSize: 8, proof: [] }, 'ROOT_MISMATCH'],
    ['a root that the empty tree does not have', { oldSize: 0, proof: [] }, 'ROOT_MISMATCH'],
    [
      'a root of two empty trees that is not the empty one',
      { oldSize: 0, newSize: 0, oldRoot: emptyRoot, proof: [] },
      'ROOT_MISMATCH',
    ],
  ])('refuse %s', async (_, deviation, expected) => {
    const claim = {
      oldSize: 3,
      newSize: 8,
      oldRoot: rootAt(3),
      newRoot: rootAt(8),
      proof: await consistencyProof(3, 8, full.readNodes),
    };
    expect(() => verifyConsistency({ ...claim, ...deviation })).toThrow(code(expected));
  });

  it('tell the root that the newer tree has at the old size, unless the old tree is complete (RFC 9162 § 2.1.4.2)', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, fc.nat(), async ({ oldSize, newSize }, bit) => {
        const proof = await consistencyProof(oldSize, newSize, full.readNodes);
        const claim = { oldSize, newSize, newRoot: rootAt(newSize), proof };
        if (oldSize === newSize) return expect(() => oldRootIn(claim)).toThrow(code('SIZE_ORDER'));
        const isComplete = oldSize === 0 || Number.isInteger(Math.log2(oldSize));
        expect(oldRootIn(claim)).toEqual(isComplete ? undefined : rootAt(oldSize));
        if (!isComplete)
          expect(() => oldRootIn({ ...claim, newRoot: flipBit(claim.newRoot, bit % 256) })).toThrow(
            code('ROOT_MISMATCH'),
          );
      }),
      { numRuns: 60 },
    );
  });

  it('are not made from a larger to a smaller tree', () => {
    expect(() => consistencyPath(9, 8)).toThrow(code('SIZE_ORDER'));
  });
});

describe('proofs in trees of up to 2^40 leaves', () => {
  const places = fc.record({
    start: fc.integer({ min: 0, max: 2 ** 40 - DISTINCT - 1 }),
    index: fc.integer({ min: 0, max: DISTINCT - 1 }),
    grown: fc.oneof(fc.integer({ min: 0, max: DISTINCT }), fc.integer({ min: 0, max: 2 ** 40 })),
    which: fc.nat(),
    bit: fc.integer({ min: 0, max: 255 }),
  });

  it('hold for the leaf at its index, and for no other index, leaf, root or bit (RFC 9162 § 2.1.3.2)', async () => {
    await fc.assert(
      fc.asyncProperty(places, async ({ start, index: inWindow, grown, which, bit }) => {
        const tree = hugeTree(start);
        const index = start + inWindow;
        const size = Math.min(index + 1 + grown, 2 ** 40);
        const claim = {
          index,
          size,
          leafHash: tree.leaf(index),
          proof: await inclusionProof(index, size, tree.readNodes),
          root: tree.rootAt(size),
        };
        verifyInclusion(claim);
        const other = start + ((inWindow + 1) % DISTINCT);
        if (other < size) expect(() => verifyInclusion({ ...claim, index: other })).toThrow();
        const forged = [
          { ...claim, leafHash: flipBit(claim.leafHash, bit) },
          { ...claim, root: flipBit(claim.root, bit) },
          ...(claim.proof.length === 0 ? [] : [{ ...claim, proof: flippedAt(claim.proof, which, bit) }]),
        ];
        for (const each of forged) expect(() => verifyInclusion(each)).toThrow(code('ROOT_MISMATCH'));
        expect(() => verifyInclusion({ ...claim, proof: [...claim.proof, claim.root] })).toThrow(code('WRONG_LENGTH'));
      }),
      { numRuns: 200 },
    );
  });

  it('hold for a tree that only grew, and for no other root or bit (RFC 9162 § 2.1.4.2)', async () => {
    await fc.assert(
      fc.asyncProperty(places, async ({ start, index, grown, which, bit }) => {
        const tree = hugeTree(start);
        const oldSize = start + index + 1;
        const newSize = Math.min(oldSize + grown, 2 ** 40);
        const claim = {
          oldSize,
          newSize,
          oldRoot: tree.rootAt(oldSize),
          newRoot: tree.rootAt(newSize),
          proof: await consistencyProof(oldSize, newSize, tree.readNodes),
        };
        verifyConsistency(claim);
        const forged = [
          { ...claim, oldRoot: flipBit(claim.oldRoot, bit) },
          { ...claim, newRoot: flipBit(claim.newRoot, bit) },
          ...(claim.proof.length === 0 ? [] : [{ ...claim, proof: flippedAt(claim.proof, which, bit) }]),
        ];
        for (const each of forged) expect(() => verifyConsistency(each)).toThrow(code('ROOT_MISMATCH'));
        expect(() => verifyConsistency({ ...claim, proof: [...claim.proof, claim.newRoot] })).toThrow();
      }),
      { numRuns: 200 },
    );
  });
});

describe('planning', () => {
  const large = 2 ** 40;

  it('names only nodes inside the tree, at most one step per level, for sizes up to 2^40', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: large }), fc.nat(), (n, seed) => {
        const index = Math.floor((seed / 2 ** 31) * n);
        const path = inclusionPath(index, n);
        const inside = path.flat().every((id) => (id.index + 1) * 2 ** id.level <= n);
        const leavesNamed = path.flat().reduce((sum, id) => sum + 2 ** id.level, 0);
        return inside && path.length <= Math.ceil(Math.log2(n)) && leavesNamed === n - 1;
      }),
    );
  });

  it('covers the new tree exactly with a consistency path, for sizes up to 2^40', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: large }), fc.integer({ min: 1, max: large }), (a, b) => {
        const [oldSize, newSize] = [Math.min(a, b), Math.max(a, b)];
        const leavesNamed = consistencyPath(oldSize, newSize)
          .flat()
          .reduce((sum, id) => sum + 2 ** id.level, 0);
        const oldIsPerfect = Number.isInteger(Math.log2(oldSize));
        expect(leavesNamed).toBe(oldSize === newSize ? 0 : oldIsPerfect ? newSize - oldSize : newSize);
      }),
    );
  });

  it('needs of an old tree only its frontier to prove leaves appended at sizes up to 2^40', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: large }), fc.integer({ min: 1, max: 20 }), (oldSize, count) => {
        const ones = oldSize.toString(2).replaceAll('0', '').length;
        const old = restoreRange(
          oldSize,
          Array.from({ length: ones }, (_, i) => leafHash(Buffer.of(i))),
        );
        const leaves = full.leaves.slice(0, count);
        const { range, newNodes } = appendAll(old, leaves);
        const known = new Map(
          [...frontierNodes(old), ...newNodes].map((node) => [`${node.level}/${node.index}`, node.hash]),
        );
        leaves.forEach((leaf, i) => {
          const path = inclusionPath(oldSize + i, range.size);
          const proof = assembleProof(
            path,
            path.flat().flatMap((id) => known.get(`${id.level}/${id.index}`) ?? []),
          );
          verifyInclusion({ index: oldSize + i, size: range.size, leafHash: leaf, proof, root: root(range) });
        });
      }),
    );
  });

  it('refuses a reader that leaves a node out or adds one', async () => {
    await expect(inclusionProof(2, 7, async (ids) => (await full.readNodes(ids)).slice(1))).rejects.toThrow(
      code('NODE_MISSING'),
    );
    await expect(
      inclusionProof(2, 7, async (ids) => [...(await full.readNodes(ids)), Buffer.alloc(32)]),
    ).rejects.toThrow(code('WRONG_LENGTH'));
  });

  it('gives the root of the whole tree whatever the reference says (RFC 6962 § 2.1)', () => {
    expect(rootAt(MAX)).toEqual(naiveRoot(full.leaves));
  });
});

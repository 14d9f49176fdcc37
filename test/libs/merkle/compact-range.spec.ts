import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { append, appendAll, emptyRange, frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { emptyRoot, leafHash } from '#libs/merkle/hash.js';
import { naiveLeaf, naiveRoot } from './naive-tree.js';
import { grow } from './tree.js';
import { EMPTY_ROOT, LEAVES, ROOTS } from './vectors/classic-ct.js';

describe('compact range', () => {
  it('has the hash of nothing as root of the empty tree (RFC 6962 § 2.1)', () => {
    expect(emptyRoot.toString('hex')).toBe(EMPTY_ROOT);
    expect(root(emptyRange)).toEqual(emptyRoot);
  });

  it('gives the roots of the eight classic leaves (RFC 6962 reference tests)', () => {
    let range = emptyRange;
    const roots = LEAVES.map((entry) => {
      range = append(range, leafHash(entry)).range;
      return root(range).toString('hex');
    });
    expect(roots).toEqual(ROOTS);
  });

  it('agrees with the recursive definition for every size up to 2,000 (RFC 6962 § 2.1)', () => {
    const leaves = Array.from({ length: 2000 }, (_, i) => naiveLeaf(Buffer.from(`entry ${i}`)));
    // The recursive root of each prefix, with complete halves remembered: otherwise this takes minutes.
    const remembered = new Map<string, Buffer>();
    const reference = (begin: number, end: number): Buffer => {
      const key = `${begin} ${end}`;
      const known = remembered.get(key);
      if (known) return known;
      const k = end - begin < 2 ? 0 : 2 ** (Math.ceil(Math.log2(end - begin)) - 1);
      const hash =
        k === 0
          ? naiveRoot(leaves.slice(begin, end))
          : naiveNode(reference(begin, begin + k), reference(begin + k, end));
      if (begin + k * 2 === end) remembered.set(key, hash);
      return hash;
    };
    const naiveNode = (left: Buffer, right: Buffer): Buffer => naiveRoot([left, right]);
    let range = emptyRange;
    leaves.forEach((leaf, i) => {
      range = append(range, leaf).range;
      if (!root(range).equals(reference(0, i + 1))) throw new Error(`size ${i + 1} differs`);
    });
    expect(range.size).toBe(2000);
  });

  it('reports each completed subtree exactly once, the leaf as level 0', () => {
    const { newNodes } = appendAll(emptyRange, grow(8).leaves);
    expect(newNodes.map(({ level, index }) => `${level}/${index}`)).toEqual(
      '0/0 0/1 1/0 0/2 0/3 1/1 2/0 0/4 0/5 1/2 0/6 0/7 1/3 2/1 3/0'.split(' '),
    );
    for (const { level, index, hash } of newNodes) {
      expect(hash).toEqual(naiveRoot(grow(8).leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
    }
  });

  it('is not changed by appending to it', () => {
    const { range } = grow(7);
    const before = range.nodes.map((node) => node.toString('hex'));
    appendAll(range, grow(3).leaves);
    expect(range.size).toBe(7);
    expect(range.nodes.map((node) => node.toString('hex'))).toEqual(before);
  });

  it('comes back from size and nodes, however often it is stored between appends', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }), (batches) => {
        const total = batches.reduce((sum, n) => sum + n, 0);
        const { leaves, range } = grow(total);
        let stored: { size: number; nodes: readonly Buffer[] } = emptyRange;
        for (const n of batches)
          stored = appendAll(restoreRange(stored.size, stored.nodes), leaves.slice(stored.size, stored.size + n)).range;
        expect(root(stored)).toEqual(root(range));
      }),
      { numRuns: 40 },
    );
  });

  it('names the places of its nodes for sizes up to 2^53 − 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (size) => {
        const ids = frontier(size);
        const ones = size.toString(2).replaceAll('0', '').length;
        expect(ids).toHaveLength(ones);
        expect(
          ids.reduce((begin, { level, index }) => (index * 2 ** level === begin ? begin + 2 ** level : Number.NaN), 0),
        ).toBe(size);
      }),
    );
  });

  it.each([
    ['too few nodes', 3, 1, 'FRONTIER_MALFORMED'],
    ['too many nodes', 4, 2, 'FRONTIER_MALFORMED'],
    ['a negative size', -1, 0, 'SIZE_INVALID'],
    ['a size beyond 2^53 − 1', 2 ** 53, 1, 'SIZE_INVALID'],
  ])('refuses a stored range with %s', (_, size, count, code) => {
    const nodes = Array.from({ length: count }, () => Buffer.alloc(32));
    expect(() => restoreRange(size, nodes)).toThrow(expect.objectContaining({ name: 'ProofFault', code }));
  });

  it('refuses hashes of another length', () => {
    expect(() => restoreRange(1, [Buffer.alloc(31)])).toThrow(expect.objectContaining({ code: 'HASH_LENGTH' }));
    expect(() => append(emptyRange, Buffer.alloc(33))).toThrow(expect.objectContaining({ code: 'HASH_LENGTH' }));
  });
});

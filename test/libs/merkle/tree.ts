import { appendAll, type CompactRange, emptyRange, frontier, restoreRange, root } from '#libs/merkle/compact-range.js';
import { leafHash, nodeHash } from '#libs/merkle/hash.js';
import type { ReadNodes } from '#libs/merkle/proof.js';

/** Leaf hashes 0 … n − 1 of recognisably synthetic entries, and a reader over all nodes that appending them completed. */
export function grow(n: number): { leaves: Buffer[]; range: CompactRange; readNodes: ReadNodes } {
  const leaves = Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
  const { range, newNodes } = appendAll(emptyRange, leaves);
  const stored = new Map(newNodes.map((node) => [`${node.level}/${node.index}`, node.hash]));
  return {
    leaves,
    range,
    readNodes: async (ids) => ids.flatMap(({ level, index }) => stored.get(`${level}/${index}`) ?? []),
  };
}

/** How many leaves of a {@link hugeTree} differ from all others. */
export const DISTINCT = 64;

/**
 * A tree of any number of leaves, all alike but for some from `start` on: the hash of every subtree outside them follows
 * from its level, so that a proof among 2^40 leaves is one of a real tree.
 */
export function hugeTree(start: number): {
  leaf(index: number): Buffer;
  rootAt(size: number): Buffer;
  readNodes: ReadNodes;
} {
  const known = new Map<string, Buffer>();
  const leaf = (index: number): Buffer =>
    index >= start && index < start + DISTINCT ? leafHash(Buffer.from(`entry ${index}`)) : ALIKE[0]!;
  const node = (level: number, index: number): Buffer => {
    const width = 2 ** level;
    if ((index + 1) * width <= start || index * width >= start + DISTINCT) return ALIKE[level]!;
    if (level === 0) return leaf(index);
    const key = `${level}/${index}`;
    const hash = known.get(key) ?? nodeHash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    known.set(key, hash);
    return hash;
  };
  return {
    leaf,
    rootAt: (size) =>
      root(
        restoreRange(
          size,
          frontier(size).map((id) => node(id.level, id.index)),
        ),
      ),
    readNodes: async (ids) => ids.map((id) => node(id.level, id.index)),
  };
}

/** By level, up to 2^40 leaves. */
const ALIKE = Array.from({ length: 40 }).reduce<Buffer[]>(
  (levels) => [...levels, nodeHash(levels.at(-1)!, levels.at(-1)!)],
  [leafHash(Buffer.from('entry'))],
);

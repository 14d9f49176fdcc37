import { appendAll, type CompactRange, emptyRange } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
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

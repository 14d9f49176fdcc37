import { emptyRoot, nodeHash } from './hash.js';
import { ProofFault } from './proof-fault.js';
import { type NodeId, perfectSubtrees, requireCount, requireHashes } from './tree-shape.js';

/**
 * The append frontier of a tree: the roots of its perfect subtrees, largest (leftmost) first. Enough to
 * append and to compute the root without the leaves (the recursion of RFC 6962 § 2.1, unrolled).
 * `size` and `nodes` are all there is to store; {@link restoreRange} takes them back.
 */
export type CompactRange = Readonly<{ size: number; nodes: readonly Buffer[] }>;

/** A perfect subtree together with its hash, for a store from which proofs are computed later. */
export type TreeNode = NodeId & Readonly<{ hash: Buffer }>;

/** The range of the empty tree (RFC 6962 § 2.1). */
export const emptyRange: CompactRange = { size: 0, nodes: [] };

/** Takes back a stored range. Throws {@link ProofFault} when nodes and size do not belong together (RFC 6962 § 2.1). */
export function restoreRange(size: number, nodes: readonly Buffer[]): CompactRange {
  requireCount(size, 'size');
  requireHashes(nodes);
  if (nodes.length !== frontier(size).length) {
    throw new ProofFault('FRONTIER_MALFORMED', `${nodes.length} nodes do not make a tree of size ${size}`);
  }
  return { size, nodes: [...nodes] };
}

/** Where the nodes of a range of `size` leaves stand in the tree, in the order of `CompactRange.nodes` (RFC 6962 § 2.1). */
export function frontier(size: number): NodeId[] {
  requireCount(size, 'size');
  return perfectSubtrees(0, size);
}

/** The range's nodes with their places: with the `newNodes` of later appends, all that proofs of later leaves need (RFC 6962 § 2.1.1). */
export function frontierNodes(range: CompactRange): TreeNode[] {
  return frontier(range.size).flatMap((id, i) => {
    const hash = range.nodes[i];
    return hash === undefined ? [] : [{ ...id, hash }];
  });
}

/**
 * Appends one leaf hash. `newNodes` are the subtrees that are complete from now on, the leaf first
 * (RFC 6962 § 2.1): each appears exactly once in the life of a tree and never changes afterwards.
 */
export function append(range: CompactRange, leaf: Buffer): { range: CompactRange; newNodes: TreeNode[] } {
  return appendAll(range, [leaf]);
}

/** Appends leaf hashes in order, as {@link append} does one by one (RFC 6962 § 2.1). */
export function appendAll(
  range: CompactRange,
  leaves: readonly Buffer[],
): { range: CompactRange; newNodes: TreeNode[] } {
  requireHashes(leaves);
  requireCount(range.size + leaves.length, 'size');
  const nodes = [...range.nodes];
  const newNodes: TreeNode[] = [];
  let size = range.size;
  for (const leaf of leaves) {
    let hash = leaf;
    let index = size;
    newNodes.push({ level: 0, index, hash });
    // As in a binary counter: each trailing one bit of the old size is a finished neighbour to merge with.
    for (let level = 1; index % 2 === 1; level++) {
      const left = nodes.pop();
      if (left === undefined) throw new ProofFault('FRONTIER_MALFORMED', `too few nodes for a tree of size ${size}`);
      hash = nodeHash(left, hash);
      index = (index - 1) / 2;
      newNodes.push({ level, index, hash });
    }
    nodes.push(hash);
    size += 1;
  }
  return { range: { size, nodes }, newNodes };
}

/** Root hash of the whole tree (RFC 6962 § 2.1, RFC 9162 § 2.1.1). */
export function root(range: CompactRange): Buffer {
  return combine(range.nodes) ?? emptyRoot;
}

/** Joins neighbouring perfect subtrees of falling size to the hash of the subtree that they form (RFC 6962 § 2.1). */
export function combine(nodes: readonly Buffer[]): Buffer | undefined {
  return nodes.reduceRight<Buffer | undefined>(
    (right, left) => (right === undefined ? left : nodeHash(left, right)),
    undefined,
  );
}

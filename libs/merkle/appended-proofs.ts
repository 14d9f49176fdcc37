import { type CompactRange, combine, frontierNodes, type TreeNode } from './compact-range.js';
import { ProofFault } from './proof-fault.js';
import { perfectSubtrees, splitPoint } from './tree-shape.js';

/** Hashes on the way up from a leaf, the newest sibling first; proofs of neighbours share their upper part. */
type Siblings = Readonly<{ hash: Buffer; above: Siblings }> | undefined;

/**
 * Inclusion proofs of all leaves that one append brought, in their order, for the tree after it (RFC 6962 § 2.1.1): one
 * walk down the new part of the tree, where a proof for each leaf would walk from the root every time. `newNodes` are
 * those of `appendAll`; nothing else of the tree is needed. Throws {@link ProofFault}.
 */
export function appendedProofs(old: CompactRange, newNodes: readonly TreeNode[], newSize: number): Buffer[][] {
  const levels: Map<number, Buffer>[] = [];
  for (const { level, index, hash } of [...frontierNodes(old), ...newNodes]) {
    levels[level] ??= new Map();
    levels[level].set(index, hash);
  }
  const hashOf = (begin: number, end: number): Buffer => {
    const hash = combine(
      perfectSubtrees(begin, end).map(({ level, index }) => {
        const node = levels[level]?.get(index);
        if (node === undefined) throw new ProofFault('NODE_MISSING', 'a node of the proof is missing');
        return node;
      }),
    );
    if (hash === undefined) throw new ProofFault('NODE_MISSING', 'a node of the proof is missing');
    return hash;
  };
  const proofs: Buffer[][] = [];
  const descend = (begin: number, end: number, above: Siblings): void => {
    if (end <= old.size) return;
    if (end - begin === 1) {
      proofs.push(leafFirst(above));
      return;
    }
    const middle = begin + splitPoint(end - begin);
    // A half without a new leaf is not descended into; its sibling's hash is not needed then.
    if (middle > old.size) descend(begin, middle, { hash: hashOf(middle, end), above });
    descend(middle, end, { hash: hashOf(begin, middle), above });
  };
  if (newSize > old.size) descend(0, newSize, undefined);
  return proofs;
}

function leafFirst(siblings: Siblings): Buffer[] {
  const proof: Buffer[] = [];
  for (let at = siblings; at !== undefined; at = at.above) proof.push(at.hash);
  return proof;
}

import { combine } from './compact-range.js';
import { ProofFault } from './proof-fault.js';
import { type NodeId, perfectSubtrees, requireCount, requireHashes, splitPoint } from './tree-shape.js';

/**
 * What one hash of a proof is made of: one stored node, or at the right edge of the tree several
 * neighbouring perfect ones, left to right, that {@link combine} joins (RFC 6962 § 2.1).
 */
export type ProofStep = readonly NodeId[];

/** Reads stored nodes: one hash for each id, in the same order. One call fetches all that a proof needs. */
export type ReadNodes = (ids: readonly NodeId[]) => Promise<readonly Buffer[]>;

/** Plans the inclusion proof `PATH(index, D[size])`, leaf sibling first (RFC 6962 § 2.1.1, RFC 9162 § 2.1.3.1). Throws {@link ProofFault}. */
export function inclusionPath(index: number, size: number): ProofStep[] {
  requireCount(index, 'index');
  requireCount(size, 'size');
  if (index >= size) throw new ProofFault('INDEX_BEYOND_TREE', `no leaf ${index} in a tree of size ${size}`);
  const path: ProofStep[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      path.push(perfectSubtrees(middle, end));
      end = middle;
    } else {
      path.push(perfectSubtrees(begin, middle));
      begin = middle;
    }
  }
  return path.reverse();
}

/** Plans the consistency proof `PROOF(oldSize, D[newSize])` (RFC 6962 § 2.1.2, RFC 9162 § 2.1.4.1); empty from size 0 and between equal sizes. Throws {@link ProofFault}. */
export function consistencyPath(oldSize: number, newSize: number): ProofStep[] {
  requireCount(oldSize, 'old size');
  requireCount(newSize, 'new size');
  if (oldSize > newSize) throw new ProofFault('SIZE_ORDER', `size ${oldSize} is not a prefix of size ${newSize}`);
  if (oldSize === 0) return [];
  const path: ProofStep[] = [];
  let begin = 0;
  let end = newSize;
  while (oldSize < end) {
    const middle = begin + splitPoint(end - begin);
    if (oldSize <= middle) {
      path.push(perfectSubtrees(middle, end));
      end = middle;
    } else {
      path.push(perfectSubtrees(begin, middle));
      begin = middle;
    }
  }
  // A subtree that begins at leaf 0 is the old tree itself, whose root the verifier knows.
  if (begin > 0) path.push(perfectSubtrees(begin, end));
  return path.reverse();
}

/** Inclusion proof of one leaf from stored nodes (RFC 6962 § 2.1.1, RFC 9162 § 2.1.3.1). Throws {@link ProofFault}. */
export async function inclusionProof(index: number, size: number, readNodes: ReadNodes): Promise<Buffer[]> {
  return prove(inclusionPath(index, size), readNodes);
}

/** Consistency proof between two sizes of one tree from stored nodes (RFC 6962 § 2.1.2, RFC 9162 § 2.1.4.1). Throws {@link ProofFault}. */
export async function consistencyProof(oldSize: number, newSize: number, readNodes: ReadNodes): Promise<Buffer[]> {
  return prove(consistencyPath(oldSize, newSize), readNodes);
}

/** Turns a plan and the hashes of all its nodes, in order, into the proof (RFC 6962 § 2.1.1, § 2.1.2). Throws {@link ProofFault}. */
export function assembleProof(path: readonly ProofStep[], hashes: readonly Buffer[]): Buffer[] {
  requireHashes(hashes);
  let taken = 0;
  const proof = path.map((step) => {
    const nodes = hashes.slice(taken, taken + step.length);
    taken += step.length;
    const hash = combine(nodes);
    if (hash === undefined || nodes.length < step.length)
      throw new ProofFault('NODE_MISSING', 'a node of the proof is missing');
    return hash;
  });
  if (taken !== hashes.length) throw new ProofFault('WRONG_LENGTH', 'more nodes than the proof needs');
  return proof;
}

async function prove(path: readonly ProofStep[], readNodes: ReadNodes): Promise<Buffer[]> {
  if (path.length === 0) return [];
  return assembleProof(path, await readNodes(path.flat()));
}

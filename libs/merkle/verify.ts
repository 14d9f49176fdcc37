import { emptyRoot, nodeHash } from './hash.js';
import { ProofFault } from './proof-fault.js';
import { requireCount, requireHashes } from './tree-shape.js';

/** A leaf, its place, and the proof that a tree of `size` leaves with `root` contains it (RFC 9162 § 2.1.3). */
export type InclusionClaim = Readonly<{
  index: number;
  size: number;
  leafHash: Uint8Array;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}>;

/** Two sizes of one tree and the proof that the newer one only appended (RFC 9162 § 2.1.4). */
export type ConsistencyClaim = Readonly<{
  oldSize: number;
  newSize: number;
  oldRoot: Uint8Array;
  newRoot: Uint8Array;
  proof: readonly Uint8Array[];
}>;

/**
 * Throws {@link ProofFault} unless the proof holds (RFC 9162 § 2.1.3.2).
 *
 * Size and root must come from one authenticated checkpoint: sizes that share the shape of the path
 * are indistinguishable to this algorithm.
 */
export function verifyInclusion({ index, size, leafHash, proof, root }: InclusionClaim): void {
  requireCount(index, 'index');
  requireCount(size, 'size');
  if (index >= size) throw new ProofFault('INDEX_BEYOND_TREE', `no leaf ${index} in a tree of size ${size}`);
  requireHashes([leafHash, root, ...bounded(proof)]);
  const path = new Path(index, size - 1);
  let hash: Uint8Array = leafHash;
  for (const sibling of proof) {
    hash = path.climb() === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  path.requireTop();
  requireSame(hash, root);
}

/** Throws {@link ProofFault} unless the proof holds (RFC 9162 § 2.1.4.2). Every tree extends the empty one, and itself, without any hash. */
export function verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof }: ConsistencyClaim): void {
  requireCount(oldSize, 'old size');
  requireCount(newSize, 'new size');
  if (oldSize > newSize) throw new ProofFault('SIZE_ORDER', `size ${oldSize} is not a prefix of size ${newSize}`);
  requireHashes([oldRoot, newRoot, ...bounded(proof)]);
  if (oldSize === 0 || oldSize === newSize) {
    if (proof.length > 0) throw new ProofFault('WRONG_LENGTH', 'these sizes need no proof');
    requireSame(oldRoot, oldSize === 0 ? emptyRoot : newRoot);
    if (newSize === 0) requireSame(newRoot, emptyRoot);
    return;
  }
  // A complete old tree is itself the first node of the path, which the prover therefore leaves out.
  const [oldHash, newHash] = climbTogether(oldSize, newSize, isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof);
  requireSame(oldHash, oldRoot);
  requireSame(newHash, newRoot);
}

/**
 * The root that the newer tree has at the old size, as a consistency proof of it shows (RFC 9162 § 2.1.4.2): another
 * one than the old checkpoint's means that one log has two histories. `undefined` where the proof does not tell, since
 * the old tree is complete and the prover leaves its root out. Throws {@link ProofFault} unless the proof leads to the
 * newer root.
 */
export function oldRootIn({ oldSize, newSize, newRoot, proof }: Omit<ConsistencyClaim, 'oldRoot'>): Buffer | undefined {
  requireCount(oldSize, 'old size');
  requireCount(newSize, 'new size');
  if (oldSize >= newSize) throw new ProofFault('SIZE_ORDER', `size ${oldSize} is not a smaller prefix of ${newSize}`);
  requireHashes([newRoot, ...bounded(proof)]);
  if (oldSize === 0 || isPowerOfTwo(oldSize)) return undefined;
  const [oldHash, newHash] = climbTogether(oldSize, newSize, proof);
  requireSame(newHash, newRoot);
  return Buffer.from(oldHash);
}

/** Roots of the old and of the new tree that the nodes of a consistency proof make. */
function climbTogether(oldSize: number, newSize: number, nodes: readonly Uint8Array[]): [Uint8Array, Uint8Array] {
  const [seed, ...siblings] = nodes;
  if (seed === undefined) throw new ProofFault('WRONG_LENGTH', 'the proof is empty');
  const path = new Path(oldSize - 1, newSize - 1);
  path.skipRightEdges();
  let oldHash: Uint8Array = seed;
  let newHash: Uint8Array = seed;
  for (const sibling of siblings) {
    if (path.climb() === 'left') {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
    } else {
      newHash = nodeHash(newHash, sibling);
    }
  }
  path.requireTop();
  return [oldHash, newHash];
}

/** The two counters `fn` and `sn` of RFC 9162 § 2.1.3.2 and § 2.1.4.2. Halving replaces bit shifts, which stop at 32 bits. */
class Path {
  constructor(
    private node: number,
    private last: number,
  ) {}

  /** One level up; says on which side the sibling stands. */
  climb(): 'left' | 'right' {
    if (this.last === 0) throw new ProofFault('WRONG_LENGTH', 'the proof is too long');
    const isRightChild = this.node % 2 === 1;
    const side = isRightChild || this.node === this.last ? 'left' : 'right';
    if (side === 'left' && !isRightChild) while (this.node % 2 === 0 && this.node !== 0) this.halve();
    this.halve();
    return side;
  }

  skipRightEdges(): void {
    while (this.node % 2 === 1) this.halve();
  }

  requireTop(): void {
    if (this.last !== 0) throw new ProofFault('WRONG_LENGTH', 'the proof is too short');
  }

  private halve(): void {
    this.node = Math.floor(this.node / 2);
    this.last = Math.floor(this.last / 2);
  }
}

/** No tree of at most 2^53 leaves needs more: refuses before anything is hashed. */
function bounded(proof: readonly Uint8Array[]): readonly Uint8Array[] {
  if (proof.length > 54) throw new ProofFault('WRONG_LENGTH', 'the proof is too long');
  return proof;
}

function isPowerOfTwo(size: number): boolean {
  return Number.isInteger(Math.log2(size)) && 2 ** Math.log2(size) === size;
}

function requireSame(computed: Uint8Array, given: Uint8Array): void {
  if (Buffer.compare(computed, given) !== 0) throw new ProofFault('ROOT_MISMATCH', 'the proof leads to another root');
}

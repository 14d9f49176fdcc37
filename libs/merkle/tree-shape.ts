import { HASH_BYTES } from './hash.js';
import { ProofFault } from './proof-fault.js';

/**
 * A perfect subtree: `index`-th from the left among those with 2^level leaves. Level 0 is a leaf hash
 * (RFC 6962 § 2.1; the numbering is that of C2SP tlog-tiles).
 */
export type NodeId = Readonly<{ level: number; index: number }>;

/** Throws {@link ProofFault} `SIZE_INVALID` unless `value` is an integer from 0 to 2^53 − 1. */
export function requireCount(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ProofFault('SIZE_INVALID', `${what} is not a tree size or index`);
}

/** Throws {@link ProofFault} `HASH_LENGTH` unless every hash is 32 bytes long. */
export function requireHashes(hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== HASH_BYTES))
    throw new ProofFault('HASH_LENGTH', 'a hash is not 32 bytes long');
}

/** The largest power of two smaller than `size`, where a tree splits (RFC 6962 § 2.1). `size` is at least 2. */
export function splitPoint(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/**
 * The perfect subtrees that make up the leaves `begin … end − 1`, left to right. `begin` is a multiple of a
 * power of two that is at least `end − begin`, as every subtree of RFC 6962 § 2.1 has it.
 */
export function perfectSubtrees(begin: number, end: number): NodeId[] {
  const nodes: NodeId[] = [];
  let rest = begin;
  for (let level = Math.floor(Math.log2(Math.max(end - begin, 1))) + 1; level >= 0; level--) {
    const width = 2 ** level;
    if (rest + width > end) continue;
    nodes.push({ level, index: rest / width });
    rest += width;
  }
  return nodes;
}

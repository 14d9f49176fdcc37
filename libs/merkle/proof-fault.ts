/**
 * Why a proof was not made or not accepted.
 *
 * - `SIZE_INVALID`: a size or index is not an integer from 0 to 2^53 − 1.
 * - `SIZE_ORDER`: the older tree is larger than the newer one.
 * - `INDEX_BEYOND_TREE`: no leaf with that index in a tree of that size.
 * - `WRONG_LENGTH`: the proof has more or fewer hashes than the tree's shape demands.
 * - `HASH_LENGTH`: a hash is not 32 bytes long.
 * - `ROOT_MISMATCH`: the proof leads to another root than the one given.
 * - `NODE_MISSING`: the node reader answered with fewer nodes than it was asked for.
 * - `FRONTIER_MALFORMED`: the nodes of a compact range do not belong to a tree of its size.
 */
export type ProofFaultCode =
  | 'SIZE_INVALID'
  | 'SIZE_ORDER'
  | 'INDEX_BEYOND_TREE'
  | 'WRONG_LENGTH'
  | 'HASH_LENGTH'
  | 'ROOT_MISMATCH'
  | 'NODE_MISSING'
  | 'FRONTIER_MALFORMED';

/** A failed proof of RFC 9162 § 2.1.3 or § 2.1.4; tell the cases apart by `code`. */
export class ProofFault extends Error {
  override readonly name = 'ProofFault';

  constructor(
    readonly code: ProofFaultCode,
    message: string,
  ) {
    super(message);
  }
}

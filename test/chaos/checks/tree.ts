import { hash } from 'node:crypto';

const HASH = 32;
const LEAF = 33;
const [LEAF_PREFIX, NODE_PREFIX] = [Buffer.of(0), Buffer.of(1)];

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/** Grows with the log: all hashes of all complete subtrees, so that the root of every earlier size can be told (RFC 6962 § 2.1). */
export class Tree {
  #leaves: Buffer = Buffer.alloc(0);
  /** Level → the hashes of its complete subtrees, one behind the other. */
  readonly #rows: Buffer[] = [];

  get size(): number {
    return this.#leaves.length / LEAF;
  }

  /** Takes all leaves of the log, one behind the other. Gives the first that is not what it was, if any. */
  grow(leaves: Buffer): number | undefined {
    if (!leaves.subarray(0, this.#leaves.length).equals(this.#leaves)) return this.firstChanged(leaves);
    const hashes: Buffer[] = [];
    for (let at = this.#leaves.length; at < leaves.length; at += LEAF)
      hashes.push(sha256(LEAF_PREFIX, leaves.subarray(at, at + LEAF)));
    this.#leaves = leaves;
    this.append(0, hashes);
    return undefined;
  }

  leaf(index: number): Buffer {
    return this.#leaves.subarray(LEAF * index, LEAF * (index + 1));
  }

  /** All hashes of a level, one behind the other. */
  row(level: number): Buffer {
    return this.#rows[level] ?? Buffer.alloc(0);
  }

  get levels(): number {
    return this.#rows.length;
  }

  /** The root of the first `size` leaves. */
  root(size: number): Buffer {
    let root: Buffer | undefined;
    for (let level = 0; 2 ** level <= size; level++) {
      const at = Math.floor(size / 2 ** level);
      if (at % 2 === 0) continue;
      const node = this.row(level).subarray(HASH * (at - 1), HASH * at);
      root = root === undefined ? node : sha256(NODE_PREFIX, node, root);
    }
    return root ?? sha256();
  }

  private append(level: number, hashes: readonly Buffer[]): void {
    if (hashes.length === 0) return;
    const old = this.row(level);
    const row = Buffer.concat([old, ...hashes]);
    this.#rows[level] = row;
    const above: Buffer[] = [];
    for (let at = 2 * (this.row(level + 1).length / HASH); (at + 2) * HASH <= row.length; at += 2)
      above.push(sha256(NODE_PREFIX, row.subarray(HASH * at, HASH * (at + 2))));
    this.append(level + 1, above);
  }

  private firstChanged(leaves: Buffer): number {
    let at = 0;
    while (at < this.size && this.leaf(at).equals(leaves.subarray(LEAF * at, LEAF * (at + 1)))) at += 1;
    return at;
  }
}

import { hash } from 'node:crypto';

/** Length of every hash in the tree, in bytes (SHA-256, RFC 6962 § 2.1). */
export const HASH_BYTES = 32;

/** Hash of the empty tree: SHA-256 of nothing (RFC 6962 § 2.1, RFC 9162 § 2.1.1). */
export const emptyRoot: Buffer = sha256(new Uint8Array(0));

/** Leaf hash `SHA-256(0x00 ‖ entry)` (RFC 6962 § 2.1, RFC 9162 § 2.1.1). The prefix keeps a leaf from passing for a node. */
export function leafHash(entry: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(1 + entry.length);
  input[0] = 0x00;
  input.set(entry, 1);
  return sha256(input);
}

/** Node hash `SHA-256(0x01 ‖ left ‖ right)` (RFC 6962 § 2.1, RFC 9162 § 2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(1 + left.length + right.length);
  input[0] = 0x01;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return sha256(input);
}

function sha256(input: Uint8Array): Buffer {
  return hash('sha256', input, 'buffer');
}

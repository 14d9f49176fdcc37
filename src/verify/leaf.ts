import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { decodeBase64 } from '#libs/tlog/lexical.js';
import type { Receipt } from './answer.js';

const LEAF_VERSION = Buffer.of(0x01);
const LEAF_BYTES = 33;
const COMMITMENT_CONTEXT = Buffer.from('einmal/leaf/v1\n');

/** The leaf that an opening describes: `0x01 ‖ SHA-256("einmal/leaf/v1\n" ‖ SHA-256(salt ‖ JCS(caller)) ‖ protected hash)`. */
export function leafOf({ salt, caller, protected_hash }: Receipt['opening']): Buffer {
  const [saltBytes, protectedBytes] = [decodeBase64(salt), decodeBase64(protected_hash)];
  // With other lengths, bytes could move from one part into the next.
  if (saltBytes?.length !== 32 || protectedBytes?.length !== 32) return Buffer.alloc(0);
  const callerHash = sha256(saltBytes, Buffer.from(canonicalize(caller) ?? ''));
  return Buffer.concat([LEAF_VERSION, sha256(COMMITMENT_CONTEXT, callerHash, protectedBytes)]);
}

/** What is wrong with the form of a leaf: version byte and 32-byte commitment, nothing else (IDNrG § 9 Abs. 3: no data that would have to be deleted). */
export function leafFault(leaf: Buffer): string | undefined {
  if (leaf.length === LEAF_BYTES && leaf[0] === LEAF_VERSION[0]) return undefined;
  return `not a version byte and a commitment: ${leaf.length} bytes`;
}

/** Of the parts one behind the other. */
export function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

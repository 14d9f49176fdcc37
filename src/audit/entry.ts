import { hash } from 'node:crypto';
import { canonicalBytes } from '../tokens/digest.js';
import type { CallerPart, ProtectedPart } from './record.js';

/** First byte of every leaf: says how the commitment behind it is made. */
const LEAF_VERSION = 0x01;
/** Length of each of the two salts. */
export const SALT_BYTES = 32;

const COMMITMENT_CONTEXT = Buffer.from('einmal/leaf/v1\n');

/** What opens the caller's half of a leaf; salts and hashes in base64url. The protected half stays behind its hash. */
export type Opening = Readonly<{ version: 1; caller_salt: string; caller: CallerPart; protected_hash: string }>;

/** Opens the caller's half of a record as it is stored. */
export function openingOf(
  record: Readonly<{ callerSalt: Buffer; caller: CallerPart; protectedHash: Buffer }>,
): Opening {
  return {
    version: 1,
    caller_salt: record.callerSalt.toString('base64url'),
    caller: record.caller,
    protected_hash: record.protectedHash.toString('base64url'),
  };
}

/** salt ‖ JCS(part): what of a half is hashed, and of the protected one encrypted. */
export function saltedBytes(salt: Uint8Array, part: CallerPart | ProtectedPart): Buffer {
  return Buffer.concat([salt, canonicalBytes(part)]);
}

/** SHA-256(salt ‖ JCS(part)): hides a half of a record behind its salt. */
export function saltedHash(salt: Uint8Array, part: CallerPart | ProtectedPart): Buffer {
  return hash('sha256', saltedBytes(salt, part), 'buffer');
}

/** SHA-256("einmal/leaf/v1\n" ‖ hash of the caller's half ‖ hash of the protected half). */
export function commitment(callerHash: Uint8Array, protectedHash: Uint8Array): Buffer {
  return sha256(COMMITMENT_CONTEXT, callerHash, protectedHash);
}

/** The leaf: version byte ‖ commitment. Served for ever, therefore without data, time or participant (IDNrG § 9 Abs. 3). */
export function leafBytes(commitment: Uint8Array): Buffer {
  // Not from the pool of small buffers: a receipt that waits for a register would keep 64 KiB of it.
  const leaf = Buffer.allocUnsafeSlow(1 + commitment.length);
  leaf[0] = LEAF_VERSION;
  leaf.set(commitment, 1);
  return leaf;
}

/** Recomputes the commitment from what the caller got. Anything else in the opening than was logged gives another commitment. */
export function commitmentFromOpening(opening: Opening): Buffer {
  const salt = Buffer.from(opening.caller_salt, 'base64url');
  const protectedHash = Buffer.from(opening.protected_hash, 'base64url');
  // Fixed lengths: with a shorter salt, bytes could move from the salt into the record and back.
  if (opening.version !== 1 || salt.length !== SALT_BYTES || protectedHash.length !== 32)
    throw new TypeError('not an opening of version 1');
  return commitment(saltedHash(salt, opening.caller), protectedHash);
}

function sha256(...parts: Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}

import { leafHash } from '#libs/merkle/hash.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { decodeBase64 } from '#libs/tlog/lexical.js';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import type { Receipt } from './answer.js';
import { leafOf } from './leaf.js';

/**
 * Verifies that the log with this verifier key contains the entry that the opening describes: the log signed the
 * checkpoint, the leaf is in its tree (RFC 6962 § 2.1.1), and the leaf is
 * `0x01 ‖ SHA-256("einmal/leaf/v1\n" ‖ SHA-256(salt ‖ JCS(caller)) ‖ protected hash)`.
 */
export function verifyReceipt(receipt: Receipt, vkey: string): readonly string[] {
  const faults: string[] = [];
  const entry = Buffer.from(receipt.entry, 'base64');
  try {
    const checkpoint = openCheckpoint(receipt.checkpoint, ed25519Verifier(vkey));
    if (checkpoint.size !== receipt.tree_size || !checkpoint.root.equals(bytes(receipt.root_hash)))
      faults.push('size or root are not those of the signed checkpoint');
    verifyInclusion({
      index: receipt.log_index,
      size: checkpoint.size,
      leafHash: leafHash(bytes(receipt.entry)),
      proof: receipt.inclusion_proof.map(bytes),
      root: checkpoint.root,
    });
  } catch (error) {
    faults.push(error instanceof Error ? error.message : 'the proof does not hold');
  }
  if (!leafOf(receipt.opening).equals(entry)) faults.push('the entry is not what the opening describes');
  return faults;
}

function bytes(base64: string): Buffer {
  const decoded = decodeBase64(base64);
  if (decoded === undefined) throw new Error('bytes are not base64 as RFC 4648 § 4 has it');
  return decoded;
}

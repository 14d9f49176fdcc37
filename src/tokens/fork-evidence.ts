import { ProofFault } from '#libs/merkle/proof-fault.js';
import { verifyConsistency } from '#libs/merkle/verify.js';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { decodeBase64 } from '#libs/tlog/lexical.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import type { NoteVerifier } from '#libs/tlog/signed-note.js';

/**
 * Two checkpoints that one log signed and that cannot both be true, `newer` being the larger one or of the same size.
 * `root` is what the newer tree has at the size of the older one, and `proof` shows it (RFC 9162 § 2.1.4).
 */
export type ForkEvidence = Readonly<{ older: string; newer: string; root: Buffer; proof: readonly Buffer[] }>;

/**
 * Whether the log has signed two histories. Nobody but the log can make such evidence: it takes two of its signatures,
 * and of one tree the proof leads to one root only.
 */
export function showsFork({ older, newer, root, proof }: ForkEvidence, log: NoteVerifier): boolean {
  try {
    const [before, after] = [openCheckpoint(older, log), openCheckpoint(newer, log)];
    verifyConsistency({ oldSize: before.size, newSize: after.size, oldRoot: root, newRoot: after.root, proof });
    return !before.root.equals(root);
  } catch (error) {
    if (error instanceof NoteFault || error instanceof ProofFault) return false;
    throw error;
  }
}

/** As a witness serves it. */
export function formatForkEvidence({ older, newer, root, proof }: ForkEvidence): string {
  return JSON.stringify({
    older,
    newer,
    root: root.toString('base64'),
    proof: proof.map((hash) => hash.toString('base64')),
  });
}

/** Says nothing about whether it shows a fork. */
export function parseForkEvidence(text: string): ForkEvidence | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof given !== 'object' || given === null) return undefined;
  const { older, newer, root, proof } = given as Readonly<Record<string, unknown>>;
  const decoded = typeof root === 'string' ? decodeBase64(root) : undefined;
  const hashes = Array.isArray(proof) ? proof.map((it) => (typeof it === 'string' ? decodeBase64(it) : undefined)) : [];
  if (typeof older !== 'string' || typeof newer !== 'string' || decoded === undefined) return undefined;
  if (!Array.isArray(proof) || hashes.includes(undefined)) return undefined;
  return { older, newer, root: decoded, proof: hashes.filter((it) => it !== undefined) };
}

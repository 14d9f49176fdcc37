import { HASH_BYTES, leafHash } from '#libs/merkle/hash.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { type Checkpoint, openCheckpoint } from './checkpoint.js';
import { decodeBase64, decodeDecimal } from './lexical.js';
import { NoteFault } from './note-fault.js';
import { ed25519Verifier, NOTE_MAX_BYTES } from './signed-note.js';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** The parts of a proof file (C2SP tlog-proof, Format). `extra` is not authenticated by anything; `checkpoint` is the note verbatim. */
export type TlogProof = Readonly<{ index: number; proof: readonly Buffer[]; checkpoint: string; extra?: Buffer }>;

/** Writes a proof file (C2SP tlog-proof, Format). */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...proof.map((hash) => hash.toString('base64')),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof file; verifies nothing (C2SP tlog-proof, Format). Throws {@link NoteFault}. */
export function parseTlogProof(text: string): TlogProof {
  if (text.length > NOTE_MAX_BYTES) throw new NoteFault('TOO_LARGE', 'the proof file is too large');
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (header !== HEADER) throw malformed();
  const extraText = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const extra = extraText === undefined ? undefined : decodeBase64(extraText);
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? decodeDecimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined || (extraText !== undefined && extra === undefined)) throw malformed();
  const proof = lines.map((line) => {
    const hash = decodeBase64(line);
    if (hash?.length !== HASH_BYTES) throw malformed();
    return hash;
  });
  return { index, proof, checkpoint: text.slice(end + 2), ...(extra !== undefined && { extra }) };
}

/**
 * Verifies offline that the log with this Ed25519 verifier key contains the entry
 * (C2SP tlog-proof; RFC 6962 § 2.1.1). Throws {@link NoteFault} for the file or the checkpoint and
 * `ProofFault` for the inclusion proof.
 */
export function verifyTlogProof(
  text: string,
  entry: Uint8Array,
  vkey: string,
): { index: number; checkpoint: Checkpoint } {
  const { index, proof, checkpoint: note } = parseTlogProof(text);
  const checkpoint = openCheckpoint(note, ed25519Verifier(vkey));
  verifyInclusion({ index, size: checkpoint.size, leafHash: leafHash(entry), proof, root: checkpoint.root });
  return { index, checkpoint };
}

function malformed(): NoteFault {
  return new NoteFault('MALFORMED_PROOF', 'not a proof file');
}

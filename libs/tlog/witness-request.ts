import { hash as digest } from 'node:crypto';
import { HASH_BYTES } from '#libs/merkle/hash.js';
import { ProofFault } from '#libs/merkle/proof-fault.js';
import { verifyConsistency } from '#libs/merkle/verify.js';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
import { decodeBase64, decodeDecimal } from './lexical.js';
import { NoteFault } from './note-fault.js';
import { NOTE_MAX_BYTES, type NoteVerifier, parseNote } from './signed-note.js';

const MAX_PROOF_LINES = 63;

/** The body of an add-checkpoint call; `checkpoint` is the note verbatim (C2SP tlog-witness, add-checkpoint). */
export type AddCheckpoint = Readonly<{ oldSize: number; proof: readonly Buffer[]; checkpoint: string }>;

/** Writes the body of an add-checkpoint call (C2SP tlog-witness, add-checkpoint). */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  const lines = [`old ${oldSize}`, ...proof.map((hash) => hash.toString('base64'))];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads the body of an add-checkpoint call; verifies nothing (C2SP tlog-witness, add-checkpoint). Throws {@link NoteFault}. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  if (body.length > NOTE_MAX_BYTES) throw new NoteFault('TOO_LARGE', 'the request is too large');
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n');
  const oldSize = first.startsWith('old ') ? decodeDecimal(first.slice('old '.length)) : undefined;
  if (oldSize === undefined || lines.length > MAX_PROOF_LINES) throw malformed();
  const proof = lines.map((line) => {
    const hash = decodeBase64(line);
    if (hash?.length !== HASH_BYTES) throw malformed();
    return hash;
  });
  return { oldSize, proof, checkpoint: body.slice(end + 2) };
}

/**
 * Below the monitoring prefix of a witness: what it last cosigned of the log of this origin, with its own cosignature
 * (C2SP tlog-witness, HTTP Interface: the SHA-256 of the origin line in lower-case hex, then `/checkpoint`).
 */
export function witnessedPath(origin: string): string {
  return `${originHash(origin)}/checkpoint`;
}

/** Names a log in the paths of a witness (C2SP tlog-witness, HTTP Interface). */
export function originHash(origin: string): string {
  return digest('sha256', origin);
}

/**
 * What a witness answers: to cosign, or an HTTP status; with 409 the body is its own size and a newline, of the type
 * `text/x.tlog.size` (C2SP tlog-witness, add-checkpoint).
 */
export type WitnessVerdict =
  | Readonly<{ status: 200; checkpoint: Checkpoint }>
  | Readonly<{ status: 400 | 403 | 404 | 422; reason: string }>
  | Readonly<{ status: 409; reason: string; size: number }>;

/**
 * Decides on an add-checkpoint call, in the order of C2SP tlog-witness, add-checkpoint. `seen` gives what the witness
 * last cosigned for an origin: reading it, deciding and storing the new checkpoint must be one atomic step, and the
 * cosignature leaves only after that.
 */
export function judgeAddCheckpoint(
  { oldSize, proof, checkpoint: note }: AddCheckpoint,
  logs: readonly NoteVerifier[],
  seen: (origin: string) => Readonly<{ size: number; root: Buffer }> | undefined,
): WitnessVerdict {
  let origin: string;
  try {
    origin = parseCheckpoint(parseNote(note).text).origin;
  } catch {
    return { status: 400, reason: 'not a checkpoint' };
  }
  const log = logs.filter(({ name }) => name === origin);
  if (log.length === 0) return { status: 404, reason: 'the log is not known' };
  const checkpoint = openedBy(note, log);
  if (checkpoint === undefined) return { status: 403, reason: 'no known key of the log signed it' };
  if (oldSize > checkpoint.size) return { status: 400, reason: 'the old size is greater than the new one' };
  const last = seen(origin) ?? { size: 0, root: undefined };
  if (oldSize !== last.size)
    return { status: 409, reason: 'the old size is not that of the last one', size: last.size };
  if (last.root === undefined)
    return proof.length === 0 ? { status: 200, checkpoint } : { status: 422, reason: 'nothing needs a proof yet' };
  if (last.size === checkpoint.size && !last.root.equals(checkpoint.root))
    return { status: 409, reason: 'the same size with another root', size: last.size };
  try {
    const [newSize, newRoot] = [checkpoint.size, checkpoint.root];
    verifyConsistency({ oldSize, newSize, oldRoot: last.root, newRoot, proof });
  } catch (error) {
    if (error instanceof ProofFault) return { status: 422, reason: 'the new tree does not extend the last one' };
    throw error;
  }
  return { status: 200, checkpoint };
}

function openedBy(note: string, keys: readonly NoteVerifier[]): Checkpoint | undefined {
  for (const key of keys) {
    try {
      return openCheckpoint(note, key);
    } catch (error) {
      if (!(error instanceof NoteFault)) throw error;
    }
  }
  return undefined;
}

function malformed(): NoteFault {
  return new NoteFault('MALFORMED_REQUEST', 'not an add-checkpoint request');
}

import { HASH_BYTES } from '#libs/merkle/hash.js';
import { decodeBase64, decodeDecimal } from './lexical.js';
import { NoteFault } from './note-fault.js';
import { type NoteSigner, type NoteVerifier, openNote, signNote } from './signed-note.js';

/** What a checkpoint says: this log had these leaves (C2SP tlog-checkpoint, Note text). Extension lines are opaque and not recommended. */
export type Checkpoint = Readonly<{ origin: string; size: number; root: Buffer; extensions?: readonly string[] }>;

/** Writes the note text: origin, size, root, one per line (C2SP tlog-checkpoint, Note text). Throws {@link NoteFault}. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const lines = [origin, String(size), root.toString('base64'), ...extensions];
  if (
    !Number.isSafeInteger(size) ||
    size < 0 ||
    root.length !== HASH_BYTES ||
    lines.some((line) => line === '' || line.includes('\n'))
  ) {
    throw new NoteFault('MALFORMED_CHECKPOINT', 'not a checkpoint');
  }
  return `${lines.join('\n')}\n`;
}

/** Reads the note text; does not verify who signed it (C2SP tlog-checkpoint, Note text). Throws {@link NoteFault}. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, sizeText, rootText, ...rest] = text.split('\n');
  const extensions = rest.slice(0, -1);
  const size = decodeDecimal(sizeText ?? '');
  const root = decodeBase64(rootText ?? '');
  if (!origin || size === undefined || root?.length !== HASH_BYTES || !text.endsWith('\n') || extensions.includes('')) {
    throw new NoteFault('MALFORMED_CHECKPOINT', 'not a checkpoint');
  }
  return { origin, size, root, ...(extensions.length > 0 && { extensions }) };
}

/** Signs a checkpoint as a note (C2SP tlog-checkpoint, Signatures). Never sign one that is inconsistent with an earlier one. Throws {@link NoteFault}. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  return signNote(formatCheckpoint(checkpoint), signers);
}

/**
 * Opens a checkpoint that the log itself must have signed; its key name is the origin
 * (C2SP tlog-checkpoint, Signatures). Throws {@link NoteFault}.
 */
export function openCheckpoint(note: string, log: NoteVerifier): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, [log]).text);
  if (checkpoint.origin !== log.name) throw new NoteFault('WRONG_ORIGIN', 'the checkpoint is that of another log');
  return checkpoint;
}

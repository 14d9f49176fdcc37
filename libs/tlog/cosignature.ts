import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { parseCheckpoint } from './checkpoint.js';
import { NoteFault } from './note-fault.js';
import { formatSignature, type NoteSignature, type NoteVerifier, openNote, parseNote } from './signed-note.js';
import { COSIGNATURE_V1, ed25519PublicKey, formatVerifierKey, parseVerifierKey } from './verifier-key.js';

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** A witness: states the time at which it saw a checkpoint as the largest consistent one (C2SP tlog-cosignature, Ed25519 signed message). */
export type Cosigner = Readonly<{
  name: string;
  vkey: string;
  /** Signs the text of a checkpoint; `time` in seconds since the epoch. Gives `u64 time ‖ signature`. */
  sign(text: string, time: number): Buffer;
}>;

/** A cosigner with signatures of type 0x04. A key belongs to one name only: the message does not name its cosigner (C2SP tlog-cosignature, Ed25519 signed message). */
export function ed25519Cosigner(name: string, privateKey: KeyObject): Cosigner {
  const vkey = formatVerifierKey(name, createPublicKey(privateKey), COSIGNATURE_V1);
  return {
    name,
    vkey,
    sign: (text, time) => Buffer.concat([timeBytes(time), sign(null, cosignedMessage(text, time), privateKey)]),
  };
}

/** A verifier from a verifier key of type 0x04, for {@link openNote} (C2SP tlog-cosignature, Format). Throws {@link NoteFault}. */
export function cosignatureVerifier(vkey: string): NoteVerifier {
  const key = parseVerifierKey(vkey);
  const publicKey = ed25519PublicKey(key, COSIGNATURE_V1);
  return {
    name: key.name,
    keyId: key.keyId,
    verify: (text, signature) => {
      const time = timeOf(signature);
      return time !== undefined && verify(null, cosignedMessage(text, time), publicKey, signature.subarray(TIME_BYTES));
    },
  };
}

/**
 * The signature line of a cosigner for a checkpoint that it has checked to extend the last one it saw
 * (C2SP tlog-cosignature, Format). Throws {@link NoteFault} for a note that is no checkpoint.
 */
export function cosign(note: string, cosigner: Cosigner, time: number): string {
  const { text } = parseNote(note);
  parseCheckpoint(text);
  const { name, keyId } = parseVerifierKey(cosigner.vkey);
  return formatSignature({ name, keyId, signature: cosigner.sign(text, time) });
}

/** Seconds since the epoch at which a cosignature was made (C2SP tlog-cosignature, Format). Verifies nothing. Throws {@link NoteFault}. */
export function cosignatureTime(signature: Buffer): number {
  const time = timeOf(signature);
  if (time === undefined) throw new NoteFault('MALFORMED_COSIGNATURE', 'not a cosignature');
  return time;
}

/**
 * The verified signatures in what a witness answered for the checkpoint with this text (C2SP tlog-witness, add-checkpoint):
 * signature lines over it and nothing else. Those of keys that are not known are left out. Throws {@link NoteFault}.
 */
export function openCosignatures(
  text: string,
  lines: string,
  witnesses: readonly NoteVerifier[],
): readonly NoteSignature[] {
  const opened = openNote(`${text}\n${lines}`, witnesses);
  // An empty line among them would make what stands before it part of the text: a signature over something else.
  if (opened.text !== text) throw new NoteFault('MALFORMED_NOTE', 'not signature lines alone');
  return opened.signatures;
}

/**
 * Adds to a checkpoint the cosignatures that a witness answered with (C2SP tlog-witness, add-checkpoint): those of keys
 * that are not known are left out, one that does not verify is refused, and a newer one replaces the older one of the
 * same key. Throws {@link NoteFault}, also where it would become no note.
 */
export function addCosignatures(note: string, lines: string, witnesses: readonly NoteVerifier[]): string {
  const { text, signatures } = parseNote(note);
  const added = openCosignatures(text, lines, witnesses);
  const isAdded = (name: string, keyId: string) => added.some((it) => it.name === name && it.keyId === keyId);
  const kept = signatures.filter(({ name, keyId }) => !isAdded(name, keyId));
  const cosigned = `${text}\n${[...kept, ...added].map(formatSignature).join('')}`;
  parseNote(cosigned);
  return cosigned;
}

/** The two header lines and the checkpoint's text without signatures (C2SP tlog-cosignature, Ed25519 signed message). */
function cosignedMessage(text: string, time: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
}

function timeBytes(time: number): Buffer {
  if (!Number.isSafeInteger(time) || time < 0) throw new NoteFault('MALFORMED_COSIGNATURE', 'not a time in seconds');
  const bytes = Buffer.alloc(TIME_BYTES);
  bytes.writeBigUInt64BE(BigInt(time));
  return bytes;
}

function timeOf(signature: Buffer): number | undefined {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const time = Number(signature.readBigUInt64BE());
  return Number.isSafeInteger(time) ? time : undefined;
}

import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { decodeBase64 } from './lexical.js';
import { NoteFault } from './note-fault.js';
import { ed25519PublicKey, formatVerifierKey, isKeyName, parseVerifierKey } from './verifier-key.js';

/** Upper bounds on what is looked at (C2SP signed-note, Format: at least 16 signatures, of up to 5 kB each). */
export const NOTE_MAX_BYTES = 1_000_000;
export const NOTE_MAX_SIGNATURES = 100;

/**
 * Signs note texts under one name. `sign` gives the bare signature, without key id (C2SP signed-note, Signatures).
 * `keyId` in lower-case hex, as `vkey` says it.
 */
export type NoteSigner = Readonly<{ name: string; vkey: string; keyId: string; sign(text: string): Buffer }>;

/** Checks signatures of one known key, whatever its type signs (C2SP signed-note, Signatures). `keyId` in lower-case hex. */
export type NoteVerifier = Readonly<{ name: string; keyId: string; verify(text: string, signature: Buffer): boolean }>;

/** One signature line as it stands (C2SP signed-note, Format); says nothing about its validity. */
export type NoteSignature = Readonly<{ name: string; keyId: string; signature: Buffer }>;

/** A note with at least one verified signature; `signatures` are the verified ones only (C2SP signed-note, Signatures). */
export type OpenedNote = Readonly<{ text: string; signatures: readonly NoteSignature[] }>;

/** A signer for signatures of type 0x01 (C2SP signed-note, Ed25519 signatures). Throws {@link NoteFault} for another kind of key. */
export function ed25519Signer(name: string, privateKey: KeyObject): NoteSigner {
  const vkey = formatVerifierKey(name, createPublicKey(privateKey));
  return { name, vkey, keyId: parseVerifierKey(vkey).keyId, sign: (text) => sign(null, Buffer.from(text), privateKey) };
}

/** A verifier from a verifier key of type 0x01 (C2SP signed-note, Ed25519 signatures). Throws {@link NoteFault}. */
export function ed25519Verifier(vkey: string): NoteVerifier {
  const key = parseVerifierKey(vkey);
  const publicKey = ed25519PublicKey(key);
  return {
    name: key.name,
    keyId: key.keyId,
    verify: (text, signature) => verify(null, Buffer.from(text), publicKey, signature),
  };
}

/** Signs a text, one line per signer in their order (C2SP signed-note, Format). Throws {@link NoteFault}. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || !isNoteText(text)) throw new NoteFault('MALFORMED_TEXT', 'a note cannot carry this text');
  if (signers.length === 0) throw new NoteFault('MALFORMED_NOTE', 'a note needs a signature');
  const lines = signers.map(({ name, keyId, sign }) => formatSignature({ name, keyId, signature: sign(text) }));
  return `${text}\n${lines.join('')}`;
}

/** Writes one signature line (C2SP signed-note, Format), for adding a signature to a note that exists already. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`;
}

/** Splits a note into text and signature lines without verifying any of them (C2SP signed-note, Format). Throws {@link NoteFault}. */
export function parseNote(note: string): { text: string; signatures: NoteSignature[] } {
  if (Buffer.byteLength(note) > NOTE_MAX_BYTES) throw new NoteFault('TOO_LARGE', 'the note is too large');
  const separator = note.lastIndexOf('\n\n');
  if (separator < 0 || !note.endsWith('\n') || !isNoteText(note))
    throw new NoteFault('MALFORMED_NOTE', 'not a signed note');
  const lines = note
    .slice(separator + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0) throw new NoteFault('MALFORMED_NOTE', 'the note has no signature line');
  if (lines.length > NOTE_MAX_SIGNATURES) throw new NoteFault('TOO_LARGE', 'the note has too many signatures');
  return { text: note.slice(0, separator + 1), signatures: lines.map(parseSignature) };
}

/**
 * Opens a note with the keys that are trusted (C2SP signed-note, Signatures). Signatures by other keys are
 * ignored; one by a known key that does not verify condemns the whole note. Throws {@link NoteFault}.
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const verified = new Map<string, NoteSignature>();
  for (const signature of signatures) {
    const key = `${signature.name}+${signature.keyId}`;
    const verifier = verifiers.find(({ name, keyId }) => `${name}+${keyId}` === key);
    if (verifier === undefined) continue;
    if (!verifier.verify(text, signature.signature))
      throw new NoteFault('BAD_SIGNATURE', 'a known key did not sign this note');
    if (!verified.has(key)) verified.set(key, signature);
  }
  if (verified.size === 0) throw new NoteFault('NO_KNOWN_SIGNATURE', 'no known key signed this note');
  return { text, signatures: [...verified.values()] };
}

function parseSignature(line: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(' ');
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (
    dash !== '\u2014' ||
    name === undefined ||
    !isKeyName(name) ||
    bytes === undefined ||
    bytes.length < 5 ||
    more.length > 0
  ) {
    throw new NoteFault('MALFORMED_NOTE', 'not a signature line');
  }
  return { name, keyId: bytes.toString('hex', 0, 4), signature: bytes.subarray(4) };
}

/** Well-formed Unicode without control characters other than newline (C2SP signed-note, Format). */
function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the format forbids
  return text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

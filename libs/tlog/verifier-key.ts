import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { decodeBase64 } from './lexical.js';
import { NoteFault } from './note-fault.js';

/** Signature type identifier byte of plain Ed25519 (C2SP signed-note, Signature types). */
export const ED25519 = 0x01;
/** Signature type identifier byte of timestamped Ed25519 cosignatures (C2SP signed-note, Signature types; tlog-cosignature, Format). */
export const COSIGNATURE_V1 = 0x04;

/** What a verifier key text names (C2SP signed-note, Verifier keys): `name+hex8(keyId)+base64(type ‖ publicKey)`. */
export type VerifierKey = Readonly<{ name: string; keyId: string; type: number; publicKey: Buffer }>;

/**
 * Eight lower-case hex digits of `SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4]` (C2SP signed-note, Signatures).
 */
export function keyId(name: string, type: number, publicKey: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey])).slice(0, 8);
}

/**
 * Writes the key of a public Ed25519 KeyObject, for plain signatures or for cosignatures (C2SP signed-note, Ed25519
 * signatures; tlog-cosignature, Format). Throws {@link NoteFault}.
 */
export function formatVerifierKey(
  name: string,
  publicKey: KeyObject,
  type: typeof ED25519 | typeof COSIGNATURE_V1 = ED25519,
): string {
  requireKeyName(name);
  const { crv, x } = publicKey.export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new NoteFault('UNSUPPORTED_KEY', 'only Ed25519 keys are supported');
  const raw = Buffer.from(x, 'base64url');
  return `${name}+${keyId(name, type, raw)}+${Buffer.concat([Buffer.of(type), raw]).toString('base64')}`;
}

/** Reads a verifier key of any type and checks its key id (C2SP signed-note, Verifier keys). Throws {@link NoteFault}. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const bytes = material === undefined ? undefined : decodeBase64(material);
  const type = bytes?.[0];
  if (name === undefined || bytes === undefined || type === undefined || bytes.length < 2) {
    throw new NoteFault('MALFORMED_KEY', 'not a verifier key');
  }
  requireKeyName(name);
  const publicKey = bytes.subarray(1);
  if (keyId(name, type, publicKey) !== id)
    throw new NoteFault('KEY_ID_MISMATCH', 'the key id is not that of name and key');
  return { name, keyId: id, type, publicKey };
}

/** The KeyObject of an Ed25519 verifier key of one type (C2SP signed-note, Ed25519 signatures). Throws {@link NoteFault} for other types. */
export function ed25519PublicKey(
  { type, publicKey }: VerifierKey,
  expected: typeof ED25519 | typeof COSIGNATURE_V1 = ED25519,
): KeyObject {
  if (type !== expected || publicKey.length !== 32) throw new NoteFault('UNSUPPORTED_KEY', 'not an Ed25519 key');
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') } });
}

/** Key names are not empty and contain neither Unicode spaces nor plus (C2SP signed-note, Format). Throws {@link NoteFault}. */
export function requireKeyName(name: string): void {
  if (!isKeyName(name)) throw new NoteFault('MALFORMED_KEY', 'not a key name');
}

/** Whether the text may stand as a key name (C2SP signed-note, Format). */
export function isKeyName(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the format forbids
  return name.length > 0 && name.isWellFormed() && !/[\s+\u0000-\u001f\u0085]/u.test(name);
}

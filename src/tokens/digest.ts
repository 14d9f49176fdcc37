import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Bytes of the RFC 8785 form: both sides of a digest get the same ones. */
export function canonicalBytes(value: unknown): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only JSON values have a canonical form');
  return Buffer.from(text, 'utf8');
}

/** base64url SHA-256 over the RFC 8785 form. */
export function canonicalDigest(value: unknown): string {
  return createHash('sha256').update(canonicalBytes(value)).digest('base64url');
}

/** base64url SHA-256 over UTF-8 bytes. */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

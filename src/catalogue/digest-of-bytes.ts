import { hash } from 'node:crypto';

/** base64url SHA-256 of the bytes of a file. */
export function digestOfBytes(bytes: Buffer): string {
  return hash('sha256', bytes, 'base64url');
}

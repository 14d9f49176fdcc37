import { createHmac } from 'node:crypto';
import { exportSPKI } from 'jose';
import type { VerificationKey } from '../../src/tokens/jws.js';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function parts(token: string): { header: Record<string, unknown>; payload: string; signature: string } {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { header: JSON.parse(Buffer.from(header, 'base64url').toString()), payload, signature };
}

/** RFC 8725 § 2.1: the signature is dropped and the header says so. */
export function withAlgNone(token: string): string {
  const { header, payload } = parts(token);
  return `${encode({ ...header, alg: 'none' })}.${payload}.`;
}

/** RFC 8725 § 2.1: the public key, known to everybody, as the secret of an HMAC. */
export async function withPublicKeyAsSecret(token: string, key: VerificationKey): Promise<string> {
  const { header, payload } = parts(token);
  const signed = `${encode({ ...header, alg: 'HS256' })}.${payload}`;
  const mac = createHmac('sha256', await exportSPKI(key.key))
    .update(signed)
    .digest('base64url');
  return `${signed}.${mac}`;
}

/** One claim is another, the signature is kept. */
export function withClaim(token: string, name: string, value: unknown): string {
  const { header, payload, signature } = parts(token);
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return `${encode(header)}.${encode({ ...claims, [name]: value })}.${signature}`;
}

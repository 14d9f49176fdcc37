import type { JWTPayload } from 'jose';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** One part of a token (RFC 7515 § 7.1): an object of JSON; undefined for anything else. */
export function jsonOf(part: string): Readonly<Record<string, unknown>> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(UTF8.decode(Buffer.from(part, 'base64url')));
  } catch {
    return undefined;
  }
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  return isObject ? (json as Readonly<Record<string, unknown>>) : undefined;
}

/** What a token claims, of which nothing is proven: to choose what must verify it, and for nothing else. Empty where it cannot be read. */
export function unverifiedClaims(token: string): Pick<JWTPayload, 'iss' | 'jti'> {
  const { iss, jti } = jsonOf(token.split('.')[1] ?? '') ?? {};
  return { ...(typeof iss === 'string' && { iss }), ...(typeof jti === 'string' && { jti }) };
}

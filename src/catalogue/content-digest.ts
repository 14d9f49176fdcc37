import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** base64url SHA-256 over the RFC 8785 form. */
export function contentDigest(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('base64url');
}

import { hash } from 'node:crypto';

/** Bytes of the RFC 8785 form: both sides of a digest get the same ones. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalText(value), 'utf8');
}

/**
 * As the library `canonicalize` gives it, against which a test holds it. That one looks at each character of each string by
 * itself, and most of what is digested here are long tokens.
 */
function canonicalText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // RFC 8785 § 3.2.2.2: half a surrogate pair is no text.
      if (!value.isWellFormed()) throw new TypeError('text that is not well-formed has no canonical form');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('a number that is not finite has no canonical form');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : canonicalStructure(value);
    default:
      throw new TypeError('only JSON values have a canonical form');
  }
}

function canonicalStructure(value: object): string {
  if (Array.isArray(value))
    return `[${value.map((it: unknown) => canonicalText(it === undefined ? null : it)).join(',')}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalText(value.toJSON());
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  // By UTF-16 code units (RFC 8785 § 3.2.3), which is how JavaScript sorts.
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${canonicalText(name)}:${canonicalText(member)}`;
  }
  return `{${text}}`;
}

/** base64url SHA-256 over the RFC 8785 form. */
export function canonicalDigest(value: unknown): string {
  return hash('sha256', canonicalBytes(value), 'base64url');
}

/** base64url SHA-256 over UTF-8 bytes. */
export function textHash(text: string): string {
  return hash('sha256', text, 'base64url');
}

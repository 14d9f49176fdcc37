import { createHash } from 'node:crypto';
import type { KeySet } from './answer.js';
import { isObject, type JsonObject } from './document.js';
import { JwsFault, openJws, readPart } from './open-jws.js';

const TYP = 'dc+sd-jwt';
const REGISTER = 'urn:einmal:register:';

/** What a piece of evidence says once its signature and digests hold. */
export type EvidenceContent = Readonly<{
  claims: Readonly<Record<string, unknown>>;
  attributes: Readonly<Record<string, unknown>>;
}>;

export type EvidenceVerdict = Readonly<{ content: EvidenceContent | undefined; faults: readonly string[] }>;

type Disclosure = Readonly<{ digest: string; name: string; value: unknown }>;

/**
 * Verifies a compact SD-JWT VC (RFC 9901 § 7.1) against the keys of the register that it names as issuer: signature with
 * the one algorithm that the key is bound to, `typ`, and each disclosure referenced exactly once. Expected claims must
 * be equal.
 */
export async function verifyEvidenceToken(
  compact: string,
  registers: Readonly<Record<string, KeySet>>,
  expected: Readonly<Record<string, unknown>> = {},
): Promise<EvidenceVerdict> {
  try {
    const content = await verified(compact, registers);
    const faults = Object.entries(expected)
      .filter(([name, value]) => content.claims[name] !== value)
      .map(([name]) => `claim ${name} is not the expected one`);
    return { content, faults };
  } catch (error) {
    return {
      content: undefined,
      faults: [error instanceof JwsFault ? error.message : 'the signature does not hold'],
    };
  }
}

async function verified(compact: string, registers: Readonly<Record<string, KeySet>>): Promise<EvidenceContent> {
  const parts = compact.split('~');
  const [jws = '', ...encoded] = parts.slice(0, -1);
  if (parts.length < 2 || parts.at(-1) !== '') throw new JwsFault('not an SD-JWT without key binding');
  const unverified = await openJws(jws, TYP, {
    name: 'this register',
    keys: ({ iss }) => registers[String(iss).startsWith(REGISTER) ? String(iss).slice(REGISTER.length) : ''],
  });
  const disclosures = encoded.map(readDisclosure);
  requireReferencedOnce(unverified, disclosures);
  const { attributes: _, _sd_alg: _alg, ...claims } = unverified;
  return { claims, attributes: Object.fromEntries(disclosures.map(({ name, value }) => [name, value])) };
}

function requireReferencedOnce(payload: JsonObject, disclosures: readonly Disclosure[]): void {
  if ((payload._sd_alg ?? 'sha-256') !== 'sha-256') throw new JwsFault('not the digest algorithm sha-256');
  const digests = digestsIn(payload);
  const names = new Set(disclosures.map(({ name }) => name));
  if (names.size !== disclosures.length) throw new JwsFault('an attribute is disclosed twice');
  for (const { digest, name } of disclosures) {
    const references = digests.filter((it) => it === digest).length;
    if (references !== 1) throw new JwsFault(`the disclosure of ${name} is referenced ${references} times`);
  }
}

function digestsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(digestsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === '_sd' && Array.isArray(member) ? member : digestsIn(member),
  );
}

function readDisclosure(encoded: string): Disclosure {
  const parts = readPart(encoded);
  if (!Array.isArray(parts) || parts.length !== 3 || typeof parts[1] !== 'string')
    throw new JwsFault('a disclosure cannot be read');
  return { digest: createHash('sha256').update(encoded, 'ascii').digest('base64url'), name: parts[1], value: parts[2] };
}

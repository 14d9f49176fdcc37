import { createHash } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import type { KeySet } from './answer.js';

const TYP = 'dc+sd-jwt';
const ALGORITHMS: readonly unknown[] = ['ES256', 'Ed25519', 'PS256'];

/** What a piece of evidence says once its signature and digests hold. */
export type EvidenceContent = Readonly<{
  claims: Readonly<Record<string, unknown>>;
  attributes: Readonly<Record<string, unknown>>;
}>;

export type EvidenceVerdict = Readonly<{ content: EvidenceContent | undefined; faults: readonly string[] }>;

type Disclosure = Readonly<{ digest: string; name: string; value: unknown }>;
type JsonObject = Readonly<Record<string, unknown>>;

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
      faults: [error instanceof EvidenceFault ? error.message : 'the signature does not hold'],
    };
  }
}

class EvidenceFault extends Error {}

async function verified(compact: string, registers: Readonly<Record<string, KeySet>>): Promise<EvidenceContent> {
  const parts = compact.split('~');
  const [jws = '', ...encoded] = parts.slice(0, -1);
  if (parts.length < 2 || parts.at(-1) !== '') throw new EvidenceFault('not an SD-JWT without key binding');
  const [protectedHeader = '', body = ''] = jws.split('.');
  const header = jsonObject(protectedHeader);
  const unverified = jsonObject(body);
  if (header.typ !== TYP) throw new EvidenceFault(`the type is not ${TYP}`);
  if ('crit' in header) throw new EvidenceFault('the header has critical extensions');
  const issuer = String(unverified.iss);
  const register = issuer.startsWith('urn:einmal:register:') ? issuer.slice('urn:einmal:register:'.length) : '';
  const jwk = registers[register]?.keys.find(({ kid }) => kid === header.kid);
  if (jwk === undefined) throw new EvidenceFault('the key is not one of this register');
  if (header.alg !== jwk.alg || !ALGORITHMS.includes(jwk.alg)) throw new EvidenceFault('not the algorithm of this key');
  const alg = String(jwk.alg);
  await compactVerify(jws, await importJWK({ ...jwk }, alg), { algorithms: [alg] });
  const disclosures = encoded.map(readDisclosure);
  requireReferencedOnce(unverified, disclosures);
  const { attributes: _, _sd_alg: _alg, ...claims } = unverified;
  return { claims, attributes: Object.fromEntries(disclosures.map(({ name, value }) => [name, value])) };
}

function requireReferencedOnce(payload: JsonObject, disclosures: readonly Disclosure[]): void {
  if ((payload._sd_alg ?? 'sha-256') !== 'sha-256') throw new EvidenceFault('not the digest algorithm sha-256');
  const digests = digestsIn(payload);
  const names = new Set(disclosures.map(({ name }) => name));
  if (names.size !== disclosures.length) throw new EvidenceFault('an attribute is disclosed twice');
  for (const { digest, name } of disclosures) {
    const references = digests.filter((it) => it === digest).length;
    if (references !== 1) throw new EvidenceFault(`the disclosure of ${name} is referenced ${references} times`);
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
  const parts = json(encoded);
  if (!Array.isArray(parts) || parts.length !== 3 || typeof parts[1] !== 'string')
    throw new EvidenceFault('a disclosure cannot be read');
  return { digest: createHash('sha256').update(encoded, 'ascii').digest('base64url'), name: parts[1], value: parts[2] };
}

function jsonObject(part: string): JsonObject {
  const value = json(part);
  if (!isObject(value)) throw new EvidenceFault('not a token');
  return value;
}

function json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    throw new EvidenceFault('not a token');
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

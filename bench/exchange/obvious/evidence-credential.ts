import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { readKey, type SigningKey, TokenFault, type VerificationKey } from './jws.js';

export const EVIDENCE_TYP = 'dc+sd-jwt';
export const MAX_CREDENTIAL_BYTES = 65_536;
/** base64url SHA-256. */
const DIGEST = /^[\w-]{43}$/;
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

export type AttributeValue = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>;

/** What a register vouches for about one person, and to which exchange it is bound. Attributes are selectively disclosable. */
export type EvidenceClaims = Readonly<{
  /** `urn:einmal:register:<register id>`. */
  iss: string;
  /** Consumer, and nobody else. */
  aud: string;
  jti: string;
  iat: number;
  vct: string;
  evidence_type: string;
  subject_role: string;
  /** ISO 8601, UTC: the moment for which the register vouches. */
  as_of: string;
  purpose: string;
  purpose_hash: string;
  legal_basis: string;
  /** Retrieval, request, permission and trigger this evidence answers. */
  retrieval_id: string;
  request_digest: string;
  permission: string;
  trigger: string;
  assurance: string;
  /** How long the consumer may use it, days from `iat`; absent where no rule limits that. */
  use_days?: number;
  /** Fields withheld by rule, purpose or form; the same for every person. */
  withheld: readonly Readonly<{ attribute: string; norm: string }>[];
}>;

export function registerIssuer(register: string): string {
  return `urn:einmal:register:${register}`;
}

/** Others name it; the library refuses such names by an error of its own. */
export class ReservedName extends TypeError {
  override readonly name = 'ReservedName';
  readonly code = 'EVIDENCE_RESERVED_NAME';
}

const hasher = (data: string | ArrayBuffer, alg: string): Uint8Array =>
  createHash(alg.replace('-', ''))
    .update(typeof data === 'string' ? data : Buffer.from(data))
    .digest();

function signatureAlgorithm(alg: string): Parameters<typeof webcrypto.subtle.sign>[0] {
  if (alg === 'ES256') return { name: 'ECDSA', hash: 'SHA-256' };
  if (alg === 'Ed25519') return { name: 'Ed25519' };
  if (alg === 'PS256') return { name: 'RSA-PSS', saltLength: 32 };
  throw new TokenFault('ALGORITHM');
}

/**
 * Issues an SD-JWT VC (RFC 9901) with every attribute behind its own salted digest. Decoys fill up to `digestCount`, so
 * that the number of digests says nothing about the person.
 */
export async function issueEvidence(
  claims: EvidenceClaims,
  attributes: Readonly<Record<string, AttributeValue>>,
  by: { key: SigningKey; digestCount: number },
): Promise<string> {
  const names = Object.keys(attributes);
  if (names.length > by.digestCount) throw new RangeError('more attributes than the evidence type has digests');
  const instance = new SDJwtVcInstance({
    hasher,
    hashAlg: 'sha-256',
    saltGenerator: () => randomBytes(16).toString('base64url'),
    signAlg: by.key.alg,
    signer: async (data) =>
      Buffer.from(await webcrypto.subtle.sign(signatureAlgorithm(by.key.alg), by.key.key, Buffer.from(data))).toString(
        'base64url',
      ),
  });
  const payload: Record<string, unknown> & { vct: string } = { ...claims, attributes: { ...attributes } };
  // The library types a frame by the literal type of the payload, which is not known here.
  const frame: Record<string, unknown> = {
    attributes: { _sd: names, _sd_decoy: by.digestCount - names.length },
  };
  return instance.issue(payload, frame as Parameters<typeof instance.issue<typeof payload>>[1], {
    header: { kid: by.key.kid },
  });
}

type Disclosure = Readonly<{ encoded: string; name: string; value: AttributeValue }>;

export type VerifiedEvidence = Readonly<{
  /** Of the key that signed it. */
  kid: string;
  claims: EvidenceClaims;
  disclosures: readonly Disclosure[];
  compact: string;
}>;

export type ExpectedEvidence = Omit<EvidenceClaims, 'jti' | 'iat' | 'as_of' | 'withheld'>;

/**
 * Verifies a credential. The library checks signature and digests; header `typ` and `alg`, audience, purpose, binding,
 * single reference of each disclosure and the place of the digests it does not check, so they are checked here.
 * @throws TokenFault
 */
export async function verifyEvidence(
  compact: string,
  trust: { keys: readonly VerificationKey[]; expected: ExpectedEvidence; nowMs: number },
): Promise<VerifiedEvidence> {
  if (compact.length > MAX_CREDENTIAL_BYTES) throw new TokenFault('TOO_LARGE');
  const parts = compact.split('~');
  const [jws, ...encoded] = parts.slice(0, -1);
  // A last part would be a key binding JWT; evidence is bound to its request instead.
  if (jws === undefined || parts.at(-1) !== '') throw new TokenFault('MALFORMED');
  const key = keyOf(jws, trust.keys);
  const disclosures = encoded.map(readDisclosure);
  const payload = await verifySignature(jws, key);
  // Before the library sees the claims: it would act on some that nobody asked for.
  const claims = checkBinding(payload, trust.expected, trust.nowMs);
  await verifyDisclosures(compact, key);
  checkDigests(payload, disclosures);
  return { kid: key.kid, claims, disclosures, compact };
}

function keyOf(jws: string, keys: readonly VerificationKey[]): VerificationKey {
  const header = readJson(jws.split('.')[0] ?? '');
  if (header.typ !== EVIDENCE_TYP) throw new TokenFault('TYPE');
  const key = keys.find((candidate) => candidate.kid === header.kid);
  if (key === undefined) throw new TokenFault('KEY_UNKNOWN');
  if (header.alg !== key.alg) throw new TokenFault('ALGORITHM');
  if ('crit' in header) throw new TokenFault('MALFORMED');
  return key;
}

async function verifySignature(jws: string, key: VerificationKey): Promise<Record<string, unknown>> {
  const [header, payload, signature, ...others] = jws.split('.');
  if (payload === undefined || signature === undefined || others.length > 0) throw new TokenFault('MALFORMED');
  if (!(await holds(key, `${header}.${payload}`, signature))) throw new TokenFault('SIGNATURE');
  return readJson(payload);
}

async function holds(key: VerificationKey, data: string, signature: string): Promise<boolean> {
  const bytes = Buffer.from(signature, 'base64url');
  return webcrypto.subtle.verify(signatureAlgorithm(key.alg), await readKey(key), bytes, Buffer.from(data));
}

async function verifyDisclosures(compact: string, key: VerificationKey): Promise<void> {
  const instance = new SDJwtVcInstance({
    hasher,
    hashAlg: 'sha-256',
    verifier: (data, signature) => holds(key, data, signature),
    loadTypeMetadataFormat: false,
  });
  try {
    await instance.verify(compact, {
      // Times are checked against our own clock; the library would use the machine's and allow no skew.
      skewSeconds: Number.MAX_SAFE_INTEGER,
      // A status is looked up at whatever address the register writes.
      disableStatusVerification: true,
    });
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

function checkDigests(payload: Record<string, unknown>, disclosures: readonly Disclosure[]): void {
  if ((payload._sd_alg ?? 'sha-256') !== 'sha-256') throw new TokenFault('ALGORITHM');
  const { attributes, ...clear } = payload;
  if (typeof attributes !== 'object' || attributes === null) throw new TokenFault('CLAIM');
  const { _sd: digests, ...disclosedInClear } = attributes as Record<string, unknown>;
  if (Object.keys(disclosedInClear).length > 0 || '_sd' in clear) throw new TokenFault('CLAIM');
  // Anything else in the place of a digest could carry data past the field set, unseen.
  if (!Array.isArray(digests) || !digests.every(isDigest) || new Set(digests).size !== digests.length)
    throw new TokenFault('MALFORMED');
  const seenNames = new Set<string>();
  const seenDigests = new Set<string>();
  for (const { encoded, name } of disclosures) {
    const digest = createHash('sha256').update(encoded, 'ascii').digest('base64url');
    if (!digests.includes(digest) || seenDigests.has(digest) || seenNames.has(name)) throw new TokenFault('MALFORMED');
    seenDigests.add(digest);
    seenNames.add(name);
  }
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && DIGEST.test(value);
}

function readDisclosure(encoded: string): Disclosure {
  const value = parseBase64Json(encoded);
  if (!Array.isArray(value) || value.length !== 3 || typeof value[0] !== 'string' || typeof value[1] !== 'string')
    throw new TokenFault('MALFORMED');
  return { encoded, name: value[1], value: value[2] };
}

function readJson(part: string): Record<string, unknown> {
  const value = parseBase64Json(part);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TokenFault('MALFORMED');
  return value as Record<string, unknown>;
}

function parseBase64Json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

const BOUND: readonly (keyof ExpectedEvidence)[] = [
  'iss',
  'aud',
  'vct',
  'evidence_type',
  'subject_role',
  'purpose',
  'purpose_hash',
  'legal_basis',
  'retrieval_id',
  'request_digest',
  'permission',
  'trigger',
  'assurance',
  'use_days',
];

const CLAIM_NAMES: ReadonlySet<string> = new Set([
  ...BOUND,
  'jti',
  'iat',
  'as_of',
  'withheld',
  'attributes',
  '_sd_alg',
]);

function checkBinding(payload: Record<string, unknown>, expected: ExpectedEvidence, nowMs: number): EvidenceClaims {
  if (payload.iss !== expected.iss) throw new TokenFault('ISSUER');
  if (payload.aud !== expected.aud) throw new TokenFault('AUDIENCE');
  if (BOUND.some((name) => payload[name] !== expected[name])) throw new TokenFault('BINDING');
  // A claim nobody asked for could carry data past the field set; it cannot be cut off without breaking the signature.
  if (Object.keys(payload).some((name) => !CLAIM_NAMES.has(name))) throw new TokenFault('CLAIM');
  const { jti, iat, as_of, withheld } = payload;
  if (typeof jti !== 'string' || typeof iat !== 'number' || typeof as_of !== 'string') throw new TokenFault('CLAIM');
  if (!Array.isArray(withheld) || !withheld.every(isWithheld)) throw new TokenFault('CLAIM');
  if (!UTC.test(as_of) || Number.isNaN(Date.parse(as_of))) throw new TokenFault('CLAIM');
  if (Math.abs(nowMs / 1000 - iat) > 300) throw new TokenFault(iat * 1000 > nowMs ? 'NOT_YET' : 'EXPIRED');
  return { ...expected, jti, iat, as_of, withheld };
}

function isWithheld(value: unknown): value is EvidenceClaims['withheld'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { attribute, norm, ...others } = value as Record<string, unknown>;
  return typeof attribute === 'string' && typeof norm === 'string' && Object.keys(others).length === 0;
}

/** Cuts a verified credential down to these attributes; the register's signature stays valid. */
export function disclose(
  evidence: VerifiedEvidence,
  allowed: ReadonlySet<string>,
): { compact: string; attributes: Readonly<Record<string, AttributeValue>>; surplus: readonly string[] } {
  const kept = evidence.disclosures.filter(({ name }) => allowed.has(name));
  const surplus = evidence.disclosures.filter(({ name }) => !allowed.has(name)).map(({ name }) => name);
  const [jws] = evidence.compact.split('~');
  return {
    compact: `${[jws, ...kept.map(({ encoded }) => encoded)].join('~')}~`,
    attributes: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    surplus,
  };
}

import { hash, randomBytes } from 'node:crypto';
import { BASE64URL, type SigningKey, signCompact, TokenFault, type VerificationKey } from './jws.js';
import { isSignedBy, signatureIn } from './signature.js';

export const EVIDENCE_TYP = 'dc+sd-jwt';
export const MAX_CREDENTIAL_BYTES = 65_536;
/** 128 bits (RFC 9901 § 9.3). */
const SALT_BYTES = 16;
/** base64url SHA-256. */
const DIGEST = /^[\w-]{43}$/;
/** RFC 9901 § 4.2.1. */
const RESERVED: ReadonlySet<string> = new Set(['_sd', '...', '_sd_alg']);
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

/** An attribute, or something within one, has a name that SD-JWT keeps for itself. Says nothing of it. */
export class ReservedName extends TypeError {
  override readonly name = 'ReservedName';
  readonly code = 'EVIDENCE_RESERVED_NAME';
}

/**
 * Issues an SD-JWT VC (RFC 9901) with every attribute behind its own salted digest. Decoys fill up to `digestCount`, so
 * that the number of digests says nothing about the person.
 * @throws ReservedName; RangeError where there are more attributes than digests, or one is nested too deep to be written
 */
export async function issueEvidence(
  claims: EvidenceClaims,
  attributes: Readonly<Record<string, AttributeValue>>,
  { key, digestCount }: { key: SigningKey; digestCount: number },
): Promise<string> {
  const held = Object.entries(attributes);
  if (held.length > digestCount) throw new RangeError('more attributes than the evidence type has digests');
  if (hasReserved(attributes)) throw new ReservedName();
  const salts = randomBytes(SALT_BYTES * digestCount);
  const saltAt = (place: number) => salts.toString('base64url', SALT_BYTES * place, SALT_BYTES * (place + 1));
  const disclosures = held.map(([name, value], place) => {
    return Buffer.from(JSON.stringify([saltAt(place), name, value])).toString('base64url');
  });
  const digests = Array.from({ length: digestCount }, (_, place) => digestOf(disclosures[place] ?? saltAt(place)));
  // Sorted: the order of the record, and which of them are decoys, is nobody's business (RFC 9901 § 4.2.4.1).
  const payload = { ...claims, attributes: { _sd: digests.sort() }, _sd_alg: 'sha-256' };
  const jws = signCompact({ typ: EVIDENCE_TYP, alg: key.alg, kid: key.kid }, payload, key);
  return `${[jws, ...disclosures].join('~')}~`;
}

function digestOf(disclosure: string): string {
  return hash('sha256', disclosure, 'base64url');
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
 * Verifies a credential (RFC 9901 § 7.1) of the one form that is issued: each attribute behind its own digest, in one place,
 * and nothing to disclose within it. Everything else is refused. @throws TokenFault
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
  const payload = verifySignature(jws, key);
  const claims = checkBinding(payload, trust.expected, trust.nowMs);
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

function verifySignature(jws: string, key: VerificationKey): Record<string, unknown> {
  const [header, payload, signature, ...others] = jws.split('.');
  if (payload === undefined || signature === undefined || others.length > 0) throw new TokenFault('MALFORMED');
  const [signed, bytes] = [Buffer.from(`${header}.${payload}`), signatureIn(signature)];
  if (bytes === undefined) throw new TokenFault('MALFORMED');
  if (!isSignedBy(signed, bytes, key)) throw new TokenFault('SIGNATURE');
  return readJson(payload);
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
    const digest = digestOf(encoded);
    // What the register did not sign: altered, or added on the way.
    if (!digests.includes(digest)) throw new TokenFault('SIGNATURE');
    if (seenDigests.has(digest) || seenNames.has(name)) throw new TokenFault('MALFORMED');
    seenDigests.add(digest);
    seenNames.add(name);
  }
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && DIGEST.test(value);
}

function readDisclosure(encoded: string): Disclosure {
  // Its digest is of this text: no other letter may stand for one of these.
  if (!BASE64URL.test(encoded)) throw new TokenFault('MALFORMED');
  const value = parseBase64Json(encoded);
  if (!Array.isArray(value) || value.length !== 3 || typeof value[0] !== 'string' || typeof value[1] !== 'string')
    throw new TokenFault('MALFORMED');
  const [, name, content] = value;
  // RFC 9901 § 7.1, 3. c: no name of its own, and nothing in it that could be disclosed again.
  if (RESERVED.has(name) || hasReserved(content)) throw new TokenFault('MALFORMED');
  return { encoded, name, value: content };
}

function hasReserved(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => RESERVED.has(name) || hasReserved(inner));
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

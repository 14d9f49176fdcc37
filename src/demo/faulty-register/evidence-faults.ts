import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { CompactEncrypt, CompactSign, type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import { type AttributeValue, type EvidenceClaims, issueEvidence } from '../../tokens/evidence-credential.js';
import { importSigningKey, type SigningKey } from '../../tokens/jws.js';

/** Two years. */
const LAG_MS = 2 * 365 * 86_400_000;

/** What a right answer would be made of. */
export type Grounds = Readonly<{
  claims: EvidenceClaims;
  attributes: Readonly<Record<string, AttributeValue>>;
  /** An attribute of the evidence type that was not asked for. */
  unasked: string;
  key: SigningKey;
  digestCount: number;
  recipient: Readonly<{ kid: string; key: CryptoKey | Uint8Array }>;
}>;

/** One deviation from the right answer; what is absent stays right. */
type Deviation = Readonly<{
  claims?: Readonly<Record<string, unknown>>;
  attributes?: Readonly<Record<string, AttributeValue>>;
  key?: SigningKey;
  /** Of the finished credential, before it is encrypted. */
  credential?: (compact: string, key: SigningKey) => string | Promise<string>;
  seal?: (compact: string, recipient: Grounds['recipient']) => string | Promise<string>;
}>;

const FAULTS = {
  /** Signed with a key that the catalogue does not name, under the name of one that it does. */
  'wrong-signature': async ({ key }) => ({ key: { ...(await freshKey('ES256')), kid: key.kid } }),
  /** A valid signature, but with another algorithm than the one that the key is bound to (RFC 8725 § 3.1). */
  'wrong-algorithm': async ({ key }) => ({ key: { ...(await freshKey('Ed25519')), kid: key.kid } }),
  'unknown-key': () => freshKey('ES256').then((key) => ({ key })),
  unsigned: () => ({ credential: unsigned }),
  /** The right key signs something that is no evidence. */
  'wrong-type': () => ({ credential: (compact, key) => signedAnew(compact, key, { header: { typ: 'at+jwt' } }) }),
  'surplus-field': ({ unasked, attributes }) => ({ attributes: { ...attributes, [unasked]: MARKER } }),
  'surplus-claim': () => ({ claims: { note: MARKER } }),
  'attribute-in-clear': ({ unasked }) => ({
    credential: (compact, key) =>
      signedAnew(compact, key, { payload: ({ attributes }) => ({ attributes: { ...attributes, [unasked]: MARKER } }) }),
  }),
  'other-request': () => ({ claims: { request_digest: randomBytes(32).toString('base64url') } }),
  'other-retrieval': () => ({ claims: { retrieval_id: randomUUID() } }),
  'other-permission': () => ({ claims: { permission: randomUUID() } }),
  'other-trigger': () => ({ claims: { trigger: randomUUID() } }),
  'other-person-role': ({ claims }) => ({
    claims: { subject_role: claims.subject_role === 'child' ? 'parent' : 'child' },
  }),
  'other-purpose': () => ({ claims: { purpose: 'elterngeld-antrag' } }),
  'other-audience': () => ({ claims: { aud: 'elterngeld-online' } }),
  'other-register': () => ({ claims: { iss: 'urn:einmal:register:identity-directory' } }),
  stale: ({ claims }) => ({ claims: { iat: claims.iat - 3600 } }),
  /** A record that nobody has looked after for long. */
  lagging: ({ claims }) => ({ claims: { as_of: new Date(Date.parse(claims.as_of) - LAG_MS).toISOString() } }),
  'disclosure-twice': () => ({ credential: (compact) => `${compact}${compact.split('~')[1] ?? ''}~` }),
  'unreferenced-disclosure': ({ unasked }) => ({ credential: (compact) => `${compact}${disclosureOf(unasked)}~` }),
  /** One disclosure says something else than what was signed. */
  'changed-disclosure': ({ attributes }) => ({
    credential: (compact) => {
      const [jws, , ...rest] = compact.split('~');
      return [jws, disclosureOf(Object.keys(attributes)[0] ?? ''), ...rest].join('~');
    },
  }),
  'too-large': ({ attributes }) => ({
    attributes: { ...attributes, [Object.keys(attributes)[0] ?? '']: MARKER.repeat(10_000) },
  }),
  'not-encrypted': () => ({ seal: (compact) => compact }),
  'not-encrypted-for-us': () => ({
    seal: async (compact, { kid }) => {
      const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' });
      return sealed(compact, { kid, key: publicKey });
    },
  }),
  /** To the right key, in a way that nobody agreed on. */
  'wrong-encryption': () => ({
    seal: (compact, recipient) => sealed(compact, recipient, { alg: 'ECDH-ES+A128KW', enc: 'A128GCM' }),
  }),
} as const satisfies Readonly<Record<string, (grounds: Grounds) => Deviation | Promise<Deviation>>>;

export type EvidenceFault = keyof typeof FAULTS;

export const EVIDENCE_FAULTS = Object.keys(FAULTS) as readonly EvidenceFault[];

/** Stands wherever the simulator puts something that must not get anywhere. */
export const MARKER = 'Simulatorfehlerwert';

/** A compact JWE, right except for this fault. */
export async function faultyEvidence(fault: EvidenceFault | undefined, grounds: Grounds): Promise<string> {
  const deviation: Deviation = fault === undefined ? {} : await FAULTS[fault](grounds);
  const key = deviation.key ?? grounds.key;
  const claims: EvidenceClaims = { ...grounds.claims, ...deviation.claims };
  const attributes = deviation.attributes ?? grounds.attributes;
  const issued = await issueEvidence(claims, attributes, { key, digestCount: grounds.digestCount });
  const compact = (await deviation.credential?.(issued, key)) ?? issued;
  return deviation.seal?.(compact, grounds.recipient) ?? sealed(compact, grounds.recipient);
}

function sealed(
  compact: string,
  { kid, key }: Grounds['recipient'],
  { alg, enc } = { alg: 'ECDH-ES', enc: 'A256GCM' },
): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(compact)).setProtectedHeader({ alg, enc, kid }).encrypt(key);
}

async function freshKey(alg: 'ES256' | 'Ed25519'): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return importSigningKey({ ...(await exportJWK(privateKey)), kid: 'key-of-nobody', alg });
}

function disclosureOf(attribute: string): string {
  const salt = createHash('sha256').update(attribute).digest('base64url').slice(0, 22);
  return encode([salt, attribute, MARKER]);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

type Parts = Readonly<{ header: Record<string, unknown>; payload: Record<string, unknown>; disclosures: string }>;

function partsOf(compact: string): Parts {
  const [jws = '', ...disclosures] = compact.split('~');
  const [header = '', payload = ''] = jws.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
  return { header: JSON.parse(header), payload: JSON.parse(payload), disclosures: disclosures.join('~') };
}

/** RFC 8725 § 2.1. */
function unsigned(compact: string): string {
  const { header, payload, disclosures } = partsOf(compact);
  return `${encode({ ...header, alg: 'none' })}.${encode(payload)}.~${disclosures}`;
}

async function signedAnew(
  compact: string,
  { alg, key }: SigningKey,
  change: Readonly<{
    header?: Readonly<Record<string, unknown>>;
    payload?: (payload: Readonly<{ attributes?: object }>) => Readonly<Record<string, unknown>>;
  }>,
): Promise<string> {
  const { header, payload, disclosures } = partsOf(compact);
  const jws = await new CompactSign(Buffer.from(JSON.stringify({ ...payload, ...change.payload?.(payload) })))
    .setProtectedHeader({ ...header, ...change.header, alg })
    .sign(key);
  return `${jws}~${disclosures}`;
}

import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, exportSPKI } from 'jose';
import {
  ACCESS_TYP,
  CLIENT_ASSERTION_TYP,
  issueAccessToken,
  signClientAssertion,
  verifyAccessToken,
  verifyClientAssertion,
} from '../../src/tokens/access-token.js';
import { ATTESTATION_TYP, attest, verifyAttestation } from '../../src/tokens/attestation.js';
import {
  importSigningKey,
  importVerificationKey,
  MAX_TOKEN_BYTES,
  type SigningKey,
  signToken,
  unverifiedIssuer,
  type VerificationKey,
} from '../../src/tokens/jws.js';
import { issuePermissionToken, PERMISSION_TYP, verifyPermissionToken } from '../../src/tokens/permission-token.js';
import { attestRelease, RELEASE_TYP, verifyRelease } from '../../src/tokens/release-attestation.js';
import { SESSION_TYP, signSession, verifySession } from '../../src/tokens/session-token.js';
import { presentTrigger, TRIGGER_TYP, verifyTriggerToken } from '../../src/tokens/trigger-token.js';
import { aDecision, CONSUMER, NOW, NOW_S } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';
import { aSession } from '../support/sessions.js';

const own = await aKeyPair('own-1');
const stranger = await aKeyPair('own-1');
const edwards = await aKeyPair('own-1', 'Ed25519');
const ISSUER = 'https://node.example';

type Trust = Readonly<{ keys: readonly VerificationKey[]; nowMs: number }>;
type Kind = Readonly<{
  name: string;
  typ: string;
  maxLifetimeS: number;
  issue(): Promise<string>;
  verify(token: string, trust: Trust): Promise<unknown>;
  /** Paths of claims without which it says nothing. */
  claims: readonly string[];
}>;

const by = { key: own.signing, nowMs: NOW };
const KINDS: readonly Kind[] = [
  {
    name: 'access token (RFC 9068)',
    typ: ACCESS_TYP,
    maxLifetimeS: 600,
    issue: async () =>
      (await issueAccessToken({ client: CONSUMER, certificate: 'x5t' }, { issuer: ISSUER, ...by })).token,
    verify: (token, trust) => verifyAccessToken(token, { issuer: ISSUER, certificate: 'x5t', ...trust }),
    claims: ['client_id', 'cnf', 'cnf.x5t#S256'],
  },
  {
    name: 'client assertion (RFC 7523bis)',
    typ: CLIENT_ASSERTION_TYP,
    maxLifetimeS: 300,
    issue: () => signClientAssertion({ client: CONSUMER, issuer: ISSUER, ...by }),
    verify: (token, trust) => verifyClientAssertion(token, { client: CONSUMER, issuer: ISSUER, ...trust }),
    claims: ['sub'],
  },
  {
    name: 'attestation (EGovG § 5 Abs. 1)',
    typ: ATTESTATION_TYP,
    maxLifetimeS: 3600,
    issue: async () => (await attest(aDecision(), { attester: CONSUMER, node: 'node', lifetimeS: 600, ...by })).token,
    verify: (token, trust) => verifyAttestation(token, { attester: CONSUMER, node: 'node', ...trust }),
    claims: [
      'decision',
      ...[
        'kind',
        'legal_basis',
        'requester',
        'evidence_type',
        'fields',
        'purpose',
        'purpose_hash',
        'decider',
        'acting',
        'decider_role',
        'subject',
        'subject.role',
        'subject.commitment',
        'assurance',
        'text_hash',
        'preview',
        'decided_at',
      ].map((name) => `decision.${name}`),
    ],
  },
  {
    name: 'permission (IDNrG § 7 Abs. 2)',
    typ: PERMISSION_TYP,
    maxLifetimeS: 600,
    issue: async () =>
      (
        await issuePermissionToken(
          {
            consumer: CONSUMER,
            register: 'melderegister-bremen',
            evidence_type: 'meldedaten',
            fields: ['family_name'],
            purpose: 'kindergeld-antrag',
            purpose_hash: 'hash',
            legal_basis: 'egovg-5-1-1',
            obligations: { rates: [] },
            areas: { consumer: 'wirtschaft-finanzen', provider: 'inneres' },
            node_certificate: 'x5t',
            request_digest: 'digest',
          },
          { issuer: 'intermediary', ...by },
        )
      ).token,
    verify: (token, trust) =>
      verifyPermissionToken(token, { issuer: 'intermediary', register: 'melderegister-bremen', ...trust }),
    claims: [
      'consumer',
      'evidence_type',
      'fields',
      'purpose',
      'purpose_hash',
      'legal_basis',
      'obligations',
      'obligations.rates',
      'areas',
      'areas.consumer',
      'areas.provider',
      'cnf',
      'cnf.x5t#S256',
    ],
  },
  {
    name: 'trigger (design 5)',
    typ: TRIGGER_TYP,
    maxLifetimeS: 300,
    issue: async () =>
      (
        await presentTrigger(
          { retrieval_id: 'r', request_digest: 'd', attestation: 'a' },
          { node: 'node', register: 'melderegister-bremen', ...by },
        )
      ).token,
    verify: (token, trust) => verifyTriggerToken(token, { node: 'node', register: 'melderegister-bremen', ...trust }),
    claims: ['retrieval_id', 'request_digest', 'attestation'],
  },
  {
    name: 'release attestation (EGovG § 5 Abs. 5)',
    typ: RELEASE_TYP,
    maxLifetimeS: 600,
    issue: () =>
      attestRelease('exchange', [{ held_id: 'h', decision: 'RELEASE' }], { attester: CONSUMER, node: 'node', ...by }),
    verify: (token, trust) =>
      verifyRelease(token, { attester: CONSUMER, node: 'node', exchangeId: 'exchange', ...trust }),
    claims: ['exchange_id', 'decisions', 'decisions.0', 'decisions.0.held_id', 'decisions.0.decision'],
  },
  {
    name: 'session token (OZG § 10)',
    typ: SESSION_TYP,
    maxLifetimeS: 600,
    issue: () => signSession(aSession(), { pages: CONSUMER, issuer: ISSUER, ...by }),
    verify: (token, trust) => verifySession(token, { pages: CONSUMER, issuer: ISSUER, ...trust }),
    claims: ['sid', 'sub', 'role', 'assurance'],
  },
];

const trust: Trust = { keys: [own.verification], nowMs: NOW };

type Forgery = Readonly<{
  claims?: Readonly<Record<string, unknown>>;
  typ?: string;
  key?: SigningKey;
  nowMs?: number;
  lifetimeS?: number;
  jti?: string;
}>;

/** The good token again, signed anew with one deviation. */
async function forge(good: string, { claims, ...settings }: Forgery): Promise<string> {
  const { jti, iat: _, exp: __, ...payload } = decodeJwt(good);
  const typ = String(decodeProtectedHeader(good).typ);
  const signed = { ...payload, ...claims };
  return (await signToken(signed, { typ, key: own.signing, nowMs: NOW, lifetimeS: 60, jti: String(jti), ...settings }))
    .token;
}

/** Header and payload as given, with the signature of the good token or none: what no library would write. */
function craft(good: string, header: object, signature = good.split('.')[2] ?? ''): string {
  const encoded = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(good), ...header })).toString('base64url');
  return `${encoded}.${good.split('.')[1]}.${signature}`;
}

/** Signs an exact payload: also times and claims that `signToken` would never set. */
async function signExactly(good: string, change: (payload: Record<string, unknown>) => unknown): Promise<string> {
  const payload = change({ ...decodeJwt(good) });
  const input = `${good.split('.')[0]}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    own.signing.key,
    new TextEncoder().encode(input),
  );
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

async function publicKeyAsSecret(good: string): Promise<string> {
  const input = craft(good, { alg: 'HS256' }, '').slice(0, -1);
  const secret = await exportSPKI(own.verification.key);
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

const COMMON: readonly (readonly [rule: string, code: string, forgery: (good: string, kind: Kind) => unknown])[] = [
  ['of another type, however well signed (RFC 8725 § 3.11)', 'TYPE', (good) => forge(good, { typ: 'JWT' })],
  ['by a key the catalogue does not name', 'KEY_UNKNOWN', (good) => forge(good, { key: { ...own.signing, kid: 'x' } })],
  ['without signature, alg none (RFC 8725 § 2.1)', 'ALGORITHM', (good) => craft(good, { alg: 'none' }, '')],
  ['by HMAC with the public key as secret (RFC 8725 § 2.1)', 'ALGORITHM', publicKeyAsSecret],
  [
    'with another algorithm than the one bound to the key (RFC 8725 § 3.1)',
    'ALGORITHM',
    (good) => forge(good, { key: edwards.signing }),
  ],
  ['by a stranger under the same kid', 'SIGNATURE', (good) => forge(good, { key: stranger.signing })],
  [
    'with a critical header nobody understands (RFC 7515 § 4.1.11)',
    'MALFORMED',
    (good) => craft(good, { crit: ['x'], x: 1 }),
  ],
  ['of another issuer', 'ISSUER', (good) => forge(good, { claims: { iss: 'elterngeld-online' } })],
  ['for another audience', 'AUDIENCE', (good) => forge(good, { claims: { aud: 'somebody-else' } })],
  [
    'for an audience beside the right one: a list may be relayed',
    'AUDIENCE',
    (good) => forge(good, { claims: { aud: [decodeJwt(good).aud, 'somebody-else'] } }),
  ],
  [
    'whose audience is a list of the right one alone',
    'AUDIENCE',
    (good) => forge(good, { claims: { aud: [decodeJwt(good).aud] } }),
  ],
  ['that has expired', 'EXPIRED', (good) => forge(good, { nowMs: NOW - 60_000, lifetimeS: 60 })],
  ['that is issued in the future', 'NOT_YET', (good) => forge(good, { nowMs: NOW + 61_000 })],
  [
    'that is not to be used yet (RFC 7519 § 4.1.5)',
    'NOT_YET',
    (good) => forge(good, { claims: { nbf: NOW_S + 61 }, lifetimeS: 200 }),
  ],
  ['that lives too long', 'LIVES_TOO_LONG', (good, { maxLifetimeS }) => forge(good, { lifetimeS: maxLifetimeS + 1 })],
  [
    'that lives for ever',
    'LIVES_TOO_LONG',
    (good) => signExactly(good, (it) => ({ ...it, iat: NOW_S, exp: Number.MAX_SAFE_INTEGER })),
  ],
  ['too large to be one', 'TOO_LARGE', (good) => `${good}${'A'.repeat(MAX_TOKEN_BYTES)}`],
  ['without its own identifier', 'CLAIM', (good) => signExactly(good, ({ jti: _, ...rest }) => rest)],
  ['with an identifier too short to be random', 'CLAIM', (good) => forge(good, { jti: 'x'.repeat(15) })],
  ['with an identifier longer than any is', 'CLAIM', (good) => forge(good, { jti: 'x'.repeat(129) })],
  ['without time of issue', 'CLAIM', (good) => signExactly(good, ({ iat: _, ...rest }) => rest)],
  ['without end', 'CLAIM', (good) => signExactly(good, ({ exp: _, ...rest }) => rest)],
  ['whose times are texts', 'MALFORMED', (good) => signExactly(good, (it) => ({ ...it, exp: String(it.exp) }))],
  ['whose payload is no object', 'MALFORMED', (good) => signExactly(good, () => ['claims'])],
  ['that is no token at all', 'MALFORMED', () => 'not.a.token'],
  ['that is empty', 'MALFORMED', () => ''],
];

function without(payload: Record<string, unknown>, path: string, replacement?: unknown): Record<string, unknown> {
  const copy = structuredClone(payload);
  const names = path.split('.');
  const last = names.pop()!;
  const parent = names.reduce((value, name) => value[name] as Record<string, unknown>, copy);
  if (replacement === undefined && !Array.isArray(parent)) delete parent[last];
  else parent[last] = replacement ?? null;
  return copy;
}

describe.each(KINDS)('a token: $name', (kind) => {
  it('is accepted as issued', async () => {
    await expect(kind.verify(await kind.issue(), trust)).resolves.toBeDefined();
  });

  it('is accepted until its last second and by a clock a minute behind', async () => {
    const good = await forge(await kind.issue(), { lifetimeS: kind.maxLifetimeS });
    await expect(kind.verify(good, { ...trust, nowMs: NOW + kind.maxLifetimeS * 1000 - 1 })).resolves.toBeDefined();
    await expect(kind.verify(good, { ...trust, nowMs: NOW - 60_000 })).resolves.toBeDefined();
  });

  it('is accepted by a new key while the old one is still named', async () => {
    const next = await aKeyPair('own-2');
    const token = await forge(await kind.issue(), { key: next.signing });
    await expect(kind.verify(token, { ...trust, keys: [own.verification, next.verification] })).resolves.toBeDefined();
  });

  it.each(COMMON)('refuses one %s: %s', async (_rule, code, forgery) => {
    const token = await forgery(await kind.issue(), kind);
    await expect(kind.verify(String(token), trust)).rejects.toMatchObject({ name: 'TokenFault', code });
  });

  it.each(kind.claims)('refuses one without %s, or with another type of it', async (path) => {
    const good = await kind.issue();
    const wrong = [undefined, '', ['x', 7], true, ...(path.endsWith('decided_at') ? [] : [7])];
    for (const replacement of wrong) {
      const token = await signExactly(good, (payload) => without(payload, path, replacement));
      await expect(kind.verify(token, trust)).rejects.toMatchObject({ code: 'CLAIM' });
    }
  });
});

describe('what a token is bound to', () => {
  it('an access token works with its own certificate only (RFC 8705 § 3)', async () => {
    const token = await KINDS[0]!.issue();
    const stolen = { issuer: ISSUER, keys: [own.verification], nowMs: NOW, certificate: 'thief' };
    await expect(verifyAccessToken(token, stolen)).rejects.toMatchObject({ code: 'BINDING' });
  });

  it('a client asserts itself only (RFC 7523bis)', async () => {
    const token = await forge(await KINDS[1]!.issue(), { claims: { sub: 'elterngeld-online' } });
    await expect(KINDS[1]!.verify(token, trust)).rejects.toMatchObject({ code: 'CLAIM' });
  });

  it('a release decision counts for its own exchange only (EGovG § 5 Abs. 5)', async () => {
    const other = { attester: CONSUMER, node: 'node', exchangeId: 'other', ...trust };
    await expect(verifyRelease(await KINDS[5]!.issue(), other)).rejects.toMatchObject({ code: 'BINDING' });
  });

  it.each([[7], [['x']], [[7]], [Array.from({ length: 65 }, () => 'x'.repeat(43))]])(
    'a release decision names statements of the person by digests alone: not %j',
    async (own_statements) => {
      const token = await signExactly(await KINDS[5]!.issue(), (it) => ({ ...it, own_statements }));
      await expect(KINDS[5]!.verify(token, trust)).rejects.toMatchObject({ code: 'CLAIM' });
    },
  );

  it('a permission needs no digest where the IDNr does not cross areas, and says so by leaving it out', async () => {
    const token = await signExactly(await KINDS[3]!.issue(), ({ request_digest: _, ...rest }) => rest);
    const verified = await KINDS[3]!.verify(token, trust);
    expect(verified).not.toHaveProperty('request_digest');
    const mistyped = await signExactly(await KINDS[3]!.issue(), (it) => ({ ...it, request_digest: null }));
    await expect(KINDS[3]!.verify(mistyped, trust)).rejects.toMatchObject({ code: 'CLAIM' });
  });
});

describe('whose token it claims to be', () => {
  it('is read before verification to choose keys, and from that type only', async () => {
    const good = await KINDS[2]!.issue();
    expect(unverifiedIssuer(good, ATTESTATION_TYP)).toBe(CONSUMER);
    expect(() => unverifiedIssuer(good, ACCESS_TYP)).toThrow('TYPE');
    expect(() => unverifiedIssuer('x'.repeat(MAX_TOKEN_BYTES + 1), ATTESTATION_TYP)).toThrow('TOO_LARGE');
    expect(() => unverifiedIssuer('x', ATTESTATION_TYP)).toThrow('MALFORMED');
  });

  it.each([7, null, undefined])('is refused where the issuer is %p', async (iss) => {
    const token = await signExactly(await KINDS[2]!.issue(), (it) => ({ ...it, iss }));
    expect(() => unverifiedIssuer(token, ATTESTATION_TYP)).toThrow('MALFORMED');
  });
});

describe('a key', () => {
  const symmetric = { kty: 'oct', k: 'c2VjcmV0', kid: 'k', alg: 'HS256' };

  it.each([
    ['without kid', { kty: 'EC', alg: 'ES256' }],
    ['without algorithm', { kty: 'EC', kid: 'k' }],
    ['that is symmetric', symmetric],
  ])('%s cannot sign (RFC 8725 § 3.1)', async (_case, jwk) => {
    await expect(importSigningKey(jwk)).rejects.toThrow();
  });

  it('that is symmetric cannot verify: whoever verifies could sign', async () => {
    const entry = { kid: 'k', use: 'attestation', alg: 'ES256', jwk: symmetric } as const;
    await expect(importVerificationKey(entry)).rejects.toThrow('symmetric');
  });
});

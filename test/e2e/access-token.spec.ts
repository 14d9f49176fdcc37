import { createPublicKey, type JsonWebKey, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { numericDate } from '../../src/platform/clock.js';
import { thumbprintOfPem } from '../../src/platform/tls.js';
import { signClientAssertion } from '../../src/tokens/access-token.js';
import { readSigningKey, type SigningKey } from '../../src/tokens/jws.js';
import { type Consumer, consumer } from '../support/e2e-consumer.js';
import { expectLoggedRefusal } from '../support/e2e-refusal.js';
import { deployedCatalogue, e2eSystem, named } from '../support/e2e-system.js';

const METHOD = 'CatalogueService/DescribeService';
const REQUEST = { service: 'kindergeld' };

let familienkasse: Consumer;
let elterngeld: Consumer;
let nodeKey: SigningKey;
let triggerKey: SigningKey;
let publicJwk: JsonWebKey;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
  elterngeld = await consumer('elterngeld-online');
  const keys = named(e2eSystem().keys, 'node');
  nodeKey = await readSigningKey(keys, 'access-token');
  triggerKey = await readSigningKey(keys, 'trigger');
  publicJwk = { ...deployedCatalogue().keys('node', 'access-token')[0]?.jwk };
});
afterAll(() => {
  familienkasse.close();
  elterngeld.close();
});

type Forgery = Readonly<{
  claims?: Readonly<Record<string, unknown>>;
  header?: Readonly<Record<string, unknown>>;
  key?: SigningKey;
}>;

/** Signed with the node's own key, so that a refusal has no other cause than the departure. */
function forge({ claims = {}, header = {}, key = nodeKey }: Forgery = {}): Promise<string> {
  const whole = Object.entries({ ...properClaims(), ...claims }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(whole))
    .setProtectedHeader({ alg: key.alg, typ: 'at+jwt', kid: key.kid, ...header })
    .sign(key.key);
}

function properClaims(): JWTPayload {
  const issuer = familienkasse.profile.node.issuer;
  const now = numericDate(Date.now());
  return {
    iss: issuer,
    aud: issuer,
    sub: familienkasse.id,
    client_id: familienkasse.id,
    cnf: { 'x5t#S256': thumbprintOfPem(familienkasse.tls.cert) },
    jti: randomUUID(),
    iat: now,
    exp: now + 300,
  };
}

const bearer = (token: string) => ({ metadata: { authorization: `Bearer ${token}` } });

describe('the access token of a call (RFC 9068, RFC 8705 § 3)', () => {
  it('is accepted when all of it is proper: the control of this table', async () => {
    await expect(familienkasse.call(METHOD, REQUEST, bearer(await forge()))).resolves.toMatchObject(REQUEST);
  });

  const now = () => numericDate(Date.now());
  const hs256 = (secret: Buffer) =>
    new SignJWT(properClaims()).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: nodeKey.kid }).sign(secret);
  const refused: readonly (readonly [title: string, token: () => Promise<string>])[] = [
    ['of another participant', () => elterngeld.accessToken()],
    [
      'bound to another certificate',
      () => forge({ claims: { cnf: { 'x5t#S256': thumbprintOfPem(elterngeld.tls.cert) } } }),
    ],
    ['bound to no certificate', () => forge({ claims: { cnf: undefined } })],
    ['of another client for the right certificate', () => forge({ claims: { client_id: 'elterngeld-online' } })],
    ['for another audience', () => forge({ claims: { aud: 'https://elsewhere.example' } })],
    [
      'for several audiences',
      () => forge({ claims: { aud: [familienkasse.profile.node.issuer, 'https://elsewhere.example'] } }),
    ],
    ['of another issuer', () => forge({ claims: { iss: 'https://elsewhere.example' } })],
    ['that has expired', () => forge({ claims: { iat: now() - 600, exp: now() - 1 } })],
    ['that never expires', () => forge({ claims: { exp: undefined } })],
    ['that lives too long', () => forge({ claims: { exp: now() + 3600 } })],
    ['from the future', () => forge({ claims: { iat: now() + 120, exp: now() + 300 } })],
    ['without an identifier', () => forge({ claims: { jti: undefined } })],
    ['of an unknown key', () => forge({ header: { kid: 'node-access-token-2' } })],
    ['of no named key', () => forge({ header: { kid: undefined } })],
    ['signed with another key of the node', () => forge({ key: triggerKey })],
    [
      'signed with another key under the right name',
      () => forge({ key: familienkasse.keys.assertion, header: { kid: nodeKey.kid } }),
    ],
    [
      'that brings its key along',
      () => forge({ key: familienkasse.keys.assertion, header: { kid: nodeKey.kid, jwk: publicJwk } }),
    ],
    ['of another type', () => forge({ header: { typ: 'JWT' } })],
    ['of the type of a trigger', () => forge({ header: { typ: 'einmal-trigger+jwt' } })],
    [
      'that is a client assertion',
      () =>
        signClientAssertion({
          client: familienkasse.id,
          issuer: familienkasse.profile.node.issuer,
          key: familienkasse.keys.assertion,
          nowMs: Date.now(),
        }),
    ],
    ['with alg none', async () => new UnsecuredJWT(properClaims()).encode()],
    [
      'with alg none under a whole header',
      async () => {
        const [, payload] = (await forge()).split('.');
        const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt', kid: nodeKey.kid })).toString(
          'base64url',
        );
        return `${header}.${payload}.`;
      },
    ],
    [
      'with HS256 and the public key (PEM) as its secret',
      () =>
        hs256(Buffer.from(createPublicKey({ key: publicJwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }))),
    ],
    ['with HS256 and the public key (JWK) as its secret', () => hs256(Buffer.from(JSON.stringify(publicJwk)))],
    ['whose signature was cut off', async () => (await forge()).split('.').slice(0, 2).join('.')],
    [
      'whose payload was changed',
      async () => {
        const [header, , signature] = (await forge()).split('.');
        const payload = Buffer.from(JSON.stringify({ ...properClaims(), jti: randomUUID() })).toString('base64url');
        return `${header}.${payload}.${signature}`;
      },
    ],
    ['that is none', async () => 'x'.repeat(200)],
    ['that is empty', async () => ''],
    ['that is far too long', async () => 'a'.repeat(9000)],
  ];
  it.each(refused)('%s is refused', async (_title, token) => {
    const sent = bearer(await token());
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.call(METHOD, REQUEST, sent), {
      reason: 'ACCESS_TOKEN_INVALID',
    });
  });

  it.each([
    ['is missing', {}],
    ['stands under another scheme', { authorization: 'Basic c3ludGhldGlj' }],
  ])('that %s is refused', async (_title, metadata) => {
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.call(METHOD, REQUEST, { metadata }), {
      reason: 'ACCESS_TOKEN_INVALID',
    });
  });
});

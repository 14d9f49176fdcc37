import { createHash, randomBytes, verify as verifySignature } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import fc from 'fast-check';
import {
  type AttributeValue,
  disclose,
  type EvidenceClaims,
  type ExpectedEvidence,
  issueEvidence,
  registerIssuer,
  verifyEvidence,
} from '../../src/tokens/evidence-credential.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import { keyObjectOf, signatureOf } from '../../src/tokens/signature.js';
import { evidenceClaims, NOW, NOW_S } from '../support/builders.js';
import { aKeyPair } from '../support/keys.js';

const register = await aKeyPair('melderegister-1');
const stranger = await aKeyPair('melderegister-1');
const edwards = await aKeyPair('melderegister-2', 'Ed25519');
const DIGESTS = 8;

const ATTRIBUTES: Readonly<Record<string, AttributeValue>> = {
  family_name: 'von Mustermann-Søndergård',
  nationalities: ['deutsch', 'dänisch'],
  children: [{ given_names: 'Jördis', birth_date: '2019-03' }],
};

function expectation(deviation: Partial<ExpectedEvidence> = {}): ExpectedEvidence {
  const { jti: _, iat: __, as_of: ___, withheld: ____, ...bound } = evidenceClaims();
  return { ...bound, ...deviation };
}

const issued = (claims: Partial<EvidenceClaims> = {}, key: SigningKey = register.signing) =>
  issueEvidence(evidenceClaims(claims), ATTRIBUTES, { key, digestCount: DIGESTS });

const verify = (compact: string, keys = [register.verification, edwards.verification], nowMs = NOW) =>
  verifyEvidence(compact, { keys, expected: expectation(), nowMs });

const refused = (code: string) => expect.objectContaining({ name: 'TokenFault', code });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
const jwsOf = (compact: string) => compact.split('~')[0]!;
const payloadOf = (compact: string) => decode(jwsOf(compact).split('.')[1]!);
const disclosuresOf = (compact: string) => compact.split('~').slice(1, -1);
const digestOf = (disclosure: string) => createHash('sha256').update(disclosure).digest('base64url');

type Payload = Record<string, unknown> & { attributes: { _sd: string[] } };

type Change = Readonly<{
  header?: object;
  payload?: (payload: Payload) => unknown;
  disclosures?: (disclosures: string[]) => string[];
}>;

/** What a faulty or dishonest register could sign: any header, any payload, any disclosures. */
async function signed(change: Change, key = register.signing): Promise<string> {
  const good = await issued();
  const header = { ...decode(jwsOf(good).split('.')[0]!), ...change.header };
  const payload = change.payload === undefined ? payloadOf(good) : change.payload(payloadOf(good));
  const input = `${encode(header)}.${encode(payload)}`;
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, key.key, new TextEncoder().encode(input));
  const jws = `${input}.${Buffer.from(signature).toString('base64url')}`;
  const disclosures = change.disclosures?.(disclosuresOf(good)) ?? disclosuresOf(good);
  return `${[jws, ...disclosures].join('~')}~`;
}

const withDisclosure = (disclosure: string): Change => ({
  payload: (it) => ({ ...it, attributes: { _sd: [...it.attributes._sd, digestOf(disclosure)] } }),
  disclosures: (it) => [...it, disclosure],
});

describe('evidence (SD-JWT VC, RFC 9901)', () => {
  it('is accepted as the register issued it, with claims and attributes', async () => {
    const { claims, disclosures } = await verify(await issued());
    expect(claims).toEqual(evidenceClaims());
    expect(Object.fromEntries(disclosures.map(({ name, value }) => [name, value]))).toEqual(ATTRIBUTES);
  });

  it.each(['ES256', 'Ed25519', 'PS256'] as const)('is accepted with a key of %s', async (alg) => {
    const key = await aKeyPair('k', alg);
    await expect(verify(await issued({}, key.signing), [key.verification])).resolves.toBeDefined();
  });

  it('is accepted by our own clock and not the machine clock, up to five minutes ahead of it', async () => {
    const later = Date.UTC(2100, 0, 1);
    const compact = await issued({ iat: later / 1000 + 300 });
    await expect(verify(compact, [register.verification], later)).resolves.toBeDefined();
  });

  it.each([
    ['of another type (RFC 8725 § 3.11)', 'TYPE', () => signed({ header: { typ: 'vc+sd-jwt' } })],
    ['of an unknown key', 'KEY_UNKNOWN', () => issued({}, { ...register.signing, kid: 'other' })],
    [
      'that says alg none over a good signature (RFC 8725 § 2.1)',
      'ALGORITHM',
      () => signed({ header: { alg: 'none' } }),
    ],
    [
      'of another algorithm than the one bound to the key (RFC 8725 § 3.1)',
      'ALGORITHM',
      () => issued({}, { ...edwards.signing, kid: register.signing.kid }),
    ],
    ['with a critical header (RFC 7515 § 4.1.11)', 'MALFORMED', () => signed({ header: { crit: ['x'], x: 1 } })],
    ['whose signature is padded (RFC 7515 § 2)', 'MALFORMED', async () => (await issued()).replace('~', '==~')],
    ['signed by a stranger', 'SIGNATURE', () => issued({}, stranger.signing)],
    ['that was altered', 'SIGNATURE', async () => (await issued()).replace('.', `.${encode({ aud: 'x' })}`)],
    ['of another register', 'ISSUER', () => issued({ iss: registerIssuer('personenstand-bremen') })],
    ['for another consumer', 'AUDIENCE', () => issued({ aud: 'elterngeld-online' })],
    ['for a list of consumers', 'AUDIENCE', () => signed({ payload: (it) => ({ ...it, aud: [it.aud] }) })],
    ['from five minutes ago and more', 'EXPIRED', () => issued({ iat: NOW_S - 301 })],
    ['from the future', 'NOT_YET', () => issued({ iat: NOW_S + 301 })],
    ['of a time in the next century', 'NOT_YET', () => issued({ iat: NOW_S * 2 })],
    ['larger than any is', 'TOO_LARGE', async () => `${await issued()}${'A'.repeat(65_536)}~`],
    ['with a key binding JWT: it is bound to its request instead', 'MALFORMED', async () => `${await issued()}a.b.c`],
    ['without end', 'MALFORMED', async () => (await issued()).slice(0, -1)],
    ['that is no credential', 'MALFORMED', async () => 'credential~'],
    ['with a disclosure sent twice', 'MALFORMED', () => signed({ disclosures: (it) => [...it, it[0]!] })],
    [
      'with a disclosure that no digest refers to (RFC 9901 § 7.1)',
      'SIGNATURE',
      () => signed({ disclosures: (it) => [...it, encode(['salt', 'sex', 'x'])] }),
    ],
    [
      'with a disclosure that is no list of three',
      'MALFORMED',
      () => signed(withDisclosure(encode(['salt', 'family_name']))),
    ],
    ['with a disclosure without a name', 'MALFORMED', () => signed(withDisclosure(encode(['salt', 7, 'x'])))],
    ['with a disclosure that is no JSON', 'MALFORMED', () => signed(withDisclosure('AAAA'))],
    [
      'with two disclosures of one name: which one counts?',
      'MALFORMED',
      () => signed(withDisclosure(encode(['other salt', 'family_name', 'Anders']))),
    ],
    [
      'that refers to a disclosure twice',
      'MALFORMED',
      () =>
        signed({
          payload: (it) => ({ ...it, attributes: { _sd: [...it.attributes._sd, it.attributes._sd[0]] } }),
        }),
    ],
    [
      'with an attribute in clear: it could not be withheld',
      'CLAIM',
      () => signed({ payload: (it) => ({ ...it, attributes: { ...it.attributes, sex: 'x' } }) }),
    ],
    [
      'with a digest beside the attributes',
      'CLAIM',
      () => signed({ payload: (it) => ({ ...it, _sd: [digestOf('x')] }) }),
    ],
    ['with a claim nobody asked for', 'CLAIM', () => signed({ payload: (it) => ({ ...it, note: 'Musterfrau' }) })],
    ['without attributes', 'CLAIM', () => signed({ payload: ({ attributes: _, ...it }) => it, disclosures: () => [] })],
    ['whose digests are no list', 'MALFORMED', () => signed({ payload: (it) => ({ ...it, attributes: {} }) })],
    [
      'with plain text in the place of a digest',
      'MALFORMED',
      () => signed({ payload: (it) => ({ ...it, attributes: { _sd: [...it.attributes._sd, 'Erika Musterfrau'] } }) }),
    ],
    ['with another hash', 'ALGORITHM', () => signed({ payload: (it) => ({ ...it, _sd_alg: 'sha-512' }) })],
    ['of an impossible moment', 'CLAIM', () => issued({ as_of: 'yesterday' })],
    ['of a moment without time zone', 'CLAIM', () => issued({ as_of: '2026-09-21T09:15:00' })],
    ['whose withheld fields are no list', 'CLAIM', () => signed({ payload: (it) => ({ ...it, withheld: 'sex' }) })],
    ['whose withheld field is nothing', 'CLAIM', () => signed({ payload: (it) => ({ ...it, withheld: [null] }) })],
    [
      'whose withheld field has no norm',
      'CLAIM',
      () => signed({ payload: (it) => ({ ...it, withheld: [{ attribute: 'sex' }] }) }),
    ],
    [
      'whose withheld field carries more than its norm',
      'CLAIM',
      () => signed({ payload: (it) => ({ ...it, withheld: [{ attribute: 'sex', norm: 'BMG § 51', value: 'x' }] }) }),
    ],
    ...(['jti', 'iat', 'as_of', 'withheld'] as const).map(
      (name) =>
        [
          `without ${name}`,
          'CLAIM',
          () => signed({ payload: (it) => Object.fromEntries(Object.entries(it).filter(([key]) => key !== name)) }),
        ] as const,
    ),
  ] as readonly (readonly [string, string, () => Promise<string>])[])(
    'is refused %s: %s',
    async (_rule, code, forgery) => {
      const compact = await forgery();
      await expect(verify(compact)).rejects.toEqual(refused(code));
    },
  );

  it.each([
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
  ] as const)('is refused for another %s than was asked for', async (name) => {
    await expect(verify(await issued({ [name]: 'another' }))).rejects.toEqual(refused('BINDING'));
  });

  it.each(['status', 'vct#integrity', 'exp'])('is refused for a claim %s before anything acts on it', async (name) => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls++;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const value = { status: { status_list: { idx: 0, uri } }, 'vct#integrity': 'sha256-x', exp: 1 }[name];
    await expect(verify(await signed({ payload: (it) => ({ ...it, [name]: value }) }))).rejects.toEqual(
      refused('CLAIM'),
    );
    server.close();
    expect(calls).toBe(0);
  });

  it('is refused with more attributes than its type has digests, already by the register', async () => {
    const by = { key: register.signing, digestCount: 2 };
    await expect(issueEvidence(evidenceClaims(), ATTRIBUTES, by)).rejects.toThrow(RangeError);
  });
});

describe('the library that others use (RFC 9901)', () => {
  const library = new SDJwtVcInstance({
    hasher: (data, alg) =>
      createHash(alg.replace('-', ''))
        .update(typeof data === 'string' ? data : Buffer.from(data))
        .digest(),
    hashAlg: 'sha-256',
    saltGenerator: () => randomBytes(16).toString('base64url'),
    signAlg: 'ES256',
    signer: (data) => signatureOf(Buffer.from(data), register.signing).toString('base64url'),
    verifier: (data, signature) =>
      verifySignature(
        'sha256',
        Buffer.from(data),
        { key: keyObjectOf(register.verification.key), dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ),
  });

  it('accepts what we issue, with every attribute and nothing else', async () => {
    const { payload, header } = await library.verify(await issued(), { currentDate: NOW_S });
    expect(payload).toMatchObject({ ...evidenceClaims(), attributes: ATTRIBUTES });
    expect(Object.keys(Object(Reflect.get(payload, 'attributes'))).sort()).toEqual(Object.keys(ATTRIBUTES).sort());
    expect(header).toEqual({ typ: 'dc+sd-jwt', alg: 'ES256', kid: register.signing.kid });
  });

  it('issues what we accept', async () => {
    const payload: Record<string, unknown> & { vct: string } = { ...evidenceClaims(), attributes: { ...ATTRIBUTES } };
    const frame: Record<string, unknown> = { attributes: { _sd: Object.keys(ATTRIBUTES), _sd_decoy: 2 } };
    const compact = await library.issue(payload, frame as never, { header: { kid: register.signing.kid } });
    const { claims, disclosures } = await verify(compact);
    expect(claims).toEqual(evidenceClaims());
    expect(Object.fromEntries(disclosures.map(({ name, value }) => [name, value]))).toEqual(ATTRIBUTES);
  });
});

describe('what is issued', () => {
  it('says by no order and no length which of its digests are decoys (RFC 9901 § 4.2.4.1, § 4.2.5)', async () => {
    const compact = await issued();
    const digests: string[] = payloadOf(compact).attributes._sd;
    expect(digests).toEqual(digests.toSorted());
    for (const disclosure of disclosuresOf(compact)) expect(digests).toContain(digestOf(disclosure));
    expect(new Set(digests.map((it) => it.length))).toEqual(new Set([43]));
  });

  it('has a salt of 128 bits for each attribute, and never the same one (RFC 9901 § 9.3)', async () => {
    const salts = [...disclosuresOf(await issued()), ...disclosuresOf(await issued())].map((it) => decode(it)[0]);
    expect(new Set(salts).size).toBe(2 * Object.keys(ATTRIBUTES).length);
    for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
  });

  it.each(['_sd', '...', '_sd_alg'])(
    'has no attribute with the name %s, at no depth (RFC 9901 § 4.1)',
    async (name) => {
      const by = { key: register.signing, digestCount: DIGESTS };
      await expect(issueEvidence(evidenceClaims(), { [name]: 'x' }, by)).rejects.toThrow(TypeError);
      await expect(issueEvidence(evidenceClaims(), { a: [{ [name]: 'x' }] }, by)).rejects.toThrow(TypeError);
    },
  );
});

describe('the number of digests', () => {
  it('is the same whatever the register holds about a person (decoys, RFC 9901 § 4.2.5)', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await fc.assert(
      fc.asyncProperty(fc.subarray(names), async (held) => {
        const attributes = Object.fromEntries(held.map((name) => [name, 'x']));
        const by = { key: register.signing, digestCount: DIGESTS };
        const compact = await issueEvidence(evidenceClaims(), attributes, by);
        const digests: string[] = payloadOf(compact).attributes._sd;
        expect(digests).toHaveLength(DIGESTS);
        expect(new Set(digests).size).toBe(DIGESTS);
        await verify(compact);
      }),
      { numRuns: 25 },
    );
  });
});

describe('disclosing a part (data minimisation, GDPR Art. 5 (1) c)', () => {
  it('keeps the signature of the register valid, whatever the part', async () => {
    const evidence = await verify(await issued());
    const names = Object.keys(ATTRIBUTES);
    await fc.assert(
      fc.asyncProperty(fc.subarray(names), async (allowed) => {
        const { compact, attributes, surplus } = disclose(evidence, new Set(allowed));
        expect(Object.keys(attributes).sort()).toEqual([...allowed].sort());
        expect([...surplus, ...allowed].sort()).toEqual([...names].sort());
        const again = await verify(compact);
        expect(again.disclosures.map(({ name }) => name).sort()).toEqual([...allowed].sort());
      }),
      { numRuns: 20 },
    );
  });

  it('contains nothing of what is left out', async () => {
    const { compact } = disclose(await verify(await issued()), new Set(['nationalities']));
    const text = compact
      .split(/[~.]/)
      .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
      .join();
    expect(text).toContain('dänisch');
    expect(text).not.toMatch(/Mustermann|Jördis/);
  });

  it('names as surplus what was sent and not permitted', async () => {
    const { surplus } = disclose(await verify(await issued()), new Set(['family_name']));
    expect(surplus).toEqual(expect.arrayContaining(['children', 'nationalities']));
  });
});

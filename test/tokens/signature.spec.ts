import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CompactSign, compactVerify, generateKeyPair } from 'jose';
import {
  importSigningKey,
  importVerificationKey,
  type SigningKey,
  signCompact,
  verifyToken,
} from '../../src/tokens/jws.js';
import { isSignedBy, keyObjectOf, signatureOf } from '../../src/tokens/signature.js';

const NOW_S = 1_790_000_000;
const CLAIMS = { iss: 'issuer', aud: 'audience', jti: 'jti-0123456789abcdef', iat: NOW_S, exp: NOW_S + 60 };

async function keyOf(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const signing: SigningKey = { kid: 'key-1', alg, key: privateKey };
  return { signing, trusted: { kid: 'key-1', alg, key: publicKey } };
}

const verified = (token: string, keys: Parameters<typeof verifyToken>[1]['keys']) =>
  verifyToken(token, {
    ...{ typ: 'test+jwt', issuer: 'issuer', audience: 'audience', keys },
    ...{ nowMs: NOW_S * 1000, maxLifetimeS: 60 },
  });

describe.each(['ES256', 'Ed25519', 'PS256'])('a token signed with %s (RFC 7518 § 3.1, RFC 9864)', (alg) => {
  it('is one that others verify', async () => {
    const { signing, trusted } = await keyOf(alg);
    const token = signCompact({ alg, typ: 'test+jwt', kid: 'key-1' }, CLAIMS, signing);
    const { payload } = await compactVerify(token, trusted.key);
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(CLAIMS);
  });

  it('is verified where others signed it, and not with a part of it changed', async () => {
    const { signing, trusted } = await keyOf(alg);
    const token = await new CompactSign(Buffer.from(JSON.stringify(CLAIMS)))
      .setProtectedHeader({ alg, typ: 'test+jwt', kid: 'key-1' })
      .sign(signing.key);
    await expect(verified(token, [trusted])).resolves.toMatchObject(CLAIMS);
    const [header, payload = '', signature] = token.split('.');
    const other = Buffer.from(JSON.stringify({ ...CLAIMS, aud: 'another' })).toString('base64url');
    await expect(verified(`${header}.${other}.${signature}`, [trusted])).rejects.toMatchObject({ code: 'SIGNATURE' });
    const stranger = await keyOf(alg);
    await expect(verified(token, [stranger.trusted])).rejects.toMatchObject({ code: 'SIGNATURE' });
    for (const broken of [`${header}.${payload}`, `${token}.`, `${header}.${payload}.`, `${header}.${payload}!.AA`])
      await expect(verified(broken, [trusted])).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});

/** The last letter of 64 bytes holds two bits of them: the next letter of the alphabet decodes to the same bytes. */
const otherText = (token: string): string => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return `${token.slice(0, -1)}${letters[letters.indexOf(token.slice(-1)) + 1]}`;
};

describe('an RSA key of 1024 bits (RFC 7518 § 3.5)', () => {
  it('is taken neither to sign nor to verify', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const own = { ...privateKey.export({ format: 'jwk' }), kid: 'k', alg: 'PS256' };
    await expect(importSigningKey(own)).rejects.toThrow('2048');
    const jwk = publicKey.export({ format: 'jwk' }) as Record<string, string>;
    await expect(importVerificationKey({ kid: 'k', alg: 'PS256', jwk })).rejects.toThrow('2048');
  });
});

describe('a token', () => {
  it('whose signature is another text for the same bytes is refused (RFC 4648 § 3.5)', async () => {
    const { signing, trusted } = await keyOf('ES256');
    const token = signCompact({ alg: 'ES256', typ: 'test+jwt', kid: 'key-1' }, CLAIMS, signing);
    await expect(verified(otherText(token), [trusted])).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it.each([
    ['that must be understood in a way nobody here knows (RFC 7515 § 4.1.11)', { crit: ['exp'] }, {}],
    ['that is signed over unencoded bytes (RFC 7797)', { b64: false }, {}],
    ['with a time that is none (RFC 7519 § 4.1.5)', {}, { nbf: 'never' }],
  ])('%s is refused', async (_what, header, claims) => {
    const { signing, trusted } = await keyOf('ES256');
    const token = signCompact(
      { alg: 'ES256', typ: 'test+jwt', kid: 'key-1', ...header },
      { ...CLAIMS, ...claims },
      signing,
    );
    await expect(verified(token, [trusted])).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('that holds no claims is refused', async () => {
    const { signing, trusted } = await keyOf('ES256');
    const token = signCompact({ alg: 'ES256', typ: 'test+jwt', kid: 'key-1' }, [CLAIMS], signing);
    await expect(verified(token, [trusted])).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});

describe('an algorithm that no key is bound to', () => {
  it('neither signs nor verifies', async () => {
    const { signing, trusted } = await keyOf('ES256');
    expect(() => signatureOf(Buffer.from('a'), { ...signing, alg: 'HS256' })).toThrow(TypeError);
    expect(() => isSignedBy(Buffer.from('a'), Buffer.alloc(64), { ...trusted, alg: 'none' })).toThrow(TypeError);
  });
});

describe('signatures of ES256', () => {
  it('are two numbers of 32 bytes beside each other, however short they are (RFC 7518 § 3.4)', async () => {
    const { signing, trusted } = await keyOf('ES256');
    const [privateKey, publicKey] = [keyObjectOf(signing.key), keyObjectOf(trusted.key)];
    // One in 256 has a number that begins with a zero.
    for (let n = 0; n < 2000; n += 1) {
      const data = Buffer.from(`${n}`);
      const ours = signatureOf(data, signing);
      expect(ours).toHaveLength(64);
      expect(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, ours)).toBe(true);
      const theirs = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      expect(isSignedBy(data, theirs, trusted)).toBe(true);
    }
  });

  it.each([
    ['of zeros', Buffer.alloc(64)],
    ['too short', Buffer.alloc(63, 1)],
    ['too long', Buffer.alloc(65, 1)],
    ['none', Buffer.alloc(0)],
    ['larger than the order of the curve', Buffer.alloc(64, 0xff)],
  ])('%s are none', async (_what, signature) => {
    const { trusted } = await keyOf('ES256');
    expect(isSignedBy(Buffer.from('data'), signature, trusted)).toBe(false);
  });

  it('in the form that OpenSSL gives are none', async () => {
    const { signing, trusted } = await keyOf('ES256');
    const data = Buffer.from('data');
    expect(isSignedBy(data, sign('sha256', data, keyObjectOf(signing.key)), trusted)).toBe(false);
  });
});

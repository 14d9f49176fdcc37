import { describe, expect, it } from '@jest/globals';
import { CompactEncrypt, compactDecrypt, generateKeyPair } from 'jose';
import { openEvidence, sealEvidence, sealedTo } from '../../src/tokens/evidence-jwe.js';
import { TokenFault } from '../../src/tokens/jws.js';

const CREDENTIAL = 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA~WyJzIiwibiIsInYiXQ~';

const codeOf = (run: () => unknown) => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof TokenFault) return error.code;
    throw error;
  }
};

describe.each(['P-256', 'X25519'])('evidence encrypted to a key on %s (RFC 7518 § 4.6, RFC 8037 § 3.2)', (crv) => {
  const pair = () => generateKeyPair('ECDH-ES', { crv, extractable: true });

  it('opens with the private half, and with no other', async () => {
    const { publicKey, privateKey } = await pair();
    const jwe = await sealEvidence(CREDENTIAL, { kid: 'key-1', key: publicKey });
    expect(await openEvidence(jwe, privateKey)).toBe(CREDENTIAL);
    await expect(openEvidence(jwe, (await pair()).privateKey)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('is what others open, and opens what others made', async () => {
    const { publicKey, privateKey } = await pair();
    const { plaintext } = await compactDecrypt(
      await sealEvidence(CREDENTIAL, { kid: 'key-1', key: publicKey }),
      privateKey,
    );
    expect(Buffer.from(plaintext).toString()).toBe(CREDENTIAL);
    const theirs = () =>
      new CompactEncrypt(Buffer.from(CREDENTIAL)).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'key-1' });
    expect(await openEvidence(await theirs().encrypt(publicKey), privateKey)).toBe(CREDENTIAL);
    const named = theirs().setKeyManagementParameters({ apu: Buffer.from('register'), apv: Buffer.from('consumer') });
    expect(await openEvidence(await named.encrypt(publicKey), privateKey)).toBe(CREDENTIAL);
  });

  it('says to whoever cannot open it to which key it is', async () => {
    const jwe = await sealEvidence(CREDENTIAL, { kid: 'key-1', key: (await pair()).publicKey });
    expect(sealedTo(jwe)).toEqual({ kid: 'key-1' });
    expect(jwe).not.toContain(CREDENTIAL.split('.')[0]);
  });

  it('never opens with a part of it changed', async () => {
    const { publicKey, privateKey } = await pair();
    const parts = (await sealEvidence(CREDENTIAL, { kid: 'key-1', key: publicKey })).split('.');
    for (const at of [0, 2, 3, 4]) {
      const changed = parts.map((part, i) => (i === at ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part));
      await expect(openEvidence(changed.join('.'), privateKey)).rejects.toMatchObject({ code: 'MALFORMED' });
    }
  });
});

describe('what is no evidence encrypted as agreed', () => {
  const sealed = async (header: Readonly<Record<string, string>>) => {
    const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    return new CompactEncrypt(Buffer.from(CREDENTIAL))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', ...header })
      .encrypt(publicKey);
  };

  it.each([
    ['a credential in the clear', 'MALFORMED', async () => CREDENTIAL],
    ['nothing', 'MALFORMED', async () => ''],
    ['dots', 'MALFORMED', async () => '....'],
    ['a wrapped content key', 'MALFORMED', () => sealed({ alg: 'ECDH-ES+A256KW', kid: 'key-1' })],
    ['another cipher', 'ALGORITHM', () => sealed({ enc: 'A192GCM', kid: 'key-1' })],
    ['a key without a name', 'KEY_UNKNOWN', () => sealed({})],
    ['more than any', 'TOO_LARGE', async () => 'A'.repeat(90_000)],
  ])('is %s: %s', async (_what, code, make) => {
    const jwe = await make();
    expect(codeOf(() => sealedTo(jwe))).toBe(code);
  });

  it('is what only another algorithm opens', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    const jwe = await new CompactEncrypt(Buffer.from(CREDENTIAL))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
      .encrypt(publicKey);
    await expect(openEvidence(jwe, privateKey)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it.each([
    ['a key that is on no curve (RFC 7518 § 6.2.1.2)', { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
    ['a key on another curve', { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32, 9).toString('base64url') }],
    ['no key', undefined],
    ['a key of another kind', { kty: 'oct', k: 'AAAA' }],
  ])('is what brings %s', async (_what, epk) => {
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    const [, ...parts] = (await sealEvidence(CREDENTIAL, { kid: 'key-1', key: publicKey })).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'key-1', epk })).toString(
      'base64url',
    );
    await expect(openEvidence([header, ...parts].join('.'), privateKey)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('is what brings a point of X25519 with which everybody would agree on the same (RFC 7748 § 6.1)', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
    const [, ...parts] = (await sealEvidence(CREDENTIAL, { kid: 'key-1', key: publicKey })).split('.');
    const epk = { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).toString('base64url') };
    const header = Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'key-1', epk })).toString(
      'base64url',
    );
    await expect(openEvidence([header, ...parts].join('.'), privateKey)).rejects.toMatchObject({ code: 'MALFORMED' });
  });

  it('is what asks to be unpacked, or to be understood in a way that nobody here knows', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    const [header = '', ...parts] = (await sealEvidence(CREDENTIAL, { kid: 'key-1', key: publicKey })).split('.');
    const own = JSON.parse(Buffer.from(header, 'base64url').toString());
    for (const more of [{ zip: 'DEF' }, { crit: ['exp'], exp: 1 }]) {
      const changed = Buffer.from(JSON.stringify({ ...own, ...more })).toString('base64url');
      await expect(openEvidence([changed, ...parts].join('.'), privateKey)).rejects.toMatchObject({
        code: 'MALFORMED',
      });
    }
  });
});

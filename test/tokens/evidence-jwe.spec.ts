import { describe, expect, it } from '@jest/globals';
import { CompactEncrypt, generateKeyPair } from 'jose';
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
  const pair = () => generateKeyPair('ECDH-ES', { crv });

  it('opens with the private half, and with no other', async () => {
    const { publicKey, privateKey } = await pair();
    const jwe = await sealEvidence(CREDENTIAL, { kid: 'key-1', key: publicKey });
    expect(await openEvidence(jwe, privateKey)).toBe(CREDENTIAL);
    await expect(openEvidence(jwe, (await pair()).privateKey)).rejects.toMatchObject({ code: 'MALFORMED' });
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
    const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' });
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
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256' });
    const jwe = await new CompactEncrypt(Buffer.from(CREDENTIAL))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' })
      .encrypt(publicKey);
    await expect(openEvidence(jwe, privateKey)).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});

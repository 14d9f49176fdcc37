import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Administrator } from '../../src/catalogue/catalogue.js';
import { agreedStatement } from '../../src/recovery/agreed-statement.js';
import { importSigningKey, type SigningKey } from '../../src/tokens/jws.js';
import { type RecoveryStatement, signRecovery } from '../../src/tokens/recovery-token.js';

const NOW = Date.UTC(2026, 10, 26, 12);
const root = Buffer.alloc(32, 7).toString('base64');
const statement: RecoveryStatement = {
  node: 'node',
  old_log: 'log.test.example/node+0123abcd+AQID',
  new_log: 'log.test.example/next+4567abcd+AQIE',
  cause: 'BEHIND',
  database: { size: 5, root },
  lost: { from: 5 },
};

const ids = ['administrator-1', 'administrator-2', 'stranger'];
const private_ = new Map<string, SigningKey>();
let administrators: readonly Administrator[];
beforeAll(async () => {
  const known: Administrator[] = [];
  for (const id of ids) {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const named = { kid: `${id}-1`, alg: 'ES256' } as const;
    private_.set(id, await importSigningKey({ ...(await exportJWK(privateKey)), ...named }));
    if (id !== 'stranger') known.push({ id, keys: [{ ...named, jwk: { ...(await exportJWK(publicKey)) } }] });
  }
  administrators = known;
});

const signature = (id: string, { of = statement, as = id, nowMs = NOW } = {}) =>
  signRecovery(of, { administrator: as, key: private_.get(id)!, nowMs });
const agreed = (signed: readonly string[]) => agreedStatement(signed, { administrators, node: 'node', nowMs: NOW });
const refused = (message: string) =>
  expect.objectContaining({ name: 'RecoveryRefused', message: expect.stringContaining(message) });

describe('what takes two persons', () => {
  it('is agreed when two administrators sign the very same', async () => {
    const signed = [await signature('administrator-1'), await signature('administrator-2')];
    expect(await agreed(signed)).toEqual({ statement, by: ['administrator-1', 'administrator-2'], signed });
  });

  it.each([0, 1, 3])('is not agreed with %i signatures', async (count) => {
    const signed = await Promise.all(
      ['administrator-1', 'administrator-2', 'administrator-1'].slice(0, count).map((id) => signature(id)),
    );
    await expect(agreed(signed)).rejects.toEqual(refused('exactly two'));
  });

  it('is not agreed by one person twice, with another token or the same', async () => {
    const [one, again] = [
      await signature('administrator-1'),
      await signature('administrator-1', { nowMs: NOW - 1000 }),
    ];
    await expect(agreed([one, one])).rejects.toEqual(refused('it takes two persons'));
    await expect(agreed([one, again])).rejects.toEqual(refused('it takes two persons'));
  });

  it('is not agreed by one person under two names', async () => {
    const forged = await signature('administrator-1', { as: 'administrator-2' });
    await expect(agreed([await signature('administrator-1'), forged])).rejects.toEqual(refused('KEY_UNKNOWN'));
  });

  it('is not agreed by somebody whom the catalogue does not name', async () => {
    await expect(agreed([await signature('administrator-1'), await signature('stranger')])).rejects.toEqual(
      refused('of nobody whom the catalogue names'),
    );
  });

  it.each<readonly [string, RecoveryStatement]>([
    ['another range', { ...statement, lost: { from: 4 } }],
    ['another new log', { ...statement, new_log: 'log.test.example/next+4567abcd+AQIF' }],
    ['another cause', { ...statement, cause: 'FORKED' }],
  ])('is not agreed where the second signed %s', async (_what, other) => {
    const signed = [await signature('administrator-1'), await signature('administrator-2', { of: other })];
    await expect(agreed(signed)).rejects.toEqual(refused('different statements'));
  });

  it('is not agreed with a signature that has expired, was altered or is of another kind', async () => {
    const good = await signature('administrator-1');
    const late = await signature('administrator-2', { nowMs: NOW - 86_400_000 });
    await expect(agreed([good, late])).rejects.toEqual(refused('EXPIRED'));
    const fresh = await signature('administrator-2');
    await expect(agreed([good, `${fresh.slice(0, -8)}AAAAAAAA`])).rejects.toEqual(refused('SIGNATURE'));
    const { key, kid, alg } = private_.get('administrator-2')!;
    const other = await new SignJWT({ iss: 'administrator-2', aud: 'node', statement })
      .setProtectedHeader({ alg, kid, typ: 'einmal-release+jwt' })
      .sign(key);
    await expect(agreed([good, other])).rejects.toEqual(refused('TYPE'));
    await expect(agreed([good, ''])).rejects.toEqual(refused('a signature is refused'));
  });

  it('is not agreed about another node', async () => {
    const of = { ...statement, node: 'other' };
    const signed = [await signature('administrator-1', { of }), await signature('administrator-2', { of })];
    await expect(agreed(signed)).rejects.toEqual(refused('AUDIENCE'));
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import {
  importSigningKey,
  importVerificationKey,
  type SigningKey,
  type VerificationKey,
} from '../../src/tokens/jws.js';
import {
  type RecoveryStatement,
  readStatement,
  signRecovery,
  verifyRecovery,
} from '../../src/tokens/recovery-token.js';

const NOW = Date.UTC(2026, 10, 26, 12);
const root = Buffer.alloc(32, 7).toString('base64');
const statement: RecoveryStatement = {
  node: 'node',
  old_log: 'log.test.example/node+0123abcd+AQID',
  new_log: 'log.test.example/next+4567abcd+AQIE',
  cause: 'BEHIND',
  kept: { size: 9, root },
  database: { size: 5, root },
  lost: { from: 5, to: 9 },
};

let key: SigningKey;
let keys: readonly VerificationKey[];
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const named = { kid: 'administrator-1-1', alg: 'ES256' } as const;
  key = await importSigningKey({ ...(await exportJWK(privateKey)), ...named });
  keys = [await importVerificationKey({ ...named, jwk: { ...(await exportJWK(publicKey)) } })];
});

const by = { administrator: 'administrator-1', nowMs: NOW };
const trust = () => ({ administrator: 'administrator-1', node: 'node', keys, nowMs: NOW + 3_600_000 });

describe('a signature under what is lost of a log', () => {
  it('binds the statement, the person and the node', async () => {
    const token = await signRecovery(statement, { ...by, key });
    expect(await verifyRecovery(token, trust())).toEqual(statement);
    expect(JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())).toMatchObject({
      typ: 'einmal-recovery+jwt',
    });
  });

  it.each([
    ['another person', { administrator: 'administrator-2' }, 'ISSUER'],
    ['another node', { node: 'other' }, 'AUDIENCE'],
    ['a day later', { nowMs: NOW + 86_400_000 }, 'EXPIRED'],
    ['before it was made', { nowMs: NOW - 120_000 }, 'NOT_YET'],
    ['a key that nobody named', { keys: [] }, 'KEY_UNKNOWN'],
  ])('is refused for %s', async (_what, wrong, code) => {
    const token = await signRecovery(statement, { ...by, key });
    await expect(verifyRecovery(token, { ...trust(), ...wrong })).rejects.toMatchObject({ code });
  });
});

describe('a statement', () => {
  it('may lack what was acknowledged, and the end of what is lost', () => {
    const { kept: _, ...less } = { ...statement, lost: { from: 0 } };
    expect(readStatement(less)).toEqual(less);
  });

  it.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['a member that nobody knows', { ...statement, note: 'and more' }],
    ['a member within a part', { ...statement, lost: { ...statement.lost, note: 'x' } }],
    ['a cause that nobody knows', { ...statement, cause: 'BORED' }],
    ['a size that is none', { ...statement, database: { size: -1, root } }],
    ['a root that is none', { ...statement, database: { size: 5, root: 'AA==' } }],
    ['a root in another spelling', { ...statement, database: { size: 5, root: root.replace('=', '') } }],
    ['a key with control characters', { ...statement, new_log: 'log\u001b[2J+4567abcd+AQIE' }],
    ['a key that is none', { ...statement, new_log: 'log' }],
    ['no node', { ...statement, node: '' }],
  ])('with %s is none', (_what, given) => {
    expect(() => readStatement(given)).toThrow(expect.objectContaining({ name: 'TokenFault' }));
  });
});

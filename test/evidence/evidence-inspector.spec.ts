import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CompactEncrypt, type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import { DecryptionKeys, readDecryptionKeys } from '../../src/evidence/decryption-keys.js';
import { EvidenceInspector } from '../../src/evidence/evidence-inspector.js';
import {
  type AttributeValue,
  type EvidenceClaims,
  type ExpectedEvidence,
  issueEvidence,
} from '../../src/tokens/evidence-credential.js';
import { FixedClock } from '../audit/log-keys.js';
import { aFederation } from '../register-edge/federation.js';
import { CONSUMER, evidenceClaims, NOW, NOW_S } from '../support/builders.js';

const federation = await aFederation();
const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
const strangers = await generateKeyPair('ECDH-ES', { crv: 'P-256' });
const decryption = new DecryptionKeys(new Map([[CONSUMER, [pair.privateKey]]]));
const register = { register: 'melderegister-bremen', participant: 'melderegister-bremen' };
const { jti: _, iat: __, as_of: ___, withheld: ____, ...expected } = evidenceClaims();

const ATTRIBUTES: Readonly<Record<string, AttributeValue>> = { family_name: 'Musterfrau', sex: 'w', street: 'Am Wall' };

const issued = (claims: Partial<EvidenceClaims> = {}, by = 'melderegister-bremen') =>
  issueEvidence(evidenceClaims(claims), ATTRIBUTES, { key: federation.key(by, 'evidence'), digestCount: 8 });

type Encryption = Readonly<{ key?: CryptoKey; alg?: string; enc?: string; bytes?: Uint8Array }>;
async function encrypted(compact: string, { key, alg = 'ECDH-ES', enc = 'A256GCM', bytes }: Encryption = {}) {
  return new CompactEncrypt(bytes ?? new TextEncoder().encode(compact))
    .setProtectedHeader({ alg, enc })
    .encrypt(key ?? pair.publicKey);
}

let inspector: EvidenceInspector;
beforeEach(() => {
  inspector = new EvidenceInspector(federation.current, decryption, new FixedClock(NOW));
});
const inspect = (
  jwe: string,
  permitted: readonly string[] = ['family_name'],
  deviation: Partial<ExpectedEvidence> = {},
) => inspector.inspect(jwe, register, { ...expected, ...deviation }, permitted);

describe('what a register sent', () => {
  it('is opened, verified and cut down to what is permitted; the rest is named as surplus (GDPR Art. 5 (1) c)', async () => {
    const inspected = await inspect(await encrypted(await issued()));
    expect(inspected).toMatchObject({
      kind: 'accepted',
      evidence: {
        evidenceType: 'meldedaten',
        subjectRole: 'parent',
        register: 'melderegister-bremen',
        asOf: '2026-09-21T09:15:00.000Z',
        attributes: { family_name: 'Musterfrau' },
      },
    });
    if (inspected.kind !== 'accepted') throw new Error('refused');
    expect([...inspected.surplus].sort()).toEqual(['sex', 'street']);
    const released = inspected.evidence.compact
      .split(/[~.]/)
      .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
      .join();
    expect(released).toContain('Musterfrau');
    expect(released).not.toContain('Am Wall');
  });

  it('says how long it may be used, as the permission demanded', async () => {
    const jwe = await encrypted(await issued({ use_days: 30 }));
    expect(await inspect(jwe, ['family_name'], { use_days: 30 })).toMatchObject({
      evidence: { useUntil: NOW + 30 * 86_400_000 },
    });
    for (const demanded of [{ use_days: 29 }, {}])
      expect(await inspect(jwe, ['family_name'], demanded)).toEqual({ kind: 'rejected', cause: 'BINDING' });
    const unlimited = await encrypted(await issued());
    expect(await inspect(unlimited, ['family_name'], { use_days: 30 })).toEqual({ kind: 'rejected', cause: 'BINDING' });
  });

  it('has no surplus where all of it is permitted', async () => {
    const inspected = await inspect(await encrypted(await issued()), Object.keys(ATTRIBUTES));
    expect(inspected).toMatchObject({ kind: 'accepted', surplus: [], evidence: { attributes: ATTRIBUTES } });
  });

  it('may lack what the register does not hold', async () => {
    const inspected = await inspect(await encrypted(await issued()), ['family_name', 'doctorate']);
    expect(inspected).toMatchObject({ kind: 'accepted', evidence: { attributes: { family_name: 'Musterfrau' } } });
  });

  it.each([
    ['is no ciphertext', 'MALFORMED', async () => issued()],
    ['is nothing', 'MALFORMED', async () => ''],
    ['is for another key', 'MALFORMED', async () => encrypted(await issued(), { key: strangers.publicKey })],
    ['was altered', 'MALFORMED', async () => `${(await encrypted(await issued())).slice(0, -4)}AAAA`],
    ['uses another content encryption', 'MALFORMED', async () => encrypted(await issued(), { enc: 'A128CBC-HS256' })],
    ['uses another key management', 'MALFORMED', async () => encrypted(await issued(), { alg: 'ECDH-ES+A256KW' })],
    ['is no text', 'MALFORMED', async () => encrypted('', { bytes: Uint8Array.of(0xff, 0xfe) })],
    ['is no credential', 'MALFORMED', async () => encrypted('{}~')],
    [
      'is signed with the key of another register',
      'KEY_UNKNOWN',
      async () => encrypted(await issued({}, 'personenstand-bremen')),
    ],
    ['speaks for another register', 'ISSUER', async () => encrypted(await issued({ iss: 'urn:einmal:register:x' }))],
    ['is for another consumer', 'AUDIENCE', async () => encrypted(await issued({ aud: 'elterngeld-online' }))],
    ['answers another request', 'BINDING', async () => encrypted(await issued({ request_digest: 'other' }))],
    ['answers another decision', 'BINDING', async () => encrypted(await issued({ trigger: 'other' }))],
    ['is for another purpose', 'BINDING', async () => encrypted(await issued({ purpose: 'other' }))],
    [
      'is about another person of the request',
      'BINDING',
      async () => encrypted(await issued({ subject_role: 'child' })),
    ],
    ['is old', 'EXPIRED', async () => encrypted(await issued({ iat: NOW_S - 301 }))],
  ] as readonly (readonly [string, string, () => Promise<string>])[])(
    'is rejected whole where it %s: %s',
    async (_rule, cause, made) => {
      expect(await inspect(await made())).toEqual({ kind: 'rejected', cause });
    },
  );

  it('is rejected where this node does not hold the key of the consumer', async () => {
    expect(await inspect(await encrypted(await issued()), [], { aud: 'elterngeld-online' })).toEqual({
      kind: 'rejected',
      cause: 'KEY_UNKNOWN',
    });
  });
});

describe('the decryption keys of a node', () => {
  it('are those of the consumers that commissioned it, from its key folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'einmal-keys-'));
    await mkdir(join(folder, 'encryption'));
    await writeFile(
      join(folder, 'encryption', `${CONSUMER}.jwk.json`),
      JSON.stringify(await exportJWK(pair.privateKey)),
    );
    await writeFile(join(folder, 'encryption', 'notes.txt'), 'no key');
    const read = new DecryptionKeys(await readDecryptionKeys(folder));
    expect([read.holdsKeyOf(CONSUMER), read.holdsKeyOf('elterngeld-online')]).toEqual([true, false]);
    const compact = await issued();
    expect(await read.decrypt(await encrypted(compact), CONSUMER)).toBe(compact);
    await rm(folder, { recursive: true });
  });

  it('are several while one replaces another, and only those of the consumer', async () => {
    const next = await generateKeyPair('ECDH-ES', { extractable: true });
    const keys = new DecryptionKeys(new Map([[CONSUMER, [next.privateKey, pair.privateKey]]]));
    const compact = await issued();
    expect(await keys.decrypt(await encrypted(compact), CONSUMER)).toBe(compact);
    keys.rotate(new Map([[CONSUMER, [next.privateKey]]]));
    await expect(keys.decrypt(await encrypted(compact), CONSUMER)).rejects.toThrow('MALFORMED');
    keys.rotate(new Map([['elterngeld-online', [pair.privateKey]]]));
    await expect(keys.decrypt(await encrypted(compact), CONSUMER)).rejects.toThrow('KEY_UNKNOWN');
  });

  it('are none where there is no folder', async () => {
    expect(await readDecryptionKeys('/nowhere')).toEqual(new Map());
  });
});

import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import {
  type CheckedPermission,
  CheckPermission,
  CheckPermissionHandler,
} from '../../src/intermediary/check-permission.js';
import type { PermissionCheck } from '../../src/intermediary/permission-check.js';
import { PermissionKey } from '../../src/intermediary/permission-key.js';
import { DuplicateCheck, PermissionLog } from '../../src/intermediary/permission-log.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import { Clock } from '../../src/platform/clock.js';
import { importSigningKey, importVerificationKey } from '../../src/tokens/jws.js';
import { verifyPermissionToken } from '../../src/tokens/permission-token.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const lookup = new CatalogueLookup(catalogue);
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signingKey = await importSigningKey({
  ...privateKey.export({ format: 'jwk' }),
  kid: 'permission-1',
  alg: 'ES256',
});
const verificationKey = await importVerificationKey({
  kid: 'permission-1',
  use: 'permission',
  alg: 'ES256',
  jwk: { ...publicKey.export({ format: 'jwk' }) },
});
const DIGEST = createHash('sha256').update('a request').digest('base64url');
const THUMBPRINT = createHash('sha256').update('certificate of node').digest('base64url');

class FixedClock extends Clock {
  override now(): number {
    return NOW;
  }
}

class FakeLog extends PermissionLog {
  readonly entries: PermissionCheck[] = [];
  failure: Error | undefined;

  override async append(check: PermissionCheck): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.entries.some(({ checkId }) => checkId === check.checkId)) throw new DuplicateCheck();
    this.entries.push(check);
  }
}

let log = new FakeLog();
beforeEach(() => {
  log = new FakeLog();
});

type Over = Partial<{
  checkId: string;
  caller: string;
  consumer: string;
  provider: string;
  evidence_type: string;
  purpose: string;
  legal_basis: string;
  hash: string;
  fields: readonly string[];
  digest: string | undefined;
}>;

async function check(over: Over = {}, rules = new RuleIndex(lookup)): Promise<CheckedPermission> {
  const participant = lookup.participant(over.caller ?? 'node');
  if (!participant) throw new Error('no such participant');
  const question = {
    consumer: over.consumer ?? 'familienkasse-online',
    provider: over.provider ?? 'personenstand-bremen',
    evidence_type: over.evidence_type ?? 'geburt',
    purpose: over.purpose ?? 'kindergeld-antrag',
    legal_basis: over.legal_basis ?? 'egovg-5-1-1',
  };
  const handler = new CheckPermissionHandler(
    rules,
    log,
    new PermissionKey('intermediary', signingKey),
    new FixedClock(),
  );
  return handler.execute(
    new CheckPermission(
      over.checkId ?? randomUUID(),
      { participant, thumbprint: THUMBPRINT },
      question,
      over.hash ?? lookup.purpose(question.purpose)?.hash ?? '',
      over.fields ?? ['birth_date', 'birth_place'],
      'digest' in over ? over.digest : DIGEST,
    ),
  );
}

const opened = (token: string | undefined) =>
  verifyPermissionToken(token ?? '', {
    issuer: 'intermediary',
    register: 'personenstand-bremen',
    keys: [verificationKey],
    nowMs: NOW,
  });

describe('a permitted transfer', () => {
  test('gets a token bound to everything that was decided, the request and the node (IDNrG § 7 Abs. 2)', async () => {
    const { token } = await check();
    expect(await opened(token)).toMatchObject({
      consumer: 'familienkasse-online',
      register: 'personenstand-bremen',
      evidence_type: 'geburt',
      fields: ['birth_date', 'birth_place'],
      purpose: 'kindergeld-antrag',
      purpose_hash: lookup.purpose('kindergeld-antrag')?.hash,
      legal_basis: 'egovg-5-1-1',
      areas: { consumer: 'wirtschaft-finanzen', provider: 'inneres' },
      node_certificate: THUMBPRINT,
      request_digest: DIGEST,
      iat: NOW / 1000,
      exp: NOW / 1000 + 300,
    });
  });

  test('is on record with the id of the token, before the token leaves (IDNrG § 7 Abs. 2 S. 5)', async () => {
    const { token } = await check();
    expect(log.entries).toEqual([
      expect.objectContaining({
        caller: 'node',
        consumer: 'familienkasse-online',
        decision: 'ALLOWED',
        reason: null,
        ruleIds: ['kindergeld-geburt'],
        fields: ['birth_date', 'birth_place'],
        tokenId: (await opened(token)).jti,
        requestDigest: DIGEST,
        checkedAt: NOW,
        catalogueVersion: catalogue.version,
      }),
    ]);
  });

  test('has no token without the request digest where one is due, but is on record', async () => {
    const checked = await check({ digest: undefined });
    expect(checked).toMatchObject({ digestRequired: true, minAssurance: 'substantial', expiresAt: NOW + 60_000 });
    expect(checked.token).toBeUndefined();
    expect(log.entries).toEqual([expect.objectContaining({ decision: 'ALLOWED', tokenId: null, requestDigest: null })]);
  });

  test('has a token without a digest where none is due, for ten minutes at most', async () => {
    const inside = new CatalogueLookup({ ...catalogue, settings: { check_inside_areas: false } });
    const over = { provider: 'familienkasse-register', evidence_type: 'kindergeld-bezug', fields: ['paid_since'] };
    const { token, expiresAt } = await check({ ...over, digest: undefined }, new RuleIndex(inside));
    const permission = await verifyPermissionToken(token ?? '', {
      issuer: 'intermediary',
      register: 'familienkasse-register',
      keys: [verificationKey],
      nowMs: NOW,
    });
    expect(permission.request_digest).toBeUndefined();
    expect(permission.exp - permission.iat).toBe(600);
    expect(expiresAt).toBe(NOW + 60_000);
  });

  test('covers only what was asked for, and of that only what is permitted', async () => {
    const { fields, token } = await check({ fields: ['sex', 'birth_time', 'birth_place'] });
    expect(fields).toEqual(['birth_place']);
    expect((await opened(token)).fields).toEqual(['birth_place']);
  });
});

describe('a refused transfer', () => {
  test.each<[string, string, Over]>([
    ['a consumer without a rule', 'TRANSFER_NOT_PERMITTED', { consumer: 'elterngeld-online' }],
    ['fields that nobody may have', 'TRANSFER_NOT_PERMITTED', { fields: ['sex', 'birth_time'] }],
    ['a purpose that is not registered', 'PURPOSE_NOT_REGISTERED', { purpose: 'werbung' }],
    ['another version of the purpose', 'PURPOSE_NOT_REGISTERED', { hash: DIGEST }],
    ['a caller that is not a node', 'CALL_NOT_ALLOWED', { caller: 'familienkasse-online' }],
    ['a register that asks for itself', 'CALL_NOT_ALLOWED', { caller: 'personenstand-bremen' }],
  ])('is refused and on record: %s', async (_, reason, over) => {
    await expect(check(over)).rejects.toMatchObject({ name: 'Fault', reason });
    expect(log.entries).toEqual([expect.objectContaining({ decision: 'REFUSED', reason, tokenId: null, fields: [] })]);
  });

  test('leaves nothing in the log that the catalogue does not list: identifiers carry no content', async () => {
    const marker = 'markergrete';
    await expect(
      check({ consumer: marker, provider: marker, evidence_type: marker, legal_basis: marker, fields: [marker] }),
    ).rejects.toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED' });
    await expect(check({ purpose: marker })).rejects.toMatchObject({ reason: 'PURPOSE_NOT_REGISTERED' });
    expect(log.entries).toHaveLength(2);
    expect(JSON.stringify(log.entries)).not.toContain(marker);
  });
});

describe('the permission log', () => {
  test('unavailable: no token, whatever the rules say', async () => {
    log.failure = new Error('connection lost');
    await expect(check()).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE', retryDelayMs: 1000 });
  });

  test('unavailable: a refusal is not told either, because it would not be on record', async () => {
    log.failure = new Error('connection lost');
    await expect(check({ purpose: 'werbung' })).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
  });

  test('takes a check once: the same id does not get a second token', async () => {
    const checkId = randomUUID();
    await check({ checkId });
    await expect(check({ checkId })).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
    expect(log.entries).toHaveLength(1);
  });
});

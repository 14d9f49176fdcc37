import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Limits, Rule } from '../../src/catalogue/catalogue.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import {
  type CheckedPermission,
  CheckPermission,
  CheckPermissionHandler,
} from '../../src/intermediary/check-permission.js';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { Clock } from '../../src/platform/clock.js';
import { IssuerKey } from '../../src/tokens/issuer-key.js';
import { importSigningKey, importVerificationKey } from '../../src/tokens/jws.js';
import { verifyPermissionToken } from '../../src/tokens/permission-token.js';
import { agreed } from '../support/agreements.js';
import { MemoryPermissionLog } from './memory-permission-log.js';

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
  constructor(private readonly at: number) {
    super();
  }
  override now(): number {
    return this.at;
  }
}

let log = new MemoryPermissionLog();
beforeEach(() => {
  log = new MemoryPermissionLog();
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
  beforeRelease: boolean;
  now: number;
}>;

const rulesOf = (of: CatalogueLookup) => new CurrentRules(new CurrentCatalogue(agreed(of.catalogue)));

async function check(over: Over = {}, rules = rulesOf(lookup)): Promise<CheckedPermission> {
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
    new IssuerKey('intermediary', signingKey),
    new FixedClock(over.now ?? NOW),
  );
  return handler.execute(
    new CheckPermission({ participant, thumbprint: THUMBPRINT }, over.checkId ?? randomUUID(), question, {
      purposeHash: over.hash ?? lookup.purpose(question.purpose)?.hash ?? '',
      fields: over.fields ?? ['birth_date', 'birth_place'],
      requestDigest: 'digest' in over ? over.digest : DIGEST,
      beforeRelease: over.beforeRelease ?? false,
    }),
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
    const inside = new CatalogueLookup({
      ...catalogue,
      settings: { ...catalogue.settings, check_inside_areas: false },
    });
    const over = { provider: 'familienkasse-register', evidence_type: 'kindergeld-bezug', fields: ['paid_since'] };
    const { token, expiresAt } = await check({ ...over, digest: undefined }, rulesOf(inside));
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

describe('a limit of a rule (BSI TR-03176-1)', () => {
  const limited = (limits: Limits, more: readonly Rule[] = []) =>
    rulesOf(
      new CatalogueLookup({
        ...catalogue,
        rules: [...catalogue.rules.map((it) => (it.id === 'kindergeld-geburt' ? { ...it, limits } : it)), ...more],
      }),
    );
  const twoAnHour = limited({ requests: { max: 2, per: 'hour' } });

  test('enters the token as an obligation', async () => {
    const { token, obligations } = await check({}, limited({ requests: { max: 9, per: 'day' }, use_days: 30 }));
    expect(obligations).toEqual({
      rates: [{ rule: 'kindergeld-geburt', of: 'requests', max: 9, per: 'day' }],
      use_days: 30,
    });
    expect((await opened(token)).obligations).toEqual(obligations);
  });

  test('refuses what is beyond it, with the rule and the wait until the next period, and puts it on record', async () => {
    for (const _ of [1, 2]) await check({}, twoAnHour);
    await expect(check({ now: NOW + 600_000 }, twoAnHour)).rejects.toMatchObject({
      reason: 'RATE_LIMITED',
      metadata: { rules: 'kindergeld-geburt' },
      retryDelayMs: 3_000_000,
    });
    expect(log.entries.at(-1)).toMatchObject({
      decision: 'REFUSED',
      reason: 'RATE_LIMITED',
      ruleIds: ['kindergeld-geburt'],
      tokenId: null,
      fields: [],
    });
    await check({ now: NOW + 3_600_000 }, twoAnHour);
  });

  test('counts requests, not the looks before: a token is one request', async () => {
    for (const _ of [1, 2, 3]) await check({ digest: undefined }, twoAnHour);
    for (const _ of [1, 2]) await check({}, twoAnHour);
    // Nobody is looked up and no decision is used up for what would be refused at the next step.
    await expect(check({ digest: undefined }, twoAnHour)).rejects.toMatchObject({ reason: 'RATE_LIMITED' });
  });

  test('does not stop the release of what was fetched within it', async () => {
    for (const _ of [1, 2]) await check({}, twoAnHour);
    const checked = await check({ beforeRelease: true }, twoAnHour);
    expect(checked).toMatchObject({ fields: ['birth_date', 'birth_place'] });
    expect(checked.token).toBeUndefined();
  });

  test('gives no token to a look before a release, also where it need not be bound to a request', async () => {
    const inside = new CatalogueLookup({
      ...catalogue,
      settings: { ...catalogue.settings, check_inside_areas: false },
    });
    const over = { provider: 'familienkasse-register', evidence_type: 'kindergeld-bezug', fields: ['paid_since'] };
    const checked = await check({ ...over, digest: undefined, beforeRelease: true }, rulesOf(inside));
    expect(checked.token).toBeUndefined();
  });

  test('of another rule that matches too counts as well: the strictest', async () => {
    const allow = { ...catalogue.rules.find(({ id }) => id === 'kindergeld-geburt')!, consumer: 'any' };
    const rules = limited({ requests: { max: 2, per: 'hour' } }, [
      { ...allow, id: 'everybody', limits: { requests: { max: 1, per: 'minute' } } },
    ]);
    await check({}, rules);
    await expect(check({}, rules)).rejects.toMatchObject({ metadata: { rules: 'everybody' }, retryDelayMs: 60_000 });
    await check({ now: NOW + 60_000 }, rules);
    await expect(check({ now: NOW + 120_000 }, rules)).rejects.toMatchObject({
      metadata: { rules: 'kindergeld-geburt' },
    });
  });

  test('of persons is not counted here: the third body knows none (IDNrG § 7 Abs. 2)', async () => {
    const rules = limited({ persons: { max: 1, per: 'day' } });
    for (const _ of [1, 2, 3]) expect((await check({}, rules)).obligations.rates).toHaveLength(1);
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

  test('names the rules that made it: the denies, also on the wire', async () => {
    await expect(check({ fields: ['sex'] })).rejects.toMatchObject({
      metadata: { rules: 'nobody-time-of-birth-and-sex' },
    });
    expect(log.entries.at(-1)).toMatchObject({ ruleIds: ['nobody-time-of-birth-and-sex'], askedFields: ['sex'] });
    await expect(check({ consumer: 'elterngeld-online' })).rejects.toMatchObject({ metadata: {} });
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

import { describe, expect, it } from '@jest/globals';
import { compactDecrypt, decodeProtectedHeader } from 'jose';
import type { Agreement, Catalogue } from '../../src/catalogue/catalogue.js';
import { keyThumbprint } from '../../src/catalogue/key-thumbprint.js';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { Refused } from '../../src/register-edge/check.js';
import { decodeRetrieval } from '../../src/register-edge/decode-retrieval.js';
import { EvidenceIssuer } from '../../src/register-edge/evidence-issuer.js';
import { Examiner } from '../../src/register-edge/examiner.js';
import { agreed } from '../support/agreements.js';
import { aKeyPair } from '../support/keys.js';
import { aFederation } from './federation.js';
import { aCaller, aRetrieval, NOW } from './presented.js';

const REGISTER = 'melderegister-bremen';
const CONSUMER = 'familienkasse-online';
const clock = { now: () => NOW };

/** What a register makes of a request that is right in everything, where its agreement with the consumer departs. */
async function examined(change: (it: Agreement) => Agreement, further = (it: Catalogue) => it) {
  const federation = await aFederation((catalogue) => {
    const { agreements = [], ...others } = agreed(catalogue);
    const changed = agreements.map((it) => (it.consumer === CONSUMER && it.register === REGISTER ? change(it) : it));
    return further({ ...others, agreements: changed });
  });
  const { current } = federation;
  const rules = new CurrentRules(current);
  const register = current.lookup.register(REGISTER)!;
  const decoded = decodeRetrieval(await aRetrieval(federation), { allowTestNumbers: true });
  const result = new Examiner(current, rules, register, clock).examine(aCaller(federation), decoded);
  return {
    federation,
    result,
    issuer: new EvidenceIssuer(current, rules, register, federation.key(REGISTER, 'evidence'), clock),
  };
}

const causeOf = async (change: (it: Agreement) => Agreement) => {
  const { result } = await examined(change);
  return result.then(
    () => 'passes',
    (error: unknown) => (error instanceof Refused ? error.trueCause : error),
  );
};

describe('a register and its agreement with the consumer (design 5)', () => {
  it('answers under one that is in force', async () => {
    expect(await causeOf((it) => it)).toBe('passes');
  });

  it.each<readonly [string, string, (it: Agreement) => Agreement]>([
    ['that is about another register', 'TRANSFER_RULE', (it) => ({ ...it, register: 'personenstand-bremen' })],
    ['that has ended', 'TRANSFER_RULE', (it) => ({ ...it, valid_until: '2026-11-23T12:00:00Z' })],
    [
      'that was revoked',
      'TRANSFER_RULE',
      (it) => ({ ...it, revoked: { by: 'register', at: '2026-11-23T11:00:00Z', signature: 'x..x' } }),
    ],
    ['with another node', 'TRANSFER_RULE', (it) => ({ ...it, node: 'another-node' })],
    [
      'over fewer attributes',
      'TRANSFER_FIELDS',
      (it) => ({ ...it, transfers: it.transfers.map((transfer) => ({ ...transfer, fields: ['birth_date'] })) }),
    ],
    ['that names another key of the node', 'TRIGGER_KEY_UNKNOWN', (it) => ({ ...it, node_keys: ['A'.repeat(43)] })],
    [
      'that names another key to encrypt to',
      'TRANSFER_CONSUMER_KEY',
      (it) => ({ ...it, encryption_keys: ['A'.repeat(43)] }),
    ],
  ])('does not under one %s', async (_, cause, change) => {
    expect(await causeOf(change)).toBe(cause);
  });

  it('encrypts to the key that the agreement names, whichever others the catalogue has', async () => {
    const other = await aKeyPair('another-encryption-key', 'ES256', 'encryption');
    const { federation, result, issuer } = await examined(
      (it) => it,
      (catalogue) => ({
        ...catalogue,
        keys: catalogue.keys.map((it) =>
          it.participant === CONSUMER
            ? { ...it, keys: [{ ...other.published, alg: 'ECDH-ES' as const }, ...it.keys] }
            : it,
        ),
      }),
    );
    const jwe = await issuer.issue(await result, { asOf: '2026-11-01T00:00:00.000Z', attributes: {} });
    expect(decodeProtectedHeader(jwe).kid).toBe('familienkasse-online-encryption');
    await expect(compactDecrypt(jwe, federation.key(CONSUMER, 'encryption').key)).resolves.toBeDefined();
  });

  it('encrypts to the key of the agreement under which this node asks, not of one with another node', async () => {
    const other = await aKeyPair('key-of-another-node', 'ES256', 'encryption');
    const { result, issuer } = await examined(
      (it) => it,
      (catalogue) => ({
        ...catalogue,
        keys: catalogue.keys.map((it) =>
          it.participant === CONSUMER
            ? { ...it, keys: [{ ...other.published, alg: 'ECDH-ES' as const }, ...it.keys] }
            : it,
        ),
        agreements: (catalogue.agreements ?? []).flatMap((it) => {
          const encryption_keys = [keyThumbprint(other.published.jwk)];
          return [{ ...it, id: `${it.id}-elsewhere`, node: 'another-node', encryption_keys }, it];
        }),
      }),
    );
    const jwe = await issuer.issue(await result, { asOf: '2026-11-01T00:00:00.000Z', attributes: {} });
    expect(decodeProtectedHeader(jwe).kid).toBe('familienkasse-online-encryption');
  });

  it.each<readonly [string, string, (it: Catalogue) => Catalogue]>([
    ['agreement', 'TRANSFER_RULE', (it) => ({ ...it, agreements: [] })],
    [
      'key to encrypt to',
      'TRANSFER_CONSUMER_KEY',
      (it) => ({
        ...it,
        keys: it.keys.map((of) =>
          of.participant === CONSUMER ? { ...of, keys: of.keys.filter(({ use }) => use !== 'encryption') } : of,
        ),
      }),
    ],
  ])('gives nothing where its %s is gone when the record was read, with a reason (%s)', async (_, cause, change) => {
    const { federation, result, issuer } = await examined((it) => it);
    const proven = await result;
    await federation.current.replace(change(federation.current.catalogue));
    const issued = issuer.issue(proven, { asOf: '2026-11-01T00:00:00.000Z', attributes: {} });
    await expect(issued).rejects.toMatchObject({ reason: 'TRANSFER_NOT_PERMITTED', trueCause: cause });
  });
});

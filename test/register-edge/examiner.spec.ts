import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPair } from 'jose';
import type { Catalogue, Recipient } from '../../src/catalogue/catalogue.js';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { type Cause, type EdgeReason, Refused } from '../../src/register-edge/check.js';
import { decodeLookup } from '../../src/register-edge/decode-lookup.js';
import { decodeRetrieval } from '../../src/register-edge/decode-retrieval.js';
import { Examiner } from '../../src/register-edge/examiner.js';
import { PERMISSION_CHECKS, TRANSFER_CHECKS } from '../../src/register-edge/permission-checks.js';
import { CALLER_CHECKS, REQUEST_CHECKS } from '../../src/register-edge/request-checks.js';
import { ATTESTATION_CHECKS, ATTESTER_CHECKS, TRIGGER_CHECKS } from '../../src/register-edge/trigger-checks.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import { aFederation, type Federation } from './federation.js';
import { withAlgNone, withClaim, withPublicKeyAsSecret } from './forged-token.js';
import { aCaller, aLookup, aRetrieval, type Deviation, FIELDS, NOW, somebody } from './presented.js';

const clock = { now: () => NOW };
const options = { allowTestNumbers: true, evidenceType: 'identity' };
const NEXT_CERTIFICATE = 'n'.repeat(43);
const digest = () => randomBytes(32).toString('base64url');

function examiner({ current }: Federation, id: string): Examiner {
  const register = current.lookup.register(id);
  if (register === undefined) throw new Error('no such register');
  return new Examiner(current, new CurrentRules(current), register, clock);
}

async function retrieve(federation: Federation, deviation: Deviation = {}) {
  const decoded = decodeRetrieval(await aRetrieval(federation, deviation), options);
  return examiner(federation, 'melderegister-bremen').examine(aCaller(federation, deviation), decoded);
}

async function lookUp(federation: Federation, deviation: Deviation = {}) {
  const decoded = decodeLookup(await aLookup(federation, deviation), options);
  return examiner(federation, 'identity-directory').examine(aCaller(federation, deviation), decoded);
}

const outcome = async (examined: Promise<unknown>): Promise<string> =>
  examined.then(
    () => 'passes',
    (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      return `${error.reason} ${error.trueCause}`;
    },
  );

describe('what a register checks for itself (design 5)', () => {
  let federation: Federation;
  let foreign: SigningKey;

  beforeAll(async () => {
    federation = await aFederation();
    const { privateKey } = await generateKeyPair('ES256');
    foreign = { kid: '', alg: 'ES256', key: privateKey };
  });

  it('accepts a permission that the node asked for by its other certificate, while one replaces another', async () => {
    const rotating = await aFederation((catalogue) => ({
      ...catalogue,
      keys: catalogue.keys.map((it) =>
        it.participant === 'node' ? { ...it, certificates: [...it.certificates, NEXT_CERTIFICATE] } : it,
      ),
    }));
    expect(await outcome(retrieve(rotating, { certificate: NEXT_CERTIFICATE }))).toBe('passes');
    expect(await outcome(retrieve(federation, { certificate: NEXT_CERTIFICATE }))).toBe(
      'PERMISSION_INVALID PERMISSION_CALLER',
    );
  });

  it('accepts a request that is right in everything', async () => {
    const { permission, attestation } = await retrieve(federation);
    expect(permission.consumer).toBe('familienkasse-online');
    expect(attestation.subject.role).toBe('parent');
    await lookUp(federation);
  });

  it('accepts a lookup for a child by a representative whom the directory can check', async () => {
    await lookUp(federation, {
      lookup: { subject_role: 'child', representative_idnr: somebody.idnr },
      decision: { acting: 'REPRESENTATIVE', decider_role: 'parent' },
    });
  });

  const A_COMPANY = {
    key: 'business_number',
    business_number: 'DE136695976-00001',
    commitment_salt: Buffer.alloc(32),
  } as const;

  type Row = readonly [EdgeReason, Cause, string, Deviation | ((federation: Federation) => Deviation)];

  const rows: readonly Row[] = [
    ['CALL_NOT_ALLOWED', 'CALLER_KIND', 'an online service asks by itself', { caller: 'familienkasse-online' }],
    ['REQUEST_INVALID', 'FIELDS_INVALID', 'a short nonce', { wire: { nonce: Buffer.alloc(31) } }],
    ['REQUEST_INVALID', 'OTHER_REGISTER', 'another register', { request: { register: 'personenstand-bremen' } }],
    [
      'REQUEST_INVALID',
      'OTHER_KIND_OF_SUBJECT',
      'a person, for evidence on companies',
      { request: { evidence_type: 'handelsregister-auszug' } },
    ],
    ['REQUEST_INVALID', 'FIELDS_INVALID', 'a person and a company', { wire: { company: A_COMPANY } }],
    ['REQUEST_INVALID', 'FROM_THE_FUTURE', '61 s ahead', { request: { issued_at: NOW + 61_000 } }],
    ['REQUEST_INVALID', 'TOO_OLD', 'older than 5 min', { request: { issued_at: NOW - 300_001 } }],

    ['PERMISSION_INVALID', 'PERMISSION_ALGORITHM', 'alg none (RFC 8725 § 3.1)', { permissionToken: withAlgNone }],
    [
      'PERMISSION_INVALID',
      'PERMISSION_ALGORITHM',
      'HS256 with the public key (RFC 8725 § 2.1)',
      (it) => ({
        permissionToken: async (token) => {
          const [key] = await it.current.verificationKeys('intermediary', 'permission');
          return withPublicKeyAsSecret(token, key!);
        },
      }),
    ],
    [
      'PERMISSION_INVALID',
      'PERMISSION_SIGNATURE',
      'a foreign key under a known kid',
      () => ({ permissionBy: { key: { ...foreign, kid: 'intermediary-permission' } } }),
    ],
    [
      'PERMISSION_INVALID',
      'PERMISSION_SIGNATURE',
      'a claim changed after signing',
      { permissionToken: (token) => withClaim(token, 'fields', ['sex']) },
    ],
    [
      'PERMISSION_INVALID',
      'PERMISSION_KEY_UNKNOWN',
      'an unknown kid',
      () => ({ permissionBy: { key: { ...foreign, kid: 'intermediary-permission-2' } } }),
    ],
    [
      'PERMISSION_INVALID',
      'PERMISSION_KEY_UNKNOWN',
      'a node that permits itself',
      (it) => ({ permissionBy: { issuer: 'node', key: it.key('node', 'trigger') } }),
    ],
    ['PERMISSION_INVALID', 'PERMISSION_AUDIENCE', 'for another register', { permissionBy: { audience: 'geburt' } }],
    ['PERMISSION_INVALID', 'PERMISSION_EXPIRED', 'expired', { permissionBy: { nowMs: NOW - 601_000 } }],
    ['PERMISSION_INVALID', 'PERMISSION_NOT_YET', 'of the future', { permissionBy: { nowMs: NOW + 62_000 } }],
    ['PERMISSION_INVALID', 'PERMISSION_LIVES_TOO_LONG', 'lasting an hour', { permissionBy: { lifetimeS: 3600 } }],
    ['PERMISSION_INVALID', 'PERMISSION_MALFORMED', 'no token', { permissionToken: () => 'a.b.c' }],
    [
      'PERMISSION_INVALID',
      'PERMISSION_TYPE',
      'a trigger in its place',
      (it) => ({ permissionToken: async () => (await aRetrieval(it)).trigger_token ?? '' }),
    ],
    [
      'PERMISSION_INVALID',
      'PERMISSION_CONSUMER',
      'for another consumer',
      { permission: { consumer: 'elterngeld-online' } },
    ],
    ['PERMISSION_INVALID', 'PERMISSION_EVIDENCE_TYPE', 'other evidence', { permission: { evidence_type: 'geburt' } }],
    ['PERMISSION_INVALID', 'PERMISSION_PURPOSE', 'other purpose', { permission: { purpose: 'elterngeld-antrag' } }],
    ['PERMISSION_INVALID', 'PERMISSION_PURPOSE', 'other version', { permission: { purpose_hash: digest() } }],
    ['PERMISSION_INVALID', 'PERMISSION_LEGAL_BASIS', 'other basis', { permission: { legal_basis: 'beeg-25' } }],
    ['PERMISSION_INVALID', 'PERMISSION_CALLER', 'by another node (RFC 8705 § 3)', { certificate: digest() }],
    [
      'PERMISSION_INVALID',
      'PERMISSION_AREAS',
      'other areas (IDNrG § 7 Abs. 2)',
      { permission: { areas: { consumer: 'inneres', provider: 'inneres' } } },
    ],
    [
      'PERMISSION_INVALID',
      'PERMISSION_DIGEST_MISSING',
      'not bound although the number crosses areas (IDNrG § 7 Abs. 2)',
      { permission: { request_digest: undefined } },
    ],
    ['PERMISSION_INVALID', 'PERMISSION_DIGEST', 'for another request', { permission: { request_digest: digest() } }],

    [
      'TRANSFER_NOT_PERMITTED',
      'TRANSFER_RULE',
      'no rule of the own catalogue, whatever the intermediary signed (IDNrG § 7 Abs. 2)',
      { request: { legal_basis: 'bmg-34-1' }, permission: { legal_basis: 'bmg-34-1' } },
    ],
    [
      'TRANSFER_NOT_PERMITTED',
      'TRANSFER_PURPOSE_VERSION',
      'a purpose version that the own catalogue does not have',
      () => {
        const purpose_hash = digest();
        return { request: { purpose_hash }, permission: { purpose_hash } };
      },
    ],
    ['TRANSFER_NOT_PERMITTED', 'TRANSFER_FIELDS', 'a field of no rule', { request: { fields: ['sex'] } }],
    ['TRANSFER_NOT_PERMITTED', 'PERMISSION_FIELDS', 'a field too many', { permission: { fields: ['family_name'] } }],

    ['TRIGGER_INVALID', 'TRIGGER_ALGORITHM', 'alg none', { triggerToken: withAlgNone }],
    [
      'TRIGGER_INVALID',
      'TRIGGER_SIGNATURE',
      'wrapped by somebody else',
      () => ({ triggerBy: { key: { ...foreign, kid: 'node-trigger' } } }),
    ],
    ['TRIGGER_INVALID', 'TRIGGER_ISSUER', 'wrapped for another node', { triggerBy: { issuer: 'node-2' } }],
    ['TRIGGER_INVALID', 'TRIGGER_AUDIENCE', 'for another register', { triggerBy: { audience: 'geburt' } }],
    ['TRIGGER_INVALID', 'TRIGGER_EXPIRED', 'expired', { triggerBy: { nowMs: NOW - 301_000 } }],
    ['TRIGGER_INVALID', 'TRIGGER_RETRIEVAL', 'of another retrieval', { trigger: { retrieval_id: digest() } }],
    ['TRIGGER_INVALID', 'TRIGGER_DIGEST', 'for another request', { trigger: { request_digest: digest() } }],

    ['TRIGGER_INVALID', 'ATTESTATION_ATTESTER', 'attested by nobody known', { attestationBy: { issuer: 'nobody' } }],
    ['TRIGGER_INVALID', 'ATTESTATION_ATTESTER', 'no attestation at all', { trigger: { attestation: 'yes' } }],
    ['TRIGGER_INVALID', 'ATTESTATION_ATTESTER_KIND', 'attested by a node', { attestationBy: { issuer: 'node' } }],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_REQUESTER',
      'attested by another online service',
      (it) => ({ attestationBy: { issuer: 'elterngeld-online', key: it.key('elterngeld-online', 'attestation') } }),
    ],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_SIGNATURE',
      'attested in the name of the online service',
      () => ({ attestationBy: { key: { ...foreign, kid: 'familienkasse-online-attestation' } } }),
    ],
    ['TRIGGER_INVALID', 'ATTESTATION_AUDIENCE', 'for another node', { attestationBy: { audience: 'node-2' } }],
    ['TRIGGER_INVALID', 'ATTESTATION_EXPIRED', 'expired', { attestationBy: { nowMs: NOW - 601_000 } }],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_REQUESTER',
      'decided for another participant',
      { decision: { requester: 'elterngeld-online' } },
    ],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_EVIDENCE_TYPE',
      'decided about other evidence (EGovG § 5 Abs. 1)',
      { decision: { evidence_type: 'geburt' } },
    ],
    ['TRIGGER_INVALID', 'ATTESTATION_FIELDS', 'decided about less', { decision: { fields: ['family_name'] } }],
    ['TRIGGER_INVALID', 'ATTESTATION_PURPOSE', 'another purpose', { decision: { purpose: 'elterngeld-antrag' } }],
    ['TRIGGER_INVALID', 'ATTESTATION_PURPOSE', 'another version of it', { decision: { purpose_hash: digest() } }],
    ['TRIGGER_INVALID', 'ATTESTATION_LEGAL_BASIS', 'another legal basis', { decision: { legal_basis: 'beeg-25' } }],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_ROLE',
      'about another subject',
      { decision: { subject: { role: 'child', commitment: digest() } } },
    ],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_KIND',
      'consent where the law asks for a choice',
      { decision: { kind: 'CONSENT' } },
    ],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_NOTICE',
      'kept from the person by a norm that the own catalogue does not name (BDSG § 34 Abs. 1 Nr. 1)',
      { decision: { delayed_notice: { norm: 'BDSG § 99', until: Math.floor(NOW / 1000) + 60 } } },
    ],
    ['TRIGGER_INVALID', 'ATTESTATION_ASSURANCE', 'assurance too low', { decision: { assurance: 'low' } }],
    ['TRIGGER_INVALID', 'ATTESTATION_DECIDER', 'a child decides as a parent', { decision: { decider_role: 'child' } }],
    [
      'TRIGGER_INVALID',
      'ATTESTATION_COMMITMENT',
      'about another person',
      { decision: { subject: { role: 'parent', commitment: digest() } } },
    ],
  ];

  it.each(rows)('%s (%s): %s', async (reason, cause, _title, deviation) => {
    const one = typeof deviation === 'function' ? deviation(federation) : deviation;
    expect(await outcome(retrieve(federation, one))).toBe(`${reason} ${cause}`);
  });

  it('names every faulty field at once and quotes no value', async () => {
    const wire = await aRetrieval(federation, {
      wire: { register: 'Bremen!', fields: ['b', 'a'], person: { idnr: '1' } },
    });
    const decoded = decodeRetrieval(wire, options);
    if (decoded.ok) throw new Error('was accepted');
    expect(decoded.violations.map(({ field }) => field)).toEqual([
      'register',
      'fields',
      'person.idnr',
      'person.birth_date',
      'person.commitment',
      'person.commitment.salt',
    ]);
    expect(JSON.stringify(decoded.violations)).not.toContain('Bremen!');
  });

  it('production knows no test numbers', async () => {
    const decoded = decodeRetrieval(await aRetrieval(federation), { allowTestNumbers: false });
    expect(decoded).toMatchObject({ ok: false, violations: [{ field: 'person.idnr' }] });
  });

  it('needs an encryption key that the agreement names', async () => {
    const withoutKey = await aFederation((catalogue: Catalogue) => ({
      ...catalogue,
      keys: catalogue.keys.map((it) => ({ ...it, keys: it.keys.filter(({ use }) => use !== 'encryption') })),
    }));
    expect(await outcome(retrieve(withoutKey))).toBe('TRANSFER_NOT_PERMITTED TRANSFER_CONSUMER_KEY');
    expect(await outcome(lookUp(withoutKey))).toBe('passes');
  });

  it('refuses what the recipient does not get by its own matrix, whatever the intermediary signed (GewAnzV § 3)', async () => {
    const recipient = (id: string): Recipient => ({
      id,
      title: { de: id },
      paragraph: '§ 1',
      participants: [id],
      all_but: ['given_names'],
      source: 'test',
      verified: false,
    });
    const withMatrix = (id: string) =>
      aFederation((catalogue) => ({
        ...catalogue,
        recipient_matrices: [
          { id: 'matrix', title: { de: 'x' }, evidence_type: 'meldedaten', norm: 'Norm', recipients: [recipient(id)] },
        ],
      }));
    const [named, other] = [await withMatrix('familienkasse-online'), await withMatrix('elterngeld-online')];
    expect(await outcome(retrieve(named))).toBe('TRANSFER_NOT_PERMITTED TRANSFER_FIELDS');
    expect(await outcome(retrieve(named, { request: { fields: ['birth_date', 'family_name'] } }))).toBe('passes');
    expect(await outcome(retrieve(other))).toBe('TRANSFER_NOT_PERMITTED TRANSFER_RULE');
  });

  describe('where its own rules set limits', () => {
    const limits = { use_days: 30, look_back_days: 365, requests: { max: 100, per: 'hour' } } as const;
    const rates = [{ rule: 'kindergeld-meldedaten', of: 'requests', max: 100, per: 'hour' }] as const;
    const enough = { rates, use_days: 30, look_back_days: 365 };
    let limited: Federation;
    beforeAll(async () => {
      limited = await aFederation((catalogue: Catalogue) => ({
        ...catalogue,
        rules: catalogue.rules.map((it) => (it.id === 'kindergeld-meldedaten' ? { ...it, limits } : it)),
      }));
    });

    it.each([
      ['the same', enough],
      ['stricter ones', { rates: [{ ...rates[0], max: 5 }], use_days: 1, look_back_days: 1 }],
      ['more than its own', { ...enough, rates: [...rates, { ...rates[0], rule: 'another', max: 5 }] }],
    ])('accepts a permission with %s', async (_title, obligations) => {
      expect(await outcome(retrieve(limited, { permission: { obligations } }))).toBe('passes');
    });

    it.each([
      ['without any', { rates: [] }],
      ['that lets it use the answer for longer (GDPR Art. 5 (1) b)', { ...enough, use_days: 31 }],
      ['that lets it look further back', { ...enough, look_back_days: 366 }],
      ['that lets it ask more often', { ...enough, rates: [{ ...rates[0], max: 101 }] }],
      ['that counts by another period', { ...enough, rates: [{ ...rates[0], per: 'minute' as const }] }],
      ['that counts persons instead', { ...enough, rates: [{ ...rates[0], of: 'persons' as const }] }],
    ])('refuses a permission %s (IDNrG § 7 Abs. 2)', async (_title, obligations) => {
      expect(await outcome(retrieve(limited, { permission: { obligations } }))).toBe(
        'PERMISSION_INVALID PERMISSION_OBLIGATIONS',
      );
    });
  });

  it.each([
    ['is missing', { decision: { acting: 'REPRESENTATIVE', decider_role: 'guardian' } }],
    ['is there without reason', { lookup: { representative_idnr: somebody.idnr } }],
  ] satisfies [string, Deviation][])('the directory refuses when the representative %s', async (_title, deviation) => {
    expect(await outcome(lookUp(federation, deviation))).toBe('TRIGGER_INVALID ATTESTATION_REPRESENTATIVE');
  });

  const company = { key: 'HRB TEST1 900001', by: 'Muster' };
  it.each([
    ['for a company by its organ', company, { acting: 'REPRESENTATIVE', representation: 'organ' }, true],
    ['for a company by virtue of custody', company, { acting: 'REPRESENTATIVE' }, false],
    ['by a company itself', company, { acting: 'SELF' }, false],
    ['by an authority, with a representative', company, { acting: 'AUTHORITY' }, false],
    ['by an authority, about a company', { ...company, by: null }, { acting: 'AUTHORITY' }, true],
    [
      'by nobody, about a company',
      { ...company, by: null },
      { acting: 'REPRESENTATIVE', representation: 'organ' },
      false,
    ],
    ['for a person by an organ', null, { acting: 'REPRESENTATIVE', representation: 'organ' }, false],
    ['by a person', null, { acting: 'SELF' }, true],
  ] as const)('holds a decision %s against who is asked about', (_title, about, decision, holds) => {
    const opening = about === null ? {} : { company: about.key, representative: about.by };
    const facts = { asked: { request: {}, opening }, attestation: decision } as unknown;
    type Facts = Parameters<(typeof ATTESTATION_CHECKS)[number]['holds']>[0];
    const rows = ATTESTATION_CHECKS.filter(({ cause }) => cause === 'ATTESTATION_REPRESENTATIVE');
    expect(rows.every((row) => row.holds(facts as Facts))).toBe(holds);
  });

  it('has a test for every row of every table', () => {
    const tables = [
      CALLER_CHECKS,
      REQUEST_CHECKS,
      PERMISSION_CHECKS,
      TRANSFER_CHECKS,
      TRIGGER_CHECKS,
      ATTESTER_CHECKS,
      ATTESTATION_CHECKS,
    ];
    const tested = new Set<string>([
      ...rows.map(([, cause]) => cause),
      'TRANSFER_CONSUMER_KEY',
      'PERMISSION_OBLIGATIONS',
      'ATTESTATION_REPRESENTATIVE',
    ]);
    const inTables: string[] = tables.flatMap((table) => table.map(({ cause }) => cause));
    expect(inTables.filter((cause) => !tested.has(cause))).toEqual([]);
  });

  it('lets nothing through outside permission ∩ attestation ∩ rules (GDPR Art. 5 (1) c)', async () => {
    const all = [...FIELDS, 'sex', 'birth_name'];
    const byRule = new Set(['birth_date', 'birth_name', 'family_name', 'given_names']);
    const subset = fc.subarray(all, { minLength: 1 }).map((it) => it.toSorted());
    await fc.assert(
      fc.asyncProperty(subset, subset, subset, async (asked, permitted, attested) => {
        const passes = outcome(
          retrieve(federation, {
            request: { fields: asked },
            permission: { fields: permitted },
            decision: { fields: attested },
          }),
        );
        const covered = asked.every((it) => byRule.has(it) && permitted.includes(it) && attested.includes(it));
        expect((await passes) === 'passes').toBe(covered);
      }),
      { numRuns: 60 },
    );
  });
});

import { beforeAll, describe, expect, it } from '@jest/globals';
import { importJWK } from 'jose';
import { attestDecisions } from '../../src/client/attest-decisions.js';
import { fillForm, type Opening, openAnswer } from '../../src/client/open-answer.js';
import type { ServiceDescription } from '../../src/client/service-description.js';
import {
  type AttributeValue,
  type EvidenceClaims,
  issueEvidence,
  registerIssuer,
} from '../../src/tokens/evidence-credential.js';
import { sealEvidence } from '../../src/tokens/evidence-jwe.js';
import type { PrefillAnswer, ReleasedEvidence } from '../../src/verify/answer.js';
import { aFederation, type Federation } from '../register-edge/federation.js';
import { NOW } from '../register-edge/presented.js';

const CONSUMER = 'familienkasse-online';
const REGISTER = 'melderegister-bremen';
const FIELDS = ['birth_date', 'family_name'];
const VALUES = { birth_date: '1990-04-05', family_name: 'Musterfrau' };
const applicant = {
  role: 'parent',
  person: { family_name: 'Musterfrau', given_names: 'Erika', birth_date: '1990-04-05' },
};

const NO_RECEIPT: PrefillAnswer['receipt'] = {
  ...{ log_index: 0, tree_size: 0, root_hash: '', checkpoint: '', inclusion_proof: [], entry: '' },
  opening: { salt: '', caller: {}, protected_hash: '' },
};

const service: ServiceDescription = {
  service: 'kindergeld',
  title: 'Kindergeld',
  consumer: CONSUMER,
  purpose: 'kindergeld-antrag',
  purpose_hash: 'H'.repeat(43),
  min_assurance: 'substantial',
  subjects: [
    { role: 'parent', title: '', represented_by: undefined, may_be_represented_by: undefined, representations: [] },
  ],
  needs: [
    {
      evidence_type: 'meldedaten',
      subject_role: 'parent',
      legal_basis: 'egovg-5-1-1',
      norm: 'EGovG § 5 Abs. 1 Nr. 1',
      trigger_kind: 'CHOICE',
      fields: FIELDS,
      decision_texts: { de: 'Text' },
      decision_text_hashes: { de: 'T'.repeat(43) },
      manual: '',
      manual_texts: {},
      preview_granted: true,
    },
  ],
  mapping: [
    {
      fim_id: 'F60000227',
      label: { de: 'Familienname' },
      subject_role: 'parent',
      from: { evidence_type: 'meldedaten', attribute: 'family_name' },
    },
    {
      fim_id: 'einmal:birth_year',
      label: { de: 'Geburtsjahr' },
      subject_role: 'parent',
      from: { evidence_type: 'meldedaten', attribute: 'birth_date', path: 'year' },
    },
  ],
};

type Deviation = Readonly<{
  claims?: Partial<EvidenceClaims>;
  attributes?: Readonly<Record<string, AttributeValue>>;
  signedBy?: string;
  preview?: 'WANTED';
  pieces?: 2;
}>;

describe.each(['P-256', 'X25519'] as const)('evidence for a consumer that keeps its key, on %s', (crv) => {
  let federation: Federation;
  let registers: Opening['registers'];

  beforeAll(async () => {
    federation = await aFederation((it) => it, { crv });
    const { lookup } = federation.current;
    const keysOf = (register: string) =>
      lookup.keys(register, 'evidence').map(({ kid, alg, jwk }) => ({ ...jwk, kid, alg }));
    registers = { [REGISTER]: { keys: keysOf(REGISTER) } };
  });

  const sealed = async ({ claims, attributes, signedBy = REGISTER, preview, pieces }: Deviation = {}) => {
    const person = { decider: 'synthetic', assurance: 'substantial', ...(preview && { preview }) } as const;
    const by = { attester: CONSUMER, node: 'node', key: federation.key(CONSUMER, 'attestation'), nowMs: NOW };
    const decisions = await attestDecisions(service, [applicant], person, by);
    const compact = await issueEvidence(
      {
        iss: registerIssuer(REGISTER),
        aud: CONSUMER,
        jti: 'evidence-0123456789',
        iat: NOW / 1000,
        vct: 'urn:einmal:evidence:meldedaten:1',
        evidence_type: 'meldedaten',
        subject_role: 'parent',
        as_of: '2026-11-01T00:00:00Z',
        purpose: service.purpose,
        purpose_hash: service.purpose_hash,
        legal_basis: 'egovg-5-1-1',
        retrieval_id: 'known-to-node-and-register',
        request_digest: 'D'.repeat(43),
        permission: 'permission-0123456789',
        trigger: decisions[0]?.trigger_id ?? '',
        assurance: 'substantial',
        withheld: [],
        ...claims,
      },
      attributes ?? VALUES,
      { key: federation.key(signedBy, 'evidence'), digestCount: 24 },
    );
    const [entry] = federation.current.lookup.keys(CONSUMER, 'encryption');
    const key = { kid: entry?.kid ?? '', key: await importJWK({ ...entry?.jwk }, 'ECDH-ES') };
    const piece: ReleasedEvidence = {
      ...{ evidence_id: '', as_of: '', sd_jwt: '', withheld: [] },
      ...{ evidence_type: 'meldedaten', subject_role: 'parent', register: REGISTER, assurance: 'substantial' },
      evidence_jwe: await sealEvidence(compact, key),
      receipt: NO_RECEIPT,
    };
    const answer: PrefillAnswer = {
      ...{ exchange_id: 'exchange', state: 'COMPLETE', fields: [], not_delivered: [], release_salt: '' },
      evidence: pieces === 2 ? [piece, piece] : [piece],
      receipt: NO_RECEIPT,
    };
    return { answer, decisions };
  };
  const opened = async (deviation: Deviation = {}, over: Partial<Opening> = {}) => {
    const { answer, decisions } = await sealed(deviation);
    const own = federation.key(CONSUMER, 'encryption');
    const keys = new Map([[own.kid, own.key]]);
    return openAnswer(answer, { consumer: CONSUMER, decisions, keys, registers, nowMs: NOW, ...over });
  };

  it('is opened, verified and fills the form as the node would fill it', async () => {
    const result = await opened();
    expect(result.incidents).toEqual([]);
    expect(result.pieces.map(({ attributes }) => attributes)).toEqual([VALUES]);
    const [piece] = result.answer.evidence;
    expect(piece).toMatchObject({ evidence_id: 'evidence-0123456789', as_of: '2026-11-01T00:00:00.000Z' });
    const source = {
      ...{ register: REGISTER, evidence_id: 'evidence-0123456789', attribute: 'family_name' },
      ...{ as_of: '2026-11-01T00:00:00.000Z', assurance: 'substantial' },
    };
    expect(fillForm(service, result)).toEqual([
      {
        fim_id: 'F60000227',
        label: 'Familienname',
        subject_role: 'parent',
        value: 'Musterfrau',
        source,
        alternatives: [],
      },
      expect.objectContaining({ fim_id: 'einmal:birth_year', value: '1990' }),
    ]);
  });

  it('is cut down to the fields decided on; the surplus is an incident and goes nowhere (GDPR Art. 5 (1) c)', async () => {
    const result = await opened({ attributes: { ...VALUES, religion: 'Fehlerwert' } });
    expect(result.incidents).toMatchObject([{ cause: 'SURPLUS_FIELDS', attributes: ['religion'] }]);
    expect(result.pieces[0]?.attributes).toEqual(VALUES);
    expect(result.answer.evidence[0]?.sd_jwt.split('~')).toHaveLength(4);
  });

  it('fills nothing before the person saw and released it, where they want that (EGovG § 5 Abs. 5)', async () => {
    const result = await opened({ preview: 'WANTED' });
    expect(result.pieces.map(({ wantsPreview }) => wantsPreview)).toEqual([true]);
    expect(fillForm(service, result)).toEqual([]);
    expect(fillForm(service, result, ['evidence-0123456789'])).toHaveLength(2);
  });

  it('counts once: one decision, one piece', async () => {
    const result = await opened({ pieces: 2 });
    expect(result.pieces).toHaveLength(1);
    expect(result.incidents).toMatchObject([{ cause: 'BINDING' }]);
  });

  const refused: readonly (readonly [string, string, Deviation, Partial<Opening>?])[] = [
    ['for another consumer', 'AUDIENCE', { claims: { aud: 'elterngeld-online' } }],
    ['of another register', 'ISSUER', { claims: { iss: registerIssuer('personenstand-bremen') } }],
    ['signed by another register', 'KEY_UNKNOWN', { signedBy: 'personenstand-bremen' }],
    ['on another decision', 'BINDING', { claims: { trigger: 'another-0123456789' } }],
    ['about somebody else of the request', 'BINDING', { claims: { subject_role: 'child' } }],
    ['for another purpose', 'BINDING', { claims: { purpose: 'elterngeld-antrag' } }],
    ['without a permission', 'CLAIM', { claims: { permission: '' } }],
    ['that is old', 'EXPIRED', { claims: { iat: NOW / 1000 - 301 } }],
    ['to a key that is not there', 'KEY_UNKNOWN', {}, { keys: new Map() }],
    ['of a register whose keys nobody gave', 'KEY_UNKNOWN', {}, { registers: {} }],
    ['that nobody decided on', 'BINDING', {}, { decisions: [] }],
  ];

  it.each(refused)('stays sealed where it is %s (%s)', async (_title, cause, deviation, over = {}) => {
    const result = await opened(deviation, over);
    expect(result.pieces).toEqual([]);
    expect(result.incidents).toMatchObject([{ cause, register: REGISTER, attributes: [] }]);
    expect(result.answer.evidence[0]?.sd_jwt).toBe('');
    expect(fillForm(service, result)).toEqual([]);
  });

  it('is opened by no key of another consumer under the same name', async () => {
    const other = await aFederation((it) => it, { crv });
    const own = other.key(CONSUMER, 'encryption');
    const result = await opened({}, { keys: new Map([[own.kid, own.key]]) });
    expect(result.incidents).toMatchObject([{ cause: 'MALFORMED' }]);
  });
});

import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { appendAll, emptyRange, root } from '#libs/merkle/compact-range.js';
import { leafHash } from '#libs/merkle/hash.js';
import { inclusionProof } from '#libs/merkle/proof.js';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { ed25519Signer } from '#libs/tlog/signed-note.js';
import { commitment, leafBytes, saltedHash } from '../../src/audit/entry.js';
import type { CallerPart, EventType, ProtectedPart } from '../../src/audit/record.js';
import { releaseDigest } from '../../src/prefill/release-digest.js';
import { canonicalDigest } from '../../src/tokens/digest.js';
import { type EvidenceClaims, issueEvidence } from '../../src/tokens/evidence-credential.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import type { AnsweredField, Asked, PrefillAnswer, Receipt, ReleasedEvidence, Trust } from '../../src/verify/answer.js';

export const CONSUMER = 'familienkasse-online';
const REGISTER = 'melderegister-bremen';
const AS_OF = '2026-09-21T09:15:00.000Z';
const LOG_TIME = '2026-11-23T10:00:00.000Z';
const EXCHANGE = '0f0c7a55-7f0c-4c6e-8f7a-000000000005';

export const decision = {
  trigger_id: '0f0c7a55-7f0c-4c6e-8f7a-000000000001',
  evidence_type: 'meldedaten',
  subject_role: 'parent',
  fields: ['family_name', 'given_names'],
  legal_basis: 'egovg-5-1-1',
  purpose: 'kindergeld-antrag',
  purpose_hash: 'p'.repeat(43),
} as const;

const claims: EvidenceClaims = {
  iss: `urn:einmal:register:${REGISTER}`,
  aud: CONSUMER,
  jti: '0f0c7a55-7f0c-4c6e-8f7a-000000000002',
  iat: Math.floor(Date.parse(LOG_TIME) / 1000),
  vct: 'urn:einmal:vct:meldedaten:1',
  evidence_type: decision.evidence_type,
  subject_role: decision.subject_role,
  as_of: AS_OF,
  purpose: decision.purpose,
  purpose_hash: decision.purpose_hash,
  legal_basis: decision.legal_basis,
  retrieval_id: '0f0c7a55-7f0c-4c6e-8f7a-000000000003',
  request_digest: 'd'.repeat(43),
  permission: '0f0c7a55-7f0c-4c6e-8f7a-000000000004',
  trigger: decision.trigger_id,
  assurance: 'substantial',
  withheld: [{ attribute: 'address', norm: 'BMG § 51 Abs. 1' }],
};

export type Verifiable = Readonly<{
  answer: PrefillAnswer;
  asked: Asked;
  trust: Trust;
  registerKey: SigningKey;
  /** What was logged before: that the register has this key, and the decision, with its protected half. */
  before: Readonly<{ key: Receipt; granted: Receipt; part: ProtectedPart; salt: string }>;
}>;

/**
 * What an honest node answers, made by the code of the server: the verifier shares none of it. `deviation` lets a
 * dishonest register speak; exchanges of one log have its key in common.
 */
export async function verifiableAnswer(
  deviation: Partial<EvidenceClaims> = {},
  exchange = EXCHANGE,
  logKey = generateKeyPairSync('ed25519').privateKey,
  own: Pick<PrefillAnswer, 'own_statements'> = {},
): Promise<Verifiable> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const registerKey: SigningKey = { kid: `${REGISTER}-evidence-1`, alg: 'ES256', key: privateKey };
  const sdJwt = await issueEvidence(
    { ...claims, ...deviation },
    { family_name: 'von Mustermann-Søndergård', given_names: 'Erika Jördis' },
    { key: registerKey, digestCount: 8 },
  );
  const source = {
    register: REGISTER,
    evidence_id: deviation.jti ?? claims.jti,
    as_of: AS_OF,
    assurance: 'substantial',
  };
  const fields: AnsweredField[] = [
    { ...field('F60000227', 'von Mustermann-Søndergård'), source: { ...source, attribute: 'family_name' } },
    {
      ...field('F60000228', 'Erika Jördis'),
      source: { ...source, attribute: 'given_names' },
      alternatives: [{ value: 'Erika', source: { ...source, attribute: 'given_names' } }],
    },
  ];
  const notDelivered = {
    evidence_type: 'auslaendische-familienleistung',
    subject_role: 'parent',
    state: 'REFUSED',
    reason: 'REGISTER_NOT_FOUND',
    detail: 'No connected register holds this evidence.',
    manual: '',
  };
  const salt = randomBytes(32);
  const digest = releaseDigest(
    { fields, not_delivered: [notDelivered], evidence: [sdJwt], ...own },
    salt.toString('base64url'),
  );
  const key_thumbprint = await calculateJwkThumbprint(await exportJWK(publicKey));
  const part: ProtectedPart = {
    attributes: decision.fields,
    file_reference: 'FK-115-2026',
    acting_official: 'Sachbearbeitung 4711',
  };
  const { receipts, vkey, salts } = await logged(logKey, [
    { caller: { event: 'key.added', log_time: '2026-01-05T08:00:00.000Z', consumer: 'node', key_thumbprint } },
    {
      caller: {
        event: 'trigger.granted',
        log_time: LOG_TIME,
        consumer: CONSUMER,
        trigger_id: decision.trigger_id,
        evidence_type: decision.evidence_type,
        subject_role: decision.subject_role,
        purpose: decision.purpose,
        legal_basis: decision.legal_basis,
      },
      part,
    },
    {
      caller: {
        event: 'retrieval.closed',
        log_time: LOG_TIME,
        exchange_ref: exchange,
        consumer: CONSUMER,
        key_thumbprint,
        register: REGISTER,
        evidence_type: decision.evidence_type,
        subject_role: decision.subject_role,
        trigger_id: decision.trigger_id,
        outcome: 'released',
        release_digest: canonicalDigest(sdJwt),
      },
    },
    {
      caller: {
        event: 'exchange.closed',
        log_time: LOG_TIME,
        exchange_ref: exchange,
        consumer: CONSUMER,
        outcome: 'partly_released',
        release_digest: digest,
      },
    },
  ]);
  const [key, granted, recordReceipt, summaryReceipt] = receipts;
  const evidence: ReleasedEvidence = {
    evidence_id: deviation.jti ?? claims.jti,
    evidence_type: claims.evidence_type,
    subject_role: claims.subject_role,
    register: REGISTER,
    as_of: AS_OF,
    assurance: claims.assurance,
    sd_jwt: sdJwt,
    withheld: claims.withheld,
    receipt: recordReceipt!,
  };
  return {
    before: { key: key!, granted: granted!, part, salt: salts[1]!.toString('base64') },
    registerKey,
    asked: { consumer: CONSUMER, decisions: [decision] },
    trust: {
      registers: {
        [REGISTER]: { keys: [{ ...(await exportJWK(publicKey)), kid: registerKey.kid, alg: 'ES256', use: 'sig' }] },
      },
      node: { keys: [] },
      log: vkey,
    },
    answer: {
      exchange_id: exchange,
      state: 'COMPLETE',
      fields,
      not_delivered: [notDelivered],
      evidence: [evidence],
      receipt: summaryReceipt!,
      release_salt: salt.toString('base64'),
      ...own,
    },
  };
}

/** The receipt of an exchange that released nothing, or holds what it could. */
export async function emptyAnswer(
  event: EventType = 'exchange.closed',
): Promise<Readonly<{ receipt: Receipt; vkey: string }>> {
  const { receipts, vkey } = await logged(generateKeyPairSync('ed25519').privateKey, [
    {
      caller: {
        event,
        log_time: LOG_TIME,
        exchange_ref: EXCHANGE,
        consumer: CONSUMER,
        outcome: 'refused',
      },
    },
  ]);
  return { receipt: receipts[0]!, vkey };
}

function field(fim_id: string, value: string) {
  return { fim_id, label: `Feld ${fim_id}`, subject_role: 'parent', value, alternatives: [] };
}

/** Receipts of these records in a log that has three entries of others before them. */
async function logged(
  key: KeyObject,
  given: readonly Readonly<{ caller: CallerPart; part?: ProtectedPart }>[],
): Promise<{ receipts: Receipt[]; vkey: string; salts: readonly Buffer[] }> {
  const records = given.map(({ caller, part = {} }) => {
    const [salt, protectedSalt] = [randomBytes(32), randomBytes(32)];
    const protectedHash = saltedHash(protectedSalt, part);
    return {
      caller,
      salt,
      protectedSalt,
      protectedHash,
      leaf: leafBytes(commitment(saltedHash(salt, caller), protectedHash)),
    };
  });
  const others = [0, 1, 2].map((seed) => leafBytes(Buffer.alloc(32, seed)));
  const leaves = [...others, ...records.map(({ leaf }) => leaf)].map((leaf) => leafHash(leaf));
  const { range, newNodes } = appendAll(emptyRange, leaves);
  const nodes = new Map(newNodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const signer = ed25519Signer('einmal.example/log', key);
  const checkpoint = signCheckpoint({ origin: signer.name, size: leaves.length, root: root(range) }, [signer]);
  const receipts = records.map(async ({ caller, salt, protectedHash, leaf }, position): Promise<Receipt> => {
    const index = others.length + position;
    const proof = await inclusionProof(index, leaves.length, async (ids) =>
      ids.flatMap((id) => nodes.get(`${id.level}/${id.index}`) ?? []),
    );
    return {
      log_index: index,
      tree_size: leaves.length,
      root_hash: root(range).toString('base64'),
      checkpoint,
      inclusion_proof: proof.map((hash) => hash.toString('base64')),
      entry: leaf.toString('base64'),
      opening: { salt: salt.toString('base64'), caller, protected_hash: protectedHash.toString('base64') },
    };
  });
  const salts = records.map(({ protectedSalt }) => protectedSalt);
  return { receipts: await Promise.all(receipts), vkey: signer.vkey, salts };
}

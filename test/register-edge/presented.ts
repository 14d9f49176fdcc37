import { randomBytes, randomUUID } from 'node:crypto';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import type { Caller } from '../../src/platform/caller.js';
import { toTimestamp } from '../../src/platform/clock.js';
import type { LookupPersonRequest__Output } from '../../src/platform/rpc-types/einmal/register/v1/LookupPersonRequest.js';
import type { RetrieveEvidenceRequest__Output } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import { attest, type Decision } from '../../src/tokens/attestation.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import { issuePermissionToken, type Permission } from '../../src/tokens/permission-token.js';
import {
  type LookupRequest,
  type PersonRetrieval,
  type RetrievalRequest,
  requestDigest,
} from '../../src/tokens/register-request.js';
import { subjectCommitment } from '../../src/tokens/subject-commitment.js';
import { presentTrigger, type TriggerPresentation } from '../../src/tokens/trigger-token.js';
import type { Federation } from './federation.js';

export const NOW = Date.parse('2026-11-23T12:00:00Z');

const secret = () => randomBytes(32).toString('base64url');

type Signing = Readonly<{ key?: SigningKey; issuer?: string; audience?: string; nowMs?: number; lifetimeS?: number }>;

/** One deviation from a request that is right in everything. */
export type Deviation = Readonly<{
  caller?: string;
  certificate?: string;
  request?: Partial<PersonRetrieval>;
  lookup?: Partial<LookupRequest>;
  /** Laid over the wire form after the tokens were bound to the right one. */
  wire?: Partial<RetrieveEvidenceRequest__Output>;
  permission?: Partial<Omit<Permission, 'request_digest'>> & Readonly<{ request_digest?: string | undefined }>;
  permissionBy?: Signing;
  /** Puts another text in the token's place. */
  permissionToken?: (token: string) => string | Promise<string>;
  trigger?: Partial<TriggerPresentation>;
  triggerBy?: Signing;
  triggerToken?: (token: string) => string | Promise<string>;
  decision?: Partial<Decision>;
  attestationBy?: Signing & Readonly<{ jti?: string }>;
}>;

export type Person = Readonly<{ idnr: string; familyName: string; birthDate: string }>;

/** Synthetic, and loaded by the contract test from the demo's population. */
export const somebody: Person = { idnr: makeTestIdnr(4711), familyName: 'Musterfrau', birthDate: '1990-04-05' };

export function aCaller(federation: Federation, { caller = 'node', certificate }: Deviation = {}): Caller {
  const participant = federation.current.lookup.participant(caller);
  if (participant === undefined) throw new Error('no such participant');
  return { participant, thumbprint: certificate ?? federation.nodeCertificate };
}

function purposeHash({ current }: Federation): string {
  return current.lookup.purpose('kindergeld-antrag')?.hash ?? '';
}

export const FIELDS = ['birth_date', 'family_name', 'given_names'] as const;

export async function aRetrieval(
  federation: Federation,
  deviation: Deviation = {},
  { nowMs = NOW, person = somebody }: Readonly<{ nowMs?: number; person?: Person }> = {},
): Promise<RetrieveEvidenceRequest__Output> {
  const request: PersonRetrieval = {
    retrieval_id: randomUUID(),
    register: 'melderegister-bremen',
    consumer: 'familienkasse-online',
    purpose: 'kindergeld-antrag',
    purpose_hash: purposeHash(federation),
    legal_basis: 'egovg-5-1-1',
    subject_role: 'parent',
    nonce: secret(),
    issued_at: nowMs,
    evidence_type: 'meldedaten',
    fields: FIELDS,
    person: {
      idnr: person.idnr,
      birth_date: person.birthDate,
      commitment: { salt: secret(), family_name: person.familyName, idnr: null },
    },
    ...deviation.request,
  };
  const { salt, family_name, idnr } = request.person.commitment;
  const opening = { role: 'parent', salt, birth_date: request.person.birth_date, family_name, idnr };
  const tokens = await bind(federation, deviation, nowMs, {
    request,
    evidenceType: 'meldedaten',
    commitment: subjectCommitment(opening),
    providerArea: 'inneres',
  });
  return {
    ...request,
    fields: [...request.fields],
    nonce: Buffer.from(request.nonce, 'base64url'),
    issue_time: toTimestamp(request.issued_at) as NonNullable<RetrieveEvidenceRequest__Output['issue_time']>,
    person: {
      idnr: request.person.idnr,
      birth_date: request.person.birth_date,
      commitment: {
        salt: Buffer.from(salt, 'base64url'),
        ...(family_name === null ? {} : { family_name }),
        ...(idnr === null ? {} : { idnr }),
      },
    },
    ...tokens,
    ...deviation.wire,
  };
}

export async function aLookup(
  federation: Federation,
  deviation: Deviation = {},
  { nowMs = NOW }: Readonly<{ nowMs?: number }> = {},
): Promise<LookupPersonRequest__Output> {
  const request: LookupRequest = {
    retrieval_id: randomUUID(),
    register: 'identity-directory',
    consumer: 'familienkasse-online',
    purpose: 'kindergeld-antrag',
    purpose_hash: purposeHash(federation),
    legal_basis: 'idnrg-6',
    subject_role: 'parent',
    nonce: secret(),
    issued_at: nowMs,
    key: { set: 'idnr', idnr: somebody.idnr, birth_date: somebody.birthDate },
    commitment_salt: secret(),
    representative_idnr: null,
    ...deviation.lookup,
  };
  const { key, commitment_salt: salt } = request;
  const given =
    key.set === 'idnr' ? { family_name: null, idnr: key.idnr } : { family_name: key.family_name, idnr: null };
  const opening = { role: request.subject_role, salt, birth_date: key.birth_date, ...given };
  const tokens = await bind(federation, deviation, nowMs, {
    request,
    evidenceType: 'identity',
    commitment: subjectCommitment(opening),
    providerArea: 'inneres',
  });
  const { set, ...fields } = key;
  const { commitment_salt: _, representative_idnr: representative, key: __, ...stated } = request;
  return {
    ...stated,
    [`${set}_key`]: fields,
    commitment_salt: Buffer.from(salt, 'base64url'),
    ...(representative === null ? {} : { representative_idnr: representative }),
    nonce: Buffer.from(request.nonce, 'base64url'),
    issue_time: toTimestamp(request.issued_at) as NonNullable<LookupPersonRequest__Output['issue_time']>,
    ...tokens,
  };
}

type Bound = Readonly<{
  request: RetrievalRequest | LookupRequest;
  evidenceType: string;
  commitment: string;
  providerArea: string;
}>;

async function bind(
  federation: Federation,
  deviation: Deviation,
  nowMs: number,
  { request, evidenceType, commitment, providerArea }: Bound,
): Promise<{ permission_token: string; trigger_token: string }> {
  const fields = 'fields' in request ? request.fields : ['birth_date', 'idnr'];
  const digest = requestDigest(request);
  const consumer = 'familienkasse-online';
  const legalBasis = evidenceType === 'identity' ? 'idnrg-6' : 'egovg-5-1-1';
  const same = { purpose: 'kindergeld-antrag', purpose_hash: purposeHash(federation), legal_basis: legalBasis };
  const { permissionBy, triggerBy, attestationBy } = deviation;
  const register = 'fields' in request ? 'melderegister-bremen' : 'identity-directory';
  const permission = await issuePermissionToken(
    withoutUndefined<Permission>({
      ...same,
      consumer,
      register: permissionBy?.audience ?? register,
      evidence_type: evidenceType,
      fields,
      obligations: { rates: [] },
      areas: { consumer: 'wirtschaft-finanzen', provider: providerArea },
      node_certificate: federation.nodeCertificate,
      request_digest: digest,
      ...deviation.permission,
    }),
    {
      issuer: permissionBy?.issuer ?? 'intermediary',
      key: permissionBy?.key ?? federation.key('intermediary', 'permission'),
      nowMs: permissionBy?.nowMs ?? nowMs,
      ...(permissionBy?.lifetimeS === undefined ? {} : { lifetimeS: permissionBy.lifetimeS }),
    },
  );
  const attestation = await attest(
    {
      ...same,
      kind: 'CHOICE',
      requester: consumer,
      evidence_type: evidenceType,
      fields: [...fields],
      decider: 'pairwise-4711',
      acting: 'SELF',
      decider_role: request.subject_role,
      subject: { role: request.subject_role, commitment },
      assurance: 'substantial',
      text_hash: secret(),
      preview: 'WAIVED',
      decided_at: Math.floor(nowMs / 1000),
      ...deviation.decision,
    },
    {
      attester: attestationBy?.issuer ?? consumer,
      node: attestationBy?.audience ?? 'node',
      key: attestationBy?.key ?? federation.key(consumer, 'attestation'),
      nowMs: attestationBy?.nowMs ?? nowMs,
      lifetimeS: attestationBy?.lifetimeS ?? 600,
      ...(attestationBy?.jti === undefined ? {} : { jti: attestationBy.jti }),
    },
  );
  const trigger = await presentTrigger(
    {
      retrieval_id: request.retrieval_id,
      request_digest: digest,
      attestation: attestation.token,
      ...deviation.trigger,
    },
    {
      node: triggerBy?.issuer ?? 'node',
      register: triggerBy?.audience ?? register,
      key: triggerBy?.key ?? federation.key('node', 'trigger'),
      nowMs: triggerBy?.nowMs ?? nowMs,
    },
  );
  return {
    permission_token: (await deviation.permissionToken?.(permission.token)) ?? permission.token,
    trigger_token: (await deviation.triggerToken?.(trigger.token)) ?? trigger.token,
  };
}

function withoutUndefined<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

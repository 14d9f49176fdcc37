import { randomBytes, randomUUID } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { numericDate, toTimestamp } from '../../platform/clock.js';
import { openClient, RpcFailure, toFailure } from '../../platform/grpc-client.js';
import { REGISTER_PROTOS } from '../../platform/proto.js';
import type { RegisterServiceClient } from '../../platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { RetrieveEvidenceResponse__Output } from '../../platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import { thumbprintOfPem } from '../../platform/tls.js';
import { attest, type Decision } from '../../tokens/attestation.js';
import { type AttributeValue, disclose, registerIssuer, verifyEvidence } from '../../tokens/evidence-credential.js';
import { issuePermissionToken } from '../../tokens/permission-token.js';
import { type PersonRetrieval, requestDigest } from '../../tokens/register-request.js';
import { subjectCommitment } from '../../tokens/subject-commitment.js';
import { presentTrigger } from '../../tokens/trigger-token.js';
import { withClient } from '../database.js';
import type { TrialFederation } from './trial-federation.js';
import type { TrialTransfer } from './trial-transfer.js';

const ROLE = 'applicant';
const CALL_MS = 15_000;

export type TrialPerson = Readonly<{ idnr: string; birthDate: string }>;

export type TrialOutcome = Readonly<{
  /** Milliseconds from the request to the answer. */
  tookMs: number;
}> &
  (
    | Readonly<{ kind: 'answered'; asOf: string; attributes: Readonly<Record<string, AttributeValue>> }>
    /** The reason that the node would get, and the true cause, which stays in the register's own log. */
    | Readonly<{ kind: 'refused'; reason: string; cause: string | null }>
  );

/** One exchange with the edge on that port, with everything that it demands; what it sends is opened and verified. */
export async function tryExchange(
  port: number,
  transfer: TrialTransfer,
  person: TrialPerson,
  federation: TrialFederation,
): Promise<TrialOutcome> {
  const request = requestOf(transfer, person, federation);
  const tokens = await tokensOf(request, transfer, federation);
  const certificates = federation.current.lookup.catalogue.keys.flatMap((it) => it.certificates);
  const client = openClient<RegisterServiceClient>(
    REGISTER_PROTOS,
    'einmal.register.v1.RegisterService',
    { address: `localhost:${port}`, serverName: 'localhost', certificates },
    federation.nodeTls,
  );
  const started = performance.now();
  try {
    const { evidence_jwe: jwe } = await call(client, request, tokens);
    const tookMs = performance.now() - started;
    const record = await opened(jwe ?? '', { request, transfer, tokens, federation });
    return { kind: 'answered', tookMs, ...record };
  } catch (error) {
    if (!(error instanceof RpcFailure)) throw error;
    const tookMs = performance.now() - started;
    const cause = await loggedCause(request.retrieval_id, federation);
    return { kind: 'refused', tookMs, reason: error.reason ?? error.message, cause };
  } finally {
    client.close();
  }
}

function requestOf(
  { consumer, register, evidenceType, purpose, legalBasis, decision }: TrialTransfer,
  { idnr, birthDate }: TrialPerson,
  { current }: TrialFederation,
): PersonRetrieval {
  return {
    ...{ retrieval_id: randomUUID(), register, consumer, purpose, legal_basis: legalBasis.id },
    purpose_hash: current.lookup.purpose(purpose)?.hash ?? '',
    subject_role: ROLE,
    nonce: secret(),
    issued_at: Date.now(),
    evidence_type: evidenceType,
    fields: decision.fields,
    person: { idnr, birth_date: birthDate, commitment: { salt: secret(), family_name: null, idnr } },
  };
}

type Tokens = Readonly<{ permission: string; permissionId: string; trigger: string; attestationId: string }>;

async function tokensOf(
  request: PersonRetrieval,
  { evidenceType, legalBasis, decision, attester }: TrialTransfer,
  federation: TrialFederation,
): Promise<Tokens> {
  const { node, intermediary } = federation;
  const { consumer, register, purpose, purpose_hash } = request;
  const nowMs = request.issued_at;
  const digest = requestDigest(request);
  const permission = await issuePermissionToken(
    {
      ...{ consumer, register, evidence_type: evidenceType, fields: decision.fields },
      ...{ purpose, purpose_hash, legal_basis: legalBasis.id },
      ...{ obligations: decision.obligations, areas: decision.areas, request_digest: digest },
      node_certificate: thumbprintOfPem(federation.nodeTls.cert),
    },
    { issuer: intermediary.id, key: await federation.signingKey(intermediary.id, 'permission'), nowMs },
  );
  const { salt, idnr } = request.person.commitment;
  const commitment = subjectCommitment({
    ...{ role: ROLE, salt, birth_date: request.person.birth_date, family_name: null, idnr },
  });
  const decided: Decision = {
    ...{ kind: legalBasis.trigger, legal_basis: legalBasis.id, requester: consumer },
    ...{ evidence_type: evidenceType, fields: decision.fields, purpose, purpose_hash },
    ...{ decider: 'trial', acting: legalBasis.trigger === 'STATUTORY_TASK' ? 'AUTHORITY' : 'SELF', decider_role: ROLE },
    ...{ subject: { role: ROLE, commitment }, assurance: decision.minAssurance, text_hash: secret() },
    ...{ preview: legalBasis.preview ? 'WAIVED' : 'NOT_GRANTED', decided_at: numericDate(nowMs) },
  };
  const attestation = await attest(decided, {
    ...{ attester: attester.id, node: node.id, key: await federation.signingKey(attester.id, 'attestation') },
    ...{ nowMs, lifetimeS: 600 },
  });
  const trigger = await presentTrigger(
    { retrieval_id: request.retrieval_id, request_digest: digest, attestation: attestation.token },
    { node: node.id, register, key: await federation.signingKey(node.id, 'trigger'), nowMs },
  );
  return {
    ...{ permission: permission.token, permissionId: permission.jti },
    ...{ trigger: trigger.token, attestationId: attestation.jti },
  };
}

function call(
  client: RegisterServiceClient,
  request: PersonRetrieval,
  { permission, trigger }: Tokens,
): Promise<RetrieveEvidenceResponse__Output> {
  const { commitment, ...person } = request.person;
  const message = {
    ...request,
    fields: [...request.fields],
    nonce: Buffer.from(request.nonce, 'base64url'),
    issue_time: toTimestamp(request.issued_at),
    person: {
      ...person,
      commitment: { salt: Buffer.from(commitment.salt, 'base64url'), idnr: commitment.idnr ?? '' },
    },
    ...{ permission_token: permission, trigger_token: trigger },
  };
  return new Promise((resolve, reject) => {
    client.RetrieveEvidence(message, { deadline: Date.now() + CALL_MS }, (error, answer) => {
      if (error !== null) reject(toFailure(error));
      else if (answer === undefined) reject(new Error('neither answer nor refusal'));
      else resolve(answer);
    });
  });
}

type Expected = Readonly<{
  request: PersonRetrieval;
  transfer: TrialTransfer;
  tokens: Tokens;
  federation: TrialFederation;
}>;

async function opened(
  jwe: string,
  { request, transfer, tokens, federation }: Expected,
): Promise<Readonly<{ asOf: string; attributes: Readonly<Record<string, AttributeValue>> }>> {
  const { plaintext } = await compactDecrypt(jwe, await federation.decryptionKey(request.consumer));
  const { lookup } = federation.current;
  const register = lookup.register(request.register);
  const { use_days } = transfer.decision.obligations;
  const verified = await verifyEvidence(new TextDecoder().decode(plaintext), {
    keys: await federation.current.verificationKeys(register?.participant ?? '', 'evidence'),
    expected: {
      ...{ iss: registerIssuer(request.register), aud: request.consumer },
      ...{ vct: lookup.evidenceType(request.evidence_type)?.vct ?? '', evidence_type: request.evidence_type },
      ...{ subject_role: ROLE, purpose: request.purpose, purpose_hash: request.purpose_hash },
      ...{ legal_basis: request.legal_basis, retrieval_id: request.retrieval_id },
      ...{ request_digest: requestDigest(request), permission: tokens.permissionId, trigger: tokens.attestationId },
      assurance: transfer.decision.minAssurance,
      ...(use_days === undefined ? {} : { use_days }),
    },
    nowMs: Date.now(),
  });
  const { attributes } = disclose(verified, new Set(request.fields));
  return { asOf: verified.claims.as_of, attributes };
}

function loggedCause(retrievalId: string, { edgeDatabase }: TrialFederation): Promise<string | null> {
  return withClient(edgeDatabase.ownerUrl, async (client) => {
    const { rows } = await client.query<{ cause: string | null }>(
      'select cause from edge.log where retrieval_id = $1 order by sequence desc limit 1',
      [retrievalId],
    );
    return rows[0]?.cause ?? null;
  });
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

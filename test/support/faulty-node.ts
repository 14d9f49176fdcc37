import { randomBytes, randomUUID } from 'node:crypto';
import type { CatalogueLookup } from '../../src/catalogue/lookup.js';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import type { Person } from '../../src/demo/people/person.js';
import { GrpcIntermediary } from '../../src/permission/intermediary.grpc.js';
import { toTimestamp } from '../../src/platform/clock.js';
import { openClient, RpcFailure, unary } from '../../src/platform/grpc-client.js';
import { PERMISSION_PROTOS, REGISTER_PROTOS } from '../../src/platform/proto.js';
import type { PermissionServiceClient } from '../../src/platform/rpc-types/einmal/broker/v1/PermissionService.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { RetrieveEvidenceRequest } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse__Output } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import { readTlsIdentity, type TlsIdentity } from '../../src/platform/tls.js';
import { readSigningKey } from '../../src/tokens/jws.js';
import { type PersonRetrieval, requestDigest } from '../../src/tokens/register-request.js';
import { presentTrigger } from '../../src/tokens/trigger-token.js';
import { sharedParties } from './shared-parties.js';

const NODE = 'node';
const DEADLINE_MS = 5000;

/** Someone with the node's certificate and keys, who asks intermediary and registers as they like. */
export class FaultyNode {
  readonly #tls: TlsIdentity;
  readonly #intermediary: PermissionServiceClient;

  constructor(
    private readonly catalogue: CatalogueLookup,
    private readonly keyFolder: string,
  ) {
    this.#tls = readTlsIdentity(keyFolder);
    this.#intermediary = openClient(
      PERMISSION_PROTOS,
      'einmal.broker.v1.PermissionService',
      this.peer('intermediary'),
      this.#tls,
    );
  }

  /** A request that is right in everything, with tokens that were made for it alone. */
  async request(register: string, { decision, attestation, commitment_salt }: AttestedDecision, person: Person) {
    const request: PersonRetrieval = {
      retrieval_id: randomUUID(),
      register,
      consumer: decision.requester,
      purpose: decision.purpose,
      purpose_hash: decision.purpose_hash,
      legal_basis: decision.legal_basis,
      subject_role: decision.subject.role,
      nonce: randomBytes(32).toString('base64url'),
      issued_at: Date.now(),
      evidence_type: decision.evidence_type,
      fields: decision.fields,
      person: {
        idnr: person.idnr ?? '',
        birth_date: person.birthDate,
        commitment: { salt: commitment_salt, family_name: person.familyName, idnr: null },
      },
    };
    const digest = requestDigest(request);
    const { consumer, purpose, legal_basis, evidence_type, purpose_hash: purposeHash, fields } = request;
    const limits = { registerTimeoutMs: DEADLINE_MS, reserveMs: 0 };
    const party = sharedParties().of('intermediary');
    const permission = await new GrpcIntermediary(() => this.#intermediary, limits, party).check(
      { consumer, provider: register, evidence_type, purpose, legal_basis },
      { purposeHash, fields, digest },
      { deadline: Date.now() + DEADLINE_MS, signal: new AbortController().signal },
    );
    const { token } = await presentTrigger(
      { retrieval_id: request.retrieval_id, request_digest: digest, attestation },
      { node: NODE, register, key: await readSigningKey(this.keyFolder, 'trigger'), nowMs: Date.now() },
    );
    return toWire(request, { permission: permission.token ?? '', trigger: token });
  }

  /** What this register, or its replica at this address, answers to whoever shows this certificate. */
  async ask(
    register: string,
    message: RetrieveEvidenceRequest,
    tls = this.#tls,
    address = this.peer(register).address,
  ): Promise<string> {
    const service = 'einmal.register.v1.RegisterService';
    const peer = { ...this.peer(register), address };
    const client = openClient<RegisterServiceClient>(REGISTER_PROTOS, service, peer, tls);
    try {
      const answer = await unary<RetrieveEvidenceResponse__Output>(
        (metadata, options, done) => client.RetrieveEvidence(message, metadata, options, done),
        { deadline: Date.now() + DEADLINE_MS },
      );
      return answer.evidence_jwe === undefined ? 'nothing' : 'evidence';
    } catch (error) {
      if (error instanceof RpcFailure) return error.reason ?? error.message;
      throw error;
    } finally {
      client.close();
    }
  }

  close(): void {
    this.#intermediary.close();
  }

  private peer(participant: string) {
    const { address = '', server_name = '' } = this.catalogue.endpoint(participant) ?? {};
    return { address, serverName: server_name, certificates: this.catalogue.keysOf(participant)?.certificates ?? [] };
  }
}

function toWire(
  { person, nonce, issued_at, fields, ...stated }: PersonRetrieval,
  tokens: Readonly<{ permission: string; trigger: string }>,
): RetrieveEvidenceRequest {
  const { salt, family_name } = person.commitment;
  return {
    ...stated,
    fields: [...fields],
    person: {
      idnr: person.idnr,
      birth_date: person.birth_date,
      commitment: { salt: Buffer.from(salt, 'base64url'), family_name: family_name ?? '' },
    },
    nonce: Buffer.from(nonce, 'base64url'),
    issue_time: toTimestamp(issued_at),
    permission_token: tokens.permission,
    trigger_token: tokens.trigger,
  };
}

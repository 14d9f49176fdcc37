import { status } from '@grpc/grpc-js';
import type { AuditReceipt } from '../audit/log-store.js';
import { fromTimestamp, toTimestamp } from '../platform/clock.js';
import { RpcFailure, unary } from '../platform/grpc-client.js';
import type { RegisterServiceClient } from '../platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { RetrieveEvidenceRequest } from '../platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse__Output } from '../platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import type { RetrievalRequest } from '../tokens/register-request.js';
import { type RegisterAnswer, RegisterGateway } from './register-gateway.js';

export class GrpcRegisterGateway extends RegisterGateway {
  constructor(private readonly clientOf: (register: string) => RegisterServiceClient) {
    super();
  }

  override async ask(
    _receipt: AuditReceipt,
    request: RetrievalRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    call: Readonly<{ deadline: number; signal: AbortSignal }>,
  ): Promise<RegisterAnswer> {
    try {
      const client = this.clientOf(request.register);
      const answer = await unary<RetrieveEvidenceResponse__Output>(
        (m, o, done) => client.RetrieveEvidence(toWire(request, tokens), m, o, done),
        call,
      );
      if (answer.evidence_jwe !== undefined) return { kind: 'evidence', jwe: answer.evidence_jwe };
      const availableAt = fromTimestamp(answer.available_time);
      if (availableAt !== undefined) return { kind: 'deferred', availableAt };
      return { kind: 'unavailable', cause: 'EMPTY_ANSWER' };
    } catch (error) {
      if (!(error instanceof RpcFailure)) return { kind: 'unavailable', cause: 'FAULT' };
      if (error.reason === 'SUBJECT_NOT_AVAILABLE') return { kind: 'not-available' };
      if (error.isOutage || error.reason === undefined || error.reason === 'INTERNAL')
        return { kind: 'unavailable', cause: status[error.code] };
      return { kind: 'refused', reason: error.reason };
    }
  }
}

function toWire(
  request: RetrievalRequest,
  tokens: Readonly<{ permission: string; trigger: string }>,
): RetrieveEvidenceRequest {
  const { person, nonce, issued_at, fields, ...stated } = request;
  const { salt, family_name, idnr } = person.commitment;
  return {
    ...stated,
    fields: [...fields],
    person: {
      idnr: person.idnr,
      birth_date: person.birth_date,
      commitment: {
        salt: Buffer.from(salt, 'base64url'),
        ...(family_name === null ? {} : { family_name }),
        ...(idnr === null ? {} : { idnr }),
      },
    },
    nonce: Buffer.from(nonce, 'base64url'),
    issue_time: toTimestamp(issued_at),
    permission_token: tokens.permission,
    trigger_token: tokens.trigger,
  };
}

import { randomUUID } from 'node:crypto';
import { ASSURANCES, type ParticipantKind } from '../catalogue/catalogue.js';
import { outage, refusal } from '../platform/fault.js';
import { type CallLimits, limited, RpcFailure, unary } from '../platform/grpc-client.js';
import type { CheckPermissionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/CheckPermissionResponse.js';
import type { PermissionServiceClient } from '../platform/rpc-types/einmal/broker/v1/PermissionService.js';
import { Intermediary, type Permission } from './intermediary.js';
import type { TransferQuestion } from './transfer-question.js';

const KINDS: readonly ParticipantKind[] = [
  'online-service',
  'authority',
  'register',
  'identity-directory',
  'intermediary',
  'node',
  'pages',
];

export class GrpcIntermediary extends Intermediary {
  constructor(
    private readonly client: PermissionServiceClient,
    private readonly limits: CallLimits,
  ) {
    super();
  }

  override async check(
    question: TransferQuestion,
    asked: Parameters<Intermediary['check']>[1],
    call: Parameters<Intermediary['check']>[2],
  ): Promise<Permission> {
    const { consumer, provider, evidence_type, purpose, legal_basis } = question;
    const request = {
      check_id: randomUUID(),
      question: {
        consumer,
        register: provider,
        evidence_type,
        purpose,
        purpose_hash: Buffer.from(asked.purposeHash, 'base64url'),
        legal_basis,
        fields: [...asked.fields],
      },
      ...(asked.digest === undefined ? {} : { request_digest: Buffer.from(asked.digest, 'base64url') }),
    };
    try {
      const answer = await unary<CheckPermissionResponse__Output>(
        (m, o, done) => this.client.CheckPermission(request, m, o, done),
        limited(call, this.limits),
      );
      return {
        question,
        fields: answer.fields ?? [],
        attestedBy: KINDS.filter((kind) => answer.attested_by?.includes(kind)),
        minAssurance: ASSURANCES.find((level) => level === answer.min_assurance) ?? 'high',
        digestDue: answer.request_digest_due ?? false,
        token: answer.permission_token,
        ruleIds: answer.rule_ids ?? [],
      };
    } catch (error) {
      if (error instanceof RpcFailure && error.reason === 'PURPOSE_NOT_REGISTERED') throw refusal(error.reason);
      if (error instanceof RpcFailure && error.reason === 'TRANSFER_NOT_PERMITTED') throw refusal(error.reason);
      throw outage('INTERMEDIARY_UNAVAILABLE', error);
    }
  }
}

import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { obligationsToWire } from '../permission/obligations.wire.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { toTimestamp } from '../platform/clock.js';
import { type FieldViolation, invalid } from '../platform/fault.js';
import type { CheckPermissionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/CheckPermissionRequest.js';
import type { CheckPermissionResponse } from '../platform/rpc-types/einmal/broker/v1/CheckPermissionResponse.js';
import type { TransferQuestion__Output } from '../platform/rpc-types/einmal/broker/v1/TransferQuestion.js';
import { UUID } from '../platform/uuid.js';
import { CheckPermission } from './check-permission.js';

const ID = /^[a-z][a-z0-9-]{0,62}$/;
const ATTRIBUTE = /^[a-z][a-z0-9_]{0,62}$/;
const DIGEST_BYTES = 32;
const MAX_FIELDS = 128;

@Controller()
export class PermissionRpc {
  constructor(private readonly commands: CommandBus) {}

  @GrpcMethod('PermissionService', 'CheckPermission')
  async checkPermission(
    request: CheckPermissionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<CheckPermissionResponse> {
    const decoded = decode(request);
    const command = new CheckPermission(callerOf(call), decoded.checkId, decoded.question, decoded);
    const checked = await this.commands.execute(command);
    return {
      ...(checked.token === undefined ? {} : { permission_token: checked.token }),
      fields: [...checked.fields],
      request_digest_due: checked.digestRequired,
      attested_by: [...checked.attestedBy],
      min_assurance: checked.minAssurance,
      obligations: obligationsToWire(checked.obligations),
      rule_ids: [...checked.ruleIds],
      expire_time: toTimestamp(checked.expiresAt),
    };
  }
}

/** Every faulty field at once. */
function decode({
  check_id = '',
  question = {},
  request_digest,
  before_release = false,
}: CheckPermissionRequest__Output) {
  const violations: FieldViolation[] = [];
  const demand = (holds: boolean, field: string, description: string) => {
    if (!holds) violations.push({ field, description });
  };
  demand(UUID.test(check_id), 'check_id', 'must be a lower case UUID');
  for (const name of ['consumer', 'register', 'evidence_type', 'purpose', 'legal_basis'] as const) {
    demand(ID.test(question[name] ?? ''), `question.${name}`, 'must be an identifier of the catalogue');
  }
  demand(question.purpose_hash?.length === DIGEST_BYTES, 'question.purpose_hash', `must have ${DIGEST_BYTES} bytes`);
  const fields = question.fields ?? [];
  const named = fields.length > 0 && fields.length <= MAX_FIELDS && fields.every((it) => ATTRIBUTE.test(it));
  demand(named, 'question.fields', `must name 1 to ${MAX_FIELDS} attributes`);
  const digested = request_digest === undefined || request_digest.length === DIGEST_BYTES;
  demand(digested, 'request_digest', `must have ${DIGEST_BYTES} bytes`);
  if (violations.length > 0) throw invalid(violations);
  return {
    checkId: check_id,
    question: questionOf(question),
    purposeHash: question.purpose_hash?.toString('base64url') ?? '',
    fields,
    requestDigest: request_digest?.toString('base64url'),
    beforeRelease: before_release,
  };
}

function questionOf({
  consumer = '',
  register = '',
  evidence_type = '',
  purpose = '',
  legal_basis = '',
}: TransferQuestion__Output) {
  return { consumer, provider: register, evidence_type, purpose, legal_basis };
}

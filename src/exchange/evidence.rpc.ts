import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { manualPath } from '../catalogue/manual-path.js';
import { decodeWhere } from '../catalogue/where.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock, toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { AttestReleaseRequest__Output } from '../platform/rpc-types/einmal/broker/v1/AttestReleaseRequest.js';
import type { AttestReleaseResponse } from '../platform/rpc-types/einmal/broker/v1/AttestReleaseResponse.js';
import type { DecideReleaseRequest__Output } from '../platform/rpc-types/einmal/broker/v1/DecideReleaseRequest.js';
import type { DecideReleaseResponse } from '../platform/rpc-types/einmal/broker/v1/DecideReleaseResponse.js';
import type { PreviewEvidenceRequest__Output } from '../platform/rpc-types/einmal/broker/v1/PreviewEvidenceRequest.js';
import type { PreviewEvidenceResponse } from '../platform/rpc-types/einmal/broker/v1/PreviewEvidenceResponse.js';
import type { RetrieveEvidenceRequest__Output } from '../platform/rpc-types/einmal/broker/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse } from '../platform/rpc-types/einmal/broker/v1/RetrieveEvidenceResponse.js';
import { isOwnStatement, MAX_OWN_STATEMENTS, type OwnStatement } from '../tokens/own-statement.js';
import { AttestRelease } from './attest-release.js';
import { DecideRelease } from './decide-release.js';
import { contextOf, decodeSubjects } from './decode-exchange.js';
import { evidenceToWire, exchangeState, fieldToWire, notDeliveredToWire, statementsToWire } from './encode-exchange.js';
import type { NotDelivered } from './exchange.js';
import { ExchangeSettings } from './exchange-settings.js';
import { IDENTITY } from './prepare-exchange.js';
import { PreviewAtPages } from './preview-at-pages.js';
import { PreviewEvidence } from './preview-evidence.js';
import { type NamedNeed, RetrieveEvidence } from './retrieve-evidence.js';

@Controller()
export class EvidenceRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly catalogue: CurrentCatalogue,
    private readonly settings: ExchangeSettings,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('EvidenceService', 'RetrieveEvidence')
  async retrieveEvidence(
    request: RetrieveEvidenceRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<RetrieveEvidenceResponse> {
    const decoder = new Decoder();
    const command = new RetrieveEvidence(
      contextOf(call, this.clock.now(), this.settings),
      decoder.uuid('request_id', request.request_id),
      decoder.identifier('purpose', request.purpose),
      decodeSubjects(decoder, request.subjects, this.settings),
      decodeNeeds(decoder, request),
      decoder
        .list('identity_trigger_ids', request.identity_trigger_ids, { min: 0, max: 16 })
        .map((id, at) => decoder.identifier(`identity_trigger_ids[${at}]`, id)),
    );
    const answer = await this.commands.execute(decoder.done(command));
    return {
      exchange_id: answer.exchangeId,
      state: exchangeState(answer.notDelivered),
      evidence: answer.evidence.map(evidenceToWire),
      not_delivered: this.notDelivered(answer.notDelivered, {
        ...{ service: undefined, consumer: command.context.caller.participant.id, purpose: command.purpose },
      }),
      receipt: receiptToWire(answer.receipt),
      release_salt: Buffer.from(answer.releaseSalt, 'base64url'),
    };
  }

  @GrpcMethod('EvidenceService', 'PreviewEvidence')
  async previewEvidence(
    request: PreviewEvidenceRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<PreviewEvidenceResponse> {
    const decoder = new Decoder();
    const session = request.session_token ? decoder.token('session_token', request.session_token) : undefined;
    const asked = [
      contextOf(call, this.clock.now(), this.settings),
      decoder.uuid('exchange_id', request.exchange_id),
      decoder
        .list('held_ids', request.held_ids, { min: 0, max: 64 })
        .map((id, at) => decoder.uuid(`held_ids[${at}]`, id)),
    ] as const;
    const command = session === undefined ? new PreviewEvidence(...asked) : new PreviewAtPages(...asked, session);
    const { items, expiresAt, consumer, purpose } = await this.commands.execute(decoder.done(command));
    return {
      items: items.map(({ heldId, evidenceType, subjectRole, register, attributes, waits, decided }) => ({
        held_id: heldId,
        evidence_type: evidenceType,
        subject_role: subjectRole,
        register,
        attributes: [...attributes],
        waits,
        ...(decided && { decision: decided === 'REFUSE' ? 'HELD_DECISION_REFUSED' : 'HELD_DECISION_RELEASED' }),
      })),
      expire_time: toTimestamp(expiresAt),
      consumer,
      purpose,
    };
  }

  @GrpcMethod('EvidenceService', 'AttestRelease')
  async attestRelease(
    request: AttestReleaseRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<AttestReleaseResponse> {
    const decoder = new Decoder();
    const command = new AttestRelease(
      callerOf(call),
      decoder.uuid('exchange_id', request.exchange_id),
      decoder.token('session_token', request.session_token),
      decoder.token('attestation', request.attestation),
      decodeStatements(decoder, request),
    );
    await this.commands.execute(decoder.done(command));
    return {};
  }

  @GrpcMethod('EvidenceService', 'DecideRelease')
  async decideRelease(
    request: DecideReleaseRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<DecideReleaseResponse> {
    const decoder = new Decoder();
    const command = new DecideRelease(
      contextOf(call, this.clock.now(), this.settings),
      decoder.uuid('request_id', request.request_id),
      decoder.uuid('exchange_id', request.exchange_id),
      request.attestation ? decoder.token('attestation', request.attestation) : undefined,
    );
    const answer = await this.commands.execute(decoder.done(command));
    return {
      state: exchangeState(answer.notDelivered),
      fields: answer.fields.map(fieldToWire),
      not_delivered: this.notDelivered(answer.notDelivered, {
        ...{
          service: answer.service,
          consumer: command.context.caller.participant.id,
          purpose: answer.restsOn.purpose.id,
        },
      }),
      evidence: answer.evidence.map(evidenceToWire),
      receipt: receiptToWire(answer.receipt),
      release_salt: Buffer.from(answer.releaseSalt, 'base64url'),
      ...statementsToWire(answer.ownStatements),
    };
  }

  private notDelivered(
    items: readonly NotDelivered[],
    asked: Parameters<typeof manualPath>[1],
  ): ReturnType<typeof notDeliveredToWire>[] {
    return items.map((item) => notDeliveredToWire(item, manualPath(this.catalogue.catalogue, asked, item)));
  }
}

function decodeStatements(
  decoder: Decoder,
  { own_statements: given }: AttestReleaseRequest__Output,
): readonly OwnStatement[] {
  return decoder.list('own_statements', given, { min: 0, max: MAX_OWN_STATEMENTS }).map((statement, at) => {
    const path = `own_statements[${at}]`;
    const { value = '' } = statement;
    if (!isOwnStatement(value)) decoder.refuse(`${path}.value`, 'must be one line of DIN 91379 data type C');
    return {
      held_id: decoder.uuid(`${path}.held_id`, statement.held_id),
      attribute: decoder.identifier(`${path}.attribute`, statement.attribute),
      value,
      salt: decoder.bytes(`${path}.salt`, statement.salt, 32),
    };
  });
}

function decodeNeeds(decoder: Decoder, { needs }: RetrieveEvidenceRequest__Output): readonly NamedNeed[] {
  return decoder.list('needs', needs, { min: 1, max: 32 }).map((need, at) => {
    const path = `needs[${at}]`;
    const fields = decoder
      .list(`${path}.fields`, need.fields, { min: 0, max: 64 })
      .map((field, position) => decoder.identifier(`${path}.fields[${position}]`, field));
    if (new Set(fields).size !== fields.length) decoder.refuse(`${path}.fields`, 'must name each field once');
    if (need.evidence_type === IDENTITY) decoder.refuse(`${path}.evidence_type`, 'is looked up, not retrieved');
    return {
      evidenceType: decoder.identifier(`${path}.evidence_type`, need.evidence_type),
      subjectRole: decoder.identifier(`${path}.subject_role`, need.subject_role),
      fields: fields.length === 0 ? undefined : fields,
      partial: fields.length === 0,
      triggerId: decoder.identifier(`${path}.trigger_id`, need.trigger_id),
      where: decodeWhere(decoder, `${path}.`, need),
    };
  });
}

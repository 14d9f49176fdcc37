import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import type { ServerCall } from '../platform/call.js';
import { Clock, toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { ResolveIdentityRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ResolveIdentityRequest.js';
import type { ResolveIdentityResponse } from '../platform/rpc-types/einmal/broker/v1/ResolveIdentityResponse.js';
import { contextOf, decodeSubjects } from './decode-exchange.js';
import { ExchangeSettings } from './exchange-settings.js';
import { ResolveIdentity } from './resolve-identity.js';

@Controller()
export class IdentityRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly settings: ExchangeSettings,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('IdentityService', 'ResolveIdentity')
  async resolveIdentity(
    request: ResolveIdentityRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ResolveIdentityResponse> {
    const decoder = new Decoder();
    const subjects = decodeSubjects(decoder, request.subjects, this.settings);
    const isLookup = subjects.some(({ kind }) => kind === 'key') && subjects.every(({ kind }) => kind !== 'company');
    if (!isLookup)
      decoder.refuse('subjects', 'must be natural persons, by key sets; by a token only who represents one of them');
    const command = new ResolveIdentity(
      contextOf(call, this.clock.now(), this.settings),
      decoder.uuid('request_id', request.request_id),
      decoder.identifier('service', request.service),
      subjects,
      decoder
        .list('trigger_ids', request.trigger_ids, { min: 0, max: 16 })
        .map((id, at) => decoder.identifier(`trigger_ids[${at}]`, id)),
    );
    const resolved = await this.commands.execute(decoder.done(command));
    return {
      subjects: resolved.subjects.map(({ role, token, expiresAt }) => ({
        role,
        subject_token: token,
        expire_time: toTimestamp(expiresAt),
      })),
      receipt: receiptToWire(resolved.receipt),
    };
  }
}

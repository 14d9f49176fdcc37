import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { manualPath } from '../catalogue/manual-path.js';
import { decodeWhere } from '../catalogue/where.js';
import type { ServerCall } from '../platform/call.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { PrefillFormRequest__Output } from '../platform/rpc-types/einmal/broker/v1/PrefillFormRequest.js';
import type { PrefillFormResponse } from '../platform/rpc-types/einmal/broker/v1/PrefillFormResponse.js';
import { contextOf, decodeSubjects } from './decode-exchange.js';
import { evidenceToWire, exchangeState, fieldToWire, notDeliveredToWire } from './encode-exchange.js';
import { ExchangeSettings } from './exchange-settings.js';
import { PrefillForm } from './prefill-form.js';

@Controller()
export class PrefillRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly catalogue: CurrentCatalogue,
    private readonly settings: ExchangeSettings,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('PrefillService', 'PrefillForm')
  async prefillForm(
    request: PrefillFormRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<PrefillFormResponse> {
    const decoder = new Decoder();
    const command = new PrefillForm(
      contextOf(call, this.clock.now(), this.settings),
      decoder.uuid('request_id', request.request_id),
      decoder.identifier('service', request.service),
      decodeSubjects(decoder, request.subjects, this.settings),
      decoder
        .list('trigger_ids', request.trigger_ids, { min: 0, max: 64 })
        .map((id, at) => decoder.identifier(`trigger_ids[${at}]`, id)),
      decodeWhere(decoder, '', request),
    );
    const answer = await this.commands.execute(decoder.done(command));
    const service = this.catalogue.lookup.service(command.service);
    const asked = { service, consumer: command.context.caller.participant.id, purpose: service?.purpose ?? '' };
    return {
      exchange_id: answer.exchangeId,
      state: exchangeState(answer.notDelivered),
      fields: answer.fields.map(fieldToWire),
      not_delivered: answer.notDelivered.map((item) =>
        notDeliveredToWire(item, manualPath(this.catalogue.catalogue, asked, item)),
      ),
      evidence: answer.evidence.map(evidenceToWire),
      receipt: receiptToWire(answer.receipt),
      release_salt: Buffer.from(answer.releaseSalt, 'base64url'),
    };
  }
}

import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { Observable } from 'rxjs';
import { receiptToWire } from '../audit/receipt.wire.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { manualPath } from '../catalogue/manual-path.js';
import { decodeWhere } from '../catalogue/where.js';
import type { ServerCall } from '../platform/call.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { PrefillFormRequest__Output } from '../platform/rpc-types/einmal/broker/v1/PrefillFormRequest.js';
import type { PrefillFormResponse } from '../platform/rpc-types/einmal/broker/v1/PrefillFormResponse.js';
import type { StreamPrefillRequest__Output } from '../platform/rpc-types/einmal/broker/v1/StreamPrefillRequest.js';
import type { StreamPrefillResponse } from '../platform/rpc-types/einmal/broker/v1/StreamPrefillResponse.js';
import type { FormField } from '../prefill/form.js';
import { canonicalDigest } from '../tokens/digest.js';
import { contextOf, decodeSubjects } from './decode-exchange.js';
import type { Emission, Emit } from './emit-evidence.js';
import { evidenceToWire, exchangeState, fieldToWire, notDeliveredToWire } from './encode-exchange.js';
import { releasedText } from './exchange.js';
import type { ExchangeAnswer } from './exchange-answer.js';
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
    const command = this.decode(request, call);
    return this.encode(command, await this.commands.execute(command));
  }

  @GrpcMethod('PrefillService', 'StreamPrefill')
  streamPrefill(
    { request }: StreamPrefillRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Observable<StreamPrefillResponse> {
    // As many messages as the form has fields: they need no pace.
    return new Observable((caller) => {
      const sent = new Set<string>();
      const shown = new Map<string, string>();
      const show = (fields: readonly FormField[]): void => {
        for (const field of fields) {
          const [name, digest] = [`${field.fim_id} ${field.subject_role}`, canonicalDigest(field)];
          if (shown.get(name) === digest) continue;
          shown.set(name, digest);
          caller.next({ field: fieldToWire(field) });
        }
      };
      const send = ({ evidence, fields }: Emission): void => {
        sent.add(releasedText(evidence));
        show(fields);
        caller.next({ evidence: evidenceToWire(evidence) });
      };
      const answer = async (): Promise<void> => {
        const command = this.decode(request ?? {}, call, send);
        const ended = await this.commands.execute(command);
        const wire = this.encode(command, ended);
        // Of a repeat, and of what was not sent by itself.
        show(ended.fields);
        for (const it of ended.evidence) if (!sent.has(releasedText(it))) caller.next({ evidence: evidenceToWire(it) });
        for (const item of wire.not_delivered ?? []) caller.next({ not_delivered: item });
        caller.next({ answer: wire });
        caller.complete();
      };
      answer().catch((error: unknown) => caller.error(error));
    });
  }

  private decode(request: PrefillFormRequest__Output, call: ServerCall, emit?: Emit): PrefillForm {
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
      emit,
    );
    return decoder.done(command);
  }

  private encode({ service: id, context }: PrefillForm, answer: ExchangeAnswer): PrefillFormResponse {
    const service = this.catalogue.lookup.service(id);
    const asked = { service, consumer: context.caller.participant.id, purpose: service?.purpose ?? '' };
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

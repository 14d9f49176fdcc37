import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { from, type Observable } from 'rxjs';
import { receiptToWire } from '../audit/receipt.wire.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { manualPath } from '../catalogue/manual-path.js';
import { type ServerCall, signalOf } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import { paced } from '../platform/paced.js';
import type { GetDeferredEvidenceRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetDeferredEvidenceRequest.js';
import type { GetDeferredEvidenceResponse } from '../platform/rpc-types/einmal/broker/v1/GetDeferredEvidenceResponse.js';
import type { WatchExchangeRequest__Output } from '../platform/rpc-types/einmal/broker/v1/WatchExchangeRequest.js';
import type { WatchExchangeResponse } from '../platform/rpc-types/einmal/broker/v1/WatchExchangeResponse.js';
import { CollectEvidence } from './collect-evidence.js';
import { contextOf } from './decode-exchange.js';
import { evidenceToWire, exchangeState, fieldToWire, notDeliveredToWire } from './encode-exchange.js';
import { ExchangeSettings } from './exchange-settings.js';
import { DeferralWatch, type ExchangeStanding } from './watch-deferrals.js';

/** A watch ends with its call; nobody keeps one open for longer than this. Milliseconds. */
const LONGEST_WATCH_MS = 600_000;

@Controller()
export class DeferralRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly catalogue: CurrentCatalogue,
    private readonly watch: DeferralWatch,
    private readonly settings: ExchangeSettings,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('EvidenceService', 'GetDeferredEvidence')
  async getDeferredEvidence(
    request: GetDeferredEvidenceRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetDeferredEvidenceResponse> {
    const decoder = new Decoder();
    const command = new CollectEvidence(
      contextOf(call, this.clock.now(), this.settings),
      decoder.uuid('request_id', request.request_id),
      decoder.uuid('exchange_id', request.exchange_id),
    );
    const { service, purpose, ...answer } = await this.commands.execute(decoder.done(command));
    const asked = { service, consumer: command.context.caller.participant.id, purpose };
    return {
      state: exchangeState(answer.notDelivered),
      fields: answer.fields.map(fieldToWire),
      evidence: answer.evidence.map(evidenceToWire),
      not_delivered: answer.notDelivered.map((item) =>
        notDeliveredToWire(item, manualPath(this.catalogue.catalogue, asked, item)),
      ),
      ...(answer.receipt === undefined ? {} : { receipt: receiptToWire(answer.receipt) }),
      ...(answer.releaseSalt === undefined ? {} : { release_salt: Buffer.from(answer.releaseSalt, 'base64url') }),
    };
  }

  @GrpcMethod('EvidenceService', 'WatchExchange')
  watchExchange(
    request: WatchExchangeRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Observable<WatchExchangeResponse> {
    const decoder = new Decoder();
    const exchangeId = decoder.done(decoder.uuid('exchange_id', request.exchange_id));
    const signal = AbortSignal.any([signalOf(call), AbortSignal.timeout(LONGEST_WATCH_MS)]);
    const standings = this.watch.standings(exchangeId, callerOf(call), signal);
    return from(paced(messages(exchangeId, standings), call));
  }
}

const STATES = {
  waiting: 'DEFERRAL_STATE_WAITING',
  ready: 'DEFERRAL_STATE_READY',
  ended: 'DEFERRAL_STATE_ENDED',
} as const;

async function* messages(
  exchangeId: string,
  standings: AsyncIterable<ExchangeStanding>,
): AsyncGenerator<WatchExchangeResponse> {
  for await (const standing of standings) yield { exchange_id: exchangeId, state: STATES[standing] };
}

import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import type { ReceiptCopy } from '../audit/receipt.js';
import { receiptToWire } from '../audit/receipt.wire.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { GetTriggerRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetTriggerRequest.js';
import type { GetTriggerResponse } from '../platform/rpc-types/einmal/broker/v1/GetTriggerResponse.js';
import type { GrantTriggersRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GrantTriggersRequest.js';
import type { GrantTriggersResponse } from '../platform/rpc-types/einmal/broker/v1/GrantTriggersResponse.js';
import type { ListTriggersRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListTriggersRequest.js';
import type { ListTriggersResponse } from '../platform/rpc-types/einmal/broker/v1/ListTriggersResponse.js';
import type { WithdrawTriggersRequest__Output } from '../platform/rpc-types/einmal/broker/v1/WithdrawTriggersRequest.js';
import type { WithdrawTriggersResponse } from '../platform/rpc-types/einmal/broker/v1/WithdrawTriggersResponse.js';
import { decodeDecisions } from './decode-decisions.js';
import { GetTrigger } from './get-trigger.js';
import { GrantTriggers } from './grant-triggers.js';
import { ListTriggers } from './list-triggers.js';
import { triggerToWire } from './trigger.wire.js';
import { WithdrawTriggers } from './withdraw-triggers.js';

@Controller()
export class ConsentRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('ConsentService', 'GrantTriggers')
  async grantTriggers(
    request: GrantTriggersRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GrantTriggersResponse> {
    const decoder = new Decoder();
    decoder.uuid('request_id', request.request_id);
    const decisions = decodeDecisions(decoder, request.decisions, 1);
    const { triggers, receipts } = await this.commands.execute(
      new GrantTriggers(callerOf(call).participant.id, decoder.done(decisions)),
    );
    return { triggers: triggers.map((it) => triggerToWire(it, this.clock.now())), ...receiptsToWire(receipts) };
  }

  @GrpcMethod('ConsentService', 'WithdrawTriggers')
  async withdrawTriggers(
    request: WithdrawTriggersRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<WithdrawTriggersResponse> {
    const decoder = new Decoder();
    decoder.uuid('request_id', request.request_id);
    const ids = decoder
      .list('trigger_ids', request.trigger_ids, { min: 1, max: 64 })
      .map((id, at) => decoder.identifier(`trigger_ids[${at}]`, id));
    const { triggers, receipts } = await this.commands.execute(new WithdrawTriggers(callerOf(call), decoder.done(ids)));
    return { triggers: triggers.map((it) => triggerToWire(it, this.clock.now())), ...receiptsToWire(receipts) };
  }

  @GrpcMethod('ConsentService', 'GetTrigger')
  async getTrigger(
    request: GetTriggerRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetTriggerResponse> {
    const decoder = new Decoder();
    const id = decoder.done(decoder.identifier('trigger_id', request.trigger_id));
    const trigger = await this.queries.execute(new GetTrigger(callerOf(call), id));
    return { trigger: triggerToWire(trigger, this.clock.now()) };
  }

  @GrpcMethod('ConsentService', 'ListTriggers')
  async listTriggers(
    request: ListTriggersRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListTriggersResponse> {
    const decoder = new Decoder();
    const limit = decoder.pageSize('page_size', request.page_size);
    const before = decoder.optionalIdentifier('page_token', request.page_token);
    const triggers = await this.queries.execute(decoder.done(new ListTriggers(callerOf(call), limit, before)));
    const last = triggers.at(-1);
    return {
      triggers: triggers.map((it) => triggerToWire(it, this.clock.now())),
      ...(triggers.length < limit || last === undefined ? {} : { next_page_token: last.id }),
    };
  }
}

/** All, and the last by itself, as it was alone before. */
function receiptsToWire(copies: readonly ReceiptCopy[]): Pick<GrantTriggersResponse, 'receipt' | 'receipts'> {
  const receipts = copies.map(receiptToWire);
  const receipt = receipts.at(-1);
  return { receipts, ...(receipt === undefined ? {} : { receipt }) };
}

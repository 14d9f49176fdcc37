import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import { triggerToWire } from '../consent/trigger.wire.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock, toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { AskRegistersRequest__Output } from '../platform/rpc-types/einmal/broker/v1/AskRegistersRequest.js';
import type { AskRegistersResponse } from '../platform/rpc-types/einmal/broker/v1/AskRegistersResponse.js';
import type { GetOwnDiscrepancyRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetOwnDiscrepancyRequest.js';
import type { GetOwnDiscrepancyResponse } from '../platform/rpc-types/einmal/broker/v1/GetOwnDiscrepancyResponse.js';
import type { ListOwnDecisionsRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListOwnDecisionsRequest.js';
import type { ListOwnDecisionsResponse } from '../platform/rpc-types/einmal/broker/v1/ListOwnDecisionsResponse.js';
import type { OpenOwnEntryRequest__Output } from '../platform/rpc-types/einmal/broker/v1/OpenOwnEntryRequest.js';
import type { OpenOwnEntryResponse } from '../platform/rpc-types/einmal/broker/v1/OpenOwnEntryResponse.js';
import type { ReportOwnDiscrepancyRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ReportOwnDiscrepancyRequest.js';
import type { ReportOwnDiscrepancyResponse } from '../platform/rpc-types/einmal/broker/v1/ReportOwnDiscrepancyResponse.js';
import type { WithdrawOwnDecisionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/WithdrawOwnDecisionRequest.js';
import type { WithdrawOwnDecisionResponse } from '../platform/rpc-types/einmal/broker/v1/WithdrawOwnDecisionResponse.js';
import { AskRegisters } from './ask-registers.js';
import { decodeAttribute, decodeIndex, decodeRemark, reportDeadline } from './decode-citizen.js';
import { GetOwnDiscrepancy } from './get-own-discrepancy.js';
import { ListOwnDecisions } from './list-own-decisions.js';
import { OpenOwnEntry } from './open-own-entry.js';
import { answerToWire, STANDING_STATES } from './register-answer.wire.js';
import { ReportOwnDiscrepancy } from './report-own-discrepancy.js';
import { WithdrawOwnDecision } from './withdraw-own-decision.js';

const MAX_REGISTERS = 64;

/** What a person asks about themself, for pages. */
@Controller()
export class CitizenRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('CitizenService', 'AskRegisters')
  async askRegisters(
    request: AskRegistersRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<AskRegistersResponse> {
    const decoder = new Decoder();
    const session = decoder.token('session_token', request.session_token);
    const registers = decoder
      .list('registers', request.registers, { min: 0, max: MAX_REGISTERS })
      .map((it, at) => decoder.identifier(`registers[${at}]`, it));
    const { page_token: pageToken = '' } = request;
    if (pageToken !== '') decoder.token('page_token', pageToken);
    const choice = { registers, pageSize: decoder.pageSize('page_size', request.page_size), pageToken };
    const command = new AskRegisters(callerOf(call), session, choice);
    return { answers: (await this.commands.execute(decoder.done(command))).map(answerToWire) };
  }

  @GrpcMethod('CitizenService', 'OpenOwnEntry')
  async openOwnEntry(
    request: OpenOwnEntryRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<OpenOwnEntryResponse> {
    const decoder = new Decoder();
    const session = decoder.token('session_token', request.session_token);
    const index = decodeIndex(decoder, request.log_index);
    const opened = await this.commands.execute(decoder.done(new OpenOwnEntry(callerOf(call), session, index)));
    const { receipt, witnessed, attributes, fileReference, representation, ownStatements } = opened;
    return {
      receipt: receiptToWire(receipt),
      witnessed,
      attributes: [...attributes],
      file_reference: fileReference,
      representation,
      own_statements: ownStatements,
    };
  }

  @GrpcMethod('CitizenService', 'ListOwnDecisions')
  async listOwnDecisions(
    request: ListOwnDecisionsRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListOwnDecisionsResponse> {
    const decoder = new Decoder();
    const session = decoder.token('session_token', request.session_token);
    const limit = decoder.pageSize('page_size', request.page_size);
    const command = new ListOwnDecisions(callerOf(call), session, limit, request.page_token ?? '');
    const { decisions, nextPageToken, isCut } = await this.commands.execute(decoder.done(command));
    return {
      decisions: decisions.map(({ trigger, index, isRevocable }) => ({
        trigger: triggerToWire(trigger, this.clock.now()),
        log_index: index,
        revocable: isRevocable,
      })),
      next_page_token: nextPageToken,
      older_left_out: isCut,
    };
  }

  @GrpcMethod('CitizenService', 'WithdrawOwnDecision')
  async withdrawOwnDecision(
    request: WithdrawOwnDecisionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<WithdrawOwnDecisionResponse> {
    const decoder = new Decoder();
    const session = decoder.token('session_token', request.session_token);
    const index = decodeIndex(decoder, request.log_index);
    const command = decoder.done(new WithdrawOwnDecision(callerOf(call), session, index));
    const { trigger, receipt } = await this.commands.execute(command);
    return {
      trigger: triggerToWire(trigger, this.clock.now()),
      ...(receipt !== undefined && { receipt: receiptToWire(receipt) }),
    };
  }

  @GrpcMethod('CitizenService', 'ReportOwnDiscrepancy')
  async reportOwnDiscrepancy(
    request: ReportOwnDiscrepancyRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ReportOwnDiscrepancyResponse> {
    const decoder = new Decoder();
    const session = decoder.token('session_token', request.session_token);
    const reporting = {
      reportId: decoder.uuid('request_id', request.request_id),
      index: decodeIndex(decoder, request.log_index),
      attribute: decodeAttribute(decoder, request.attribute),
      remark: decodeRemark(decoder, request.remark),
    };
    const command = new ReportOwnDiscrepancy(callerOf(call), session, reporting, reportDeadline(call));
    const receipt = await this.commands.execute(decoder.done(command));
    return { log_index: receipt.index, receipt: receiptToWire(receipt) };
  }

  @GrpcMethod('CitizenService', 'GetOwnDiscrepancy')
  async getOwnDiscrepancy(
    request: GetOwnDiscrepancyRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetOwnDiscrepancyResponse> {
    const decoder = new Decoder();
    const session = decoder.token('session_token', request.session_token);
    const index = decodeIndex(decoder, request.log_index);
    const query = new GetOwnDiscrepancy(callerOf(call), session, index, reportDeadline(call));
    const standing = await this.queries.execute(decoder.done(query));
    const { register, attribute, state, acceptedAt, changedAt, explanation } = standing;
    return {
      register,
      attribute,
      state: STANDING_STATES[state],
      ...(acceptedAt !== undefined && { accept_time: toTimestamp(acceptedAt) }),
      ...(changedAt !== undefined && { change_time: toTimestamp(changedAt) }),
      explanation,
    };
  }
}

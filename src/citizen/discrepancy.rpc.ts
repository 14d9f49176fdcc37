import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Decoder } from '../platform/decode.js';
import type { ReportDiscrepancyRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ReportDiscrepancyRequest.js';
import type { ReportDiscrepancyResponse } from '../platform/rpc-types/einmal/broker/v1/ReportDiscrepancyResponse.js';
import { decodeAttribute, decodeIndex, decodeRemark, reportDeadline } from './decode-citizen.js';
import { ReportDiscrepancy } from './report-discrepancy.js';

/** Reports of those who got evidence. */
@Controller()
export class DiscrepancyRpc {
  constructor(private readonly commands: CommandBus) {}

  @GrpcMethod('EvidenceService', 'ReportDiscrepancy')
  async reportDiscrepancy(
    request: ReportDiscrepancyRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ReportDiscrepancyResponse> {
    const decoder = new Decoder();
    const reportId = decoder.uuid('request_id', request.request_id);
    const reporting = {
      reportId,
      index: decodeIndex(decoder, request.log_index),
      evidenceId: decoder.identifier('evidence_id', request.evidence_id),
      attribute: decodeAttribute(decoder, request.attribute),
      remark: decodeRemark(decoder, request.remark),
    };
    const command = new ReportDiscrepancy(callerOf(call), reporting, reportDeadline(call));
    const receipt = await this.commands.execute(decoder.done(command));
    return { report_id: reportId, receipt: receiptToWire(receipt) };
  }
}

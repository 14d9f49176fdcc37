import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { toTimestamp } from '../platform/clock.js';
import type { GetDiscrepancyRequest__Output } from '../platform/rpc-types/einmal/register/v1/GetDiscrepancyRequest.js';
import type { GetDiscrepancyResponse } from '../platform/rpc-types/einmal/register/v1/GetDiscrepancyResponse.js';
import type { ListSubjectEntriesRequest__Output } from '../platform/rpc-types/einmal/register/v1/ListSubjectEntriesRequest.js';
import type { ListSubjectEntriesResponse } from '../platform/rpc-types/einmal/register/v1/ListSubjectEntriesResponse.js';
import type { ReportDiscrepancyRequest__Output } from '../platform/rpc-types/einmal/register/v1/ReportDiscrepancyRequest.js';
import type { ReportDiscrepancyResponse } from '../platform/rpc-types/einmal/register/v1/ReportDiscrepancyResponse.js';
import { decodeInquiry } from './decode-inquiry.js';
import { decodeReport, decodeReportId } from './decode-report.js';
import type { DiscrepancyState } from './discrepancy-store.js';
import { EdgeIdentity } from './edge-identity.js';
import { GetDiscrepancy } from './get-discrepancy.js';
import { lineToWire } from './line.wire.js';
import { ListSubjectEntries } from './list-subject-entries.js';
import { ReportDiscrepancy } from './report-discrepancy.js';

/** What every edge answers to the person whom its lines are about, the identity directory too. */
@Controller()
export class SubjectRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly edge: EdgeIdentity,
  ) {}

  @GrpcMethod('RegisterService', 'ListSubjectEntries')
  async listSubjectEntries(
    request: ListSubjectEntriesRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListSubjectEntriesResponse> {
    const command = new ListSubjectEntries(callerOf(call), decodeInquiry(request, this.edge));
    const { lines, reachesBackTo, nextPageToken } = await this.commands.execute(command);
    return {
      entries: lines.map((line) => ({
        ...lineToWire(line),
        attributes: [...line.attributes],
        legal_basis: line.legalBasis ?? '',
        event: line.event,
      })),
      ...(reachesBackTo !== undefined && { reaches_back_to_time: toTimestamp(reachesBackTo) }),
      next_page_token: nextPageToken,
    };
  }

  @GrpcMethod('RegisterService', 'ReportDiscrepancy')
  async reportDiscrepancy(
    request: ReportDiscrepancyRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ReportDiscrepancyResponse> {
    const command = new ReportDiscrepancy(callerOf(call), decodeReport(request, this.edge));
    return { accept_time: toTimestamp(await this.commands.execute(command)) };
  }

  @GrpcMethod('RegisterService', 'GetDiscrepancy')
  async getDiscrepancy(
    request: GetDiscrepancyRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetDiscrepancyResponse> {
    const query = new GetDiscrepancy(callerOf(call), decodeReportId(request.report_id));
    const { state, acceptedAt, changedAt, explanation } = await this.queries.execute(query);
    return {
      state: STATES[state],
      accept_time: toTimestamp(acceptedAt),
      change_time: toTimestamp(changedAt),
      explanation,
    };
  }
}

const STATES = {
  received: 'DISCREPANCY_STATE_RECEIVED',
  'in-review': 'DISCREPANCY_STATE_IN_REVIEW',
  corrected: 'DISCREPANCY_STATE_CORRECTED',
  'not-confirmed': 'DISCREPANCY_STATE_NOT_CONFIRMED',
} as const satisfies Record<DiscrepancyState, string>;

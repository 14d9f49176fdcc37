import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import type { ServerCall } from '../platform/call.js';
import { toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { BeginPersonSearchRequest__Output } from '../platform/rpc-types/einmal/broker/v1/BeginPersonSearchRequest.js';
import type { BeginPersonSearchResponse } from '../platform/rpc-types/einmal/broker/v1/BeginPersonSearchResponse.js';
import type { FindEntriesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/FindEntriesRequest.js';
import type { FindEntriesResponse } from '../platform/rpc-types/einmal/broker/v1/FindEntriesResponse.js';
import type { GetOverviewRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetOverviewRequest.js';
import type { GetOverviewResponse } from '../platform/rpc-types/einmal/broker/v1/GetOverviewResponse.js';
import type { InspectEntryRequest__Output } from '../platform/rpc-types/einmal/broker/v1/InspectEntryRequest.js';
import type { InspectEntryResponse } from '../platform/rpc-types/einmal/broker/v1/InspectEntryResponse.js';
import type { ListProcessingUseRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListProcessingUseRequest.js';
import type { ListProcessingUseResponse } from '../platform/rpc-types/einmal/broker/v1/ListProcessingUseResponse.js';
import type { ListReadsRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListReadsRequest.js';
import type { ListReadsResponse } from '../platform/rpc-types/einmal/broker/v1/ListReadsResponse.js';
import type { OtherSide as WireOtherSide } from '../platform/rpc-types/einmal/broker/v1/OtherSide.js';
import { canonicalBytes } from '../tokens/digest.js';
import { decodeText } from '../transparency/decode-entries.js';
import { entryToWire } from '../transparency/entry.wire.js';
import { BeginPersonSearch } from './begin-person-search.js';
import { decodeIndex, decodePage, decodeQuery, visitOf } from './decode-oversight.js';
import { FindEntries } from './find-entries.js';
import { GetOverview } from './get-overview.js';
import { InspectEntry } from './inspect-entry.js';
import { ListProcessingUse } from './list-processing-use.js';
import { ListReads } from './list-reads.js';
import type { OtherSide } from './other-side.js';
import { overviewToWire } from './overview.wire.js';

const LONGEST_MS = 400 * 24 * 3_600_000;

/** The log as a whole, for officers and auditors: each look is an entry before anything is shown (IDNrG § 9). */
@Controller()
export class OversightRpc {
  constructor(private readonly commands: CommandBus) {}

  @GrpcMethod('OversightService', 'GetOverview')
  async getOverview(
    request: GetOverviewRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetOverviewResponse> {
    const decoder = new Decoder();
    const fromMs = request.from_time ? decoder.moment('from_time', request.from_time) : undefined;
    const toMs = request.to_time ? decoder.moment('to_time', request.to_time) : undefined;
    if (toMs !== undefined && fromMs !== undefined && (toMs <= fromMs || toMs - fromMs > LONGEST_MS))
      decoder.refuse('to_time', 'must be after from_time, by 400 days at most');
    if (toMs === undefined && fromMs !== undefined && Date.now() - fromMs > LONGEST_MS)
      decoder.refuse('from_time', 'must be 400 days ago at most');
    const command = new GetOverview(visitOf(decoder, request, call), fromMs, toMs);
    return overviewToWire(await this.commands.execute(decoder.done(command)));
  }

  @GrpcMethod('OversightService', 'FindEntries')
  async findEntries(
    request: FindEntriesRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<FindEntriesResponse> {
    const decoder = new Decoder();
    const query = decodeQuery(decoder, request.filter, request.events);
    const limit = decoder.pageSize('page_size', request.page_size);
    const command = new FindEntries(visitOf(decoder, request, call), query, limit, request.page_token ?? '');
    const { records, nextPageToken } = await this.commands.execute(decoder.done(command));
    return { entries: records.map(entryToWire), next_page_token: nextPageToken };
  }

  @GrpcMethod('OversightService', 'InspectEntry')
  async inspectEntry(
    request: InspectEntryRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<InspectEntryResponse> {
    const decoder = new Decoder();
    const command = new InspectEntry(
      visitOf(decoder, request, call),
      decodeIndex(decoder, 'log_index', request.log_index),
      decodeText(decoder, 'reason', request.reason, false),
      decoder.optionalLine('file_reference', request.file_reference) ?? '',
    );
    const { record, hidden, receipt, rules, related, trigger, otherSide } = await this.commands.execute(
      decoder.done(command),
    );
    return {
      entry: entryToWire(record),
      caller: canonicalBytes(record.caller).toString(),
      ...(hidden && { protected: canonicalBytes(hidden.part).toString(), protected_salt: hidden.salt }),
      receipt: receiptToWire(receipt),
      rules: rules.map(({ id, rule }) => ({ rule: id, effect: rule?.effect ?? '', source: rule?.source ?? '' })),
      related: related.map(entryToWire),
      ...(trigger && { trigger: entryToWire(trigger) }),
      ...(otherSide && { other_side: otherSideToWire(otherSide) }),
    };
  }

  @GrpcMethod('OversightService', 'BeginPersonSearch')
  async beginPersonSearch(
    request: BeginPersonSearchRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<BeginPersonSearchResponse> {
    const decoder = new Decoder();
    const command = new BeginPersonSearch(
      visitOf(decoder, request, call),
      decodeText(decoder, 'reason', request.reason, false),
      decoder.optionalLine('file_reference', request.file_reference) ?? '',
    );
    return { log_index: await this.commands.execute(decoder.done(command)) };
  }

  @GrpcMethod('OversightService', 'ListProcessingUse')
  async listProcessingUse(
    request: ListProcessingUseRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListProcessingUseResponse> {
    const decoder = new Decoder();
    const fromMs = request.from_time ? decoder.moment('from_time', request.from_time) : undefined;
    const command = new ListProcessingUse(visitOf(decoder, request, call), fromMs);
    const uses = await this.commands.execute(decoder.done(command));
    return {
      uses: uses.map(({ firstMs, lastMs, ...counted }) => ({
        ...counted,
        first_time: toTimestamp(firstMs),
        last_time: toTimestamp(lastMs),
      })),
    };
  }

  @GrpcMethod('OversightService', 'ListReads')
  async listReads(
    request: ListReadsRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListReadsResponse> {
    const decoder = new Decoder();
    const limit = decodePage(decoder, request.page_size);
    const command = new ListReads(visitOf(decoder, request, call), limit, request.page_token ?? '');
    const { reads, nextPageToken } = await this.commands.execute(decoder.done(command));
    return {
      reads: reads.map(({ record, actor, role, view, isOwn, reason, fileReference, openedIndex }) => ({
        ...{ entry: entryToWire(record), actor, role, view, own: isOwn, reason, file_reference: fileReference },
        ...(openedIndex !== undefined && { opened_index: openedIndex }),
      })),
      next_page_token: nextPageToken,
    };
  }
}

function otherSideToWire(other: OtherSide): WireOtherSide {
  if (other.kind !== 'line') return { state: other.kind };
  const { atMs, consumer = '', evidenceType = '', purpose = '', outcome, reason = '' } = other.line;
  return {
    state: 'line',
    log_time: toTimestamp(atMs),
    consumer,
    evidence_type: evidenceType,
    purpose,
    outcome,
    reason,
  };
}

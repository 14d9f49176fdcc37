import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { from, type Observable } from 'rxjs';
import { receiptToWire } from '../audit/receipt.wire.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Decoder } from '../platform/decode.js';
import { paced } from '../platform/paced.js';
import type { ExportEntriesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ExportEntriesRequest.js';
import type { ExportEntriesResponse } from '../platform/rpc-types/einmal/broker/v1/ExportEntriesResponse.js';
import type { GetKeyHistoryRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetKeyHistoryRequest.js';
import type { GetKeyHistoryResponse } from '../platform/rpc-types/einmal/broker/v1/GetKeyHistoryResponse.js';
import type { IssueReceiptRequest__Output } from '../platform/rpc-types/einmal/broker/v1/IssueReceiptRequest.js';
import type { IssueReceiptResponse } from '../platform/rpc-types/einmal/broker/v1/IssueReceiptResponse.js';
import type { ListEntriesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListEntriesRequest.js';
import type { ListEntriesResponse } from '../platform/rpc-types/einmal/broker/v1/ListEntriesResponse.js';
import type { OpenRecordRequest__Output } from '../platform/rpc-types/einmal/broker/v1/OpenRecordRequest.js';
import type { OpenRecordResponse } from '../platform/rpc-types/einmal/broker/v1/OpenRecordResponse.js';
import { Seal } from '../platform/secrets.js';
import { canonicalBytes } from '../tokens/digest.js';
import { decodeFilter, decodeText, listOf } from './decode-entries.js';
import { entryToWire } from './entry.wire.js';
import { ExportEntries } from './export-entries.js';
import { GetKeyHistory } from './get-key-history.js';
import { IssueReceipt } from './issue-receipt.js';
import { ListEntries } from './list-entries.js';
import { OpenRecord } from './open-record.js';
import { decodePosition, sealPosition } from './page-position.js';

/** base64url SHA-256. */
const THUMBPRINT = /^[\w-]{43}$/;

/** Entries and records of the log: each participant its own. */
@Controller()
export class EntriesRpc {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly seal: Seal,
  ) {}

  @GrpcMethod('TransparencyService', 'ListEntries')
  async listEntries(
    request: ListEntriesRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListEntriesResponse> {
    const decoder = new Decoder();
    const filter = decodeFilter(decoder, request.filter, callerOf(call).participant.id);
    const limit = decoder.pageSize('page_size', request.page_size);
    const before = decodePosition(decoder, this.seal, listOf(filter), request.page_token);
    const { records, next } = await this.queries.execute(decoder.done(new ListEntries(filter, limit, before)));
    return { entries: records.map(entryToWire), next_page_token: sealPosition(this.seal, listOf(filter), next) };
  }

  @GrpcMethod('TransparencyService', 'IssueReceipt')
  async issueReceipt(
    request: IssueReceiptRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<IssueReceiptResponse> {
    const decoder = new Decoder();
    const query = new IssueReceipt(callerOf(call).participant.id, decodeIndex(decoder, request.log_index));
    const { token, receipt } = await this.queries.execute(decoder.done(query));
    return { receipt_token: token, receipt: receiptToWire(receipt) };
  }

  @GrpcMethod('TransparencyService', 'GetKeyHistory')
  async getKeyHistory(request: GetKeyHistoryRequest__Output): Promise<GetKeyHistoryResponse> {
    const decoder = new Decoder();
    const register = decoder.identifier('register', request.register);
    const thumbprint = request.thumbprint ?? '';
    if (!THUMBPRINT.test(thumbprint)) decoder.refuse('thumbprint', 'must be SHA-256, base64url (RFC 7638)');
    const { key, receipts } = await this.queries.execute(decoder.done(new GetKeyHistory(register, thumbprint)));
    const { kid, alg, jwk } = key ?? {};
    return {
      ...(key === undefined ? {} : { jwk: canonicalBytes({ ...jwk, kid, alg }).toString() }),
      receipts: receipts.map(receiptToWire),
    };
  }

  @GrpcMethod('TransparencyService', 'OpenRecord')
  async openRecord(
    request: OpenRecordRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<OpenRecordResponse> {
    const decoder = new Decoder();
    const index = decodeIndex(decoder, request.log_index);
    const reason = decodeText(decoder, 'reason', request.reason, true);
    const fileReference = decodeText(decoder, 'file_reference', request.file_reference, false) || undefined;
    const command = new OpenRecord(callerOf(call).participant.id, index, reason, fileReference);
    const { record, hidden } = await this.commands.execute(decoder.done(command));
    return {
      entry: entryToWire(record),
      caller: canonicalBytes(record.caller).toString(),
      caller_salt: record.callerSalt,
      ...(hidden && { protected: canonicalBytes(hidden.part).toString(), protected_salt: hidden.salt }),
    };
  }

  @GrpcMethod('TransparencyService', 'ExportEntries')
  async exportEntries(
    request: ExportEntriesRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Observable<ExportEntriesResponse>> {
    const decoder = new Decoder();
    const consumer = callerOf(call).participant.id;
    const filter = decodeFilter(decoder, request.filter, consumer);
    const reason = decodeText(decoder, 'reason', request.reason, true);
    const parts = await this.commands.execute(decoder.done(new ExportEntries(consumer, filter, reason)));
    return from(paced(messages(parts), call));
  }
}

function decodeIndex(decoder: Decoder, given: unknown): number {
  const index = Number(given ?? 0);
  if (!Number.isSafeInteger(index) || index < 0) decoder.refuse('log_index', 'must be a whole number');
  return index;
}

async function* messages(parts: AsyncIterable<Buffer>): AsyncGenerator<ExportEntriesResponse> {
  for await (const ndjson of parts) yield { ndjson };
}

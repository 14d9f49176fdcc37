import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { ListSubjectEntriesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListSubjectEntriesRequest.js';
import type { ListSubjectEntriesResponse } from '../platform/rpc-types/einmal/broker/v1/ListSubjectEntriesResponse.js';
import type { LogEntry } from '../platform/rpc-types/einmal/broker/v1/LogEntry.js';
import { decodeText } from './decode-entries.js';
import { entryToWire } from './entry.wire.js';
import { ListSubjectEntries } from './list-subject-entries.js';
import type { EntryAbout } from './told-entries.js';

/** Entries about one person, for pages. */
@Controller()
export class SubjectEntriesRpc {
  constructor(private readonly commands: CommandBus) {}

  @GrpcMethod('TransparencyService', 'ListSubjectEntries')
  async listSubjectEntries(
    request: ListSubjectEntriesRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListSubjectEntriesResponse> {
    const decoder = new Decoder();
    const { subject_token: subject } = request;
    const grounds = {
      subjectToken: subject ? decoder.token('subject_token', subject) : '',
      reason: decodeText(decoder, 'reason', request.reason, false),
      fileReference: decoder.optionalLine('file_reference', request.file_reference) ?? '',
    };
    const session = decoder.token('session_token', request.session_token);
    const limit = decoder.pageSize('page_size', request.page_size);
    const command = new ListSubjectEntries(callerOf(call), session, grounds, limit, request.page_token ?? '');
    const { found, reachesBackTo, nextPageToken } = await this.commands.execute(decoder.done(command));
    return {
      entries: found.map(aboutToWire),
      ...(reachesBackTo !== undefined && { reaches_back_to_time: toTimestamp(reachesBackTo) }),
      next_page_token: nextPageToken,
    };
  }
}

function aboutToWire({ record, capacities, toldFrom }: EntryAbout): LogEntry {
  const named = capacities.map((it) =>
    it === 'subject' ? ('PERSON_CAPACITY_SUBJECT' as const) : ('PERSON_CAPACITY_DECIDER' as const),
  );
  return {
    ...entryToWire(record),
    capacities: named,
    ...(toldFrom === undefined ? {} : { told_from_time: toTimestamp(toldFrom) }),
  };
}

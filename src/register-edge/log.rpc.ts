import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { from, type Observable } from 'rxjs';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { paced } from '../platform/paced.js';
import type { StreamLogRequest__Output } from '../platform/rpc-types/einmal/register/v1/StreamLogRequest.js';
import type { StreamLogResponse } from '../platform/rpc-types/einmal/register/v1/StreamLogResponse.js';
import { decodePeriod } from './decode-period.js';
import type { EdgeLogLine } from './edge-log-reader.js';
import { lineToWire } from './line.wire.js';
import { StreamLog } from './stream-log.js';

/** Every edge shows its log, the identity directory too: a lookup is a retrieval. */
@Controller()
export class LogRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('RegisterService', 'StreamLog')
  async streamLog(
    request: StreamLogRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Observable<StreamLogResponse>> {
    const asked = decodePeriod(request, this.clock.now());
    const lines = await this.commands.execute(new StreamLog(callerOf(call), asked));
    return from(paced(messages(lines), call));
  }
}

async function* messages(lines: AsyncIterable<EdgeLogLine>): AsyncGenerator<StreamLogResponse> {
  for await (const line of lines) yield { entry: lineToWire(line) };
}

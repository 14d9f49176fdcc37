import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { deadlineOf, type ServerCall } from './call.js';
import { CallerDirectory, identifyCaller } from './caller.js';
import { Clock } from './clock.js';
import { Fault } from './fault.js';
import { Undecodable } from './proto.js';

/** First on every gRPC call: who calls, whether there is still time, whether the message could be read. */
@Injectable()
export class EntryGuard implements CanActivate {
  constructor(
    private readonly callers: CallerDirectory,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'rpc') return true;
    const call = context.getArgByIndex<ServerCall>(2);
    identifyCaller(call, this.callers);
    if (deadlineOf(call) <= this.clock.now()) throw new Fault('DEADLINE_PASSED');
    const message: unknown = context.getArgByIndex(0);
    if (message instanceof Undecodable) throw new Fault(message.reason, { metadata: message.metadata });
    return true;
  }
}

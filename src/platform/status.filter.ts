import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { RpcException } from '@nestjs/microservices';
import type { FastifyReply } from 'fastify';
import { type Observable, throwError } from 'rxjs';
import { isDatabaseLost } from './database-lost.js';
import { Fault, outage } from './fault.js';
import { describeError, type OperationalLog } from './operational-log.js';
import { statusOf } from './status.js';

/** The only place that turns faults into gRPC statuses. What is not a fault is a bug: fixed sentence outside, cause in the log. */
@Catch()
export class StatusFilter implements ExceptionFilter {
  constructor(protected readonly log: OperationalLog) {}

  catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    if (host.getType() === 'rpc') {
      const wire = this.toWire(this.toFault(error));
      return throwError(() => wire);
    }
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const code = error instanceof HttpException ? error.getStatus() : 500;
    if (code === 500) this.log.error(describeError(error), 'request failed');
    // The route may have set another type already.
    void reply
      .status(code)
      .type('application/json; charset=utf-8')
      .send({ error: error instanceof HttpException ? error.message : 'internal' });
    return undefined;
  }

  protected toWire(fault: Fault): ReturnType<typeof statusOf> {
    return statusOf(fault);
  }

  protected toFault(error: unknown): Fault {
    if (error instanceof Fault) {
      if (error.cause !== undefined)
        this.log.warn({ reason: error.reason, ...describeError(error.cause) }, 'call failed');
      return error;
    }
    if (error instanceof RpcException) return new Fault('CALL_NOT_ALLOWED');
    if (isDatabaseLost(error)) {
      this.log.warn(describeError(error), 'call failed: the database is away');
      return outage('STORE_UNAVAILABLE');
    }
    this.log.error(describeError(error), 'call failed');
    return new Fault('INTERNAL');
  }
}

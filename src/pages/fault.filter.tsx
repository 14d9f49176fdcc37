import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessRefused } from '../client/access-tokens.js';
import { RpcFailure } from '../platform/grpc-client.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import { PAGE_REASONS, PageFault, type PageReason, pageReasonOf } from './page-fault.js';
import { FaultPage, faultTitle } from './shell/fault-page.js';
import { htmlOf } from './shell/html.js';
import { visitOf } from './visit.guard.js';

/** Every failure becomes a page with a reason of the closed list; what was behind it is in the operational log alone. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(private readonly log: OperationalLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const reason = reasonOf(error);
    if (reason === 'INTERNAL') this.log.error(describeError(error), 'a page failed');
    else if (PAGE_REASONS[reason] >= 500) this.log.warn({ ...describeError(error), reason }, 'a page is not available');
    const visit = visitOf(request);
    const view = { title: faultTitle(reason, visit), body: <FaultPage reason={reason} visit={visit} /> };
    void reply
      .status(PAGE_REASONS[reason])
      .header('content-type', 'text/html; charset=utf-8')
      .send(htmlOf(view, visit));
  }
}

function reasonOf(error: unknown): PageReason {
  if (error instanceof PageFault) return error.reason;
  if (error instanceof RpcFailure) return pageReasonOf(error);
  if (error instanceof AccessRefused) return error.status >= 500 ? 'NODE_UNAVAILABLE' : 'INTERNAL';
  if (error instanceof HttpException) return error.getStatus() === 404 ? 'NOT_FOUND' : 'REQUEST_NOT_VALID';
  if (typeof error === 'object' && error !== null && 'statusCode' in error) {
    if (error.statusCode === 413) return 'REQUEST_TOO_LARGE';
    if (typeof error.statusCode === 'number' && error.statusCode < 500) return 'REQUEST_NOT_VALID';
  }
  return 'INTERNAL';
}

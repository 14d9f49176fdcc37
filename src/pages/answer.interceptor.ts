import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import { htmlOf } from './shell/html.js';
import type { Answer, Download } from './view.js';
import { visitOf } from './visit.guard.js';

type Sent = string | Buffer | Readable;

/** Turns what a page returns into HTML within the shell, a redirect (303), or a file. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<Answer, Sent> {
  constructor(private readonly log: OperationalLog) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<Sent> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer) => this.send(answer, request, reply)));
  }

  private send(answer: Answer, request: FastifyRequest, reply: FastifyReply): Sent {
    if ('redirectTo' in answer) {
      reply.status(303).header('location', answer.redirectTo);
      return '';
    }
    if ('download' in answer) {
      reply
        .header('content-type', answer.mediaType)
        .header('content-disposition', `attachment; filename="${answer.fileName}"`);
      return this.file(answer);
    }
    if (answer.status !== undefined) reply.status(answer.status);
    reply.header('content-type', 'text/html; charset=utf-8');
    return htmlOf(answer, visitOf(request));
  }

  private file({ download }: Download): Sent {
    if (typeof download === 'string' || download instanceof Uint8Array) return Buffer.from(download);
    // What has begun cannot become a page that says why: the connection breaks, and the browser says so.
    return Readable.from(download).on('error', (error) => this.log.warn(describeError(error), 'a file broke off'));
  }
}

import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { htmlOf } from './shell/html.js';
import type { Answer } from './view.js';
import { visitOf } from './visit.guard.js';

/** Turns what a page returns into HTML within the shell, a redirect (303), or a file. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<Answer, string | Buffer> {
  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<string | Buffer> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer) => send(answer, request, reply)));
  }
}

function send(answer: Answer, request: FastifyRequest, reply: FastifyReply): string | Buffer {
  if ('redirectTo' in answer) {
    reply.status(303).header('location', answer.redirectTo);
    return '';
  }
  if ('download' in answer) {
    reply
      .header('content-type', answer.mediaType)
      .header('content-disposition', `attachment; filename="${answer.fileName}"`);
    return Buffer.from(answer.download);
  }
  if (answer.status !== undefined) reply.status(answer.status);
  reply.header('content-type', 'text/html; charset=utf-8');
  return htmlOf(answer, visitOf(request));
}

import type { TLSSocket } from 'node:tls';
import { Body, Controller, Get, Header, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Participant } from '../catalogue/catalogue.js';
import { CallerDirectory } from '../platform/caller.js';
import { thumbprint } from '../platform/tls.js';
import { WitnessDesk } from './witness-desk.js';

const TEXT = 'text/plain; charset=utf-8';

/** The witness over HTTP (C2SP tlog-witness, HTTP Interface), for participants of the catalogue. */
@Controller()
export class WitnessHttp {
  constructor(
    private readonly desk: WitnessDesk,
    private readonly callers: CallerDirectory,
  ) {}

  @Post('add-checkpoint')
  async addCheckpoint(@Req() request: FastifyRequest, @Body() body: string, @Res() reply: FastifyReply): Promise<void> {
    const participant = this.participantOf(request);
    if (participant === undefined) {
      await reply.status(401).type(TEXT).send('not a participant\n');
      return;
    }
    const answer = await this.desk.addCheckpoint(body ?? '', participant.id);
    await reply
      .status(answer.status)
      .type(answer.isSize ? 'text/x.tlog.size' : TEXT)
      .send(answer.body);
  }

  /** What was last cosigned (C2SP tlog-witness, monitoring prefix). */
  @Get(':log/checkpoint')
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-store')
  async latest(@Param('log') log: string): Promise<string> {
    return found(await this.desk.latest(log));
  }

  /** Both histories of a log that was caught. */
  @Get(':log/fork')
  @Header('content-type', 'application/json')
  @Header('cache-control', 'no-store')
  async fork(@Param('log') log: string): Promise<string> {
    return found(await this.desk.fork(log));
  }

  private participantOf({ raw }: FastifyRequest): Participant | undefined {
    const { raw: der } = (raw.socket as TLSSocket).getPeerCertificate();
    return this.callers.participantOf(thumbprint(der));
  }
}

function found(text: string | undefined): string {
  if (text === undefined) throw new NotFoundException();
  return text;
}

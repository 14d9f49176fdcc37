import { Controller, Get, Header, NotFoundException } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetCheckpoint } from './get-checkpoint.js';
import { LogKey } from './log-key.js';

/** The public face of the log (C2SP tlog-tiles); leaves are bare commitments. */
@Controller('log')
export class LogHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly key: LogKey,
  ) {}

  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async checkpoint(): Promise<string> {
    const { checkpoint } = await this.queries.execute(new GetCheckpoint());
    if (checkpoint === undefined) throw new NotFoundException();
    return checkpoint;
  }

  @Get('vkey')
  @Header('content-type', 'text/plain; charset=utf-8')
  vkey(): string {
    return `${this.key.vkey}\n`;
  }
}

import { Controller, Get, Header, NotFoundException, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { TileFault } from '#libs/tlog/tile-fault.js';
import { parseTilePath, type TileId } from '#libs/tlog/tile-path.js';
import { GetCheckpoint } from './get-checkpoint.js';
import { GetTile } from './get-tile.js';
import { LogKey } from './log-key.js';

/** What a tile holds never changes, neither full nor partial (C2SP tlog-tiles, Merkle Tree). */
const FOR_EVER = 'public, max-age=31536000, immutable';

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

  /** `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`. What the log has not reached is cached by nobody: soon it is there. */
  @Get('tile/*')
  async tile(@Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    const tile = asked(`tile/${path}`);
    const bytes = tile && (await this.queries.execute(new GetTile(tile)));
    if (bytes === undefined) await reply.code(404).header('cache-control', 'no-store').send();
    else await reply.header('content-type', 'application/octet-stream').header('cache-control', FOR_EVER).send(bytes);
  }
}

function asked(path: string): TileId | undefined {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof TileFault) return undefined;
    throw error;
  }
}

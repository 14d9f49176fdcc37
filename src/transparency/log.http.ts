import { Controller, Get, Header, NotFoundException, Param, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { TileFault } from '#libs/tlog/tile-fault.js';
import { parseTilePath, type TileId } from '#libs/tlog/tile-path.js';
import { AtMost } from '../platform/at-most.js';
import { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { GetCheckpoint } from './get-checkpoint.js';
import { GetLogStatus } from './get-log-status.js';
import { GetTile } from './get-tile.js';
import { LogKey } from './log-key.js';
import { logStatusToJson } from './log-status.wire.js';
import { LogWitnesses } from './log-witnesses.js';

/** What a tile holds never changes, neither full nor partial (C2SP tlog-tiles, Merkle Tree). */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The public face of the log (C2SP tlog-tiles); leaves are bare commitments. */
@Controller('log')
@UseInterceptors(new AtMost({ running: 4, waiting: 256 }))
export class LogHttp {
  constructor(
    private readonly queries: QueryBus,
    private readonly key: LogKey,
    private readonly witnessed: WitnessedCheckpoints,
    private readonly witnesses: LogWitnesses,
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

  /** The newest checkpoint that a majority of the witnesses cosigned. With its tiles below it is a prefix of its own. */
  @Get('witnessed/checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async witnessedCheckpoint(): Promise<string> {
    const newest = await this.witnessed.newest();
    if (newest === undefined) throw new NotFoundException();
    return newest.note;
  }

  @Get('witnessed/tile/*')
  async witnessedTile(@Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    await this.tile(path, reply);
  }

  /** Whom one could believe (C2SP tlog-policy). Who verifies gets it on another way than from the log. */
  @Get('policy')
  @Header('content-type', 'text/plain; charset=utf-8')
  policy(): string {
    return this.witnesses.policy();
  }

  /** What the witnesses say of the log: participants, sizes, times; nothing about anybody. */
  @Get('status')
  @Header('cache-control', 'no-store')
  async status(): Promise<object> {
    return logStatusToJson(await this.queries.execute(new GetLogStatus()));
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

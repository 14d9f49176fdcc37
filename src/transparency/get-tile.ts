import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { formatEntryBundle } from '#libs/tlog/entry-bundle.js';
import { formatTile } from '#libs/tlog/tile.js';
import { isInTree, TILE_WIDTH, type TileId } from '#libs/tlog/tile-path.js';
import { LogReader } from '../audit/log-reader.js';
import { LogStore } from '../audit/log-store.js';

/** A tile or entry bundle; absent where the log does not reach so far (C2SP tlog-tiles, Partial Tiles). */
export class GetTile extends Query<Buffer | undefined> {
  constructor(readonly tile: TileId) {
    super();
  }
}

@QueryHandler(GetTile)
export class GetTileHandler implements IQueryHandler<GetTile> {
  constructor(
    private readonly store: LogStore,
    private readonly reader: LogReader,
  ) {}

  async execute({ tile }: GetTile): Promise<Buffer | undefined> {
    const { size } = await this.store.head();
    if (!isInTree(tile, size)) return undefined;
    const { level, index, width } = tile;
    const first = index * TILE_WIDTH;
    const found = level === 'entries' ? await this.reader.leaves(first, width) : await this.hashes(level, first, width);
    // Immutable and cached for ever by others: half of it must never leave.
    if (found.length !== width) throw new Error(`the log lacks a part of tile ${level}/${index}`);
    return level === 'entries' ? formatEntryBundle(found) : formatTile(found);
  }

  private hashes(level: number, first: number, width: number): Promise<Buffer[]> {
    return this.store.readNodes(Array.from({ length: width }, (_, i) => ({ level: 8 * level, index: first + i })));
  }
}

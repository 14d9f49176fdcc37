import type { Pool } from 'pg';
import { inTransaction } from '../platform/transaction.js';
import { type CommittedSample, type SampleItem, SampleStore, type StoredSample } from './sample-store.js';

type SampleRow = Readonly<{
  log_index: string;
  actor: string;
  nonce_hash: Buffer;
  first_index: string;
  end_index: string;
  size: number;
  committed_at: Date;
  checkpoint: string | null;
  nonce: Buffer | null;
}>;
type ItemRow = Readonly<{
  log_index: string;
  is_counted: boolean;
  finding: string | null;
  finding_index: string | null;
}>;

export class PostgresSampleStore extends SampleStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async add({ logIndex, actor, nonceHash, firstIndex, endIndex, size }: CommittedSample): Promise<void> {
    await this.pool.query(
      'insert into app.sample (log_index, actor, nonce_hash, first_index, end_index, size) values ($1, $2, $3, $4, $5, $6)',
      [logIndex, actor, nonceHash, firstIndex, endIndex, size],
    );
  }

  override async list(limit: number): Promise<readonly StoredSample[]> {
    const { rows } = await this.pool.query<SampleRow>('select * from app.sample order by log_index desc limit $1', [
      limit,
    ]);
    return rows.map((row) => storedSample(row, []));
  }

  override async find(logIndex: number): Promise<StoredSample | undefined> {
    const { rows } = await this.pool.query<SampleRow>('select * from app.sample where log_index = $1', [logIndex]);
    const items = await this.pool.query<ItemRow>(
      'select log_index, is_counted, finding, finding_index from app.sample_item where sample = $1 order by place',
      [logIndex],
    );
    return rows[0] && storedSample(rows[0], items.rows);
  }

  override async waiting(): Promise<readonly number[]> {
    const { rows } = await this.pool.query<{ log_index: string }>(
      'select log_index from app.sample where checkpoint is null order by log_index',
    );
    return rows.map(({ log_index }) => Number(log_index));
  }

  override async keepCheckpoint(logIndex: number, checkpoint: string): Promise<void> {
    await this.pool.query('update app.sample set checkpoint = $2 where log_index = $1 and checkpoint is null', [
      logIndex,
      checkpoint,
    ]);
  }

  override async keepDrawn(
    logIndex: number,
    nonce: Buffer,
    items: readonly Pick<SampleItem, 'logIndex' | 'isCounted'>[],
  ): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        'update app.sample set nonce = $2 where log_index = $1 and nonce is null and checkpoint is not null',
        [logIndex, nonce],
      );
      if (rowCount !== 1) return;
      await client.query(
        `insert into app.sample_item (sample, place, log_index, is_counted)
         select $1, place, index, counted from unnest($2::bigint[], $3::boolean[]) with ordinality as i (index, counted, place)`,
        [logIndex, items.map((it) => it.logIndex), items.map((it) => it.isCounted)],
      );
    });
  }

  override async keepFinding(logIndex: number, item: number, finding: string, findingIndex: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update app.sample_item set finding = $3, finding_index = $4
       where sample = $1 and log_index = $2 and is_counted and (finding_index is null or finding_index < $4)`,
      [logIndex, item, finding, findingIndex],
    );
    return rowCount === 1;
  }
}

function storedSample(row: SampleRow, items: readonly ItemRow[]): StoredSample {
  return {
    logIndex: Number(row.log_index),
    actor: row.actor,
    nonceHash: row.nonce_hash,
    firstIndex: Number(row.first_index),
    endIndex: Number(row.end_index),
    size: row.size,
    committedAtMs: row.committed_at.getTime(),
    checkpoint: row.checkpoint ?? undefined,
    nonce: row.nonce ?? undefined,
    items: items.map((it) => ({
      logIndex: Number(it.log_index),
      isCounted: it.is_counted,
      finding: it.finding ?? '',
      findingIndex: it.finding_index === null ? undefined : Number(it.finding_index),
    })),
  };
}

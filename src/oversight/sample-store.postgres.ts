import type { Pool } from 'pg';
import { inTransaction } from '../platform/transaction.js';
import {
  type CommittedSample,
  type Draw,
  type ItemPart,
  type SampleItem,
  SampleStore,
  type StoredSample,
} from './sample-store.js';

type SampleRow = Readonly<{
  log_index: string;
  actor: string;
  nonce_hash: Buffer;
  first_index: string;
  end_index: string;
  size: number;
  committed_at: Date;
  checkpoint: string | null;
  fixed_index: string | null;
  nonce: Buffer | null;
  drawn_index: string | null;
  witnessed: string | null;
}>;
type ItemRow = Readonly<{
  place: number;
  log_index: string;
  is_counted: boolean;
  finding: string | null;
  finding_index: string | null;
}>;

export class PostgresSampleStore extends SampleStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async add(sample: CommittedSample): Promise<void> {
    const { logIndex, actor, nonceHash, firstIndex, endIndex, size, committedAtMs } = sample;
    await this.pool.query(
      `insert into app.sample (log_index, actor, nonce_hash, first_index, end_index, size, committed_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [logIndex, actor, nonceHash, firstIndex, endIndex, size, new Date(committedAtMs)],
    );
  }

  override async list(before: number, limit: number): Promise<readonly StoredSample[]> {
    const { rows } = await this.pool.query<SampleRow>(
      'select * from app.sample where log_index < $1 order by log_index desc limit $2',
      [before, limit],
    );
    return rows.map(storedSample);
  }

  override async find(logIndex: number): Promise<StoredSample | undefined> {
    const { rows } = await this.pool.query<SampleRow>('select * from app.sample where log_index = $1', [logIndex]);
    return rows[0] && storedSample(rows[0]);
  }

  override async items(logIndex: number, { isCountedOnly, after, limit }: ItemPart): Promise<readonly SampleItem[]> {
    const { rows } = await this.pool.query<ItemRow>(
      `select place, log_index, is_counted, finding, finding_index from app.sample_item
       where sample = $1 and place > $2 and (is_counted or not $3) order by place limit $4`,
      [logIndex, after, isCountedOnly, limit],
    );
    return rows.map((it) => ({
      ...{ place: it.place, logIndex: Number(it.log_index), isCounted: it.is_counted, finding: it.finding ?? '' },
      findingIndex: it.finding_index === null ? undefined : Number(it.finding_index),
    }));
  }

  override async isCounted(logIndex: number, item: number): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'select from app.sample_item where sample = $1 and log_index = $2 and is_counted',
      [logIndex, item],
    );
    return rowCount === 1;
  }

  override async waiting(): Promise<readonly number[]> {
    const { rows } = await this.pool.query<{ log_index: string }>(
      'select log_index from app.sample where checkpoint is null order by log_index',
    );
    return rows.map(({ log_index }) => Number(log_index));
  }

  override async keepFixed(logIndex: number, checkpoint: string, fixedIndex: number): Promise<void> {
    await this.pool.query(
      'update app.sample set checkpoint = $2, fixed_index = $3 where log_index = $1 and checkpoint is null',
      [logIndex, checkpoint, fixedIndex],
    );
  }

  override async keepDrawn(logIndex: number, draw: Draw): Promise<void> {
    const { nonce, checkpoint, fixedIndex, witnessed, drawnIndex, items } = draw;
    await inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(
        `update app.sample set nonce = $2, checkpoint = $3, fixed_index = $4, witnessed = $5, drawn_index = $6
         where log_index = $1 and nonce is null`,
        [logIndex, nonce, checkpoint, fixedIndex, witnessed, drawnIndex],
      );
      if (rowCount !== 1) return;
      await client.query(
        `insert into app.sample_item (sample, place, log_index, is_counted)
         select $1, place, index, counted from unnest($2::bigint[], $3::boolean[]) with ordinality as i (index, counted, place)`,
        [logIndex, items.map((it) => it.logIndex), items.map((it) => it.isCounted)],
      );
    });
  }

  override async keepFinding(logIndex: number, item: number, finding: string, findingIndex: number): Promise<void> {
    await this.pool.query(
      `update app.sample_item set finding = $3, finding_index = $4
       where sample = $1 and log_index = $2 and is_counted and (finding_index is null or finding_index < $4)`,
      [logIndex, item, finding, findingIndex],
    );
  }
}

function storedSample(row: SampleRow): StoredSample {
  return {
    logIndex: Number(row.log_index),
    actor: row.actor,
    nonceHash: row.nonce_hash,
    firstIndex: Number(row.first_index),
    endIndex: Number(row.end_index),
    size: row.size,
    committedAtMs: row.committed_at.getTime(),
    checkpoint: row.checkpoint ?? undefined,
    fixedIndex: row.fixed_index === null ? undefined : Number(row.fixed_index),
    nonce: row.nonce ?? undefined,
    drawnIndex: row.drawn_index === null ? undefined : Number(row.drawn_index),
    witnessed: row.witnessed ?? undefined,
  };
}

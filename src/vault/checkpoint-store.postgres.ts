import type { Pool } from 'pg';
import { isSystemError } from '../platform/system-error.js';
import { CheckpointForked, CheckpointStore, type Kept, type KeptCheckpoint } from './checkpoint-store.js';

/** One row for each log in the vault's database, compared and set under its lock. */
export class PostgresCheckpointStore extends CheckpointStore {
  constructor(
    private readonly pool: Pool,
    private readonly origin: string,
  ) {
    super();
  }

  override async advance({ size, root, note }: KeptCheckpoint): Promise<Kept> {
    try {
      const { rows } = await this.pool.query<{ kept: Kept }>({
        name: 'keep_checkpoint',
        text: 'select vault.keep_checkpoint($1, $2, $3, $4) as kept',
        values: [this.origin, size, root, note],
      });
      return rows[0]?.kept ?? 'behind';
    } catch (error) {
      if (isSystemError(error, 'EV002')) throw new CheckpointForked(size);
      throw error;
    }
  }

  override async read(): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ note: string | null }>('select note from vault.log where origin = $1', [
      this.origin,
    ]);
    return rows[0]?.note ?? undefined;
  }
}

import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { type Epoch, EpochDestroyed, type EpochKeys, KeyVault, requireEpoch } from './key-vault.js';

const KEY_BYTES = 32;

type KeyRow = { wrap_key: Buffer | null; index_key: Buffer | null };

/** Epoch keys in a second database, which is neither restored nor backed up together with that of the log. */
export class PostgresKeyVault extends KeyVault {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async obtain(epoch: Epoch): Promise<EpochKeys> {
    const existing = await this.find(epoch);
    if (existing !== undefined) return existing;
    // Made here and not in SQL text, which a server may write into its log.
    const made = [randomBytes(KEY_BYTES), randomBytes(KEY_BYTES)];
    const { rows } = await this.pool.query<KeyRow>({
      name: 'obtain_epoch',
      text: 'select wrap_key, index_key from vault.obtain_epoch($1, $2, $3, $4)',
      values: [epoch.retentionClass, epoch.month, ...made],
    });
    return present(rows[0]);
  }

  override async find(epoch: Epoch): Promise<EpochKeys | undefined> {
    requireEpoch(epoch);
    const { rows } = await this.pool.query<KeyRow>({
      name: 'find_epoch',
      text: 'select wrap_key, index_key from vault.epoch where retention_class = $1 and month = $2',
      values: [epoch.retentionClass, epoch.month],
    });
    const [row] = rows;
    return row && present(row);
  }

  override async destroy(epoch: Epoch): Promise<void> {
    requireEpoch(epoch);
    await this.pool.query('select vault.destroy_epoch($1, $2)', [epoch.retentionClass, epoch.month]);
  }

  override epochs(): Promise<Epoch[]> {
    return this.named('is null');
  }

  override destroyed(): Promise<Epoch[]> {
    return this.named('is not null');
  }

  private async named(condition: 'is null' | 'is not null'): Promise<Epoch[]> {
    const { rows } = await this.pool.query<{ retention_class: string; month: string }>(
      `select retention_class, month from vault.epoch where destroyed_at ${condition} order by month, retention_class`,
    );
    return rows.map((row) => ({ retentionClass: row.retention_class, month: row.month }));
  }
}

function present(row: KeyRow | undefined): EpochKeys {
  if (row?.wrap_key == null || row.index_key == null) throw new EpochDestroyed('the epoch was destroyed');
  return { wrapKey: row.wrap_key, indexKey: row.index_key };
}

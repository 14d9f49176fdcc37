import { join } from 'node:path';
import type { Pool } from 'pg';
import { optional, text, whole } from '../platform/config.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import type { Opened } from '../platform/run-process.js';
import { FileCheckpointStore } from './checkpoint-store.file.js';
import type { CheckpointStore } from './checkpoint-store.js';
import { PostgresCheckpointStore } from './checkpoint-store.postgres.js';
import { DirectoryKeyVault } from './key-vault.directory.js';
import type { KeyVault } from './key-vault.js';
import { PostgresKeyVault } from './key-vault.postgres.js';
import { DirectoryKnownLogs } from './known-logs.directory.js';
import type { KnownLogs } from './known-logs.js';
import { PostgresKnownLogs } from './known-logs.postgres.js';
import { DirectoryTombstones } from './tombstones.directory.js';
import type { Tombstones } from './tombstones.js';
import { PostgresTombstones } from './tombstones.postgres.js';

const CONNECTIONS = 4;

/** Where everything is kept that must not be in the database of the log. */
export const vaultSettings = {
  keyFolder: text('EINMAL_KEYS'),
  /** Origin of the log: name of its key, first line of every checkpoint. */
  logOrigin: text('EINMAL_LOG_ORIGIN'),
  /** File with the last checkpoint; without it the checkpoint is kept in the vault's database. */
  checkpointFile: optional('EINMAL_CHECKPOINT_FILE'),
  /** Login of the nodes in the vault's database; without it the vault is a folder of the key folder. */
  vaultDatabaseUrl: optional('EINMAL_VAULT_DATABASE_URL'),
  /** No database is served that lacks more of its log than that. */
  backupMaxAgeDays: whole('EINMAL_BACKUP_MAX_AGE_DAYS', { min: 1, max: 92, fallback: 31 }),
} as const;

export type VaultConfig = Readonly<{
  keyFolder: string;
  logOrigin: string;
  checkpointFile: string | undefined;
  vaultDatabaseUrl: string | undefined;
}>;

/** What no single setting can say. */
export function vaultFaults(config: VaultConfig): readonly string[] {
  const isKept = config.checkpointFile !== undefined || config.vaultDatabaseUrl !== undefined;
  return isKept ? [] : ['EINMAL_CHECKPOINT_FILE is required where EINMAL_VAULT_DATABASE_URL names no database'];
}

/** The vault of one log: its keys, what was buried, its checkpoint, and what is known of it. */
export type Vault = Readonly<{
  keys: KeyVault;
  tombstones: Tombstones;
  checkpoints: CheckpointStore;
  logs: KnownLogs;
  /** Of the vault's database; absent where the vault is a folder. */
  pool?: Pool;
}>;

/** The adapters that the configuration names. */
export function startVault(config: VaultConfig, log: OperationalLog, opened: Opened): Vault {
  const { keyFolder, logOrigin, checkpointFile, vaultDatabaseUrl } = config;
  if (vaultDatabaseUrl === undefined) {
    if (checkpointFile === undefined) throw new TypeError('nowhere to keep the checkpoint');
    const folder = join(keyFolder, 'vault');
    return {
      keys: new DirectoryKeyVault(folder),
      tombstones: new DirectoryTombstones(join(folder, 'tombstones')),
      checkpoints: new FileCheckpointStore(checkpointFile),
      logs: new DirectoryKnownLogs(join(folder, 'logs')),
    };
  }
  const pool = openPool(vaultDatabaseUrl, { max: CONNECTIONS, log });
  opened.onClose(() => pool.end());
  return {
    pool,
    keys: new PostgresKeyVault(pool),
    tombstones: new PostgresTombstones(pool),
    checkpoints:
      checkpointFile === undefined
        ? new PostgresCheckpointStore(pool, logOrigin)
        : new FileCheckpointStore(checkpointFile),
    logs: new PostgresKnownLogs(pool),
  };
}

import pg from 'pg';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import { readLogSigner } from '../audit/log-signer.js';
import { ConfigFault, readConfig, text } from '../platform/config.js';
import { operationalLog } from '../platform/operational-log.js';
import { Opened } from '../platform/run-process.js';
import { startVault, vaultFaults, vaultSettings } from '../vault/start-vault.js';
import { type FsckParts, type FsckResult, fsck } from './fsck.js';
import { PostgresLogSnapshot } from './log-snapshot.postgres.js';

type Environment = Readonly<Record<string, string | undefined>>;

export type FsckOptions = Readonly<{
  /** Verifier key of the log, instead of the key folder's. */
  vkey?: string;
  /** With a login that may read the log and the public key, and nothing else: no protected half is opened. */
  withoutKeys?: true;
  onProgress?: (done: number, total: number) => void;
}>;

const database = { databaseUrl: text('DATABASE_URL') };

/** `einmal audit fsck`: re-hashes everything in the database of a log. Writes nothing; SELECT on the schema `log` is enough. */
export async function startFsck(options: FsckOptions, environment?: Environment): Promise<FsckResult> {
  const opened = new Opened();
  try {
    const { databaseUrl, ...parts } = await (options.withoutKeys
      ? bare(options, environment)
      : whole(options, environment, opened));
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
    // A connection that breaks is told by the question that is being asked.
    client.on('error', () => undefined);
    await client.connect();
    opened.onClose(() => client.end());
    const snapshot = await PostgresLogSnapshot.open(client);
    return await fsck({ ...parts, snapshot, ...(options.onProgress && { onProgress: options.onProgress }) });
  } finally {
    await opened.close();
  }
}

type Grounds = Omit<FsckParts, 'snapshot' | 'onProgress'> & Readonly<{ databaseUrl: string }>;

async function bare({ vkey }: FsckOptions, environment: Environment | undefined): Promise<Grounds> {
  if (vkey === undefined) throw new ConfigFault(['--without-keys needs the public key of the log: --vkey']);
  return { ...readConfig(database, environment), log: ed25519Verifier(vkey) };
}

async function whole({ vkey }: FsckOptions, environment: Environment | undefined, opened: Opened): Promise<Grounds> {
  const config = readConfig({ ...database, ...vaultSettings }, environment, vaultFaults);
  const { keyFolder, logOrigin, databaseUrl } = config;
  const log = ed25519Verifier(vkey ?? (await readLogSigner(keyFolder, logOrigin)).vkey);
  const { keys, tombstones, checkpoints, logs } = startVault(config, operationalLog('fsck', 'warn'), opened);
  const kept = await new CheckpointGuard(checkpoints, log).kept();
  const { successor } = await logs.find(log.name);
  return { databaseUrl, log, vault: { keys, tombstones }, hasEnded: successor !== undefined, ...(kept && { kept }) };
}

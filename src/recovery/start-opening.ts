import { readFile } from 'node:fs/promises';
import { isKeyName } from '#libs/tlog/verifier-key.js';
import { PostgresLogReader } from '../audit/log-reader.postgres.js';
import { PostgresLogStore } from '../audit/log-store.postgres.js';
import { GovernanceStart } from '../governance/start-governance.js';
import { SystemClock } from '../platform/clock.js';
import { optional, readConfig, text } from '../platform/config.js';
import { operationalLog } from '../platform/operational-log.js';
import { Opened } from '../platform/run-process.js';
import { importSigningKey, TokenFault } from '../tokens/jws.js';
import { type RecoveryStatement, readStatement, signRecovery } from '../tokens/recovery-token.js';
import { startVault, type VaultConfig, vaultFaults } from '../vault/start-vault.js';
import { agreedStatement, RecoveryRefused } from './agreed-statement.js';
import { diagnose, lostRange } from './diagnosis.js';
import { NextLogKey } from './next-log-key.js';
import { PostgresOldDatabase } from './old-database.postgres.js';
import { openLog } from './open-log.js';
import { logSettings, openOldLog, openPoolOf } from './start-recovery.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** `einmal audit recover propose`: what is lost, for two administrators to sign. Makes the key of the new log. */
export async function startProposal(newOrigin: string, environment?: Environment): Promise<RecoveryStatement> {
  const config = readConfig(logSettings, environment, vaultFaults);
  const { participant: node, keyFolder, logOrigin, databaseUrl } = config;
  if (!isKeyName(newOrigin) || newOrigin === logOrigin)
    throw new RecoveryRefused('the new log needs a name of its own, without blank and "+"');
  const opened = new Opened();
  try {
    const { signer, stateOf } = await openOldLog(config, opened);
    const found = await diagnose(stateOf(openPoolOf(databaseUrl, opened)));
    const { cause, kept, database } = found;
    const { vkey } = await new NextLogKey(keyFolder).make(newOrigin);
    return {
      node,
      old_log: signer.vkey,
      new_log: vkey,
      cause,
      ...(kept !== undefined && { kept: { size: kept.size, root: kept.root.toString('base64') } }),
      database,
      lost: lostRange(found),
    };
  } finally {
    await opened.close();
  }
}

/** `einmal audit recover sign`: one administrator's signature under a statement, wherever that person keeps the key. */
export async function startSignature(
  files: Readonly<{ statement: string; key: string }>,
  administrator: string,
): Promise<Readonly<{ statement: RecoveryStatement; token: string }>> {
  const statement = readProposal(await readFile(files.statement, 'utf8'));
  const key = await importSigningKey(JSON.parse(await readFile(files.key, 'utf8')));
  return { statement, token: await signRecovery(statement, { administrator, key, nowMs: Date.now() }) };
}

function readProposal(content: string): RecoveryStatement {
  try {
    return readStatement(JSON.parse(content));
  } catch (error) {
    if (error instanceof TokenFault || error instanceof SyntaxError)
      throw new RecoveryRefused('this is no statement of "einmal audit recover propose"');
    throw error;
  }
}

const openingSettings = {
  ...logSettings,
  catalogueFolder: text('EINMAL_CATALOGUE'),
  /** Of the database of the old log. */
  ownerUrl: text('EINMAL_DATABASE_OWNER_URL'),
  newDatabaseUrl: text('EINMAL_NEW_DATABASE_URL'),
  newCheckpointFile: optional('EINMAL_NEW_CHECKPOINT_FILE'),
} as const;

/**
 * `einmal audit recover open`: by the signatures of two administrators of the catalogue in force for the old database, which one
 * person's change of a folder does not make others of. Gives what they agreed on.
 */
export async function startOpening(
  signed: readonly string[],
  environment?: Environment,
): Promise<Readonly<{ statement: RecoveryStatement; by: readonly string[]; newOrigin: string }>> {
  const config = readConfig(openingSettings, environment, newLogFaults);
  const { participant: node, keyFolder, catalogueFolder } = config;
  const opened = new Opened();
  try {
    const old = openPoolOf(config.databaseUrl, opened);
    const { current } = await GovernanceStart.read(catalogueFolder, old, operationalLog('recover', 'warn'));
    const { administrators } = current.catalogue;
    const agreed = await agreedStatement(signed, { administrators, node, nowMs: Date.now() });
    const newOrigin = agreed.statement.new_log.split('+')[0] ?? '';
    const { signer: oldSigner, vault, stateOf } = await openOldLog(config, opened);
    const key = new NextLogKey(keyFolder);
    const signer = (await key.find(newOrigin)) ?? (await key.inUse(newOrigin));
    const pool = openPoolOf(config.newDatabaseUrl, opened);
    const { checkpoints } = startVault(newLog(config, newOrigin), operationalLog('recover', 'warn'), opened);
    const store = new PostgresLogStore({ pool, signer, vault: vault.keys, clock: new SystemClock() });
    await openLog({
      agreed,
      oldKey: oldSigner.vkey,
      old: stateOf(old),
      oldDatabase: new PostgresOldDatabase(openPoolOf(config.ownerUrl, opened)),
      fresh: { store, reader: new PostgresLogReader(pool), checkpoints },
      key,
      vault,
    });
    return { statement: agreed.statement, by: agreed.by, newOrigin };
  } finally {
    await opened.close();
  }
}

type OpeningConfig = VaultConfig & Readonly<{ newCheckpointFile: string | undefined }>;

function newLog(config: OpeningConfig, logOrigin: string): VaultConfig {
  return { ...config, logOrigin, checkpointFile: config.newCheckpointFile };
}

/** The checkpoint of the old log is kept as it is: the new one needs a place of its own. */
function newLogFaults(config: OpeningConfig): readonly string[] {
  const isElsewhere = config.newCheckpointFile !== undefined || config.vaultDatabaseUrl !== undefined;
  return [
    ...vaultFaults(config),
    ...(isElsewhere && (config.newCheckpointFile === undefined || config.newCheckpointFile !== config.checkpointFile)
      ? []
      : ['EINMAL_NEW_CHECKPOINT_FILE must be another file than EINMAL_CHECKPOINT_FILE']),
  ];
}

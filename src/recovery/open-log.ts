import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { AuditLog } from '../audit/audit-log.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import { type KnownState, rememberReached } from '../audit/known-state.js';
import type { LogReader } from '../audit/log-reader.js';
import type { LogStore } from '../audit/log-store.js';
import { openRecord } from '../audit/record-cipher.js';
import { canonicalBytes } from '../tokens/digest.js';
import type { RecoveryStatement } from '../tokens/recovery-token.js';
import type { CheckpointStore } from '../vault/checkpoint-store.js';
import type { Vault } from '../vault/start-vault.js';
import { type Agreed, RecoveryRefused } from './agreed-statement.js';
import { diagnose, lostRange } from './diagnosis.js';
import type { NextLogKey } from './next-log-key.js';
import type { OldDatabase } from './old-database.js';

/** The log that goes on, in a fresh database. */
export type NewLog = Readonly<{ store: LogStore; reader: LogReader; checkpoints: CheckpointStore }>;

export type Opening = Readonly<{
  agreed: Agreed;
  old: KnownState;
  /** Verifier key of the log that ends. */
  oldKey: string;
  oldDatabase: OldDatabase;
  fresh: NewLog;
  key: NextLogKey;
  vault: Vault;
}>;

/**
 * Ends the old log and opens the new one, whose first entry says which entries are lost and who decided. In an order in
 * which a crash leaves the old log ended, never both open; done again, it goes on where it stopped.
 *
 * @throws RecoveryRefused, NothingToRecover
 */
export async function openLog({ agreed, old, oldKey, oldDatabase, fresh, key, vault }: Opening): Promise<void> {
  const { statement } = agreed;
  const [from, to] = [statement.old_log, statement.new_log].map(nameOf);
  if (from !== old.origin || to === undefined || to === from)
    throw new RecoveryRefused(`the statement is about another log than ${old.origin}`);
  const { successor } = await vault.logs.find(old.origin);
  if (successor === undefined) await demandAsStated(statement, old, oldKey);
  else if (successor !== to) throw new RecoveryRefused(`${old.origin} has ended in favour of ${successor}`);
  const opened = await firstEntry(fresh, vault);
  if (opened === 'another') throw new RecoveryRefused('the new database is not empty');
  if (opened === 'nothing' && (await vault.logs.find(to)).newestAtMs !== undefined)
    throw new RecoveryRefused(`there was a log ${to} before`);
  const isInPlace = (await key.inUse(to)).vkey === statement.new_log;
  if (!isInPlace && (await key.find(to))?.vkey !== statement.new_log)
    throw new RecoveryRefused('the key folder has not the key that the statement names');
  await vault.logs.end(old.origin, to);
  await oldDatabase.seal(await vault.tombstones.buried());
  if (opened === 'nothing') await writeFirst(agreed, fresh);
  else if (!canonicalBytes(opened).equals(canonicalBytes(statement)))
    throw new RecoveryRefused('the new log was opened by another statement');
  await new CheckpointGuard(fresh.checkpoints, ed25519Verifier(statement.new_log)).check(fresh.store);
  await rememberReached({ reader: fresh.reader, logs: vault.logs, origin: to });
  if (!isInPlace) await key.use();
}

/** What the two saw is what is there now. */
async function demandAsStated(statement: RecoveryStatement, old: KnownState, oldKey: string): Promise<void> {
  const now = await diagnose(old);
  const { kept } = now;
  const found = {
    old_log: oldKey,
    cause: now.cause,
    ...(kept !== undefined && { kept: { size: kept.size, root: kept.root.toString('base64') } }),
    database: now.database,
    lost: lostRange(now),
  };
  const { node, new_log, ...stated } = statement;
  if (!canonicalBytes(found).equals(canonicalBytes(stated)))
    throw new RecoveryRefused('the database or the kept checkpoint is not as the statement says');
}

async function writeFirst({ statement, by, signed }: Agreed, { store }: NewLog): Promise<void> {
  const { index } = await new AuditLog(store).logOpened({
    caller: { consumer: statement.node },
    protected: { recovery: { statement, by, signed } },
  });
  if (index !== 0) throw new RecoveryRefused('somebody wrote into the new database');
}

async function firstEntry(
  { store, reader }: NewLog,
  { keys }: Vault,
): Promise<RecoveryStatement | 'nothing' | 'another'> {
  if ((await store.head()).size === 0) return 'nothing';
  const first = await reader.record(0);
  if (first?.caller.event !== 'log.opened') return 'another';
  const epoch = await keys.find(first.sealed.epoch);
  const { recovery } = epoch === undefined ? {} : openRecord(first.sealed, epoch).part;
  return recovery?.statement ?? 'another';
}

/** The name that a verifier key gives its log. */
function nameOf(vkey: string): string {
  return ed25519Verifier(vkey).name;
}

import type { Checkpoint } from '#libs/tlog/checkpoint.js';
import { BackupTooOld, checkState, type KnownState } from '../audit/known-state.js';
import { RollbackDetected } from '../audit/rollback.js';
import { StartFault } from '../platform/run-process.js';
import type { RecoveryCause, TreeState } from '../tokens/recovery-token.js';

/** What is wrong with a database. `kept`: what was acknowledged, as far as that is known. */
export type Diagnosis = Readonly<{
  cause: RecoveryCause;
  message: string;
  kept: Checkpoint | undefined;
  database: TreeState;
}>;

/** Nothing is recovered that is not broken: a healthy log would be ended, or replaced by an older one. */
export class NothingToRecover extends StartFault {
  override readonly name = 'NothingToRecover';

  constructor() {
    super('the database is what was acknowledged: there is nothing to recover');
  }
}

/** @throws NothingToRecover; LogEnded; RollbackDetected where the kept checkpoint itself cannot be trusted */
export async function diagnose(state: KnownState): Promise<Diagnosis> {
  const fault: unknown = await checkState(state).then(
    () => new NothingToRecover(),
    (error: unknown) => error,
  );
  const code = fault instanceof BackupTooOld ? 'BEHIND' : fault instanceof RollbackDetected ? fault.code : undefined;
  if (code === undefined || code === 'FILE_INVALID' || !(fault instanceof StartFault)) throw fault;
  const { size, root } = await state.store.head();
  const kept = await state.guard.kept();
  return { cause: code, message: fault.message, kept, database: { size, root: root.toString('base64') } };
}

/**
 * Which entries are lost: those behind a database that is behind; all, where it has another history or a head that
 * nobody signed. The end is that of the kept checkpoint, if that is beyond.
 */
export function lostRange({ cause, kept, database }: Diagnosis): Readonly<{ from: number; to?: number }> {
  const from = cause === 'BEHIND' ? database.size : 0;
  return { from, ...(kept !== undefined && kept.size > from && { to: kept.size }) };
}

import { StartFault } from '../platform/run-process.js';

/**
 * - `FILE_INVALID`: the kept checkpoint is not one that this log signed.
 * - `HEAD_INVALID`: the database contradicts itself, or its checkpoint is not one that this log signed.
 * - `BEHIND`: the database has fewer entries than were acknowledged, as after the restore of an old backup.
 * - `FORKED`: the database has the entries of another history.
 */
export type RollbackCode = 'FILE_INVALID' | 'HEAD_INVALID' | 'BEHIND' | 'FORKED';

/** The node must not serve: what it would sign next could contradict what it signed before. */
export class RollbackDetected extends StartFault {
  override readonly name = 'RollbackDetected';

  constructor(
    readonly code: RollbackCode,
    message: string,
    cause?: unknown,
  ) {
    super(`${message}; run "einmal audit recover"`, { cause });
  }
}

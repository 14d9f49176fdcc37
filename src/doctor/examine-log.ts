import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../audit/checkpoint-guard.js';
import type { LogStore } from '../audit/log-store.js';
import { RollbackDetected } from '../audit/rollback.js';
import { rootAt } from '../audit/root-at.js';
import type { CheckpointStore } from '../vault/checkpoint-store.js';
import type { CosignatureStore } from '../witnesses/cosignature-store.js';
import { type Diagnosis, failure, ok, warning } from './diagnosis.js';

const LONGEST_SILENCE_MS = 300_000;

/** The database against the checkpoint that is kept outside of it; reads alone, beside nodes that append. */
export async function examineCheckpoint(
  store: Pick<LogStore, 'head' | 'readNodes'>,
  kept: CheckpointStore,
  key: NoteVerifier,
): Promise<readonly Diagnosis[]> {
  const what = 'log and kept checkpoint';
  const todo = 'stop all nodes and read "After a rollback" in docs/operations.md';
  try {
    // First what is kept: by then the database has it.
    const checkpoint = await new CheckpointGuard(kept, key).kept();
    const { size } = await store.head();
    if (checkpoint === undefined)
      return size === 0
        ? [ok(what, 'nothing is logged yet')]
        : [warning(what, `none is kept of ${size} entries`, 'find out where it went; the node keeps the next one')];
    if (size < checkpoint.size)
      return [failure(what, `the database has ${size} entries, ${checkpoint.size} were acknowledged`, todo)];
    const root = await rootAt(store, checkpoint.size);
    if (root === undefined || !root.equals(checkpoint.root))
      return [failure(what, `the first ${checkpoint.size} entries are not those acknowledged`, todo)];
    return [ok(what, `${size} entries, ${checkpoint.size} kept`)];
  } catch (error) {
    if (error instanceof RollbackDetected) return [failure(what, error.message, todo)];
    throw error;
  }
}

/** Who vouches for the log, and how far behind. */
export async function examineWitnesses(
  names: readonly string[],
  store: CosignatureStore,
  size: number,
): Promise<readonly Diagnosis[]> {
  const what = (witness: string) => `witness "${witness}"`;
  if (names.length === 0)
    return [warning('witnesses', 'the catalogue names none', 'name some: without them nobody vouches for this log')];
  const [standings, nowMs] = [await store.standings(), await store.now()];
  return names.map((witness) => {
    const standing = standings.get(witness);
    const todo = 'ask its operator whether it runs, and look at GET /log/status';
    if (standing === undefined)
      return size === 0
        ? ok(what(witness), 'not asked yet')
        : warning(what(witness), 'was never asked', 'start a node');
    if (standing.last === 'disputed')
      return failure(what(witness), 'disputes the log', 'treat as an incident (docs/operations.md, Witnesses)');
    const lag = Math.max(size - standing.cosignedSize, 0);
    const silentMs = nowMs - (standing.cosignedAtMs ?? 0);
    return lag > 0 && silentMs > LONGEST_SILENCE_MS
      ? warning(what(witness), `${lag} entries behind`, todo)
      : ok(what(witness), `cosigned ${standing.cosignedSize} of ${size} entries`);
  });
}

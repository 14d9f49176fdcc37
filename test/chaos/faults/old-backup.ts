import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosSystem } from '../system.js';

const AHEAD_MS = 60_000;

/**
 * Copies the files of the stopped cluster and waits until every process has kept a checkpoint of something later: only
 * then can it know that the copy is old.
 */
export async function backUp(system: ChaosSystem): Promise<void> {
  const { cluster, appenders, database } = system;
  await cluster.stop();
  await cluster.backUp();
  await cluster.start();
  const { rows } = await database.query<{ size: string }>('select size from log.head');
  const size = Number(rows[0]?.size);
  for (const { name } of appenders)
    for (
      const until = performance.now() + AHEAD_MS;
      (await keptSize(system.checkpointFile(name))) <= size;
      await sleep(50)
    )
      if (performance.now() > until) throw new Error(`${name} kept no checkpoint after the backup`);
}

/** The second line of a checkpoint. */
async function keptSize(file: string): Promise<number> {
  const note = await readFile(file, 'utf8').catch(() => '');
  return Number(note.split('\n')[1] ?? 0);
}

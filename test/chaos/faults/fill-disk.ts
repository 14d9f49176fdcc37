import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Fault } from './fault.js';

const FULL_MS = 2500;
const ENDING_MS = 1000;

/** Nothing can be written to new space: tables cannot grow, and in half of the cases the WAL cannot either, which ends PostgreSQL. */
export const fillDisk: Fault = {
  name: 'fill-disk',
  what: 'disk of the database full, half of the times the WAL too',
  needs: 'log',
  share: 1,
  async inject({ cluster, disk, database, seen }, random) {
    if (disk.kind === 'none') return { kills: 0, impossible: 'neither a mount nor prlimit is to be had here' };
    await database.query('checkpoint');
    const before = seen.outages;
    await disk.fill(cluster.pid);
    const isWalToo = random.chance(0.5);
    if (isWalToo) await useUpWal(cluster.urlOf('postgres'));
    await sleep(FULL_MS);
    await disk.free(cluster.pid);
    // A server that cannot write its WAL comes back by itself or ends.
    await sleep(ENDING_MS);
    if (cluster.hasEnded) await cluster.start();
    if (seen.outages === before) throw new Error('the full disk hindered nobody');
    return { kills: 0, note: `${disk.kind}${isWalToo ? ', WAL too' : ''}` };
  },
};

/** Takes one segment after the other until there is none. */
async function useUpWal(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, query_timeout: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (let segment = 0; segment < 40; segment++)
      await client.query(`select pg_logical_emit_message(false, 'chaos', 'next'), pg_switch_wal()`);
  } catch {
    // That is what was wanted.
  } finally {
    await client.end().catch(() => undefined);
  }
}

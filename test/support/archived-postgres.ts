import { chmodSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { withClient } from '../../src/demo/database.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';

/** A server that archives its WAL into a folder, as one does that is to be restored. */
export async function startArchived(folder: string, archive: string): Promise<PostgresServer> {
  await mkdir(archive, { recursive: true });
  // The server may be another user of the operating system.
  chmodSync(archive, 0o777);
  await mkdir(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const server = await startPostgres({ folder, fsync: false });
  await withClient(server.url, async (client) => {
    await client.query("alter system set archive_mode = 'on'");
    // A name appears when its content is whole.
    const command = `cp "%p" "${archive}/.%f" && mv "${archive}/.%f" "${archive}/%f"`;
    await client.query(`alter system set archive_command = '${command}'`);
  });
  await server.stop();
  return startPostgres({ folder, fsync: false });
}

/** A file-level base backup beside the running server; what it needs of the WAL is in the archive when this returns. */
export async function backUp(server: PostgresServer, target: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query("select pg_backup_start('test', true)");
    await cp(join(server.folder, 'cluster'), target, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => !/postmaster\.(pid|opts)$|\/pg_wal\/.+/.test(path),
    });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(true)');
    await writeFile(join(target, 'backup_label'), rows[0]?.labelfile ?? '');
  } finally {
    await client.end();
  }
}

/** Waits until everything that was committed so far is in the archive. */
export async function archiveSoFar(server: PostgresServer, archive: string): Promise<void> {
  const segment = await withClient(server.url, async (client) => {
    const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name');
    return rows[0]?.name ?? '';
  });
  while (!(await readdir(archive)).includes(segment)) await sleep(50);
}

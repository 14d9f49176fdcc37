import { execFile } from 'node:child_process';
import { appendFile, chown, copyFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { withClient } from '../../src/demo/database.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';

const run = promisify(execFile);
const NAME = 'standby';
const FOLLOWS_MS = 30_000;

/** A second server that follows this one; from now on no commit counts before both have it. */
export async function startStandby(primary: Pick<PostgresServer, 'url' | 'port' | 'folder'>): Promise<PostgresServer> {
  const folder = join(primary.folder, NAME);
  const cluster = join(folder, 'cluster');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o711 });
  await withClient(primary.url, async (client) => {
    await client.query("alter system set wal_keep_size = '512MB'");
    await client.query('select pg_reload_conf()');
  });
  await copyRunning(primary, cluster);
  await copyFile(join(primary.folder, 'superuser.password'), join(folder, 'superuser.password'));
  const { password } = new URL(primary.url);
  const source = `host=127.0.0.1 port=${primary.port} user=postgres password=${password} application_name=${NAME}`;
  await appendFile(join(cluster, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
  await own(cluster, 'standby.signal', '');
  const standby = await startPostgres({ folder });
  await withClient(primary.url, async (client) => {
    await until(client, "select from pg_stat_replication where state = 'streaming'");
    await client.query(`alter system set synchronous_standby_names = '${NAME}'`);
    await client.query('select pg_reload_conf()');
    await until(client, "select from pg_stat_replication where sync_state = 'sync'");
  });
  return standby;
}

/** It follows no longer, with what it has. */
export async function deafen(standby: PostgresServer): Promise<void> {
  await withClient(standby.url, async (client) => {
    await client.query("alter system set primary_conninfo = ''");
    await client.query('select pg_reload_conf()');
    await until(client, 'select where not exists (select from pg_stat_wal_receiver)');
  });
}

/** The standby is the server from now on; one of its own it has not. */
export async function promote(standby: PostgresServer): Promise<void> {
  await withClient(standby.url, async (client) => {
    const { rows } = await client.query<{ is: boolean }>('select pg_promote(true, 30) as is');
    if (rows[0]?.is !== true) throw new Error('the standby was not promoted');
    await client.query('alter system reset synchronous_standby_names');
    await client.query('alter system reset primary_conninfo');
    // Nobody follows it: three copies of this WAL beside each other do not fit on the disk of a run.
    await client.query('alter system reset wal_keep_size');
  });
}

/** File by file, beside the running server. */
async function copyRunning({ url, folder }: Pick<PostgresServer, 'url' | 'folder'>, target: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('${NAME}', true)`);
    // Files that vanish meanwhile are in the WAL.
    await run('cp', ['-a', join(folder, 'cluster'), target]).catch((error: unknown) => {
      if (!/No such file or directory/.test(String(error))) throw error;
    });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    for (const name of ['postmaster.pid', 'postmaster.opts']) await rm(join(target, name), { force: true });
    await own(target, 'backup_label', rows[0]?.labelfile ?? '');
  } finally {
    await client.end();
  }
}

/** A file that belongs to whom the cluster belongs to. */
async function own(cluster: string, name: string, text: string): Promise<void> {
  const { uid, gid } = await stat(cluster);
  await writeFile(join(cluster, name), text, { mode: 0o600 });
  await chown(join(cluster, name), uid, gid);
}

async function until(client: pg.Client, query: string): Promise<void> {
  for (const end = performance.now() + FOLLOWS_MS; performance.now() < end; await sleep(20))
    if (((await client.query(query)).rowCount ?? 0) > 0) return;
  throw new Error(`the standby does not follow: ${query}`);
}

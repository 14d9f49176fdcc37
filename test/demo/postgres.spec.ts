import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, withClient } from '../../src/demo/database.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';

const CHILD = `
  const { startPostgres } = await import('./dist/src/demo/postgres.js');
  const server = await startPostgres({ folder: process.argv[1] });
  console.log(JSON.stringify({ pid: server.pid, url: server.url }));
  setInterval(() => {}, 1000);`;

describe('embedded PostgreSQL', () => {
  let folder: string;
  let server: PostgresServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-postgres-'));
    await chmod(folder, 0o711);
    server = await startPostgres({ folder: join(folder, 'own') });
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('is PostgreSQL 18 with durable commits, on the loopback interface alone', async () => {
    const [row] = await withClient(server.url, async (client) => {
      const { rows } = await client.query<Record<string, string>>(
        `select current_setting('server_version_num')::int / 10000 as version, current_setting('fsync') as fsync,
                current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as sockets,
                current_setting('password_encryption') as passwords`,
      );
      return rows;
    });
    expect(row).toEqual({ version: 18, fsync: 'on', listen: '127.0.0.1', sockets: '', passwords: 'scram-sha-256' });
  });

  it('gives a login no right but to connect, and another database not even that', async () => {
    const wish = { name: 'einmal_a', owner: 'a_owner', logins: ['a_login'] };
    const a = await createDatabase(server.url, wish);
    const b = await createDatabase(server.url, { name: 'einmal_b', owner: 'b_owner', logins: ['b_login'] });
    await expect(withClient(a.urlOf('a_login'), (it) => it.query('create schema mine'))).rejects.toMatchObject({
      code: '42501',
    });
    await expect(withClient(a.ownerUrl, (it) => it.query('create schema mine'))).resolves.toBeDefined();
    const foreign = new URL(b.urlOf('b_login'));
    foreign.pathname = '/einmal_a';
    await expect(withClient(foreign.href, async () => undefined)).rejects.toMatchObject({ code: '42501' });
    const again = await createDatabase(server.url, wish);
    expect(again.urlOf('a_login')).not.toBe(a.urlOf('a_login'));
    await expect(withClient(again.urlOf('a_login'), async () => 'in')).resolves.toBe('in');
  });

  it.each([
    ['by the kernel', true],
    ['by the watchdog', false],
  ])(
    'ends %s when its parent is killed, and the next start takes over',
    async (_how, withSetpriv) => {
      const data = join(folder, withSetpriv ? 'kernel' : 'watchdog');
      const bin = join(folder, 'bin');
      await mkdir(bin, { recursive: true });
      await symlink('/usr/bin/id', join(bin, 'id')).catch(() => undefined);
      const parent = spawn(process.execPath, ['--input-type=module', '-e', CHILD, data], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...(withSetpriv ? {} : { PATH: bin }) },
      });
      const [line] = await once(createInterface(parent.stdout), 'line');
      const { pid, url } = JSON.parse(String(line));
      expect(await answers(url)).toBe(true);
      parent.kill('SIGKILL');
      await ended(pid);
      const next = await startPostgres({ folder: data });
      expect(await answers(next.url)).toBe(true);
      await next.stop();
      expect(await answers(next.url)).toBe(false);
    },
    60_000,
  );
});

async function answers(url: string): Promise<boolean> {
  return withClient(url, async () => true).catch(() => false);
}

async function ended(pid: number): Promise<void> {
  for (const until = Date.now() + 15_000; Date.now() < until; await sleep(20)) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
  throw new Error('PostgreSQL is still running');
}

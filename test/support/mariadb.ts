import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../../src/demo/free-port.js';
import { eventually } from './eventually.js';

export type Mariadb = Readonly<{
  /** Of the database `register`. */
  ownerUrl: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  end(): Promise<void>;
}>;

/** A server of its own, on a port and in a folder that go with it; needs `mariadbd` on the path. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'einmal-mariadb-'));
  const data = join(folder, 'data');
  const port = await freePort();
  const bootstrap = join(folder, 'first.sql');
  const user = userInfo().username;
  await writeFile(
    bootstrap,
    `create database register;
create user owner@localhost identified by 'owner'; grant all on *.* to owner@localhost with grant option;`,
  );
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${user}`,
      '--skip-test-db',
      '--auth-root-authentication-method=normal',
    ],
    { stdio: 'ignore' },
  );
  const ownerUrl = `mysql://owner:owner@127.0.0.1:${port}/register`;
  let server: ChildProcess | undefined;
  const start = async (first: readonly string[] = []) => {
    server = spawn(
      'mariadbd',
      [
        '--no-defaults',
        `--user=${user}`,
        `--datadir=${data}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(folder, 's')}`,
        `--pid-file=${join(folder, 'pid')}`,
        ...first,
      ],
      { stdio: 'ignore' },
    );
    await eventually(
      async () => {
        try {
          await (await createConnection(ownerUrl)).end();
          return true;
        } catch {
          return false;
        }
      },
      (it) => it,
    );
  };
  const stop = async () => {
    if (server === undefined || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  };
  await start([`--init-file=${bootstrap}`]);
  return {
    ownerUrl,
    stop,
    start: () => start(),
    end: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

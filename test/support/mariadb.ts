import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

const SYSTEM_TABLES = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'];

/** A server of its own, on a port and in a folder that go with it; needs `mariadbd` on the path. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'einmal-mariadb-'));
  const data = join(folder, 'data');
  await mkdir(data);
  const port = await freePort();
  const user = userInfo().username;
  const common = ['--no-defaults', `--datadir=${data}`, `--user=${user}`];
  const first = join(folder, 'first.sql');
  await writeFile(
    first,
    `create database register;
create user owner@'%' identified by 'owner';
grant all on *.* to owner@'%' with grant option;
`,
  );
  const share = ['/usr/share/mysql', '/usr/share/mariadb'].find((it) =>
    existsSync(join(it, 'mysql_system_tables.sql')),
  );
  const tables = SYSTEM_TABLES.map((it) => readFileSync(join(share ?? '', it), 'utf8'));
  // A statement ends with its line.
  const input = ['create database mysql;', 'use mysql;', ...tables].join('\n');
  execFileSync('mariadbd', [...common, '--bootstrap'], { input, stdio: ['pipe', 'ignore', 'ignore'] });
  const ownerUrl = `mysql://owner:owner@127.0.0.1:${port}/register`;
  let server: ChildProcess | undefined;
  const start = async (more: readonly string[] = []) => {
    server = spawn(
      'mariadbd',
      [
        ...common,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(folder, 's')}`,
        `--pid-file=${join(folder, 'pid')}`,
        ...more,
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
  await start([`--init-file=${first}`]);
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

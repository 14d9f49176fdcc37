import { openSync } from 'node:fs';
import { join } from 'node:path';
import { spawnBound } from '../demo/bound-process.js';
import { inheritedEnvironment } from '../demo/inherited-environment.js';
import { postgresBinaries, postgresUser, runnableBinaries } from '../demo/postgres-binaries.js';
import type { OsUser, PostgresStarter } from '../recovery/replay-wal.js';

/** The `postgres` of a folder with PostgreSQL's programs, or the one that comes as a package; it ends with this process. */
export async function postgresStarter(
  bin: string | undefined,
): Promise<Readonly<{ start: PostgresStarter; user: OsUser | undefined }>> {
  const user = postgresUser();
  const command =
    bin === undefined ? (await runnableBinaries(await postgresBinaries(), user)).postgres : join(bin, 'postgres');
  return {
    user,
    start: async (args, logFile) => {
      const output = openSync(logFile, 'a');
      const env = { ...inheritedEnvironment(), LC_ALL: 'C' };
      const server = spawnBound({ command, args, env, stdio: ['ignore', output, output], farewell: 'SIGINT', user });
      return {
        ended: server.ended,
        stop: async () => {
          server.child.kill('SIGINT');
          await server.ended;
        },
      };
    },
  };
}

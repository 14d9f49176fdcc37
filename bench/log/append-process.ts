import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../../src/audit/checkpoint-guard.js';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { SystemClock } from '../../src/platform/clock.js';
import { FileCheckpointStore } from '../../src/vault/checkpoint-store.file.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { benchSigner } from './log-cluster.js';
import { retrievalOpened } from './sample-entries.js';

const WRITERS = 64;
const SAMPLE_EVERY = 1000;

/** What it is told: how many appends, into which database, and the folder for keys and checkpoint. */
export type AppendTask = Readonly<{ count: number; databaseUrl: string; folder: string }>;

// Answers with its memory in megabytes, every thousand appends.
const [{ count, databaseUrl, folder }] = (await once(process, 'message')) as [AppendTask];
const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
// The database may be stopped before this process has ended.
pool.on('error', () => undefined);
const signer = benchSigner();
const guard = new CheckpointGuard(new FileCheckpointStore(join(folder, 'checkpoint')), ed25519Verifier(signer.vkey));
const vault = new DirectoryKeyVault(join(folder, 'vault'));
const store = new PostgresLogStore({ pool, signer, vault, clock: new SystemClock(), guard });
let appended = 0;
await Promise.all(
  Array.from({ length: WRITERS }, async () => {
    while (appended < count) {
      const number = appended++;
      await store.append([retrievalOpened(number)]);
      if (number % SAMPLE_EVERY === 0) process.send?.(process.memoryUsage().rss / 2 ** 20);
    }
  }),
);
await guard.flush();
await pool.end();
process.disconnect();

/**
 * A node reduced to its log: opens, asks, closes, grants and withdraws through the real `PostgresLogStore`, its checkpoint
 * guard and its sweeper, as dense as they allow. What it says on standard output has left the process: `asked` stands for
 * the request to a register, `ack` for the answer to a client.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { CheckpointGuard } from '../../../src/audit/checkpoint-guard.js';
import { PostgresLogReader } from '../../../src/audit/log-reader.postgres.js';
import { readLogSigner } from '../../../src/audit/log-signer.js';
import { PostgresLogStore } from '../../../src/audit/log-store.postgres.js';
import { RollbackDetected } from '../../../src/audit/rollback.js';
import { Sweeper } from '../../../src/audit/sweeper.js';
import { randomStream } from '../../../src/demo/people/random.js';
import { SystemClock } from '../../../src/platform/clock.js';
import { operationalLog } from '../../../src/platform/operational-log.js';
import { openPool } from '../../../src/platform/pool.js';
import { FileCheckpointStore } from '../../../src/vault/checkpoint-store.file.js';
import { DirectoryKeyVault } from '../../../src/vault/key-vault.directory.js';
import type { WriterLine, WriterSettings } from './writer-lines.js';
import { WriterWork } from './writer-work.js';

const SWEEP_EVERY_MS = 1000;
const START_MS = 60_000;
const AT_ONCE = 4;

const settings = JSON.parse(process.env.CHAOS_WRITER ?? '{}') as WriterSettings;
const say = (line: WriterLine) => void process.stdout.write(`${JSON.stringify(line)}\n`);

const log = operationalLog(settings.name, 'warn');
const pool = openPool(settings.databaseUrl, { max: 6, log });
const signer = await readLogSigner(settings.keyFolder, settings.origin);
const vault = new DirectoryKeyVault(join(settings.keyFolder, 'vault'));
const guard = new CheckpointGuard(new FileCheckpointStore(settings.checkpointFile), ed25519Verifier(signer.vkey));
const store = new PostgresLogStore({ pool, signer, vault, clock: new SystemClock(), guard, log });
const sweeper = new Sweeper(new PostgresLogReader(pool), store, vault, settings.name);

/** As a node at its start; a database that is down for a moment is waited for. */
async function checked(): Promise<boolean> {
  for (const until = performance.now() + START_MS; performance.now() < until; await sleep(100)) {
    try {
      await guard.check(store);
      return true;
    } catch (error) {
      if (!(error instanceof RollbackDetected)) continue;
      say({ kind: 'not-started', why: error.message });
      return false;
    }
  }
  say({ kind: 'not-started', why: 'the database does not answer' });
  return false;
}

async function work(stream: number): Promise<never> {
  const random = randomStream(settings.seed, stream);
  const one = new WriterWork(store, random, say);
  for (;;) {
    await one.cycle();
    await sleep(random.between(20, 120));
  }
}

if (await checked()) {
  const sweep = () => sweeper.sweep().catch(() => undefined);
  // What passed its expiry while nobody ran is closed before anybody asks about it.
  await sweep();
  say({ kind: 'ready' });
  setInterval(() => void sweep(), SWEEP_EVERY_MS);
  if (!settings.sweepsOnly) await Promise.all(Array.from({ length: AT_ONCE }, (_, stream) => work(stream)));
} else {
  process.exitCode = 1;
  await pool.end();
}

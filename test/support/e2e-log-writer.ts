import { join } from 'node:path';
import pg from 'pg';
import { readLogSigner } from '../../src/audit/log-signer.js';
import type { NewEntry } from '../../src/audit/log-store.js';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { SystemClock } from '../../src/platform/clock.js';
import { DirectoryKeyVault } from '../../src/vault/key-vault.directory.js';
import { e2eSystem, named } from './e2e-system.js';

/** Appends to the node's log as a second node would: what a healthy system has none of, such as incidents. */
export async function appendAsNode(entries: readonly NewEntry[]): Promise<readonly number[]> {
  const { keys, logins, trust } = e2eSystem();
  const [origin = ''] = trust.log.split('+');
  const pool = new pg.Pool({ connectionString: named(logins, 'node'), max: 1 });
  try {
    const keyFolder = named(keys, 'node');
    const signer = await readLogSigner(keyFolder, origin);
    const vault = new DirectoryKeyVault(join(keyFolder, 'vault'));
    const store = new PostgresLogStore({ pool, signer, vault, clock: new SystemClock() });
    return (await store.append(entries)).map(({ index }) => index);
  } finally {
    await pool.end();
  }
}

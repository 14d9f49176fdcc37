import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Session } from 'fastify';
import pg from 'pg';
import { createDatabase, type Database, withClient } from '../../src/demo/database.js';
import { pagesMigrations } from '../../src/pages/migrations/pages-migrations.js';
import { PostgresSessionStore } from '../../src/pages/session/session-store.postgres.js';
import { migrate } from '../../src/platform/migrate.js';
import { Seal } from '../../src/platform/secrets.js';

const superuser = process.env.EINMAL_TEST_PG ?? '';
const name = `sessions_${randomBytes(5).toString('hex')}`;
const [owner, login] = [`${name}_owner`, `${name}_login`];
let database: Database;
let pool: pg.Pool;
let store: PostgresSessionStore;
beforeAll(async () => {
  database = await createDatabase(superuser, { name, owner, logins: [login] });
  await migrate(database.ownerUrl, pagesMigrations(login));
  pool = new pg.Pool({ connectionString: database.urlOf(login), max: 4 });
  store = new PostgresSessionStore(pool, new Seal(Buffer.alloc(32, 3)), 3);
});
afterAll(async () => {
  await pool.end();
  await withClient(superuser, async (client) => {
    await client.query(`drop database "${name}" with (force)`);
    await client.query(`drop role "${owner}", "${login}"`);
  });
});

function set(id: string, session: object): Promise<void> {
  return new Promise((resolve, reject) =>
    store.set(id, { cookie: {}, ...session } as unknown as Session, (error) => (error ? reject(error) : resolve())),
  );
}

function isThere(id: string): Promise<boolean> {
  return new Promise((resolve, reject) =>
    store.get(id, (error, session) => (error ? reject(error) : resolve(session != null))),
  );
}

describe('sign-ins that were begun and not ended', () => {
  it('are kept up to a limit, and the oldest are forgotten: who is signed in stays', async () => {
    await set('signed in', { account: { signedIn: { role: 'citizen', actor: 'pseudonym' } } });
    const begun = Array.from({ length: 5 }, (_, n) => `begun ${n}`);
    for (const id of begun) await set(id, { pending: { state: id } });
    expect(await Promise.all(begun.map(isThere))).toEqual([false, false, true, true, true]);
    expect(await isThere('signed in')).toBe(true);
  });
});

import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { leafHash } from '#libs/merkle/hash.js';
import { verifyInclusion } from '#libs/merkle/verify.js';
import { verifyTlogProof } from '#libs/tlog/tlog-proof.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { readLogSigner } from '../../src/audit/log-signer.js';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import { PostgresLogStore } from '../../src/audit/log-store.postgres.js';
import { createDatabase, type Database, withClient } from '../../src/demo/database.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';
import { nodeMigrations } from '../../src/node-migrations.js';
import { SystemClock } from '../../src/platform/clock.js';
import { migrate } from '../../src/platform/migrate.js';
import { ProveInclusion, ProveInclusionHandler } from '../../src/transparency/prove-inclusion.js';
import { PostgresKeyVault } from '../../src/vault/key-vault.postgres.js';
import { anEntry } from '../audit/entries.js';
import { archiveSoFar, backUp, startArchived } from '../support/archived-postgres.js';
import { OwnNode } from '../support/own-node.js';
import { createVaultDatabase, type VaultDatabase } from '../support/vault-database.js';

// One cluster with archived WAL, backed up, lost, and restored from different remains; the vault is on another server.
const NODE = 'einmal_node';
const PURGE = 'einmal_node_purge';
const LONG_MS = 240_000;

let node: OwnNode;
let vaultServer: PostgresServer;
let vault: VaultDatabase;
let server: PostgresServer | undefined;
let database: Database;
let archive: string;
/** The archive when the backup was made, and when the last segment was not archived yet. */
let atBackup: string;
let withoutLast: string;
let backup: string;
let receipts: readonly AuditReceipt[];
/** Size of the log that the backup has. */
let backedUp: number;
let erasedId: string;

/** An entry that makes no state. */
const anEvent = () =>
  anEntry({ caller: { event: 'refused', consumer: 'familienkasse-test', reason: 'REQUEST_INVALID' } });
const within = (name: string) => join(node.folder, name);

/** The settings of a node on the server at this port; its logins are those of the database that was backed up. */
function settingsAt({ port }: Pick<PostgresServer, 'port'>): Record<string, string> {
  const at = (login: string) => {
    const url = new URL(database.urlOf(login));
    url.port = String(port);
    return url.href;
  };
  const owner = new URL(database.ownerUrl);
  owner.port = String(port);
  return {
    DATABASE_URL: at(NODE),
    EINMAL_PURGE_DATABASE_URL: at(PURGE),
    EINMAL_DATABASE_OWNER_URL: owner.href,
    EINMAL_VAULT_DATABASE_URL: vault.url,
  };
}

async function withLog<T>(url: string, work: (store: PostgresLogStore, pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  try {
    const signer = await readLogSigner(node.pki.folderOf('node'), node.origin);
    const keys = new PostgresKeyVault(vault.pool);
    return await work(new PostgresLogStore({ pool, signer, vault: keys, clock: new SystemClock() }), pool);
  } finally {
    await pool.end();
  }
}

/** Starts the server on a recovered data folder, as an operator would. */
async function serverOn(name: string): Promise<PostgresServer> {
  await copyFile(join(within('postgres'), 'superuser.password'), join(within(name), 'superuser.password'));
  return startPostgres({ folder: within(name), fsync: false });
}

async function recoverWal(from: string, name: string) {
  await mkdir(within(name), { mode: 0o711 });
  const target = join(within(name), 'cluster');
  const gone = settingsAt({ port: 1 });
  return node.einmal(['audit', 'recover', 'wal', '--backup', backup, '--archive', from, '--target', target], gone);
}

beforeAll(async () => {
  node = await OwnNode.create();
  [archive, atBackup, withoutLast, backup] = ['archive', 'archive-at-backup', 'archive-less', 'backup'].map(within) as [
    string,
    string,
    string,
    string,
  ];
  vaultServer = await startPostgres({ folder: within('vault-postgres'), fsync: false });
  vault = await createVaultDatabase(vaultServer.url);
  server = await startArchived(within('postgres'), archive);
  database = await createDatabase(server.url, {
    name: 'einmal_node',
    owner: 'einmal_node_owner',
    logins: [NODE, PURGE],
  });
  await migrate(database.ownerUrl, nodeMigrations(NODE));
}, LONG_MS);

afterAll(async () => {
  await node.stop();
  await server?.stop();
  await vault?.close();
  await vaultServer?.stop();
  await node.remove();
}, LONG_MS);

describe('a cluster that is lost after an erasure, with an older backup and most of its WAL', () => {
  it(
    'was backed up, then a record was erased, then the cluster was lost with its last WAL',
    async () => {
      const running = server!;
      const settings = settingsAt(running);
      expect(await node.start(settings)).toMatchObject({ serves: true });
      const before = await withLog(settings.DATABASE_URL!, (store) => store.append([anEvent(), anEvent(), anEvent()]));
      await backUp(running, backup);
      await cp(archive, atBackup, { recursive: true });
      backedUp = before[2]!.index + 1;
      const after = await withLog(settings.DATABASE_URL!, (store) => store.append([anEvent(), anEvent()]));
      receipts = [...before, ...after];
      const gone = before[1]!.index;
      // The deletion waits for this lock; its entry does not, and is archived meanwhile.
      const holder = new pg.Client({ connectionString: running.url.replace(/postgres$/, 'einmal_node') });
      await holder.connect();
      await holder.query('begin');
      const { rows } = await holder.query('select record_id from log.record where index = $1 for update', [gone]);
      erasedId = rows[0].record_id;
      const erase = [
        'audit',
        'erase',
        '--entry',
        String(gone),
        '--reason',
        'test',
        '--file-reference',
        'AZ 1',
        '--ordered-by',
        'x',
      ];
      const erasing = node.einmal(erase, settings);
      const stated = after[1]!.index + 2;
      while ((await withLog(settings.DATABASE_URL!, (store) => store.head())).size < stated) await sleep(50);
      await archiveSoFar(running, archive);
      await cp(archive, withoutLast, { recursive: true });
      await holder.query('commit');
      await holder.end();
      expect(await erasing).toMatchObject({ code: 0, said: '1 erasures stated in the log\n' });
      await withLog(settings.DATABASE_URL!, async (_store, pool) =>
        expect(await new PostgresLogReader(pool).record(gone)).toBeUndefined(),
      );
      await node.stop();
      await running.stop();
      server = undefined;
    },
    LONG_MS,
  );

  it(
    'restored as it was backed up is behind what was acknowledged: nothing is served',
    async () => {
      const found = await recoverWal(atBackup, 'behind');
      expect(found).toMatchObject({
        code: 1,
        out: expect.stringContaining(
          `It does NOT hold: the database has ${backedUp} entries, ${backedUp + 3} were acknowledged`,
        ),
      });
      server = await serverOn('behind');
      const { serves, said } = await node.start(settingsAt(server));
      expect(serves).toBe(false);
      expect(said).toContain(
        `node not started: the database has ${backedUp} entries, ${backedUp + 3} were acknowledged; run "einmal audit recover"`,
      );
      await server.stop();
      server = undefined;
    },
    LONG_MS,
  );

  it(
    'recovered with its WAL has all that was acknowledged, and the erased record is back: nothing is served',
    async () => {
      const found = await recoverWal(withoutLast, 'recovered');
      expect(found).toMatchObject({
        code: 0,
        out: expect.stringMatching(
          new RegExp(`recovered: ${backedUp + 3} entries.*\nacknowledged: ${backedUp + 3}\nIt holds`),
        ),
      });
      server = await serverOn('recovered');
      const settings = settingsAt(server);
      await withLog(settings.DATABASE_URL!, async (_store, pool) => {
        const { rowCount } = await pool.query('select from log.record where record_id = $1', [erasedId]);
        expect(rowCount).toBe(1);
      });
      const { serves, said } = await node.start(settings);
      expect(serves).toBe(false);
      expect(said).toContain('erased records are back in the database, as after a restore; run "einmal audit purge"');
      const checked = await node.einmal(['audit', 'fsck'], settings);
      expect(checked).toMatchObject({ code: 1, out: expect.stringContaining('this record was erased, and is back') });
    },
    LONG_MS,
  );

  it(
    'purged it is served again, without what was erased (IDNrG § 9 Abs. 3), and everything in it holds',
    async () => {
      const settings = settingsAt(server!);
      expect(await node.einmal(['audit', 'purge'], settings)).toMatchObject({
        code: 0,
        said: '1 erasures stated in the log\n',
      });
      expect(await node.start(settings)).toMatchObject({ serves: true });
      await withLog(settings.DATABASE_URL!, async (_store, pool) => {
        const { rowCount } = await pool.query('select from log.record where record_id = $1', [erasedId]);
        expect(rowCount).toBe(0);
      });
      expect(await node.einmal(['audit', 'fsck'], settings)).toMatchObject({
        code: 0,
        out: expect.stringContaining('It holds.'),
      });
    },
    LONG_MS,
  );

  it('leaves every receipt and proof from before as it was (RFC 6962 § 2.1)', async () => {
    const { vkey } = await readLogSigner(node.pki.folderOf('node'), node.origin);
    await withLog(settingsAt(server!).DATABASE_URL!, async (store) => {
      const head = await store.head();
      for (const receipt of receipts) {
        verifyTlogProof(receipt.tlogProof(), receipt.leaf, vkey);
        const { proof, treeSize } = await new ProveInclusionHandler(store).execute(new ProveInclusion(receipt.index));
        expect(treeSize).toBe(head.size);
        verifyInclusion({
          index: receipt.index,
          size: treeSize,
          leafHash: leafHash(receipt.leaf),
          proof,
          root: head.root,
        });
      }
    });
  });

  it(
    'is not recovered a second time: the log is healthy',
    async () => {
      const [settings, target] = [settingsAt(server!), within('needless')];
      const wal = ['audit', 'recover', 'wal', '--backup', backup, '--archive', archive, '--target', target];
      for (const args of [wal, ['audit', 'recover', 'propose', '--new-origin', 'localhost/next']])
        expect(await node.einmal(args, settings)).toMatchObject({
          code: 1,
          said: expect.stringContaining('there is nothing to recover'),
        });
      await node.stop();
      await server!.stop();
      server = undefined;
    },
    LONG_MS,
  );
});

describe('a cluster whose WAL is lost for good', () => {
  const NEXT = 'localhost/einmal/next';
  let next: Record<string, string>;

  it(
    'is ended by two persons: another log goes on, and names what is lost (IDNrG § 9)',
    async () => {
      server = await serverOn('behind');
      const old = settingsAt(server);
      const fresh = await createDatabase(server.url, {
        name: 'einmal_next',
        owner: 'einmal_next_owner',
        logins: ['einmal_next'],
      });
      await withClient(old.EINMAL_DATABASE_OWNER_URL!, (client) =>
        client.query(
          `insert into app.held_exchange (exchange_id, consumer, sealed, trigger_ids, retrieval_ids, expires_at)
           values ('x', 'c', 'sealed', '{}', '{}', now())`,
        ),
      );
      const migrated = await node.einmal(['migrate', 'node', '--role', 'einmal_next'], {
        EINMAL_DATABASE_OWNER_URL: fresh.ownerUrl,
      });
      expect(migrated.code).toBe(0);
      const proposed = await node.einmal(['audit', 'recover', 'propose', '--new-origin', NEXT], old);
      expect(proposed).toMatchObject({
        code: 0,
        said: expect.stringContaining(`lost for good: the entries from ${backedUp} to `),
      });
      await writeFile(within('statement.json'), proposed.out);
      const files = [];
      for (const id of ['administrator-1', 'administrator-2']) {
        const key = node.pki.administratorKeyFile(id);
        const signed = await node.einmal(
          ['audit', 'recover', 'sign', within('statement.json'), '--as', id, '--key', key],
          {},
        );
        await writeFile(within(`${id}.jws`), signed.out);
        files.push(within(`${id}.jws`));
      }
      const opening = { ...old, EINMAL_NEW_DATABASE_URL: fresh.urlOf('einmal_next') };
      const alone = await node.einmal(['audit', 'recover', 'open', '--signed', files[0]!, files[0]!], opening);
      expect(alone).toMatchObject({ code: 1, said: expect.stringContaining('it takes two persons') });
      const opened = await node.einmal(['audit', 'recover', 'open', '--signed', ...files], opening);
      expect(opened).toMatchObject({
        code: 0,
        out: expect.stringContaining(`EINMAL_LOG_ORIGIN=${NEXT}`),
        said: expect.stringContaining('Decided by administrator-1 and administrator-2'),
      });
      next = { ...old, DATABASE_URL: fresh.urlOf('einmal_next'), EINMAL_LOG_ORIGIN: NEXT };
    },
    LONG_MS,
  );

  it(
    'is not served any more, with its old settings, its old key or its old database',
    async () => {
      const old = settingsAt(server!);
      const { serves, said } = await node.start(old);
      expect(serves).toBe(false);
      // Its key is moved aside: whichever is noticed first.
      expect(said).toMatch(/node not started: (this log has ended|Configuration refused)/);
      await withClient(old.DATABASE_URL!, async (client) => {
        await expect(client.query("select log.lock_head('{}', '{}', '{}', '{}', '{}')")).rejects.toMatchObject({
          code: '42501',
        });
      });
      await withClient(old.EINMAL_DATABASE_OWNER_URL!, async (client) => {
        expect((await client.query('select from app.held_exchange')).rowCount).toBe(0);
        await expect(client.query('delete from log.record')).rejects.toMatchObject({ code: '25006' });
      });
    },
    LONG_MS,
  );

  it(
    'the node serves the new one, whose first entry anybody with the keys can check',
    async () => {
      expect(await node.start(next)).toMatchObject({ serves: true });
      const checked = await node.einmal(['audit', 'fsck'], next);
      expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('It holds.') });
      await withClient(next.DATABASE_URL!, async (client) => {
        const { rows } = await client.query('select event from log.record order by index');
        const events = rows.map(({ event }) => event);
        expect(events.slice(0, 2)).toEqual(['log.opened', 'catalogue.activated']);
        expect(new Set(events.slice(2))).toEqual(new Set(['participant.added', 'key.added']));
      });
      expect(JSON.parse(await readFile(node.pki.logKeyFile('node'), 'utf8'))).toMatchObject({ kid: NEXT });
      await node.stop();
    },
    LONG_MS,
  );
});

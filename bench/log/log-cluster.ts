import { createPrivateKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { ed25519Signer, type NoteSigner } from '#libs/tlog/signed-note.js';
import { auditMigrations } from '../../src/audit/migrations/audit-migrations.js';
import { createDatabase, type Database, withClient } from '../../src/demo/database.js';
import { type PostgresServer, startPostgres } from '../../src/demo/postgres.js';
import { migrate } from '../../src/platform/migrate.js';
import { packageRoot } from '../../src/platform/paths.js';

/** PostgreSQL with `fsync` on, as in production, and databases with the log in them. */
export class LogCluster {
  private constructor(private readonly server: PostgresServer) {}

  static async start(): Promise<LogCluster> {
    return new LogCluster(await startPostgres({ folder: join(packageRoot, 'data', 'bench-log') }));
  }

  /** An empty log. */
  async fresh(name: string): Promise<LogDatabase> {
    await withClient(this.server.url, (client) => client.query(`drop database if exists "${name}" with (force)`));
    return this.open(name);
  }

  /** The log that an earlier run left under this name, or an empty one. */
  async open(name: string): Promise<LogDatabase> {
    // Roles of its own: opening a database makes new passwords for them.
    const [owner, node] = [`${name}_owner`, `${name}_node`];
    const database = await createDatabase(this.server.url, { name, owner, logins: [node] });
    await migrate(database.ownerUrl, auditMigrations(node));
    const superuser = new URL(this.server.url);
    superuser.pathname = `/${name}`;
    return new LogDatabase(database, node, superuser.href);
  }

  /** Logs whose names begin like this, but the one named. */
  async dropOthers(prefix: string, kept: string): Promise<void> {
    await withClient(this.server.url, async (client) => {
      const { rows } = await client.query<{ datname: string }>(
        'select datname from pg_database where starts_with(datname, $1) and datname <> $2',
        [prefix, kept],
      );
      for (const { datname } of rows) await client.query(`drop database "${datname}" with (force)`);
    });
  }

  /** Reads its files once: what is measured afterwards is the work, not whether the operating system still had them. */
  async warm(name: string): Promise<void> {
    const oid = await withClient(this.server.url, async (client) => {
      const { rows } = await client.query<{ oid: string }>('select oid from pg_database where datname = $1', [name]);
      return rows[0]?.oid;
    });
    const folder = join(this.server.folder, 'cluster', 'base', String(oid));
    for (const file of await readdir(folder)) await pipeline(createReadStream(join(folder, file)), nowhere());
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

export class LogDatabase {
  readonly #pools: pg.Pool[] = [];

  constructor(
    private readonly database: Database,
    private readonly node: string,
    private readonly superuserUrl: string,
  ) {}

  get nodeUrl(): string {
    return this.database.urlOf(this.node);
  }

  asNode(max = 4): pg.Pool {
    return this.pool(this.nodeUrl, max);
  }

  asOwner(max = 4): pg.Pool {
    return this.pool(this.database.ownerUrl, max);
  }

  asSuperuser(): pg.Pool {
    return this.pool(this.superuserUrl, 1);
  }

  get ownerUrl(): string {
    return this.database.ownerUrl;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
  }

  private pool(connectionString: string, max: number): pg.Pool {
    const pool = new pg.Pool({ connectionString, max });
    pool.on('error', () => undefined);
    this.#pools.push(pool);
    return pool;
  }
}

/** The same in every run, so that a log can be kept between runs; it is the key of nobody's log. */
export function benchSigner(): NoteSigner {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 'bench')]);
  return ed25519Signer('log.bench.example/node', createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

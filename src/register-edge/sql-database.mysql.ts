import { createPool, type Pool, type PoolConnection, type PoolOptions, type RowDataPacket } from 'mysql2/promise';
import {
  DEFAULT_STATEMENT_TIMEOUT_MS,
  type Dialect,
  isOfRow,
  quoted,
  type Row,
  SqlDatabase,
  type Table,
  type TableFault,
} from './sql-database.js';

const POOL_SIZE = 8;
const CONNECT_TIMEOUT_MS = 2000;
const MAX_PREPARED = 64;

const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``;

const MYSQL: Dialect = {
  quote,
  placeholder: () => '?',
  // The first finds by an index; the second is exact: collations take `a`, `A`, `ä` and `a ` for one, numbers `01` and `1`.
  isText: (column, bind) =>
    `${column} = ${bind()} and cast(cast(${column} as char) as binary) = cast(${bind()} as binary)`,
};

const FAULTS: Readonly<Record<string, TableFault>> = {
  ER_BAD_DB_ERROR: 'has no such schema',
  ER_NO_SUCH_TABLE: 'does not exist',
  ER_BAD_FIELD_ERROR: 'lacks a configured column',
  ER_TABLEACCESS_DENIED_ERROR: 'may not be read by the configured role',
  ER_COLUMNACCESS_DENIED_ERROR: 'may not be read by the configured role',
  ER_DBACCESS_DENIED_ERROR: 'may not be read by the configured role',
};

/** Rights of who only reads. */
const READING = ['USAGE', 'SELECT', 'SHOW VIEW'];

/** MariaDB and MySQL. */
export class MysqlDatabase extends SqlDatabase {
  override readonly dialect = MYSQL;
  /** Truth is a number, and MariaDB has JSON as a text. */
  override readonly reading = { free: [0], blocked: [1], jsonInText: true };
  readonly #pool: Pool;
  /** A connection by which statements of the others are ended: it is free when all of those are taken. */
  readonly #ending: Pool;
  readonly #limited = new WeakSet<object>();

  constructor(
    url: string,
    private readonly statementTimeoutMs = DEFAULT_STATEMENT_TIMEOUT_MS,
  ) {
    super();
    const options: PoolOptions = {
      uri: url,
      connectTimeout: CONNECT_TIMEOUT_MS,
      maxPreparedStatements: MAX_PREPARED,
      charset: 'utf8mb4',
      // The day of a date column is a text; a JavaScript Date would move it by the time zone of this machine.
      dateStrings: ['DATE'],
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: true,
      multipleStatements: false,
      flags: ['-LOCAL_FILES'],
    };
    this.#pool = createPool({ ...options, connectionLimit: POOL_SIZE });
    this.#ending = createPool({ ...options, connectionLimit: 1 });
  }

  override async query(text: string, values: readonly string[], signal?: AbortSignal): Promise<readonly Row[]> {
    const connection = await this.#connected(signal);
    if (signal?.aborted === true) {
      connection.release();
      signal.throwIfAborted();
    }
    const leave = () => this.#end(connection.threadId);
    try {
      await this.#limit(connection);
      signal?.throwIfAborted();
      signal?.addEventListener('abort', leave, { once: true });
      const asked = { sql: text, timeout: this.#silentAfterMs };
      const [rows] = await connection.execute<RowDataPacket[]>(asked, [...values]);
      // What ends a statement may come after it: it must not hit the next one on the same connection.
      if (signal?.aborted === true) connection.destroy();
      else connection.release();
      return rows;
    } catch (error) {
      if (signal?.aborted !== true && this.isOfRow(error)) connection.release();
      else connection.destroy();
      throw error;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  override isOfRow(error: unknown): boolean {
    return error instanceof Error && 'sqlState' in error && isOfRow(error.sqlState);
  }

  override async describe(name: string, columns: readonly string[]): Promise<Table | TableFault> {
    const view = quoted(this.dialect, name);
    try {
      await this.query(`select ${columns.map(quote).join(', ')} from ${view} limit 0`, []);
    } catch (error) {
      const known = FAULTS[error instanceof Error && 'code' in error ? String(error.code) : ''];
      if (known === undefined) throw error;
      return known;
    }
    const grants = await this.query('show grants', []);
    return { mayWrite: grants.some((row) => mayWrite(String(Object.values(row)[0]))) };
  }

  override async close(): Promise<void> {
    await Promise.all([this.#pool.end(), this.#ending.end()]);
  }

  /** A connection, no longer waited for than somebody waits: who is silent while it connects holds up those behind, too. */
  async #connected(signal: AbortSignal | undefined): Promise<PoolConnection> {
    signal?.throwIfAborted();
    const coming = this.#pool.getConnection();
    if (signal === undefined) return coming;
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([coming, left]);
    } catch (error) {
      coming.then(
        (late) => late.release(),
        () => undefined,
      );
      throw error;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** What is not ended so, the limit of time ends. */
  #end(thread: number): void {
    this.#ending.query(`kill query ${thread}`).catch(() => undefined);
  }

  /** The server ends a statement first; this is for a server that does not answer at all. */
  get #silentAfterMs(): number {
    return this.statementTimeoutMs + 1000;
  }

  /** Once for each connection, before its first statement. */
  async #limit(connection: PoolConnection): Promise<void> {
    const raw: object = connection.connection;
    if (this.#limited.has(raw)) return;
    const seconds = this.statementTimeoutMs / 1000;
    const timeout = this.#silentAfterMs;
    await connection.query({ sql: 'set session transaction read only', timeout });
    // Each server takes the comment that is meant for it.
    await connection.query({
      sql:
        `set session time_zone = '+00:00'` +
        ` /*M!100101 , max_statement_time = ${seconds} */ /*!80000 , max_execution_time = ${this.statementTimeoutMs} */`,
      timeout,
    });
    this.#limited.add(raw);
  }
}

/** Of a line of `show grants`: any other right, wherever, is one too many; what a role may does not stand there. */
function mayWrite(grant: string): boolean {
  const [rights = ''] = grant.split(/ ON /i);
  return rights
    .replace(/^GRANT /i, '')
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .some((right) => !READING.includes(right.trim().toUpperCase()));
}

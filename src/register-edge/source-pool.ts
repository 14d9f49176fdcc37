import pg from 'pg';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { DEFAULT_STATEMENT_TIMEOUT_MS, isOfRow } from './sql-database.js';

const POOL_SIZE = 8;
const CONNECT_TIMEOUT_MS = 2000;
const DATE_OID = 1082;
/** SQLSTATE of a statement that ran too long. */
const QUERY_CANCELED = '57014';

/** Whether PostgreSQL says so of a row. */
export const isFaultOfRow = (error: unknown): boolean => error instanceof pg.DatabaseError && isOfRow(error.code);

type Parser = (text: string) => unknown;

/** The day of a date column is a text; a JavaScript Date would move it by the time zone of this machine. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): Parser =>
    oid === DATE_OID ? (text) => text : pg.types.getTypeParser(oid, format ?? 'text'),
};

/** Connections to a register's own data: read only, and no statement runs for long, or for nobody. */
export class SourcePool {
  readonly #reading: pg.Pool;
  /** A connection by which statements of the others are ended: it is free when all of those are taken. */
  readonly #ending: pg.Pool;

  constructor(
    url: string,
    private readonly log: OperationalLog,
    statementTimeoutMs = DEFAULT_STATEMENT_TIMEOUT_MS,
  ) {
    const pool = (max: number) => {
      const opened = new pg.Pool({
        connectionString: url,
        max,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        statement_timeout: statementTimeoutMs,
        // The server ends it first; this is for a server that does not answer at all.
        query_timeout: statementTimeoutMs + 1000,
        options: '-c default_transaction_read_only=on',
        types,
      });
      // One that breaks while somebody works on it fails their statement; unheard, it would end the process as well.
      opened.on('connect', (client) => client.on('error', () => undefined));
      opened.on('error', (error) => log.warn(describeError(error), 'connection to the data source lost'));
      return opened;
    };
    this.#reading = pool(POOL_SIZE);
    this.#ending = pool(1);
  }

  /** @param signal ends the statement at the server, too */
  async query<R extends pg.QueryResultRow>(asked: pg.QueryConfig, signal?: AbortSignal): Promise<readonly R[]> {
    const client = await this.#reading.connect();
    let isBroken = false;
    const leave = () => {
      isBroken = true;
      this.#end(client);
    };
    try {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', leave, { once: true });
      const { rows } = await client.query<R>(asked);
      return rows;
    } catch (error) {
      isBroken ||= signal?.aborted !== true && !goesOn(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', leave);
      // What ends a statement may come after it: it must not hit the next one on the same connection.
      client.release(isBroken);
    }
  }

  async end(): Promise<void> {
    await Promise.all([this.#reading.end(), this.#ending.end()]);
  }

  #end(client: pg.PoolClient): void {
    const pid = 'processID' in client ? client.processID : null;
    this.#ending
      .query('select pg_cancel_backend($1)', [pid])
      .catch((error: unknown) => this.log.warn(describeError(error), 'a statement for nobody was not ended'));
  }
}

/** Whether the session is as before. Not after others: a prepared statement whose view was changed fails as long as its session lives. */
function goesOn(error: unknown): boolean {
  return isFaultOfRow(error) || (error instanceof pg.DatabaseError && error.code === QUERY_CANCELED);
}

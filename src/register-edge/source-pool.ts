import pg from 'pg';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { DEFAULT_STATEMENT_TIMEOUT_MS } from './sql-database.js';

const POOL_SIZE = 8;
const CONNECT_TIMEOUT_MS = 2000;
const DATE_OID = 1082;

type Parser = (text: string) => unknown;

/** The day of a date column is a text; a JavaScript Date would move it by the time zone of this machine. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): Parser =>
    oid === DATE_OID ? (text) => text : pg.types.getTypeParser(oid, format ?? 'text'),
};

/** Connections to a register's own data: read only, and no statement runs for long. */
export function sourcePool(
  url: string,
  log: OperationalLog,
  statementTimeoutMs = DEFAULT_STATEMENT_TIMEOUT_MS,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    // The server ends it first; this is for a server that does not answer at all.
    query_timeout: statementTimeoutMs + 1000,
    options: '-c default_transaction_read_only=on',
    types,
  });
  pool.on('error', (error) => log.warn(describeError(error), 'connection to the data source lost'));
  return pool;
}

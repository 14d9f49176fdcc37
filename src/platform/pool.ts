import pg from 'pg';
import { describeError, type OperationalLog } from './operational-log.js';

const CONNECT_TIMEOUT_MS = 2000;
const STATEMENT_TIMEOUT_MS = 8000;
const LOCK_TIMEOUT_MS = 5000;
/** What the client waits longer than the server lets a statement run. */
const QUERY_SLACK_MS = 1000;

/** From the call of `query` until a statement has taken effect or never will: waiting for a connection, and running. */
export const LONGEST_STATEMENT_MS = CONNECT_TIMEOUT_MS + STATEMENT_TIMEOUT_MS + QUERY_SLACK_MS;

export type PoolSettings = Readonly<{ max: number; log: OperationalLog; statementTimeoutMs?: number }>;

/**
 * Connections of a process to its own database. Whoever holds a lock, or does not answer at all, costs a bounded time.
 * A COMMIT that waits for its standby is not ended by the server's limits, only by ours: then its result is unknown.
 */
export function openPool(url: string, settings: PoolSettings): pg.Pool {
  const { max, log, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = settings;
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    lock_timeout: Math.min(LOCK_TIMEOUT_MS, statementTimeoutMs),
    idle_in_transaction_session_timeout: statementTimeoutMs,
    // The server ends it first; this is for a server that does not answer at all.
    query_timeout: statementTimeoutMs + QUERY_SLACK_MS,
    // Statements that are sent together go in one round trip; each still has an answer of its own.
    pipeline: true,
  });
  // One that breaks while somebody works on it fails their statement; unheard, it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', (error) => log.warn(describeError(error), 'database connection lost'));
  return pool;
}

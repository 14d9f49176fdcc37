/** SQLSTATE class 08 (connection), 57P0x (shut down, starting up), 53300 (no connection left); and of the operating system. */
const CODES = /^(08[0-9A-Z]{3}|57P0[1-5]|53300|ECONN(REFUSED|RESET|ABORTED)|EPIPE|ENOENT|ETIMEDOUT)$/;
/** What `pg` says by itself where there is no code. */
const SENTENCES = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
]);

/** Whether the database, not the statement, is why it failed: worth trying again, and no bug of ours. */
export function isDatabaseLost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('message' in error)) return false;
  if ('code' in error && typeof error.code === 'string') return CODES.test(error.code);
  return typeof error.message === 'string' && SENTENCES.has(error.message);
}

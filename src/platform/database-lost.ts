/**
 * SQLSTATE classes 08 (connection), 53 (no connection, memory or disk left), 58 (fault of the system), 57P0x (shut down, starting up);
 * 25006 (a standby, before it is promoted), 25P03 and 25P04 (it ended the transaction), 57014 and 55P03 (it ended the statement, which
 * waited or ran too long); and of the operating system.
 */
const CODES =
  /^(08[0-9A-Z]{3}|53[0-9A-Z]{3}|58[0-9A-Z]{3}|57P0[1-5]|25006|25P0[34]|57014|55P03|ECONN(REFUSED|RESET|ABORTED)|E(PIPE|NOENT|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN)|ENOTFOUND)$/;
/** What `pg` says by itself where there is no code. */
const SENTENCES = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
]);

/** Whether the database, not the statement, is why it failed, also beneath what others made of it: worth trying again, and no bug of ours. */
export function isDatabaseLost(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('message' in error)) return false;
  if ('code' in error && typeof error.code === 'string' && CODES.test(error.code)) return true;
  if (typeof error.message === 'string' && SENTENCES.has(error.message)) return true;
  return 'cause' in error && isDatabaseLost(error.cause);
}

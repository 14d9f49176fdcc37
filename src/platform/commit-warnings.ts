import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';

/**
 * Watches a connection while it commits. A synchronous standby that is missing, and a cancelled wait for it, answer
 * success with a warning: then the commit is not as durable as promised.
 */
export function watchCommit(client: PoolClient): Readonly<{ demandDurable(): void; unwatch(): void }> {
  const warnings: string[] = [];
  const listen = (notice: { severity: string | undefined; code: string | undefined }): void => {
    if (notice.severity === 'WARNING') warnings.push(notice.code ?? '');
  };
  client.on('notice', listen);
  return {
    demandDurable() {
      if (warnings.length > 0) throw new Error(`the commit succeeded with a warning ${warnings.join(' ')}`);
    },
    unwatch: () => void client.off('notice', listen),
  };
}

/**
 * One statement by itself, which is on its standby, too, where the server is told to wait for one.
 * @throws also where the statement took effect, but not as durably
 */
export async function queryDurably<Row extends QueryResultRow>(
  pool: Pool,
  query: QueryConfig,
): Promise<QueryResult<Row>> {
  const client = await pool.connect();
  const commit = watchCommit(client);
  let cause: Error | undefined;
  try {
    const result = await client.query<Row>(query);
    commit.demandDurable();
    return result;
  } catch (error) {
    cause = error instanceof Error ? error : new Error('a statement failed', { cause: error });
    throw error;
  } finally {
    commit.unwatch();
    // As the pool does it: a connection is not used again after an error.
    client.release(cause);
  }
}

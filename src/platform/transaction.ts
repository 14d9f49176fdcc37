import type { Pool, PoolClient } from 'pg';

/** Commits what the work did, or nothing of it where it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let done: T;
  try {
    await client.query('begin');
    done = await work(client);
    await client.query('commit');
  } catch (error) {
    // A connection in an unknown state is closed, which rolls back.
    client.release(true);
    throw error;
  }
  client.release();
  return done;
}

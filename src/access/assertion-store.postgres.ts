import type { Pool } from 'pg';
import { AssertionStore } from './assertion-store.js';

export class PostgresAssertionStore extends AssertionStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async useOnce(client: string, jti: string, expiresAtMs: number): Promise<boolean> {
    // Kept beyond its end: a node whose clock is behind the database's would still accept it.
    await this.pool.query("delete from app.client_assertion where expires_at < now() - interval '10 minutes'");
    const { rowCount } = await this.pool.query(
      `insert into app.client_assertion (client, jti, expires_at) values ($1, $2, to_timestamp($3 / 1000.0))
       on conflict do nothing`,
      [client, jti, expiresAtMs],
    );
    return rowCount === 1;
  }
}

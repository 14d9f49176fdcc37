import type { Pool } from 'pg';
import { SessionStore } from './session-store.js';

export class PostgresSessionStore extends SessionStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async isKnown(session: string): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'known_session',
      text: 'select from app.session where digest = $1',
      values: [session],
    });
    return rowCount === 1;
  }

  override async remember(session: string, untilMs: number): Promise<void> {
    // Kept beyond its end: a node whose clock is behind the database's would still accept a token of it.
    await this.pool.query("delete from app.session where expires_at < now() - interval '10 minutes'");
    await this.pool.query(
      'insert into app.session (digest, expires_at) values ($1, to_timestamp($2 / 1000.0)) on conflict do nothing',
      [session, untilMs],
    );
  }
}

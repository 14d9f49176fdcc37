import type { Pool } from 'pg';
import { inTransaction } from '../platform/transaction.js';
import { ActivationStore } from './activation-store.js';
import type { TrustState } from './trust-state.js';

/** The work runs inside a transaction of its own connection, whose lock the others wait for. */
export class PostgresActivationStore extends ActivationStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override replace(node: string, work: (last: TrustState | undefined) => Promise<TrustState>): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      // A lock on the row would not hold off a second node before there is a row.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`activation ${node}`]);
      const { rows } = await client.query<{ state: TrustState }>('select state from app.activation where node = $1', [
        node,
      ]);
      const next = await work(rows[0]?.state);
      await client.query(
        `insert into app.activation (node, state) values ($1, $2)
         on conflict (node) do update set state = excluded.state, activated_at = now()`,
        [node, JSON.stringify(next)],
      );
    });
  }
}

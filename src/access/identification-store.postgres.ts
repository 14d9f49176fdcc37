import type { Pool } from 'pg';
import { inTransaction } from '../platform/transaction.js';
import { IdentificationStore, MAX_WRONG_IN_A_ROW } from './identification-store.js';

const COUNT = `
  insert into app.identification as it (participant, wrong_in_a_row) values ($1, 1)
  on conflict (participant) do update
    set wrong_in_a_row = it.wrong_in_a_row + 1,
        lock_id = case when it.lock_id is null and it.wrong_in_a_row >= $3 then $2 else it.lock_id end`;

const UNRECORDED = `
  select lock_id from app.identification where participant = $1 and lock_id is not null and not is_recorded`;
const RECORDED = 'update app.identification set is_recorded = true where participant = $1 and lock_id = $2';

export class PostgresIdentificationStore extends IdentificationStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async countWrong(participant: string, lock: string): Promise<void> {
    await this.pool.query(COUNT, [participant, lock, MAX_WRONG_IN_A_ROW]);
  }

  override record(participant: string, work: (lock: string) => Promise<unknown>): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      // No lock on the row: those who count would wait for it with the connections that the work needs.
      const { rows: turn } = await client.query<{ mine: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine',
        [`record of lock ${participant}`],
      );
      if (turn[0]?.mine === true) {
        const { rows } = await client.query<{ lock_id: string }>(UNRECORDED, [participant]);
        for (const { lock_id } of rows) {
          await work(lock_id);
          await client.query(RECORDED, [participant, lock_id]);
        }
      }
    });
  }

  override async endRow(participant: string): Promise<void> {
    await this.pool.query('delete from app.identification where participant = $1 and lock_id is null', [participant]);
  }

  override async lockOf(participant: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ lock_id: string }>({
      name: 'identification-lock',
      text: 'select lock_id from app.identification where participant = $1 and lock_id is not null',
      values: [participant],
    });
    return rows[0]?.lock_id;
  }

  override async lift(participant: string, lock: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'delete from app.identification where participant = $1 and lock_id = $2',
      [participant, lock],
    );
    return rowCount === 1;
  }
}

import type { Pool } from 'pg';
import { IdentificationStore, MAX_WRONG_IN_A_ROW } from './identification-store.js';

const COUNT = `
  insert into app.identification as it (participant, wrong_in_a_row) values ($1, 1)
  on conflict (participant) do update
    set wrong_in_a_row = it.wrong_in_a_row + 1,
        lock_id = case when it.lock_id is null and it.wrong_in_a_row >= $3 then $2 else it.lock_id end
  returning lock_id is not distinct from $2 as locks`;

export class PostgresIdentificationStore extends IdentificationStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async countWrong(participant: string, lock: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ locks: boolean }>(COUNT, [participant, lock, MAX_WRONG_IN_A_ROW]);
    return rows[0]?.locks === true;
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

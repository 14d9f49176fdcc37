import type { Pool } from 'pg';
import { type FilterOwner, SavedFilters, type SavedQuery } from './saved-filters.js';

const MOST = 50;

export class PostgresSavedFilters extends SavedFilters {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async list({ pages, actor }: FilterOwner): Promise<readonly SavedQuery[]> {
    const { rows } = await this.pool.query<SavedQuery>(
      'select name, filter as query from app.saved_filter where pages = $1 and actor = $2 order by name',
      [pages, actor],
    );
    return rows;
  }

  override async save({ pages, actor }: FilterOwner, { name, query }: SavedQuery): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `insert into app.saved_filter (pages, actor, name, filter) select $1, $2, $3, $4
       where (select count(*) from app.saved_filter where pages = $1 and actor = $2 and name <> $3) < ${MOST}
       on conflict (pages, actor, name) do update set filter = excluded.filter`,
      [pages, actor, name, JSON.stringify(query)],
    );
    return rowCount === 1;
  }

  override async remove({ pages, actor }: FilterOwner, name: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'delete from app.saved_filter where pages = $1 and actor = $2 and name = $3',
      [pages, actor, name],
    );
    return rowCount === 1;
  }
}

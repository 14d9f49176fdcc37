import pg from 'pg';
import { isFaultOfRow, type SourcePool } from './source-pool.js';
import { type Dialect, quoted, type Row, SqlDatabase, type Table, type TableFault } from './sql-database.js';

/** Prepared per set of attributes; rules make few. A caller must not be able to fill the server's memory with more. */
const MAX_PREPARED = 64;

/** Undefined schema, table, column; no right to read. */
const FAULTS: Readonly<Record<string, TableFault>> = {
  '3F000': 'has no such schema',
  '42P01': 'does not exist',
  '42703': 'lacks a configured column',
  '42501': 'may not be read by the configured role',
};

export const POSTGRES: Dialect = {
  quote: pg.escapeIdentifier,
  placeholder: (nth) => `$${nth}`,
  isText: (column, bind) => `${column} = ${bind()}`,
};

export class PostgresDatabase extends SqlDatabase {
  override readonly dialect = POSTGRES;
  override readonly reading = { free: [false], blocked: [true], jsonInText: false };
  readonly #prepared = new Map<string, string>();

  constructor(private readonly pool: SourcePool) {
    super();
  }

  override query(text: string, values: readonly string[], signal?: AbortSignal): Promise<readonly Row[]> {
    const name = this.#nameOf(text);
    return this.pool.query<Row>({ text, values: [...values], ...(name === undefined ? {} : { name }) }, signal);
  }

  override isOfRow(error: unknown): boolean {
    return isFaultOfRow(error);
  }

  override async describe(name: string, columns: readonly string[]): Promise<Table | TableFault> {
    const view = quoted(this.dialect, name);
    try {
      await this.pool.query({ text: `select ${columns.map(this.dialect.quote).join(', ')} from ${view} limit 0` });
      const [privilege] = await this.pool.query<{ may_write: boolean }>({
        text: `select has_table_privilege($1, 'insert, update, delete, truncate') as may_write`,
        values: [view],
      });
      return { mayWrite: privilege?.may_write !== false };
    } catch (error) {
      const known = error instanceof pg.DatabaseError ? FAULTS[error.code ?? ''] : undefined;
      if (known === undefined) throw error;
      return known;
    }
  }

  override close(): Promise<void> {
    return this.pool.end();
  }

  #nameOf(text: string): string | undefined {
    const known = this.#prepared.get(text);
    if (known !== undefined || this.#prepared.size >= MAX_PREPARED) return known;
    const name = `evidence-${this.#prepared.size}`;
    this.#prepared.set(text, name);
    return name;
  }
}

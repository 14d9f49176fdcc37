import type { Reading } from './found-record.js';

export const DEFAULT_STATEMENT_TIMEOUT_MS = 2000;

export type Row = Readonly<Record<string, unknown>>;

/** How one make of database writes what all of them mean. */
export type Dialect = Readonly<{
  /** Of one identifier. */
  quote(name: string): string;
  /** @param nth counted from 1 */
  placeholder(nth: number): string;
  /** Exactly this text: no other case, no padding, no number that looks alike. `bind` gives a placeholder for the value. */
  isText(column: string, bind: () => string): string;
}>;

/** Why a view cannot be used, for its operator. */
export type TableFault =
  | 'has no such schema'
  | 'does not exist'
  | 'lacks a configured column'
  | 'may not be read by the configured role';

/** Whether a SQLSTATE says that what one row holds cannot be read: cardinality violation without a subclass, data exception (ISO/IEC 9075-2, 24.1). */
export const isOfRow = (sqlState: unknown): boolean => typeof sqlState === 'string' && /^(21000|22...)$/.test(sqlState);

/** Whether the configured login could change it. */
export type Table = Readonly<{ mayWrite: boolean }>;

/** A database with a register's own data. */
export abstract class SqlDatabase {
  abstract readonly dialect: Dialect;
  abstract readonly reading: Reading;
  /**
   * Rows of one statement that only reads. Statements are the same again and again and may be prepared; none runs longer
   * than the time limit, and none can write, whatever the login may.
   * @param signal ends it in the database as well, and no other
   * @throws any error; its message may quote a value
   */
  abstract query(text: string, values: readonly string[], signal?: AbortSignal): Promise<readonly Row[]>;
  /** Whether `query` failed by what a row holds: the database is well, and others can be asked about. */
  abstract isOfRow(error: unknown): boolean;
  /** Whether these columns of a table or view can be read. @throws any error where the database does not answer */
  abstract describe(name: string, columns: readonly string[]): Promise<Table | TableFault>;
  abstract close(): Promise<void>;
}

/** Of a name with or without schema. */
export function quoted({ quote }: Dialect, name: string): string {
  return name.split('.').map(quote).join('.');
}

import type { Household } from '../people/person.js';

export type RegisterKind =
  | 'identity-directory'
  | 'melderegister'
  | 'personenstandsregister'
  | 'familienkasse'
  | 'hochschule'
  | 'entgelt'
  | 'zfzr'
  | 'gewerberegister'
  | 'handelsregister';

export type Cell = string | boolean | number | null | readonly string[];
export type Row = Readonly<Record<string, Cell>>;

type Table = Readonly<{ name: string; columns: readonly string[] }>;

/**
 * A register as its keeper runs it: tables in the register's own idiom, and in the schema `nachweis` one view per
 * evidence type, which is all that the register edge may read.
 */
export type RegisterSchema = Readonly<{
  kind: RegisterKind;
  /** The schema of the tables; no reader has any right on it. */
  schema: string;
  tables: readonly Table[];
  /** Tables, then views. Indexes are made after the rows are in. */
  definition: string;
  indexes: string;
  /** A fresh recorder, because a register numbers its persons by itself. */
  recorder(): (household: Household, record: (table: string, row: Row) => void) => void;
}>;

/** Local keys of one register: they say nothing outside it. */
export function localKeys(prefix: string): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}${String(last).padStart(9, '0')}`;
  };
}

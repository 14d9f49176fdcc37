import { type Stats, statSync } from 'node:fs';
import { constants, DatabaseSync, type StatementSync } from 'node:sqlite';

/** One at a time: the next comes after the answer. */
export type ReaderQuestion = Readonly<{ text: string; values: readonly string[] }>;
/** The code says what went wrong without a value. */
export type ReaderAnswer =
  | Readonly<{ rows: readonly Readonly<Record<string, unknown>>[] }>
  | Readonly<{ code: string; isOfRow: boolean }>;

const BUSY_TIMEOUT_MS = 1000;
const MAX_PREPARED = 64;
/** While rows are read: an expression that fails, a value too large, of another type (sqlite.org/rescode.html). */
const OF_ROW_CODES = ['SQLITE_1', 'SQLITE_18', 'SQLITE_20', 'ERR_OUT_OF_RANGE'];

// A process of its own, started by `sql-database.sqlite.ts`: SQLite works in the thread that asks, and nothing but the
// end of the process stops a statement.
const [, , path = ''] = process.argv;
let database: DatabaseSync | undefined;
let opened: Stats | undefined;
const prepared = new Map<string, StatementSync>();

/** Another file under the same name is another database: the open one would go on answering with what it held. */
function current(): DatabaseSync {
  const found = statSync(path);
  if (database !== undefined && found.ino === opened?.ino && found.dev === opened.dev) return database;
  database?.close();
  prepared.clear();
  database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  opened = found;
  database.exec('pragma query_only = on; pragma trusted_schema = off; pragma cell_size_check = on');
  const allowed = [
    constants.SQLITE_SELECT,
    constants.SQLITE_READ,
    constants.SQLITE_FUNCTION,
    constants.SQLITE_RECURSIVE,
  ];
  database.setAuthorizer((action) => (allowed.includes(action) ? constants.SQLITE_OK : constants.SQLITE_DENY));
  return database;
}

function statementOf(text: string): StatementSync {
  const from = current();
  const known = prepared.get(text);
  if (known !== undefined) return known;
  const statement = from.prepare(text);
  if (prepared.size < MAX_PREPARED) prepared.set(text, statement);
  return statement;
}

function answer({ text, values }: ReaderQuestion): ReaderAnswer {
  let isPrepared = false;
  try {
    const statement = statementOf(text);
    isPrepared = true;
    const rows = statement.all(...values);
    return { rows: rows.map((row) => ({ ...row })) };
  } catch (error) {
    const code = codeOf(error);
    return { code, isOfRow: isPrepared && OF_ROW_CODES.includes(code) };
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error.message.startsWith('no such table')) return 'NO_SUCH_TABLE';
  if (error.message.startsWith('no such column')) return 'NO_SUCH_COLUMN';
  if ('errcode' in error) return `SQLITE_${error.errcode}`;
  return 'code' in error ? String(error.code) : error.name;
}

process.on('message', (question: ReaderQuestion) => process.send?.(answer(question)));
process.on('disconnect', () => process.exit());
process.send?.('ready');

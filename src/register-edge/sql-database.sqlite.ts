import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  DEFAULT_STATEMENT_TIMEOUT_MS,
  type Dialect,
  quoted,
  type Row,
  SqlDatabase,
  type Table,
  type TableFault,
} from './sql-database.js';
import type { ReaderAnswer, ReaderQuestion } from './sqlite-reader.js';

const START_TIMEOUT_MS = 15_000;

/** `sqlite-reader` as it lies beside this file, compiled or not. */
const READER = fileURLToPath(new URL(`./sqlite-reader${extname(fileURLToPath(import.meta.url))}`, import.meta.url));

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

const SQLITE: Dialect = {
  quote,
  placeholder: () => '?',
  // The first finds by an index; the second is exact where the column is a number or compares without regard to case.
  isText: (column, bind) => `${column} = ${bind()} and cast(${column} as text) = ${bind()} collate binary`,
};

/** The code of the reader; it says nothing of a value. */
class SqliteFault extends Error {
  override readonly name = 'SqliteFault';
  constructor(readonly code: string) {
    super(code);
  }
}

type Waiting = Readonly<{ resolve: (answer: ReaderAnswer) => void; reject: (error: Error) => void }>;

/** A file of SQLite, read by a process of its own, which is killed where a statement runs too long and started anew. */
export class SqliteDatabase extends SqlDatabase {
  override readonly dialect = SQLITE;
  /** SQLite has no type for truth, dates, lists. */
  override readonly reading = { free: [0], blocked: [1], jsonInText: true };
  #reader: Promise<Reader> | undefined;
  #closed = false;

  constructor(
    private readonly file: string,
    private readonly statementTimeoutMs = DEFAULT_STATEMENT_TIMEOUT_MS,
  ) {
    super();
  }

  override async query(text: string, values: readonly string[]): Promise<readonly Row[]> {
    const answer = await (await this.#running()).ask(text, values, this.statementTimeoutMs);
    if ('code' in answer) throw new SqliteFault(answer.code);
    return answer.rows;
  }

  override async describe(name: string, columns: readonly string[]): Promise<Table | TableFault> {
    try {
      await this.query(`select ${columns.map(quote).join(', ')} from ${quoted(this.dialect, name)} limit 0`, []);
      // Opened for reading alone, whatever the rights on the file.
      return { mayWrite: false };
    } catch (error) {
      if (error instanceof SqliteFault && error.code === 'NO_SUCH_TABLE') return 'does not exist';
      if (error instanceof SqliteFault && error.code === 'NO_SUCH_COLUMN') return 'lacks a configured column';
      throw error;
    }
  }

  override async close(): Promise<void> {
    this.#closed = true;
    await (await this.#reader?.catch(() => undefined))?.end('CLOSED');
  }

  #running(): Promise<Reader> {
    if (this.#closed) throw new SqliteFault('CLOSED');
    if (this.#reader !== undefined) return this.#reader;
    const starting = Reader.start(this.file);
    this.#reader = starting;
    const forget = () => {
      if (this.#reader === starting) this.#reader = undefined;
    };
    starting.then((reader) => reader.ended.then(forget), forget);
    return starting;
  }
}

class Reader {
  readonly ended: Promise<unknown>;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #why = 'READER_ENDED';

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'exit');
    child.on('message', (answer: ReaderAnswer | 'ready') => {
      if (answer !== 'ready') this.#take(answer);
    });
    child.on('exit', () => this.#fail());
    // Killing and sending can fail where the process has just ended; `exit` tells.
    child.on('error', () => undefined);
  }

  /** It gets the name of the file and nothing of the environment. */
  static async start(file: string): Promise<Reader> {
    const child = fork(READER, [file], {
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const reader = new Reader(child);
    const isReady = await Promise.race([
      once(child, 'message').then(() => true),
      reader.ended.then(() => false),
      sleep(START_TIMEOUT_MS, false, { ref: false }),
    ]).catch(() => false);
    if (isReady) return reader;
    child.kill('SIGKILL');
    throw new SqliteFault('READER_NOT_STARTED');
  }

  async ask(text: string, values: readonly string[], timeoutMs: number): Promise<ReaderAnswer> {
    const id = ++this.#last;
    const { promise, resolve, reject } = Promise.withResolvers<ReaderAnswer>();
    this.#waiting.set(id, { resolve, reject });
    const timer = setTimeout(() => void this.end('STATEMENT_TIMEOUT'), timeoutMs);
    const question: ReaderQuestion = { id, text, values: [...values] };
    if (!this.child.connected) this.#fail();
    else this.child.send(question);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  async end(why: string): Promise<void> {
    this.#why = why;
    this.child.kill('SIGKILL');
    await this.ended;
  }

  #take(answer: ReaderAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    waiting?.resolve(answer);
  }

  #fail(): void {
    for (const { reject } of this.#waiting.values()) reject(new SqliteFault(this.#why));
    this.#waiting.clear();
  }
}

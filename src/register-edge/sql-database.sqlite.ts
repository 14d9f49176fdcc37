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
  constructor(
    readonly code: string,
    readonly isOfRow = false,
  ) {
    super(code);
  }
}

/** Asked, and not answered yet. */
type Question = Readonly<{ text: string; values: readonly string[] }> &
  Omit<PromiseWithResolvers<ReaderAnswer>, 'promise'>;

/**
 * A file of SQLite, read by a process of its own, which is killed where a statement runs too long or for nobody, and started
 * anew. It is asked one thing at a time: its end is that of one statement.
 */
export class SqliteDatabase extends SqlDatabase {
  override readonly dialect = SQLITE;
  /** SQLite has no type for truth, dates, lists. */
  override readonly reading = { free: [0], blocked: [1], jsonInText: true };
  readonly #waiting = new Set<Question>();
  #asked: Readonly<{ question: Question; reader: Reader }> | undefined;
  #isAsking = false;
  #reader: Promise<Reader> | undefined;
  #closed = false;

  constructor(
    private readonly file: string,
    private readonly statementTimeoutMs = DEFAULT_STATEMENT_TIMEOUT_MS,
  ) {
    super();
  }

  override async query(text: string, values: readonly string[], signal?: AbortSignal): Promise<readonly Row[]> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<ReaderAnswer>();
    const question: Question = { text, values, resolve, reject };
    const leave = () => {
      reject(new SqliteFault('NOBODY_WAITS'));
      this.#waiting.delete(question);
      if (this.#asked?.question === question) this.#asked.reader.kill();
    };
    signal?.addEventListener('abort', leave, { once: true });
    this.#waiting.add(question);
    void this.#askAll();
    try {
      const answer = await promise;
      if ('code' in answer) throw new SqliteFault(answer.code, answer.isOfRow);
      return answer.rows;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  override isOfRow(error: unknown): boolean {
    return error instanceof SqliteFault && error.isOfRow;
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
    const reader = await this.#reader?.catch(() => undefined);
    reader?.kill();
    await reader?.ended;
  }

  /** One after the other, until nobody waits. */
  async #askAll(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (const question of this.#waiting) {
      try {
        const reader = await this.#running();
        // Its asker may have left meanwhile.
        if (this.#waiting.delete(question)) await this.#ask(question, reader);
      } catch (error) {
        this.#waiting.delete(question);
        question.reject(error);
      }
    }
    this.#isAsking = false;
  }

  async #ask(question: Question, reader: Reader): Promise<void> {
    this.#asked = { question, reader };
    const timer = setTimeout(() => {
      question.reject(new SqliteFault('STATEMENT_TIMEOUT'));
      reader.kill();
    }, this.statementTimeoutMs);
    const answer = await reader.ask(question);
    clearTimeout(timer);
    this.#asked = undefined;
    if (answer !== undefined) question.resolve(answer);
    else question.reject(new SqliteFault('READER_ENDED'));
    if (answer !== undefined && !reader.isKilled) return;
    // Not the next one's, also where the answer had come before the end.
    await reader.ended;
    this.#reader = undefined;
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
  /** Never rejects: nobody may be waiting for it. */
  readonly ended: Promise<void>;
  #isKilled = false;
  #done: ((answer: ReaderAnswer | undefined) => void) | undefined;

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise((done) => child.once('exit', () => done()));
    child.on('message', (answer: ReaderAnswer | 'ready') => {
      if (answer !== 'ready') this.#done?.(answer);
    });
    child.on('exit', () => this.#done?.(undefined));
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

  /** One at a time. Undefined where the process has ended. */
  ask({ text, values }: ReaderQuestion): Promise<ReaderAnswer | undefined> {
    const { promise, resolve } = Promise.withResolvers<ReaderAnswer | undefined>();
    this.#done = resolve;
    if (this.child.connected) this.child.send({ text, values });
    else resolve(undefined);
    return promise;
  }

  get isKilled(): boolean {
    return this.#isKilled;
  }

  kill(): void {
    this.#isKilled = true;
    this.child.kill('SIGKILL');
  }
}

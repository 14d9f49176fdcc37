import { describeError } from './operational-log.js';
import { keepMemorySmall } from './small-memory.js';

/** Why a process does not start, for its operator to read: says what to do and quotes no value of a person. */
export class StartFault extends Error {}

export type RunningProcess = Readonly<{ stop(): Promise<void> }>;

/** A process that did not start ends by itself; if something was left open after all, it ends then. */
const LINGER_MS = 5000;

/** What a process has opened so far. */
export class Opened {
  readonly #closers: (() => unknown)[] = [];

  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Does it again and again until it is closed. Nobody waits for the task: it deals with its failures itself. */
  repeat(everyMs: number, task: () => unknown): void {
    const timer = setInterval(task, everyMs).unref();
    this.onClose(() => clearInterval(timer));
  }

  /** The same from any moment of the first period on: processes that started together do not do it together. */
  repeatApart(everyMs: number, task: () => unknown): void {
    const first = setTimeout(() => {
      void task();
      this.repeat(everyMs, task);
    }, Math.random() * everyMs).unref();
    this.onClose(() => clearTimeout(first));
  }

  /** Closes all of it, the last first, each once; what fails does not keep the rest open. Throws the first failure. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

/** A start that fails half-way leaves nothing serving and nothing open. */
export async function withOpened(open: (opened: Opened) => Promise<unknown>): Promise<RunningProcess> {
  const opened = new Opened();
  try {
    await open(opened);
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
  return { stop: () => opened.close() };
}

/** Starts a process, ends it in order on SIGTERM and SIGINT, and says in one line why it did not start. */
export async function runProcess(name: string, start: () => Promise<RunningProcess>): Promise<void> {
  keepMemorySmall();
  try {
    const running = await start();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.stop());
  } catch (error) {
    // Any other message might quote a value.
    const why = error instanceof StartFault ? error.message : JSON.stringify(describeError(error));
    process.stderr.write(`${name} not started: ${why}\n`);
    process.exitCode = 1;
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
}

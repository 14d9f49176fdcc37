import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { type BoundProcess, spawnBound } from '../../../src/demo/bound-process.js';
import { inheritedEnvironment } from '../../../src/demo/inherited-environment.js';
import type { Seen } from '../seen.js';
import type { WriterLine, WriterSettings } from './writer-lines.js';

const START_MS = 90_000;
const ENTRY = join(import.meta.dirname, 'log-writer.js');

/** Options of Node for a process whose clock can be set by `clockFile`. */
export function clockEnvironment(clockFile: string): Readonly<Record<string, string>> {
  const preload = pathToFileURL(join(import.meta.dirname, 'clock-shift.js')).href;
  return { NODE_OPTIONS: `--import=${preload}`, CHAOS_CLOCK_FILE: clockFile };
}

/** One log writer, seen from outside. */
export class LogWriter {
  #running: BoundProcess | undefined;
  #whyNot: string | undefined;
  #heardAll: Promise<unknown> | undefined;

  constructor(
    private readonly settings: WriterSettings,
    private readonly seen: Seen,
    private readonly folder: string,
  ) {}

  get name(): string {
    return this.settings.name;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Milliseconds that its clock is off from now on. */
  setClock(shiftMs: number): void {
    writeFileSync(this.clockFile, String(shiftMs));
  }

  /** Starts it. `undefined` once it works, else why it does not. */
  async start(): Promise<string | undefined> {
    const { name, checkpointFile } = this.settings;
    for (const folder of [this.folder, dirname(checkpointFile)]) mkdirSync(folder, { recursive: true });
    const log = openSync(join(this.folder, `${name}.log`), 'a', 0o600);
    const running = spawnBound({
      command: process.execPath,
      args: ['--enable-source-maps', '--disable-warning=ExperimentalWarning', ENTRY],
      env: {
        ...inheritedEnvironment(),
        ...clockEnvironment(this.clockFile),
        CHAOS_WRITER: JSON.stringify(this.settings),
      },
      stdio: ['ignore', 'pipe', log],
      farewell: 'SIGTERM',
    });
    closeSync(log);
    this.#running = running;
    this.#whyNot = undefined;
    const { stdout } = running.child;
    if (stdout === null) throw new Error('a log writer has no output');
    const lines = createInterface({ input: stdout });
    this.#heardAll = once(lines, 'close');
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(`${name} does not start`), START_MS);
      lines.on('line', (text) => {
        const line = readLine(text);
        if (line?.kind === 'ready') {
          clearTimeout(late);
          resolve(undefined);
        } else if (line !== undefined) this.heard(line);
      });
      lines.on('close', () => {
        clearTimeout(late);
        resolve(this.#whyNot ?? `${name} ended before it worked`);
      });
      void running.ended.then(() => {
        if (this.#running === running) this.#running = undefined;
      });
    });
  }

  /** Resolves when it is gone and all that it had said is heard. */
  async kill(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    running.child.kill('SIGKILL');
    await running.ended;
    await this.#heardAll;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#running?.child.kill(signal);
  }

  private heard(line: WriterLine): void {
    if (line.kind === 'ack') this.seen.acknowledged(this.name, line.what, line.receipt);
    else if (line.kind === 'asked') this.seen.asked(line.retrieval);
    else if (line.kind === 'refused') this.seen.refused(line.reason);
    else if (line.kind === 'not-started') this.#whyNot = line.why;
  }

  private get clockFile(): string {
    return join(this.folder, `${this.name}.clock`);
  }
}

/** Half a line is what a killed process had not finished saying. */
function readLine(text: string): WriterLine | undefined {
  try {
    return JSON.parse(text) as WriterLine;
  } catch {
    return undefined;
  }
}

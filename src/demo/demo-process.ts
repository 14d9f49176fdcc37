import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceError } from '@grpc/grpc-js';
import { type Client, status } from '@grpc/grpc-js';
import { protoPath } from 'grpc-health-check';
import { openClient, type Peer } from '../platform/grpc-client.js';
import { packageRoot } from '../platform/paths.js';
import type { TlsIdentity } from '../platform/tls.js';
import { YOUNG_GENERATION } from '../platform/young-generation.js';
import { type BoundProcess, spawnBound } from './bound-process.js';
import { inheritedEnvironment } from './inherited-environment.js';

const START_MS = 30_000;
/** Longer than a node takes at most. */
const STOP_MS = 20_000;
const PROBED_MS = 50;
const SHOWN_LINES = 5;
/** What V8 made of the modules at an earlier start: loading them is most of what a start costs. */
const COMPILED = join(packageRoot, 'node_modules', '.cache', 'einmal-compiled');

export type DemoProcessOptions = Readonly<{
  name: string;
  /** Built file below the folder of the package. */
  entry: string;
  env: Readonly<Record<string, string>>;
  logFile: string;
  /** How it says that it serves: by gRPC to whose certificate asks, or by HTTP at this URL. */
  health: Readonly<{ peer: Peer; tls: TlsIdentity }> | Readonly<{ url: string }>;
  /** Told when it ended and nobody had asked it to. */
  onLost?: (name: string) => void;
}>;

type HealthClient = Client &
  Readonly<{
    Check(
      request: { service: string },
      options: { deadline: number },
      done: (error: ServiceError | null, answer?: { status?: string }) => void,
    ): void;
  }>;

/** One process of the system: its own keys, login and database, and its own end. */
export class DemoProcess {
  #running: BoundProcess | undefined;
  #isEnding = false;

  constructor(private readonly options: DemoProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  get logFile(): string {
    return this.options.logFile;
  }

  /** Undefined when it does not run. */
  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Starts it and waits until it says SERVING. */
  async start(): Promise<void> {
    if (this.#running !== undefined) return;
    const { entry, env, logFile } = this.options;
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a', 0o600);
    const running = spawnBound({
      command: process.execPath,
      // The flags of "npm start".
      args: [
        YOUNG_GENERATION,
        '--enable-source-maps',
        '--disable-warning=ExperimentalWarning',
        join(packageRoot, entry),
      ],
      env: { NODE_COMPILE_CACHE: COMPILED, ...inheritedEnvironment(), ...env },
      stdio: ['ignore', log, log],
      farewell: 'SIGTERM',
    });
    closeSync(log);
    this.#running = running;
    this.#isEnding = false;
    void running.ended.then(() => {
      if (this.#running === running) this.#running = undefined;
      if (!this.#isEnding) this.options.onLost?.(this.name);
    });
    await this.serving(running);
  }

  /** Lets it finish what it is doing. */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#isEnding = true;
    running.child.kill('SIGTERM');
    const late = setTimeout(() => running.child.kill('SIGKILL'), STOP_MS);
    await running.ended;
    clearTimeout(late);
  }

  /** As a crash would end it. */
  async kill(): Promise<void> {
    const running = this.#running;
    this.#isEnding = true;
    running?.child.kill('SIGKILL');
    await running?.ended;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private async serving(running: BoundProcess): Promise<void> {
    const { health } = this.options;
    const probe = 'url' in health ? httpProbe(health.url) : grpcProbe(health.peer, health.tls);
    try {
      for (const until = Date.now() + START_MS; Date.now() < until && this.#running === running; ) {
        if (await probe.isServing()) return;
        await sleep(PROBED_MS);
      }
    } finally {
      probe.close();
    }
    await this.kill();
    throw new Error(`${this.name} does not start. The end of ${this.logFile}:\n${this.lastLines()}`);
  }

  private lastLines(): string {
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
  }
}

type Probe = Readonly<{ isServing(): Promise<boolean>; close(): void }>;

function httpProbe(url: string): Probe {
  const isServing = async () => {
    try {
      return (await fetch(url, { signal: AbortSignal.timeout(1000) })).ok;
    } catch {
      return false;
    }
  };
  return { isServing, close: () => undefined };
}

function grpcProbe(peer: Peer, tls: TlsIdentity): Probe {
  // A process that is about to serve is asked again at once: how long it took is no matter of when it was asked.
  const client = openClient<HealthClient>([protoPath], 'grpc.health.v1.Health', peer, tls, undefined, [], PROBED_MS);
  return { isServing: () => isServing(client), close: () => client.close() };
}

function isServing(client: HealthClient): Promise<boolean> {
  return new Promise((resolve, reject) => {
    client.Check({ service: '' }, { deadline: Date.now() + 1000 }, (error, answer) => {
      if (error === null) resolve(answer?.status === 'SERVING');
      else if (error.code === status.UNIMPLEMENTED) reject(error);
      else resolve(false);
    });
  });
}

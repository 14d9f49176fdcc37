import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/demo/free-port.js';

type Value = Readonly<{ stringValue?: string }>;
export type CollectedSpan = Readonly<{
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: Readonly<{ code?: number }>;
  attributes: readonly Readonly<{ key: string; value: Value }>[];
}>;
type Message = Readonly<{
  url: string;
  body: Readonly<{
    resourceSpans?: readonly Readonly<{
      resource: Readonly<{ attributes: readonly Readonly<{ key: string; value: Value }>[] }>;
      scopeSpans: readonly Readonly<{ spans: readonly CollectedSpan[] }>[];
    }>[];
  }>;
}>;

/** A collector as a process of its own, which can be away and come back. */
export class Collector {
  #running: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Where it will be; it does not run yet. */
  static async create(): Promise<Collector> {
    return new Collector(await mkdtemp(join(tmpdir(), 'einmal-collector-')), await freePort());
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** @param wish `reject`: answers, and confirms no line */
  async start(wish?: 'reject'): Promise<void> {
    const script = fileURLToPath(new URL('collector-process.mjs', import.meta.url));
    const args = [script, String(this.port), this.file, ...(wish === undefined ? [] : [wish])];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#running = child;
    await once(child.stdout, 'data');
  }

  async stop(): Promise<void> {
    const child = this.#running;
    this.#running = undefined;
    if (child === undefined) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Everything that it was sent, as it was written. */
  text(): string {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8') : '';
  }

  /** The spans among it, of one process or of all. */
  spans(of?: string): readonly CollectedSpan[] {
    return this.messages()
      .flatMap(({ body }) => body.resourceSpans ?? [])
      .filter(({ resource }) => of === undefined || resource.attributes.some(({ value }) => value.stringValue === of))
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  }

  private messages(): readonly Message[] {
    return this.text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Message);
  }

  private get file(): string {
    return join(this.folder, 'messages.ndjson');
  }
}

export function attributeOf({ attributes }: CollectedSpan, name: string): string | undefined {
  return attributes.find(({ key }) => key === name)?.value.stringValue;
}

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export type ProxyCommand = Readonly<{ id: number; name: string; what: 'open' | 'cut' | 'mute' | 'unmute' }>;
export type ProxyAnswer = Readonly<{ id: number; port: number }>;

/** Stands between processes and database, each process on a lane of its own, and cuts. */
export class DatabaseProxy {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (answer: ProxyAnswer) => void>();
  #last = 0;

  constructor(databasePort: number) {
    this.#worker = new Worker(join(import.meta.dirname, 'proxy-worker.js'), { workerData: databasePort });
    this.#worker.on('message', (answer: ProxyAnswer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  /** The same URL by way of the lane of this process, which the database sees under its name. */
  async urlFor(name: string, databaseUrl: string): Promise<string> {
    const { port } = await this.tell(name, 'open');
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${port}`;
    url.searchParams.set('application_name', name);
    return url.href;
  }

  /** Resets every connection of the process, in both directions. */
  async cut(name: string): Promise<void> {
    await this.tell(name, 'cut');
  }

  /** From now on the process reaches the database and hears nothing from it. */
  async mute(name: string): Promise<void> {
    await this.tell(name, 'mute');
  }

  async unmute(name: string): Promise<void> {
    await this.tell(name, 'unmute');
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  private tell(name: string, what: ProxyCommand['what']): Promise<ProxyAnswer> {
    this.#last += 1;
    const command: ProxyCommand = { id: this.#last, name, what };
    return new Promise((resolve) => {
      this.#waiting.set(command.id, resolve);
      this.#worker.postMessage(command);
    });
  }
}

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export type ProxyCommand = Readonly<{
  id: number;
  name: string;
  what: 'open' | 'cut' | 'mute' | 'unmute' | 'spoil' | 'unspoil';
  /** Of a lane that is opened: where it leads, and where it begins; 0: anywhere. */
  to?: number;
  at?: number;
}>;
export type Spoiled = Readonly<{ spoiled: number; packets: number }>;
/** What was spoiled so far, of how many packets of lanes that are. */
export type ProxyAnswer = Readonly<{ id: number; port: number; seen: Spoiled }>;

/** Stands between processes, with a lane of its own for each, and cuts, mutes or spoils them. */
export class LaneProxy {
  readonly #worker = new Worker(join(import.meta.dirname, 'proxy-worker.js'));
  readonly #waiting = new Map<number, (answer: ProxyAnswer) => void>();
  #last = 0;

  constructor() {
    this.#worker.on('message', (answer: ProxyAnswer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  /** The same URL by way of the lane of this process, which the database sees under its name. */
  async urlFor(name: string, databaseUrl: string): Promise<string> {
    const url = new URL(databaseUrl);
    const { port } = await this.tell(name, 'open', { to: Number(url.port) });
    url.host = `127.0.0.1:${port}`;
    url.searchParams.set('application_name', name);
    return url.href;
  }

  /** A lane that begins and ends on these ports. */
  async open(name: string, at: number, to: number): Promise<void> {
    await this.tell(name, 'open', { at, to });
  }

  /** Resets every connection of the lane, in both directions. */
  async cut(name: string): Promise<void> {
    await this.tell(name, 'cut');
  }

  /** From now on what is sent arrives, and no answer does. */
  async mute(name: string): Promise<void> {
    await this.tell(name, 'mute');
  }

  async unmute(name: string): Promise<void> {
    await this.tell(name, 'unmute');
  }

  /** From now on one bit of every hundredth packet arrives as another. */
  async spoil(name: string): Promise<void> {
    await this.tell(name, 'spoil');
  }

  /** @returns what was spoiled on all lanes so far */
  async unspoil(name: string): Promise<Spoiled> {
    return (await this.tell(name, 'unspoil')).seen;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  private tell(
    name: string,
    what: ProxyCommand['what'],
    place: Pick<ProxyCommand, 'to' | 'at'> = {},
  ): Promise<ProxyAnswer> {
    this.#last += 1;
    const command: ProxyCommand = { id: this.#last, name, what, ...place };
    return new Promise((resolve) => {
      this.#waiting.set(command.id, resolve);
      this.#worker.postMessage(command);
    });
  }
}

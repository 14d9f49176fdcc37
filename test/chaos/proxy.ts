import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

type Pair = Readonly<{ client: Socket; database: Socket }>;
type Lane = Readonly<{ server: Server; port: number; pairs: Set<Pair> }>;

/** Stands between processes and database, each process on a lane of its own, and cuts. */
export class DatabaseProxy {
  readonly #lanes = new Map<string, Lane>();
  readonly #mute = new Set<string>();

  constructor(private readonly databasePort: number) {}

  /** The same URL by way of the lane of this process, which the database sees under its name. */
  async urlFor(name: string, databaseUrl: string): Promise<string> {
    const lane = this.#lanes.get(name) ?? (await this.open(name));
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${lane.port}`;
    url.searchParams.set('application_name', name);
    return url.href;
  }

  /** Resets every connection of the process, in both directions. Says how many. */
  cut(name: string): number {
    const pairs = [...(this.#lanes.get(name)?.pairs ?? [])];
    for (const { client, database } of pairs) {
      client.resetAndDestroy();
      database.resetAndDestroy();
    }
    return pairs.length;
  }

  /** From now on the process reaches the database and hears nothing from it, until `cut` and `unmute`. */
  mute(name: string): void {
    this.#mute.add(name);
  }

  unmute(name: string): void {
    this.#mute.delete(name);
  }

  async close(): Promise<void> {
    for (const [name, { server }] of this.#lanes) {
      const closed = once(server, 'close');
      server.close();
      this.cut(name);
      await closed;
    }
    this.#lanes.clear();
  }

  private async open(name: string): Promise<Lane> {
    const pairs = new Set<Pair>();
    const server = createServer((client) => {
      const database = connect(this.databasePort, '127.0.0.1');
      const pair = { client, database };
      pairs.add(pair);
      for (const socket of [client, database]) socket.setNoDelay(true);
      client.on('data', (bytes: Buffer) => database.write(bytes));
      database.on('data', (bytes: Buffer) => {
        if (!this.#mute.has(name)) client.write(bytes);
      });
      const end = (other: Socket) => () => {
        pairs.delete(pair);
        other.destroy();
      };
      client.on('error', () => undefined).on('close', end(database));
      database.on('error', () => undefined).on('close', end(client));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const lane = { server, port: (server.address() as AddressInfo).port, pairs };
    this.#lanes.set(name, lane);
    return lane;
  }
}

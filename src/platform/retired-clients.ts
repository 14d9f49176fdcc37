import type { Client } from '@grpc/grpc-js';

/** Longer than any call takes (`EINMAL_MAX_DEADLINE_MS`). */
const RETIRED_MS = 60_000;

/** Clients that nobody asks any more, and that are not done yet: closed at once, they would fail calls that wait for their connection. */
export class RetiredClients {
  readonly #retired = new Map<Client, NodeJS.Timeout>();

  /** One that knew its peer by these certificates; talked to no longer at all where one of them is not named any more. */
  replaced(
    { client, certificates }: Readonly<{ client: Client; certificates: readonly string[] }>,
    named: readonly string[],
  ): void {
    if (certificates.every((it) => named.includes(it))) this.add(client);
    else client.close();
  }

  add(client: Client): void {
    const end = () => {
      this.#retired.delete(client);
      client.close();
    };
    this.#retired.set(client, setTimeout(end, RETIRED_MS).unref());
  }

  close(): void {
    for (const [client, timer] of this.#retired) {
      clearTimeout(timer);
      client.close();
    }
    this.#retired.clear();
  }
}

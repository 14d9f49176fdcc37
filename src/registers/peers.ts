import type { Client } from '@grpc/grpc-js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { openClient } from '../platform/grpc-client.js';
import type { TlsIdentity } from '../platform/tls.js';

/** Connections to other participants: address and certificate from the catalogue, one per service and participant. */
export class Peers {
  readonly #clients = new Map<string, Client>();

  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly tls: TlsIdentity,
  ) {}

  client<C extends Client>(protos: readonly string[], service: string, participant: string): C {
    const name = `${service} ${participant}`;
    const known = this.#clients.get(name);
    if (known !== undefined) return known as C;
    const endpoint = this.catalogue.lookup.endpoint(participant);
    if (endpoint === undefined) throw new Error(`the catalogue names no endpoint of ${participant}`);
    const client = openClient<C>(
      protos,
      service,
      {
        address: endpoint.address,
        serverName: endpoint.server_name,
        certificates: this.catalogue.lookup.keysOf(participant)?.certificates ?? [],
      },
      this.tls,
    );
    this.#clients.set(name, client);
    return client;
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }
}

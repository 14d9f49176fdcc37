import type { Client } from '@grpc/grpc-js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { openClient } from '../platform/grpc-client.js';
import type { TlsIdentity } from '../platform/tls.js';

/**
 * Connections to other participants: address and certificate from the catalogue in force, one per service and participant.
 * A certificate that it does not name any more is talked to no longer.
 */
export class Peers {
  readonly #clients = new Map<string, Readonly<{ client: Client; peer: string }>>();

  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly tls: TlsIdentity,
  ) {}

  client<C extends Client>(protos: readonly string[], service: string, participant: string): C {
    const name = `${service} ${participant}`;
    const { lookup } = this.catalogue;
    const endpoint = lookup.endpoint(participant);
    if (endpoint === undefined) throw new Error(`the catalogue names no endpoint of ${participant}`);
    const { address, server_name: serverName } = endpoint;
    const certificates = lookup.keysOf(participant)?.certificates ?? [];
    const peer = JSON.stringify([address, serverName, certificates]);
    const known = this.#clients.get(name);
    if (known?.peer === peer) return known.client as C;
    known?.client.close();
    const client = openClient<C>(protos, service, { address, serverName, certificates }, this.tls);
    this.#clients.set(name, { client, peer });
    return client;
  }

  close(): void {
    for (const { client } of this.#clients.values()) client.close();
    this.#clients.clear();
  }
}

import type { Client, Interceptor } from '@grpc/grpc-js';
import type { Endpoint } from '../catalogue/catalogue.js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { openClient, type Peer } from '../platform/grpc-client.js';
import { RetiredClients } from '../platform/retired-clients.js';
import { observingCalls } from '../platform/telemetry/grpc-calls.js';
import type { Telemetry } from '../platform/telemetry/telemetry.js';
import type { TlsIdentity } from '../platform/tls.js';

type Connected = Readonly<{ client: Client; peer: Peer; endpoint: Endpoint }>;

/**
 * Connections to other participants: address and certificate from the catalogue in force, one per service and participant.
 * A certificate that it does not name any more is talked to no longer.
 */
export class Peers {
  readonly #clients = new Map<string, Connected>();
  readonly #retired = new RetiredClients();

  constructor(
    private readonly catalogue: CurrentCatalogue,
    private tls: TlsIdentity,
    private readonly telemetry?: Telemetry,
  ) {}

  /** Another certificate to show from the next call on; what is under way goes on with the one before. */
  rotate(tls: TlsIdentity): void {
    this.tls = tls;
    for (const { client } of this.#clients.values()) this.#retired.add(client);
    this.#clients.clear();
  }

  client<C extends Client>(protos: readonly string[], service: string, participant: string): C {
    const name = `${service} ${participant}`;
    const { lookup } = this.catalogue;
    const endpoint = lookup.endpoint(participant);
    if (endpoint === undefined) throw new Error(`the catalogue names no endpoint of ${participant}`);
    const { address, server_name: serverName } = endpoint;
    const certificates = lookup.keysOf(participant)?.certificates ?? [];
    const known = this.#clients.get(name);
    if (known?.peer.certificates === certificates && known.endpoint === endpoint) return known.client as C;
    const peer = { address, serverName, certificates };
    if (known !== undefined && isSame(known.peer, peer)) {
      this.#clients.set(name, { ...known, peer, endpoint });
      return known.client as C;
    }
    if (known !== undefined)
      this.#retired.replaced({ client: known.client, certificates: known.peer.certificates }, certificates);
    const client = openClient<C>(protos, service, peer, this.tls, undefined, this.observing(participant));
    this.#clients.set(name, { client, peer, endpoint });
    return client;
  }

  private observing(participant: string): readonly Interceptor[] {
    return this.telemetry === undefined ? [] : [observingCalls(this.telemetry, participant)];
  }

  close(): void {
    for (const { client } of this.#clients.values()) client.close();
    this.#clients.clear();
    this.#retired.close();
  }
}

function isSame(one: Peer, other: Peer): boolean {
  return (
    one.address === other.address &&
    one.serverName === other.serverName &&
    one.certificates.length === other.certificates.length &&
    one.certificates.every((it) => other.certificates.includes(it))
  );
}

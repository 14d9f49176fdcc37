import {
  type CallOptions,
  type Client,
  type ClientReadableStream,
  type ClientUnaryCall,
  type Metadata,
  type requestCallback,
  status,
} from '@grpc/grpc-js';
import { openClient, RpcFailure, serverStream, unary } from '../platform/grpc-client.js';
import { BROKER_PROTOS } from '../platform/proto.js';
import { RetiredClients } from '../platform/retired-clients.js';
import { readTlsIdentity, type TlsIdentity, thumbprintOfPem } from '../platform/tls.js';
import type { SigningKey } from '../tokens/jws.js';
import { AccessTokens } from './access-tokens.js';
import type { NodeProfile } from './node-profile.js';

const DEADLINE_MS = 15_000;

/** What a participant proves to its node with who it is. */
export type NodeCredentials = Readonly<{ tls: TlsIdentity; assertionKey: SigningKey }>;

type Connected = Readonly<{ client: Client; certificates: readonly string[] }>;

/**
 * A participant's way to its node: mutual TLS with the certificates that the profile names, an access token with every call. A
 * certificate that the profile does not name any more is talked to no longer.
 */
export class NodeChannel {
  #credentials: NodeCredentials;
  #certificate: string;
  #tokens: AccessTokens;
  readonly #clients = new Map<string, Connected>();
  readonly #retired = new RetiredClients();

  constructor(
    readonly profile: NodeProfile,
    assertionKey: SigningKey,
  ) {
    const tls = readTlsIdentity(profile.keys);
    this.#credentials = { tls, assertionKey };
    this.#certificate = thumbprintOfPem(tls.cert);
    this.#tokens = new AccessTokens(profile, tls, assertionKey);
  }

  /** `x5t#S256` of the certificate that is shown from the next call on. */
  get certificate(): string {
    return this.#certificate;
  }

  /** The client for one service of `einmal.broker.v1`, to be taken anew for each call; its first one connects. */
  open<C extends Client>(service: string): () => C {
    return () => {
      const { grpc: address, server_name: serverName, certificates } = this.profile.node;
      const known = this.#clients.get(service);
      if (known?.certificates === certificates) return known.client as C;
      if (known !== undefined) this.#retired.replaced(known, certificates);
      const peer = { address, serverName, certificates };
      const client = openClient<C>(BROKER_PROTOS, `einmal.broker.v1.${service}`, peer, this.#credentials.tls);
      this.#clients.set(service, { client, certificates });
      return client;
    };
  }

  /** From the next call on; what is under way ends as it began. Tokens are of one certificate (RFC 8705 § 3): another is fetched. */
  rotate(next: Partial<NodeCredentials>): void {
    this.#credentials = { ...this.#credentials, ...next };
    const { tls, assertionKey } = this.#credentials;
    this.#tokens = new AccessTokens(this.profile, tls, assertionKey);
    if (next.tls === undefined) return;
    this.#certificate = thumbprintOfPem(tls.cert);
    for (const { client } of this.#clients.values()) this.#retired.add(client);
    this.#clients.clear();
  }

  /**
   * Once more where the connection broke, unless it `isOnce`: HTTP/2 may end a connection while a request is on its way, as where a
   * node is restarted. A call that is not once is a read, idempotent by what it carries, or refused the second time.
   * @throws RpcFailure with the reason, or AccessRefused
   */
  async call<Response>(
    start: (metadata: Metadata, options: CallOptions, done: requestCallback<Response>) => ClientUnaryCall,
    deadlineMs = DEADLINE_MS,
    { isOnce = false }: Readonly<{ isOnce?: boolean }> = {},
  ): Promise<Response> {
    const deadline = Date.now() + deadlineMs;
    const once = async () =>
      unary<Response>(start, { deadline, metadata: { authorization: `Bearer ${await this.#tokens.current()}` } });
    try {
      return await once();
    } catch (error) {
      // Refused at the door: nothing was done yet. The node may have another key by now.
      if (isRefusedAtDoor(error)) this.#tokens.forget();
      else if (isOnce || !isConnectionBroken(error)) throw error;
      return once();
    }
  }

  /** Messages of one server stream; who leaves the loop cancels it. @throws RpcFailure with the reason, or AccessRefused */
  async *stream<Response>(
    start: (metadata: Metadata, options: CallOptions) => ClientReadableStream<Response>,
    {
      deadlineMs = DEADLINE_MS,
      signal,
    }: Readonly<{ deadlineMs?: number | undefined; signal?: AbortSignal | undefined }>,
  ): AsyncGenerator<Response> {
    const deadline = Date.now() + deadlineMs;
    const once = async () =>
      serverStream<Response>(start, {
        deadline,
        metadata: { authorization: `Bearer ${await this.#tokens.current()}` },
        ...(signal && { signal }),
      });
    try {
      yield* await once();
    } catch (error) {
      // Refused at the door as above: nothing was sent yet.
      if (!isRefusedAtDoor(error)) throw error;
      this.#tokens.forget();
      yield* await once();
    }
  }

  close(): void {
    for (const { client } of this.#clients.values()) client.close();
    this.#clients.clear();
    this.#retired.close();
  }
}

function isConnectionBroken(error: unknown): boolean {
  return error instanceof RpcFailure && error.code === status.UNAVAILABLE && error.reason === undefined;
}

function isRefusedAtDoor(error: unknown): boolean {
  return error instanceof RpcFailure && error.reason === 'ACCESS_TOKEN_INVALID';
}

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
import { readTlsIdentity, type TlsIdentity } from '../platform/tls.js';
import type { SigningKey } from '../tokens/jws.js';
import { AccessTokens } from './access-tokens.js';
import type { NodeProfile } from './node-profile.js';

const DEADLINE_MS = 15_000;

/** A participant's way to its node: mutual TLS with the certificates that the profile names, an access token with every call. */
export class NodeChannel {
  readonly #tls: TlsIdentity;
  readonly #tokens: AccessTokens;
  readonly #opened: Client[] = [];

  constructor(
    readonly profile: NodeProfile,
    assertionKey: SigningKey,
  ) {
    this.#tls = readTlsIdentity(profile.keys);
    this.#tokens = new AccessTokens(profile, this.#tls, assertionKey);
  }

  /** A client for one service of `einmal.broker.v1`; its first call connects. */
  open<C extends Client>(service: string): C {
    const { grpc: address, server_name: serverName, certificates } = this.profile.node;
    const peer = { address, serverName, certificates };
    const client = openClient<C>(BROKER_PROTOS, `einmal.broker.v1.${service}`, peer, this.#tls);
    this.#opened.push(client);
    return client;
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
    for (const client of this.#opened) client.close();
  }
}

function isConnectionBroken(error: unknown): boolean {
  return error instanceof RpcFailure && error.code === status.UNAVAILABLE && error.reason === undefined;
}

function isRefusedAtDoor(error: unknown): boolean {
  return error instanceof RpcFailure && error.reason === 'ACCESS_TOKEN_INVALID';
}

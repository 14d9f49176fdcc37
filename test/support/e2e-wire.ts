import { Client, Metadata, type ServiceError, type StatusObject, status } from '@grpc/grpc-js';
import type { MethodDefinition, ServiceDefinition } from '@grpc/proto-loader';
import { openClient, type Peer } from '../../src/platform/grpc-client.js';
import { BROKER_PROTOS, loadProtos } from '../../src/platform/proto.js';
import type { TlsIdentity } from '../../src/platform/tls.js';

/** Service and method of `einmal.broker.v1`, for example `EvidenceService/RetrieveEvidence`. */
export type MethodName = `${string}Service/${string}`;

export type Sent = Readonly<{
  metadata?: Readonly<Record<string, string>>;
  deadline?: number;
  /** Hangs up. */
  signal?: AbortSignal;
}>;

const DEADLINE_MS = 10_000;
const definitions = loadProtos(BROKER_PROTOS);

/** One connection to the node with any identity; failures are the bare errors of grpc-js, trailers included. */
export class NodeWire {
  readonly #client: Client;

  constructor(peer: Peer, tls: TlsIdentity) {
    this.#client = openClient<Client>(BROKER_PROTOS, 'einmal.broker.v1.EvidenceService', peer, tls);
  }

  async call<Answer>(method: MethodName, request: object, sent: Sent = {}): Promise<Answer> {
    const { requestSerialize, responseDeserialize } = definitionOf(method);
    const bytes = await this.bytes(method, Buffer.from(requestSerialize(request)), sent);
    return responseDeserialize(bytes) as Answer;
  }

  /** Any bytes in, the answer's bytes out. */
  bytes(
    method: MethodName,
    request: Buffer,
    { metadata = {}, deadline = Date.now() + DEADLINE_MS, signal }: Sent = {},
  ) {
    const headers = new Metadata();
    for (const [name, value] of Object.entries(metadata)) headers.set(name, value);
    const same = (bytes: Buffer) => bytes;
    return new Promise<Buffer>((resolve, reject) => {
      const call = this.#client.makeUnaryRequest(
        `/einmal.broker.v1.${method}`,
        same,
        same,
        request,
        headers,
        { deadline },
        (error: ServiceError | null, answer?: Buffer) => {
          if (error !== null) reject(error);
          else resolve(answer ?? Buffer.alloc(0));
        },
      );
      signal?.addEventListener('abort', () => call.cancel(), { once: true });
    });
  }

  /** A stream that is expected to end without a message. */
  stream(method: MethodName, request: object, { metadata = {}, deadline = Date.now() + DEADLINE_MS }: Sent = {}) {
    const { requestSerialize, responseDeserialize } = definitionOf(method);
    const headers = new Metadata();
    for (const [name, value] of Object.entries(metadata)) headers.set(name, value);
    return new Promise<readonly unknown[]>((resolve, reject) => {
      const answers: unknown[] = [];
      this.#client
        .makeServerStreamRequest(
          `/einmal.broker.v1.${method}`,
          (value: object) => Buffer.from(requestSerialize(value)),
          responseDeserialize,
          request,
          headers,
          { deadline },
        )
        .on('data', (answer: unknown) => answers.push(answer))
        .on('error', reject)
        .on('status', ({ code }: StatusObject) => {
          if (code === status.OK) resolve(answers);
        });
    });
  }

  close(): void {
    this.#client.close();
  }
}

/** Every method of the broker's protos. */
export function allMethods(): readonly Readonly<{ name: MethodName; isStream: boolean }>[] {
  return Object.entries(definitions).flatMap(([service, definition]) =>
    'format' in definition
      ? []
      : Object.entries(definition as ServiceDefinition).map(([method, { responseStream }]) => ({
          name: `${service.slice('einmal.broker.v1.'.length)}/${method}` as MethodName,
          isStream: responseStream,
        })),
  );
}

function definitionOf(method: MethodName): MethodDefinition<object, object> {
  const [service, name = ''] = method.split('/');
  const found = definitions[`einmal.broker.v1.${service}`] as ServiceDefinition | undefined;
  const definition = found?.[name];
  if (definition === undefined) throw new Error(`the protos have no ${method}`);
  return definition;
}

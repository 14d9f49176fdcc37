import { status } from '@grpc/grpc-js';
import { openClient, type Peer, RpcFailure, unary } from '../platform/grpc-client.js';
import { SOURCE_PROTOS } from '../platform/proto.js';
import type { FindRecordsRequest } from '../platform/rpc-types/einmal/source/v1/FindRecordsRequest.js';
import type { FindRecordsResponse__Output } from '../platform/rpc-types/einmal/source/v1/FindRecordsResponse.js';
import type { Record__Output } from '../platform/rpc-types/einmal/source/v1/Record.js';
import type { RecordServiceClient } from '../platform/rpc-types/einmal/source/v1/RecordService.js';
import type { TlsIdentity } from '../platform/tls.js';
import { EndpointFault } from './answer-fault.js';
import type { NamedConnection } from './named-connection.js';

const SERVICE = 'einmal.source.v1.RecordService';
const DEFAULT_TIMEOUT_MS = 2000;
const DEFAULT_MAX_ANSWER_BYTES = 262_144;

/** A register's own system over mutual TLS: one connection, kept and opened again. No question is repeated. */
export class RecordEndpoint {
  readonly #client: RecordServiceClient;
  readonly #timeoutMs: number;

  constructor(
    peer: Peer,
    identity: TlsIdentity,
    { timeout_ms, max_answer_bytes }: Pick<NamedConnection, 'timeout_ms' | 'max_answer_bytes'>,
  ) {
    const maxAnswerBytes = max_answer_bytes ?? DEFAULT_MAX_ANSWER_BYTES;
    this.#client = openClient<RecordServiceClient>(SOURCE_PROTOS, SERVICE, peer, identity, maxAnswerBytes);
    this.#timeoutMs = timeout_ms ?? DEFAULT_TIMEOUT_MS;
  }

  /** One message: it is there as a whole, or there is none. @throws EndpointFault */
  async find(request: FindRecordsRequest): Promise<readonly Record__Output[]> {
    try {
      const { records = [] } = await unary<FindRecordsResponse__Output>(
        (metadata, options, done) => this.#client.FindRecords(request, metadata, options, done),
        { deadline: Date.now() + this.#timeoutMs },
      );
      return records;
    } catch (error) {
      // Without its cause: what a stranger writes beside a status may name somebody.
      const code = error instanceof RpcFailure ? status[error.code] : undefined;
      throw new EndpointFault(`GRPC_${code ?? 'UNKNOWN'}`);
    }
  }

  close(): void {
    this.#client.close();
  }
}

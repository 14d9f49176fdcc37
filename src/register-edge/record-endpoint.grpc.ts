import { status } from '@grpc/grpc-js';
import type { Waiting } from '../platform/call.js';
import { openClient, type Peer, RpcFailure, unary } from '../platform/grpc-client.js';
import { SOURCE_PROTOS } from '../platform/proto.js';
import type { FindRecordsRequest } from '../platform/rpc-types/einmal/source/v1/FindRecordsRequest.js';
import type { FindRecordsResponse__Output } from '../platform/rpc-types/einmal/source/v1/FindRecordsResponse.js';
import type { Record__Output } from '../platform/rpc-types/einmal/source/v1/Record.js';
import type { RecordServiceClient } from '../platform/rpc-types/einmal/source/v1/RecordService.js';
import type { TlsIdentity } from '../platform/tls.js';
import { AnswerFault, EndpointFault } from './answer-fault.js';
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

  /** One message: it is there as a whole, or there is none. @throws EndpointFault, AnswerFault */
  async find(request: FindRecordsRequest, call?: Waiting): Promise<readonly Record__Output[]> {
    try {
      const { records = [] } = await unary<FindRecordsResponse__Output>(
        (metadata, options, done) => this.#client.FindRecords(request, metadata, options, done),
        {
          deadline: Math.min(Date.now() + this.#timeoutMs, call?.deadline ?? Number.POSITIVE_INFINITY),
          ...(call !== undefined && { signal: call.signal }),
        },
      );
      return records;
    } catch (error) {
      // Without its cause: what a stranger writes beside a status may name somebody.
      if (!(error instanceof RpcFailure)) throw new EndpointFault('GRPC_UNKNOWN');
      if (error.isTooLarge) throw new AnswerFault('ANSWER_TOO_LARGE');
      if (error.code === status.DATA_LOSS) throw new AnswerFault('ANSWER_DATA_LOSS');
      throw new EndpointFault(`GRPC_${status[error.code] ?? 'UNKNOWN'}`);
    }
  }

  close(): void {
    this.#client.close();
  }
}

import protobuf from 'protobufjs/light.js';
import { BadRequest, ErrorInfo, PreconditionFailure, RetryInfo, Status } from './messages.js';

/** Metadata key of the encoded status (gRPC "Richer error model"). */
export const STATUS_DETAILS_KEY = 'grpc-status-details-bin';

/** One entry of `Status.details` (AIP-193, google/rpc/error_details.proto); a type that is not known here stays as it came. */
export type StatusDetail =
  | Readonly<{ type: 'error-info'; reason: string; domain: string; metadata: Readonly<Record<string, string>> }>
  | Readonly<{ type: 'retry-info'; retryDelayMs: number }>
  | Readonly<{ type: 'bad-request'; violations: readonly FieldViolation[] }>
  | Readonly<{ type: 'precondition-failure'; violations: readonly PreconditionViolation[] }>
  | Readonly<{ type: 'unknown'; typeUrl: string; value: Buffer }>;

/** google/rpc/error_details.proto, `BadRequest.FieldViolation`. */
export type FieldViolation = Readonly<{ field: string; description: string }>;

/** google/rpc/error_details.proto, `PreconditionFailure.Violation`. */
export type PreconditionViolation = Readonly<{ type: string; subject: string; description: string }>;

/** google/rpc/status.proto, `Status`. `code` is the number of the gRPC status code. */
export type RpcStatus = Readonly<{ code: number; message: string; details: readonly StatusDetail[] }>;

/** The bytes are no `google.rpc.Status` (google/rpc/status.proto). */
export class StatusFault extends Error {
  override readonly name = 'StatusFault';
  readonly code = 'MALFORMED_STATUS';
}

const TYPE_URL = 'type.googleapis.com/google.rpc.';

/**
 * Encodes a status for {@link STATUS_DETAILS_KEY} (google/rpc/status.proto). Equal statuses give equal bytes:
 * map keys are sorted and default values left out, since answers that must look alike are compared byte for byte.
 */
export function encodeStatus({ code, message, details }: RpcStatus): Buffer {
  return encode(Status, { ...sparse({ code, message }), details: details.map(encodeDetail) });
}

/** Decodes a status (google/rpc/status.proto). Throws {@link StatusFault} for bytes that are none. */
export function decodeStatus(bytes: Uint8Array): RpcStatus {
  const { code, message, details } = decode<{ code: number; message: string; details: AnyMessage[] }>(Status, bytes);
  return { code, message, details: details.map(decodeDetail) };
}

type AnyMessage = { type_url: string; value: Uint8Array };

function encodeDetail(detail: StatusDetail): AnyMessage {
  switch (detail.type) {
    case 'error-info': {
      const { reason, domain } = detail;
      const keys = Object.keys(detail.metadata).sort();
      const metadata = Object.fromEntries(keys.map((key) => [key, detail.metadata[key]]));
      return any('ErrorInfo', ErrorInfo, { ...sparse({ reason, domain }), metadata });
    }
    case 'retry-info': {
      const seconds = Math.floor(detail.retryDelayMs / 1000);
      const nanos = Math.round((detail.retryDelayMs - seconds * 1000) * 1_000_000);
      return any('RetryInfo', RetryInfo, { retry_delay: sparse({ seconds, nanos }) });
    }
    case 'bad-request':
      return any('BadRequest', BadRequest, {
        field_violations: detail.violations.map(({ field, description }) => sparse({ field, description })),
      });
    case 'precondition-failure':
      return any('PreconditionFailure', PreconditionFailure, {
        violations: detail.violations.map(({ type, subject, description }) => sparse({ type, subject, description })),
      });
    case 'unknown':
      return { type_url: detail.typeUrl, value: detail.value };
  }
}

function decodeDetail({ type_url: typeUrl, value }: AnyMessage): StatusDetail {
  switch (typeUrl) {
    case `${TYPE_URL}ErrorInfo`:
      return {
        type: 'error-info',
        ...decode<{ reason: string; domain: string; metadata: Record<string, string> }>(ErrorInfo, value),
      };
    case `${TYPE_URL}RetryInfo`: {
      const { retry_delay: delay } = decode<{ retry_delay: { seconds: number; nanos: number } | null }>(
        RetryInfo,
        value,
      );
      return { type: 'retry-info', retryDelayMs: delay === null ? 0 : delay.seconds * 1000 + delay.nanos / 1_000_000 };
    }
    case `${TYPE_URL}BadRequest`:
      return {
        type: 'bad-request',
        violations: decode<{ field_violations: FieldViolation[] }>(BadRequest, value).field_violations,
      };
    case `${TYPE_URL}PreconditionFailure`:
      return {
        type: 'precondition-failure',
        ...decode<{ violations: PreconditionViolation[] }>(PreconditionFailure, value),
      };
    default:
      return { type: 'unknown', typeUrl, value: Buffer.from(value) };
  }
}

function any(name: string, type: protobuf.Type, message: Record<string, unknown>): AnyMessage {
  return { type_url: `${TYPE_URL}${name}`, value: encode(type, message) };
}

function encode(type: protobuf.Type, message: Record<string, unknown>): Buffer {
  return Buffer.from(type.encode(type.create(message)).finish());
}

function decode<Message>(type: protobuf.Type, bytes: Uint8Array): Message {
  try {
    // protobufjs' reader for a Buffer cuts a string that is too short without a word; the one for a Uint8Array throws.
    const reader = new protobuf.Reader(new Uint8Array(bytes));
    // The reflection objects in messages.ts are what gives the result this shape.
    return type.toObject(type.decode(reader), { defaults: true, longs: Number }) as Message;
  } catch {
    throw new StatusFault('not a google.rpc.Status');
  }
}

/** proto3 leaves default values out; protobufjs writes whatever is present. */
function sparse(message: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== '' && value !== 0));
}

import {
  type CallOptions,
  type Client,
  type ClientOptions,
  type ClientReadableStream,
  type ClientUnaryCall,
  type Interceptor,
  loadPackageDefinition,
  Metadata,
  type requestCallback,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { decodeStatus, STATUS_DETAILS_KEY } from '#libs/grpc-status/status.js';
import type { FieldViolation } from './fault.js';
import { loadProtos } from './proto.js';
import { ERROR_DOMAIN, isReason, type Reason } from './reasons.js';
import { mutualTlsClient, type TlsIdentity } from './tls.js';

/** A call that did not succeed. `reason` is present when the peer speaks our error vocabulary. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure';
  constructor(
    readonly code: status,
    readonly reason: Reason | undefined,
    readonly retryDelayMs: number | undefined,
    /** Faulty fields, all at once; of the reason REQUEST_INVALID. */
    readonly violations: readonly FieldViolation[] = [],
    /** Public facts beside the reason, for example `rule`. */
    readonly metadata: Readonly<Record<string, string>> = {},
    /** The peer has answered, with more than is taken here. */
    readonly isTooLarge = false,
    /** The peer surely did not get it: it was reached by nothing, or refused the stream unread (RFC 9113, 8.7). */
    readonly isUnsent = false,
  ) {
    super(`${status[code]}${reason === undefined ? '' : ` ${reason}`}`);
  }

  /** Nobody answered: not reachable, too slow, overloaded. */
  get isOutage(): boolean {
    return [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.RESOURCE_EXHAUSTED, status.CANCELLED].includes(
      this.code,
    );
  }
}

export type Peer = Readonly<{
  address: string;
  serverName: string;
  /** Thumbprints that the catalogue names for the peer. */
  certificates: readonly string[];
}>;

type ServiceConstructor<C extends Client> = new (
  address: string,
  credentials: ReturnType<typeof mutualTlsClient>,
  options: ClientOptions,
) => C;

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** After a peer that could not be reached several times. */
const LONGEST_PAUSE_MS = 2000;

/** Opens a client for one service of one peer. `service` is the full name, for example `einmal.broker.v1.PermissionService`. */
export function openClient<C extends Client>(
  protos: readonly string[],
  service: string,
  peer: Peer,
  tls: TlsIdentity,
  maxAnswerBytes = MAX_ANSWER_BYTES,
  interceptors: readonly Interceptor[] = [],
  longestPauseMs = LONGEST_PAUSE_MS,
): C {
  let found: unknown = loadPackageDefinition(loadProtos(protos));
  for (const part of service.split('.')) found = (found as Record<string, unknown>)[part];
  if (typeof found !== 'function') throw new Error(`unknown service ${service}`);
  const Service = found as unknown as ServiceConstructor<C>;
  return new Service(peer.address, mutualTlsClient(tls, peer.certificates), {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.ssl_target_name_override': peer.serverName,
    'grpc.default_authority': peer.serverName,
    'grpc.enable_retries': 0,
    // Nobody serves what grpc-js would count of each call and message for it.
    'grpc.enable_channelz': 0,
    'grpc.max_receive_message_length': maxAnswerBytes,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': longestPauseMs,
    'grpc.keepalive_time_ms': 60_000,
    ...(interceptors.length > 0 && { interceptors: [...interceptors] }),
  });
}

export type CallSettings = Readonly<{
  /** Milliseconds since the epoch. */
  deadline: number;
  signal?: AbortSignal;
  metadata?: Readonly<Record<string, string>>;
}>;

/** How long another party may take, milliseconds. */
export type CallLimits = Readonly<{
  registerTimeoutMs: number;
  /** Kept back from the caller's deadline, so that the caller still hears who did not answer. */
  reserveMs: number;
}>;

/** The same call with less time: what hangs must not use up the time of the answer that says so. */
export function limited<C extends Pick<CallSettings, 'deadline'>>(call: C, limits: CallLimits): C {
  const { registerTimeoutMs, reserveMs } = limits;
  return { ...call, deadline: Math.min(call.deadline - reserveMs, Date.now() + registerTimeoutMs) };
}

/** What came of a call. */
export type Outcome<Response> = Readonly<{ answer: Response }> | Readonly<{ failure: RpcFailure }>;

/** Begins one unary call; `ended` is told once what came of it. */
export function begin<Response>(
  start: (metadata: Metadata, options: CallOptions, done: requestCallback<Response>) => ClientUnaryCall,
  { deadline, metadata }: Pick<CallSettings, 'deadline' | 'metadata'>,
  ended: (outcome: Outcome<Response>) => void,
): ClientUnaryCall {
  return start(toMetadata(metadata), { deadline }, (error, answer) => {
    if (error !== null) ended({ failure: toFailure(error) });
    else if (answer === undefined) ended({ failure: new RpcFailure(status.INTERNAL, undefined, undefined) });
    else ended({ answer });
  });
}

/** One unary call as a promise. @throws RpcFailure */
export function unary<Response>(
  start: (metadata: Metadata, options: CallOptions, done: requestCallback<Response>) => ClientUnaryCall,
  settings: CallSettings,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal } = settings;
    if (signal?.aborted === true) {
      reject(new RpcFailure(status.CANCELLED, undefined, undefined));
      return;
    }
    let call: ClientUnaryCall | undefined;
    const cancel = () => call?.cancel();
    call = begin(start, settings, (outcome) => {
      signal?.removeEventListener('abort', cancel);
      if ('answer' in outcome) resolve(outcome.answer);
      else reject(outcome.failure);
    });
    signal?.addEventListener('abort', cancel, { once: true });
  });
}

function toMetadata(entries: CallSettings['metadata'] = {}): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
  return metadata;
}

/**
 * Messages of one server stream at the pace of whoever reads them; who leaves the loop cancels the call. A stream that
 * ends without a failure is complete. @throws RpcFailure
 */
export async function* serverStream<Response>(
  start: (metadata: Metadata, options: CallOptions) => ClientReadableStream<Response>,
  { deadline, signal, metadata }: CallSettings,
): AsyncGenerator<Response> {
  if (signal?.aborted === true) throw new RpcFailure(status.CANCELLED, undefined, undefined);
  const call = start(toMetadata(metadata), { deadline });
  // A call that is cancelled says so by an event that would end the process if nobody listened.
  call.on('error', () => undefined);
  const cancel = () => call.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const message of call) yield message as Response;
  } catch (error) {
    throw toFailure(error as ServiceError);
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
  }
}

/** What grpc-js says itself of the limit for what is received. */
const TOO_LARGE = /^Received message (?:larger than|that decompresses to)/;
/** And of a call of which nothing was sent, or taken. */
const UNSENT = /^(?:No connection established|Name resolution failed|Stream refused by server)/;

export function toFailure(error: ServiceError): RpcFailure {
  const [bytes] = error.metadata?.get(STATUS_DETAILS_KEY) ?? [];
  let reason: Reason | undefined;
  let retryDelayMs: number | undefined;
  let violations: readonly FieldViolation[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  if (Buffer.isBuffer(bytes)) {
    try {
      for (const detail of decodeStatus(bytes).details) {
        if (detail.type === 'error-info' && detail.domain === ERROR_DOMAIN && isReason(detail.reason))
          [reason, metadata] = [detail.reason, detail.metadata];
        if (detail.type === 'retry-info') retryDelayMs = detail.retryDelayMs;
        if (detail.type === 'bad-request') violations = detail.violations;
      }
    } catch {
      // A peer's malformed details tell nothing more than its code does.
    }
  }
  const isTooLarge = error.code === status.RESOURCE_EXHAUSTED && TOO_LARGE.test(error.details);
  const isUnsent = error.code === status.UNAVAILABLE && reason === undefined && UNSENT.test(error.details);
  return new RpcFailure(error.code, reason, retryDelayMs, violations, metadata, isTooLarge, isUnsent);
}

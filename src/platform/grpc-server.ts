import { type Server, type ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { type GrpcOptions, Transport } from '@nestjs/microservices';
import { HealthImplementation } from 'grpc-health-check';
import type { CallerDirectory } from './caller.js';
import type { Mode } from './config.js';
import { readCertificateOnce } from './peer-certificate.js';
import { loadProtos, withDecodingFaults } from './proto.js';
import { HTTP2_LIMITS, limitConnections, limitTime } from './server-limits.js';
import { withReason } from './status.js';
import { observeHandler, rpcOf } from './telemetry/grpc-calls.js';
import type { Telemetry } from './telemetry/telemetry.js';
import { ClosedTlsServer, type TlsIdentity } from './tls.js';
import { limitUnfinished, UnfinishedRequests } from './unfinished-requests.js';

export type GrpcServerConfig = Readonly<{
  host: string;
  port: number;
  mode: Mode;
  packages: readonly string[];
  protos: readonly string[];
  tls: TlsIdentity;
  /** Whose certificate it does not know is left little room. */
  callers: CallerDirectory;
  requestLimitBytes: number;
  telemetry?: Telemetry | undefined;
}>;

export type GrpcServer = Readonly<{
  options: GrpcOptions;
  isServing(): boolean;
  /** Lets callers in and says SERVING; before, nobody gets a connection. To be called once it is bound. */
  ready(): void;
  /** Says NOT_SERVING, so that balancers leave before the server does. */
  draining(): void;
  /** Another certificate for whoever connects from now on; who is connected stays. */
  rotate(tls: TlsIdentity): void;
  /** Takes no call from now on; resolves when those under way have ended. */
  finish(): Promise<void>;
  /** Ends what is still open after the grace time; an endless stream would keep the process alive. */
  forceShutdown(): void;
}>;

/** How long what is under way may take after the process was told to end: of a register or a permission. */
const SHUTDOWN_GRACE_MS = 5000;

/**
 * Takes the server out of balance, lets it finish what is under way, and ends what is left after the grace time. gRPC by itself, and
 * not when Nest comes to it: Nest waits for HTTP before, which may be half a request.
 * @param https what the application serves besides
 */
export async function closeServing(
  app: Readonly<{ close(): Promise<void> }>,
  server: Pick<GrpcServer, 'draining' | 'finish' | 'forceShutdown'>,
  graceMs = SHUTDOWN_GRACE_MS,
  https?: Readonly<{ closeAllConnections(): void }>,
): Promise<void> {
  server.draining();
  const force = setTimeout(() => {
    server.forceShutdown();
    https?.closeAllConnections();
  }, graceMs);
  try {
    await Promise.all([server.finish(), app.close()]);
  } finally {
    clearTimeout(force);
  }
}

const SENT_LIMIT_BYTES = 4 * 1024 * 1024;
/** Above so many times the limit grpc-js itself cuts a message off; below, ours answers with a reason and an entry. */
const CUT_OFF_AT_LIMITS = 2;

/**
 * On the call itself: what grpc-js sends on its own account (too large, badly compressed, deadline over) passes by the
 * `withSendStatus` of every interceptor. And each layer around a call costs it a listener, a responder and their closures.
 */
const aroundEachCall = (telemetry: Telemetry | undefined, requests: UnfinishedRequests): ServerInterceptor => {
  return (method, call) => {
    const observed = telemetry?.serverCall(rpcOf(method.path));
    const send = call.sendStatus.bind(call);
    call.sendStatus = (sent) => {
      const reasoned = withReason(sent);
      observed?.ended(status[reasoned.code]);
      send(reasoned);
    };
    readCertificateOnce(call);
    if (observed !== undefined) observeHandler(call, observed);
    limitTime(method, call);
    // Around all others: what is refused here costs nothing of theirs.
    limitUnfinished(call, requests);
    // grpc-js asks for its class, and uses what the interface has.
    return call as ServerInterceptingCall;
  };
};

/** Reflection reads the files anew for each definition, and each one holds all of them: a third of a second for what one of them says. */
function filesOnce(definition: PackageDefinition): PackageDefinition {
  return Object.fromEntries(
    Object.entries(definition)
      .filter(([, it]) => 'fileDescriptorProtos' in it)
      .slice(0, 1),
  );
}

/** gRPC over mutual TLS 1.3 with health always, reflection in development only, and a reason on every refusal. */
export function grpcServer(config: GrpcServerConfig): GrpcServer {
  const health = new HealthImplementation({ '': 'NOT_SERVING' });
  const definition = withDecodingFaults(loadProtos(config.protos), config.requestLimitBytes);
  const credentials = new ClosedTlsServer(config.tls, HTTP2_LIMITS);
  const isNamed = (certificate: string) => config.callers.participantOf(certificate) !== undefined;
  let raw: Server | undefined;
  let isServing = false;
  const options: GrpcOptions = {
    transport: Transport.GRPC,
    options: {
      url: `${config.host}:${config.port}`,
      package: [...config.packages],
      packageDefinition: definition,
      credentials,
      gracefulShutdown: true,
      maxReceiveMessageLength: config.requestLimitBytes * CUT_OFF_AT_LIMITS,
      maxSendMessageLength: SENT_LIMIT_BYTES,
      channelOptions: {
        interceptors: [aroundEachCall(config.telemetry, new UnfinishedRequests(isNamed))],
        // Nobody serves what grpc-js would count of each call and message for it.
        'grpc.enable_channelz': 0,
        'grpc.max_connection_age_ms': 600_000,
        'grpc.max_connection_age_grace_ms': 30_000,
        'grpc.keepalive_time_ms': 60_000,
        'grpc.keepalive_timeout_ms': 20_000,
        'grpc-node.max_session_memory': 64,
      },
      onLoadPackageDefinition: (_definition: unknown, server: Server) => {
        raw = server;
        health.addToServer(server);
        if (config.mode === 'development')
          new ReflectionService(filesOnce(loadProtos(config.protos))).addToServer(server);
      },
    },
  };
  return {
    options,
    isServing: () => isServing,
    ready: () => {
      if (raw === undefined) throw new Error('a server that is not bound cannot be ready');
      limitConnections(raw, isNamed);
      isServing = true;
      health.setStatus('', 'SERVING');
      credentials.open();
    },
    draining: () => {
      isServing = false;
      health.setStatus('', 'NOT_SERVING');
    },
    rotate: (tls) => credentials.rotate(tls),
    finish: () =>
      new Promise<void>((resolve, reject) => {
        if (raw === undefined) return resolve();
        raw.tryShutdown((error) => (error ? reject(error) : resolve()));
      }),
    forceShutdown: () => raw?.forceShutdown(),
  };
}

import type { Server as NetServer } from 'node:net';
import { type TLSSocket, Server as TlsServer } from 'node:tls';
import { type Server, type ServerInterceptingCallInterface, status } from '@grpc/grpc-js';
import { thumbprintOfSocket } from './tls.js';

/**
 * What one connection may cost. Beyond it Node ends the stream or the connection, before anything of ours runs. That streams
 * which are reset as fast as they are opened, settings and continuations without end also end the connection is Node's default.
 */
export const HTTP2_LIMITS = {
  handshakeTimeout: 10_000,
  maxHeaderListPairs: 64,
  settings: { maxConcurrentStreams: 256, maxHeaderListSize: 16_384, enableConnectProtocol: false },
} as const;

/** The same for HTTPS, and for pages behind a proxy: who does not get to the end of a handshake, of the headers or of a request is told to go. */
export const HTTPS_LIMITS = {
  handshakeTimeout: 10_000,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  maxHeaderSize: 16_384,
  connectionsCheckingInterval: 2000,
} as const;

/**
 * Connections of a port, those in their handshake included, and of them so many with one certificate: what one participant opens
 * leaves room for the others. Whoever has none, as readers of the log over HTTPS, leaves it to those who have. Over gRPC a
 * certificate that the catalogue does not name is good for health checks and little else.
 */
const CONNECTIONS = { all: 4096, ofOneCertificate: 256, ofStranger: 16, withoutCertificate: 2048 } as const;
type Connections = Readonly<Record<keyof typeof CONNECTIONS, number>>;

/** From its headers on a request must be there within this time; a byte now and then is no request. */
const REQUEST_WITHIN_MS = 10_000;

/** No deadline that a caller may have is longer (`EINMAL_MAX_DEADLINE_MS`). A stream ends with its connection at the latest. */
const ANSWER_WITHIN_MS = 70_000;

/**
 * Ends a call whose request does not come, and one that nobody answers; what still works for it is told by its signal. What
 * arrives once it is over reaches no handler.
 */
export function limitTime(
  method: Readonly<{ requestStream: boolean; responseStream: boolean }>,
  call: ServerInterceptingCallInterface,
): void {
  const start = call.start.bind(call);
  const end = () => call.sendStatus({ code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' });
  call.start = (listener) => {
    let isOver = false;
    let late = method.requestStream ? undefined : setTimeout(end, REQUEST_WITHIN_MS).unref();
    start({
      onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
      onReceiveMessage: (message) => {
        if (!isOver) listener.onReceiveMessage(message);
      },
      onReceiveHalfClose: () => {
        if (isOver) return;
        clearTimeout(late);
        late = method.requestStream || method.responseStream ? undefined : setTimeout(end, ANSWER_WITHIN_MS).unref();
        listener.onReceiveHalfClose();
      },
      // Also when the status was sent.
      onCancel: () => {
        isOver = true;
        clearTimeout(late);
        listener.onCancel();
      },
    });
  };
}

/**
 * Limits the connections of a server that is bound.
 * @param isNamed whether the catalogue in force names a certificate (`x5t#S256`)
 */
export function limitConnections(server: Server, isNamed: (certificate: string) => boolean): void {
  const open = new Map<string, number>();
  for (const listener of listenersOf(server)) limitListener(listener, CONNECTIONS, open, isNamed);
}

/** The same for a port without gRPC; behind a proxy, which ends TLS, only in all. */
export function limitListener(
  listener: NetServer,
  limits: Connections = CONNECTIONS,
  open: Map<string, number> = new Map(),
  isNamed: (certificate: string) => boolean = () => true,
): void {
  listener.maxConnections = limits.all;
  if (listener instanceof TlsServer)
    listener.on('secureConnection', (socket) =>
      countByCertificate(socket, open, (certificate) => mostOf(certificate, limits, isNamed)),
    );
}

function mostOf(certificate: string, limits: Connections, isNamed: (certificate: string) => boolean): number {
  if (certificate === '') return limits.withoutCertificate;
  return isNamed(certificate) ? limits.ofOneCertificate : limits.ofStranger;
}

function countByCertificate(
  socket: TLSSocket,
  open: Map<string, number>,
  mostOf: (certificate: string) => number,
): void {
  const certificate = thumbprintOfSocket(socket);
  const others = open.get(certificate) ?? 0;
  if (others >= mostOf(certificate)) {
    socket.destroy();
    return;
  }
  open.set(certificate, others + 1);
  socket.once('close', () => {
    const left = (open.get(certificate) ?? 1) - 1;
    if (left === 0) open.delete(certificate);
    else open.set(certificate, left);
  });
}

/** grpc-js has no option for it and keeps its listeners to itself: where they are not found, nothing is served. */
function listenersOf(server: Server): readonly TlsServer[] {
  const kept: unknown = Reflect.get(server, 'http2Servers');
  const found = kept instanceof Map ? [...kept.keys()].filter((it) => it instanceof TlsServer) : [];
  if (found.length === 0) throw new Error('grpc-js keeps its listeners elsewhere: connections cannot be limited');
  return found;
}

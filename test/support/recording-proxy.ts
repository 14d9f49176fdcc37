import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { TlsIdentity } from '../../src/platform/tls.js';

/** One call as it arrived: its headers and every byte of its messages. */
export type RecordedCall = Readonly<{ headers: IncomingHttpHeaders; body: Buffer[] }>;

export type RecordingProxy = Readonly<{ calls: readonly RecordedCall[]; stop(): Promise<void> }>;

type Place = Readonly<{
  port: number;
  forwardTo: number;
  /** Of the process in whose place it stands, and of its caller. */
  server: TlsIdentity;
  client: TlsIdentity;
}>;

const TLS_1_3 = { minVersion: 'TLSv1.3' } as const;

/** Stands before a process with its own certificate, writes down what arrives, and passes it on as the caller would. */
export async function recordBefore({ port, forwardTo, server: own, client }: Place): Promise<RecordingProxy> {
  const calls: RecordedCall[] = [];
  const sessions = new Set<ServerHttp2Session | ClientHttp2Session>();
  const keep = <S extends ServerHttp2Session | ClientHttp2Session>(session: S): S => {
    sessions.add(session);
    session.on('error', () => undefined).on('close', () => sessions.delete(session));
    return session;
  };
  let upstream: ClientHttp2Session | undefined;
  const target = () => {
    if (upstream === undefined || upstream.closed || upstream.destroyed)
      upstream = keep(
        connect(`https://localhost:${forwardTo}`, { ...TLS_1_3, ...client, checkServerIdentity: () => undefined }),
      );
    return upstream;
  };
  const server = createSecureServer({ ...TLS_1_3, ...own, requestCert: true, rejectUnauthorized: true });
  server.on('session', keep);
  server.on('stream', (stream, headers) => {
    const call = { headers, body: [] };
    calls.push(call);
    forward(target(), stream, call);
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  const stop = async () => {
    for (const session of sessions) session.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { calls, stop };
}

function forward(upstream: ClientHttp2Session, stream: ServerHttp2Stream, { headers, body }: RecordedCall): void {
  const request = upstream.request(outgoing(headers));
  let trailers: OutgoingHttpHeaders = {};
  const end = () => void (stream.destroyed || stream.close());
  stream.on('error', () => request.close()).on('aborted', () => request.close());
  request.on('error', end);
  stream.on('data', (chunk: Buffer) => {
    body.push(chunk);
    request.write(chunk);
  });
  stream.on('end', () => request.end());
  // A status without a message comes as headers alone (gRPC: Trailers-Only).
  request.on('response', (answer) => {
    const isStatusOnly = answer['grpc-status'] !== undefined;
    stream.respond(outgoing(answer), isStatusOnly ? { endStream: true } : { waitForTrailers: true });
  });
  request.on('trailers', (given) => {
    trailers = outgoing(given);
  });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  request.on('data', (chunk: Buffer) => void (stream.writable && stream.write(chunk)));
  request.on('end', () => stream.end());
}

function outgoing(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'connection'));
}

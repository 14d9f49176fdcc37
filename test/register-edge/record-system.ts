import {
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { Server, type ServerErrorResponse } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/proto-loader';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { freePort } from '../../src/demo/free-port.js';
import { SystemClock } from '../../src/platform/clock.js';
import { loadProtos, SOURCE_PROTOS } from '../../src/platform/proto.js';
import type { FindRecordsRequest__Output } from '../../src/platform/rpc-types/einmal/source/v1/FindRecordsRequest.js';
import type { FindRecordsResponse } from '../../src/platform/rpc-types/einmal/source/v1/FindRecordsResponse.js';
import type { Record as WireRecord } from '../../src/platform/rpc-types/einmal/source/v1/Record.js';
import type { RecordServiceHandlers } from '../../src/platform/rpc-types/einmal/source/v1/RecordService.js';
import { MutualTlsServer, type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { type OpenedSource, openSource } from '../../src/register-edge/open-source.js';
import type { GrpcConfig } from '../../src/register-edge/register-config.js';
import { SilentLog } from '../support/silent-log.js';
import { PROBE_TYPES } from './probe-tables.js';

const SERVICE = 'einmal.source.v1.RecordService';
const protos = loadProtos(SOURCE_PROTOS);
export const { FindRecords } = protos[SERVICE] as ServiceDefinition;

export const GRPC_EVIDENCE: GrpcConfig['evidence'] = {
  person: {
    attributes: {
      name: 'name',
      moved_in: 'moved_in',
      status: 'status',
      nations: 'nations',
      children: 'children',
      faulty: 'faulty',
      slow: 'slow',
    },
    code_lists: { status: { LD: 'ledig', VH: 'verheiratet' } },
  },
  local: { attributes: { name: 'name' } },
  firm: { attributes: { name: 'name' } },
};

/** Certificates of a system of the register, of its edge, and of somebody else by the same authority. */
export async function identities() {
  const authority = await createAuthority('authority of the test');
  const named = (participant: string) => issueLeaf(authority, { commonName: 'localhost', participant });
  const [system, edge, other] = await Promise.all([named('system'), named('edge'), named('other')]);
  return { system, edge, other };
}

export function openAt(
  port: number,
  {
    system,
    identity,
    ...more
  }: Partial<GrpcConfig['data_source']> & Readonly<{ system: TlsIdentity; identity: TlsIdentity }>,
  log = new SilentLog(),
): Promise<OpenedSource> {
  const server_certificates = [thumbprintOfPem(system.cert)];
  const data_source = {
    kind: 'grpc',
    url_env: 'DATA_URL',
    identity_env: 'DATA_TLS',
    server_certificates,
    ...more,
  } as const;
  const config: GrpcConfig = { register: 'probe', simulator: true, data_source, evidence: GRPC_EVIDENCE };
  const url = `https://localhost:${port}`;
  return openSource(config, { url, identity, types: PROBE_TYPES, log, clock: new SystemClock() });
}

export type Asked = FindRecordsRequest__Output;

/** A system as grpc-js serves it, which answers as it is told; undefined: not at all. */
export async function aSystem(tls: TlsIdentity, answer: (asked: Asked) => FindRecordsResponse | undefined) {
  const port = await freePort();
  const handlers: RecordServiceHandlers = {
    FindRecords: ({ request }, done) => {
      try {
        const found = answer(request);
        if (found !== undefined) done(null, found);
      } catch (error) {
        done(error as Partial<ServerErrorResponse>);
      }
    },
  };
  let server: Server | undefined;
  const start = async () => {
    server = new Server();
    server.addService(protos[SERVICE] as ServiceDefinition, handlers);
    const bound = Promise.withResolvers<void>();
    server.bindAsync(`localhost:${port}`, new MutualTlsServer(tls), (error) =>
      error === null ? bound.resolve() : bound.reject(error),
    );
    await bound.promise;
  };
  await start();
  return { port, start, stop: async () => server?.forceShutdown() };
}
export const encoded = (response: FindRecordsResponse): Buffer =>
  FindRecords?.responseSerialize(response) ?? Buffer.alloc(0);
export const framed = (message: Buffer, length = message.length, compressed = 0): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt8(compressed);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
};

export type Reply = (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void;
export const HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' } as const;

/** Bytes, and what is said at their end. */
export const bytes =
  (body: Buffer, trailers: Readonly<Record<string, string>> = { 'grpc-status': '0' }, more: object = {}): Reply =>
  (stream) => {
    stream.respond({ ...HEADERS, ...more }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.end(body);
  };
export const records = (...found: readonly WireRecord[]): Reply => bytes(framed(encoded({ records: [...found] })));

/** A system that speaks HTTP/2 and gRPC only as far as it is told. */
export async function aHostileSystem(tls: TlsIdentity, first: Reply) {
  const port = await freePort();
  let reply = first;
  const sessions = new Set<ServerHttp2Session>();
  const server: Http2SecureServer = createSecureServer({ ...tls, requestCert: true, rejectUnauthorized: true });
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => undefined);
    stream.resume();
    reply(stream, headers);
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    port,
    /** Connections that are open. */
    sessions,
    replies: (other: Reply) => {
      reply = other;
    },
    stop: async () => {
      for (const it of sessions) it.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

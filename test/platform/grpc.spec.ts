import 'reflect-metadata';
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, createServer, TLSSocket } from 'node:tls';
import { Client, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type CanActivate, Controller, type INestMicroservice, Injectable, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { GrpcMethod, type MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Participant } from '../../src/catalogue/catalogue.js';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { freePort } from '../../src/demo/free-port.js';
import { deadlineOf, type ServerCall, signalOf } from '../../src/platform/call.js';
import { CallerDirectory, callerOf } from '../../src/platform/caller.js';
import { Clock, SystemClock } from '../../src/platform/clock.js';
import { EntryGuard } from '../../src/platform/entry.guard.js';
import { outage, refusal } from '../../src/platform/fault.js';
import { openClient, unary } from '../../src/platform/grpc-client.js';
import { closeServing, type GrpcServer, grpcServer } from '../../src/platform/grpc-server.js';
import { OperationalLog } from '../../src/platform/operational-log.js';
import { REGISTER_PROTOS } from '../../src/platform/proto.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { RetrieveEvidenceResponse__Output } from '../../src/platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import { StatusFilter } from '../../src/platform/status.filter.js';
import { MutualTlsServer, mutualTlsClient, type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';

const authority = await createAuthority('Test authority');
const leaf = (participant: string) => issueLeaf(authority, { commonName: participant, participant });
const serverTls = await leaf('register');
const nodeTls = await leaf('node');
const unknownTls = await leaf('nobody');
const strangerTls = await issueLeaf(await createAuthority('Stranger'), { commonName: 'node', participant: 'node' });

const node: Participant = { id: 'node', title: { de: 'Knoten' }, kind: 'node', area: 'inneres' };

const callers = { isNodeKnown: true };

class OneCaller extends CallerDirectory {
  override participantOf(thumbprint: string): Participant | undefined {
    return callers.isNodeKnown && thumbprint === thumbprintOfPem(nodeTls.cert) ? node : undefined;
  }
}

class Lines extends OperationalLog {
  readonly lines: string[] = [];
  override info(details: object, message: string): void {
    this.lines.push(JSON.stringify({ ...details, message }));
  }
  override warn = this.info;
  override error = this.info;
}

const log = new Lines();
const seen: { call?: ServerCall; signal?: AbortSignal; handled: number; guardSays: boolean } = {
  handled: 0,
  guardSays: true,
};
let handle: (call: ServerCall) => Promise<object> = async () => ({ evidence_jwe: 'jwe' });

/** A global guard of the process behind the entry guard. */
@Injectable()
class SecondGuard implements CanActivate {
  canActivate(): boolean {
    return seen.guardSays;
  }
}

@Controller()
class Register {
  @GrpcMethod('RegisterService', 'RetrieveEvidence')
  retrieve(_request: object, _metadata: unknown, call: ServerCall): Promise<object> {
    seen.handled += 1;
    seen.call = call;
    seen.signal = signalOf(call);
    return handle(call);
  }
}

@Module({
  controllers: [Register],
  providers: [
    { provide: CallerDirectory, useClass: OneCaller },
    { provide: Clock, useClass: SystemClock },
    { provide: APP_GUARD, useClass: EntryGuard },
    { provide: APP_GUARD, useClass: SecondGuard },
    { provide: APP_FILTER, useFactory: () => new StatusFilter(log) },
  ],
})
class RegisterModule {}

const port = await freePort();
const LIMIT = 4096;
let app: INestMicroservice;
let server: GrpcServer;
const clients: RegisterServiceClient[] = [];

beforeAll(async () => {
  server = grpcServer({
    host: 'localhost',
    port,
    mode: 'production',
    packages: ['einmal.register.v1'],
    protos: REGISTER_PROTOS,
    tls: serverTls,
    callers: new OneCaller(),
    requestLimitBytes: LIMIT,
  });
  app = await NestFactory.createMicroservice<MicroserviceOptions>(RegisterModule, { ...server.options, logger: false });
  await app.listen();
  server.ready();
});
afterAll(async () => {
  for (const client of clients) client.close();
  server.forceShutdown();
  await app.close();
});
beforeEach(() => {
  Object.assign(seen, { handled: 0, guardSays: true, call: undefined, signal: undefined });
  handle = async () => ({ evidence_jwe: 'jwe' });
});

function clientOf(tls: TlsIdentity = nodeTls, certificates = [thumbprintOfPem(serverTls.cert)], at = port) {
  const peer = { address: `localhost:${at}`, serverName: 'localhost', certificates };
  const client = openClient<RegisterServiceClient>(REGISTER_PROTOS, 'einmal.register.v1.RegisterService', peer, tls);
  clients.push(client);
  return client;
}

type Ask = { client?: RegisterServiceClient; request?: object; deadline?: number; signal?: AbortSignal };
function ask({ client = known, request = {}, deadline = Date.now() + 5000, signal }: Ask = {}) {
  return unary<RetrieveEvidenceResponse__Output>(
    (metadata, options, done) => client.RetrieveEvidence(request, metadata, options, done),
    { deadline, ...(signal === undefined ? {} : { signal }) },
  );
}
const known = clientOf();
const failure = (code: status, reason?: string) => expect.objectContaining({ name: 'RpcFailure', code, reason });

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await sleep(10);
}

describe('a call over mutual TLS 1.3', () => {
  it('reaches the handler with its caller', async () => {
    let caller: unknown;
    handle = async (call) => {
      caller = callerOf(call);
      return { evidence_jwe: 'jwe' };
    };
    await expect(ask()).resolves.toMatchObject({ evidence_jwe: 'jwe' });
    expect(caller).toEqual({ participant: node, thumbprint: thumbprintOfPem(nodeTls.cert) });
  });

  it('has its certificate read once for its connection, and its caller looked up each time', async () => {
    const read = jest.spyOn(TLSSocket.prototype, 'getPeerCertificate');
    const client = clientOf();
    try {
      for (let n = 0; n < 3; n += 1) await ask({ client });
      expect(read).toHaveBeenCalled();
      const before = read.mock.calls.length;
      for (let n = 0; n < 3; n += 1) await ask({ client });
      expect(read.mock.calls.length).toBe(before);
      callers.isNodeKnown = false;
      await expect(ask({ client })).rejects.toEqual(failure(status.UNAUTHENTICATED, 'CALLER_UNKNOWN'));
    } finally {
      callers.isNodeKnown = true;
      read.mockRestore();
    }
  });

  it('is refused for a certificate that the catalogue names for nobody, before anything else is looked at', async () => {
    const client = clientOf(unknownTls);
    await expect(ask({ client })).rejects.toEqual(failure(status.UNAUTHENTICATED, 'CALLER_UNKNOWN'));
    const big = { retrieval_id: 'x'.repeat(LIMIT) };
    await expect(ask({ client, request: big })).rejects.toEqual(failure(status.UNAUTHENTICATED, 'CALLER_UNKNOWN'));
    expect(seen.handled).toBe(0);
  });

  it('is refused for a certificate of another authority', async () => {
    await expect(ask({ client: clientOf(strangerTls), deadline: Date.now() + 800 })).rejects.toMatchObject({
      isOutage: true,
    });
    expect(seen.handled).toBe(0);
  });

  it('is not made to a server whose certificate the catalogue does not name for the peer', async () => {
    const client = clientOf(nodeTls, [thumbprintOfPem(unknownTls.cert)]);
    await expect(ask({ client, deadline: Date.now() + 800 })).rejects.toMatchObject({ isOutage: true });
    expect(seen.handled).toBe(0);
  });

  async function handshake(tls: Partial<TlsIdentity>, maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
    const options = {
      port,
      host: 'localhost',
      ALPNProtocols: ['h2'],
      ca: authority.certificatePem,
      maxVersion,
      ...tls,
    };
    const socket = connect({ ...options, minVersion: 'TLSv1.2' });
    const ended = await new Promise<string>((resolve) => {
      // With TLS 1.3 the server refuses a client certificate only after the client thinks that it is connected.
      socket.once('secureConnect', () => socket.once('data', () => resolve('connected')));
      socket.once('error', (error) => resolve(String('code' in error && error.code)));
      socket.once('close', () => resolve('closed'));
      socket.setTimeout(3000, () => resolve('timeout'));
    });
    socket.destroy();
    return ended;
  }

  it('is refused below TLS 1.3', async () => {
    expect(await handshake(nodeTls, 'TLSv1.3')).toBe('connected');
    expect(await handshake(nodeTls, 'TLSv1.2')).toMatch(/ERR_SSL|ECONNRESET|closed/);
  });

  it('is refused without a client certificate', async () => {
    expect(await handshake({}, 'TLSv1.3')).not.toBe('connected');
  });

  it('is not made to a server below TLS 1.3', async () => {
    const old = createServer({ ...serverTls, maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2', ALPNProtocols: ['h2'] });
    old.on('error', () => undefined).on('tlsClientError', () => undefined);
    let handshakes = 0;
    old.on('secureConnection', (socket) => {
      handshakes += 1;
      socket.destroy();
    });
    const at = await freePort();
    await new Promise<void>((resolve) => old.listen(at, 'localhost', resolve));
    const client = clientOf(nodeTls, undefined, at);
    await expect(ask({ client, deadline: Date.now() + 800 })).rejects.toMatchObject({ isOutage: true });
    expect(handshakes).toBe(0);
    old.close();
  });

  it('takes a new certificate at the next handshake, and a broken one never', () => {
    const credentials = new MutualTlsServer(serverTls);
    expect(() => credentials.rotate({ ...serverTls, key: nodeTls.key })).toThrow();
    expect(() => credentials.rotate(nodeTls)).not.toThrow();
  });
});

describe('the entry of a call', () => {
  it('refuses a call that a further global guard denies: guards run on gRPC', async () => {
    seen.guardSays = false;
    await expect(ask()).rejects.toEqual(failure(status.PERMISSION_DENIED, 'CALL_NOT_ALLOWED'));
    expect(seen.handled).toBe(0);
  });

  it('refuses a message above the limit with its reason', async () => {
    await expect(ask({ request: { retrieval_id: 'x'.repeat(LIMIT) } })).rejects.toEqual(
      failure(status.RESOURCE_EXHAUSTED, 'REQUEST_TOO_LARGE'),
    );
    expect(seen.handled).toBe(0);
  });

  it('refuses a message above the limit of grpc-js, which cuts it off before we could give a reason', async () => {
    const request = { retrieval_id: 'x'.repeat(4 * 1024 * 1024) };
    await expect(ask({ request })).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(seen.handled).toBe(0);
  });

  it('refuses a message that decompresses to more than the limit of grpc-js', async () => {
    const large = Buffer.concat([Buffer.from([0x0a, 0x80, 0x80, 0x04]), Buffer.alloc(0x10000, 'x')]);
    const call = new Promise<{ code?: number }>((resolve) => {
      const sent = { 'grpc.default_compression_algorithm': 2, 'grpc.ssl_target_name_override': 'localhost' };
      const client = new Client(`localhost:${port}`, mutualTlsClient(nodeTls, [thumbprintOfPem(serverTls.cert)]), sent);
      const same = (bytes: Buffer) => bytes;
      client.makeUnaryRequest('/einmal.register.v1.RegisterService/RetrieveEvidence', same, same, large, (error) => {
        client.close();
        resolve(error ?? {});
      });
    });
    expect(await call).toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    expect(seen.handled).toBe(0);
  });

  it('refuses what is no message of the method with its reason', async () => {
    const raw = await new Promise<{ code: number; metadata: { get(key: string): unknown[] } }>((resolve) => {
      known.makeUnaryRequest(
        '/einmal.register.v1.RegisterService/RetrieveEvidence',
        () => Buffer.from([0xff, 0xff]),
        (bytes: Buffer) => bytes,
        {},
        (error) => resolve(error as never),
      );
    });
    expect(raw.code).toBe(status.INVALID_ARGUMENT);
    expect(String(raw.metadata.get('grpc-status-details-bin'))).toContain('REQUEST_MALFORMED');
    expect(seen.handled).toBe(0);
  });

  it('has no reflection in production', async () => {
    const code = await new Promise((resolve) => {
      known
        .makeBidiStreamRequest(
          '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
          () => Buffer.alloc(0),
          (bytes: Buffer) => bytes,
        )
        .on('error', (error) => resolve((error as { code?: number }).code))
        .on('data', () => resolve('answered'))
        .end();
    });
    expect(code).toBe(status.UNIMPLEMENTED);
  });
});

describe('a server in development', () => {
  it('tells by reflection which services it has, and their files', async () => {
    const at = await freePort();
    const developed = grpcServer({
      host: 'localhost',
      port: at,
      mode: 'development',
      packages: ['einmal.register.v1'],
      protos: REGISTER_PROTOS,
      tls: serverTls,
      callers: new OneCaller(),
      requestLimitBytes: LIMIT,
    });
    const other = await NestFactory.createMicroservice<MicroserviceOptions>(RegisterModule, {
      ...developed.options,
      logger: false,
    });
    await other.listen();
    developed.ready();
    const client = clientOf(nodeTls, undefined, at);
    // ServerReflectionRequest (grpc.reflection.v1): 7 lists the services, 4 asks for the file with a symbol.
    const asked = (field: number, value: string) =>
      new Promise<string>((resolve, reject) => {
        const call = client.makeBidiStreamRequest(
          '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
          () => Buffer.concat([Buffer.of((field << 3) | 2, value.length), Buffer.from(value)]),
          (bytes: Buffer) => bytes.toString('latin1'),
        );
        call.on('data', (text: string) => resolve(text)).on('error', reject);
        call.write({});
        call.end();
      });
    try {
      expect(await asked(7, '')).toContain('einmal.register.v1.RegisterService');
      expect(await asked(4, 'einmal.register.v1.LookupPersonRequest')).toContain('commitment_salt');
    } finally {
      client.close();
      await closeServing(other, developed);
    }
  });
});

describe('a server that is starting', () => {
  it('gives nobody a connection before it is ready: nobody hears that there is no such method', async () => {
    const at = await freePort();
    const starting = grpcServer({
      host: 'localhost',
      port: at,
      mode: 'production',
      packages: ['einmal.register.v1'],
      protos: REGISTER_PROTOS,
      tls: serverTls,
      callers: new OneCaller(),
      requestLimitBytes: LIMIT,
    });
    expect(() => starting.ready()).toThrow('not bound');
    const other = await NestFactory.createMicroservice<MicroserviceOptions>(RegisterModule, {
      ...starting.options,
      logger: false,
    });
    await other.listen();
    const client = clientOf(nodeTls, undefined, at);
    await expect(ask({ client, deadline: Date.now() + 800 })).rejects.toMatchObject({ isOutage: true });
    expect([starting.isServing(), seen.handled]).toEqual([false, 0]);
    starting.ready();
    await expect(ask({ client: clientOf(nodeTls, undefined, at) })).resolves.toMatchObject({ evidence_jwe: 'jwe' });
    expect(starting.isServing()).toBe(true);
    await closeServing(other, starting);
    expect(starting.isServing()).toBe(false);
  });
});

describe('a server that ends', () => {
  it('takes no call over gRPC while half a request over HTTP holds it up, and ends that after the grace time', async () => {
    const [at, http] = [await freePort(), await freePort()];
    const ending = grpcServer({
      host: 'localhost',
      port: at,
      mode: 'production',
      packages: ['einmal.register.v1'],
      protos: REGISTER_PROTOS,
      tls: serverTls,
      callers: new OneCaller(),
      requestLimitBytes: LIMIT,
    });
    const both = await NestFactory.create<NestFastifyApplication>(RegisterModule, new FastifyAdapter(), {
      logger: false,
    });
    both.connectMicroservice<MicroserviceOptions>(ending.options, { inheritAppConfig: true });
    await both.startAllMicroservices();
    await both.listen(http, '127.0.0.1');
    ending.ready();
    const client = clientOf(nodeTls, undefined, at);
    await ask({ client });
    const slow = connectPlain(http, '127.0.0.1');
    slow.on('error', () => undefined);
    await once(slow, 'connect');
    slow.write('POST / HTTP/1.1\r\nHost: local');
    await sleep(200);
    let isOver = false;
    const closed = closeServing(both, ending, 2500, both.getHttpServer()).then(() => {
      isOver = true;
    });
    await sleep(300);
    const { handled } = seen;
    await expect(ask({ client: clientOf(nodeTls, undefined, at), deadline: Date.now() + 800 })).rejects.toMatchObject({
      isOutage: true,
    });
    expect([seen.handled, isOver]).toEqual([handled, false]);
    await closed;
    slow.destroy();
  });
});

describe('the end of a call', () => {
  it('carries the reason and the delay of a fault, nothing of its cause', async () => {
    handle = async () => {
      throw outage('REGISTER_UNAVAILABLE', new Error('Musterfrau'), 700);
    };
    await expect(ask()).rejects.toMatchObject({ reason: 'REGISTER_UNAVAILABLE', retryDelayMs: 700, isOutage: true });
    handle = async () => {
      throw refusal('REPLAY');
    };
    await expect(ask()).rejects.toMatchObject({ reason: 'REPLAY', isOutage: false });
  });

  it('is INTERNAL for a bug, which only the operational log knows', async () => {
    log.lines.length = 0;
    handle = async () => {
      throw new TypeError('Musterfrau has no idnr');
    };
    const failed = await ask().catch((error: unknown) => error);
    expect(failed).toEqual(failure(status.INTERNAL, 'INTERNAL'));
    expect(String(failed)).not.toContain('Musterfrau');
    expect(log.lines).toEqual([expect.stringContaining('TypeError')]);
    expect(log.lines.join()).not.toContain('Musterfrau');
  });

  const forEver = () => new Promise<object>(() => undefined);

  it('reaches the signal of the handler when the client cancels: nobody works for nobody', async () => {
    handle = forEver;
    const controller = new AbortController();
    const asked = ask({ signal: controller.signal });
    await Promise.all([
      expect(asked).rejects.toMatchObject({ code: status.CANCELLED }),
      until(() => seen.signal !== undefined).then(() => controller.abort()),
    ]);
    await until(() => seen.signal?.aborted === true);
    expect(seen.signal?.aborted).toBe(true);
    expect(signalOf(seen.call!)).toBe(seen.signal);
  });

  it('reaches the signal of the handler when the deadline passes, and the deadline is told', async () => {
    handle = forEver;
    const deadline = Date.now() + 300;
    await expect(ask({ deadline })).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED });
    await until(() => seen.signal?.aborted === true);
    expect(seen.signal?.aborted).toBe(true);
    expect(Math.abs(deadlineOf(seen.call!) - deadline)).toBeLessThan(100);
  });

  it('was over before it began where the signal is aborted already: nothing is sent', async () => {
    await expect(ask({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: status.CANCELLED });
    expect(seen.handled).toBe(0);
  });

  it('has no deadline where the client set none', async () => {
    await ask({ deadline: Number.POSITIVE_INFINITY });
    expect(deadlineOf(seen.call!)).toBe(Number.POSITIVE_INFINITY);
  });
});

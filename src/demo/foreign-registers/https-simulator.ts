import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { TlsIdentity } from '../../platform/tls.js';
import { type ForeignFault, MARKER } from './fault.js';

const MAX_REQUEST_BYTES = 1_000_000;
const BETWEEN_BYTES_MS = 20;

export type Received = Readonly<{
  method: string;
  url: string;
  /** Name, value, name, value, as they came. */
  rawHeaders: readonly string[];
  body: Buffer;
}>;

export type Reply = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string | Buffer }>;

export type SimulatorServer = Readonly<{ port: number; stop(): Promise<void> }>;

type Options = Readonly<{
  host: string;
  port: number;
  tls: TlsIdentity;
  fault: () => ForeignFault;
  answer: (received: Received, fault: ForeignFault) => Reply;
}>;

/** HTTPS with client certificates (mutual TLS 1.3) for a simulator, and what can go wrong on the way. */
export async function startHttpsSimulator({ host, port, tls, fault, answer }: Options): Promise<SimulatorServer> {
  const server = createServer(
    { ...tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    (request, response) => {
      serve(request, response).catch(() => response.destroy());
    },
  );
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    const { method = '', url = '', rawHeaders } = request;
    const mode = fault();
    const received = { method, url, rawHeaders, body };
    await send(response, answer(received, mode), mode, received);
  };
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_REQUEST_BYTES) throw new Error('the request is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function send(response: ServerResponse, reply: Reply, fault: ForeignFault, received: Received): Promise<void> {
  const { status, headers, body } = reply;
  switch (fault) {
    case 'hang':
      return;
    case 'byte-by-byte':
      response.writeHead(status, headers);
      while (!response.destroyed) {
        response.write(' ');
        await sleep(BETWEEN_BYTES_MS);
      }
      return;
    case 'cut-off':
      response.writeHead(status, { ...headers, 'Content-Length': String(Buffer.byteLength(body)) });
      response.write(Buffer.from(body).subarray(0, 20));
      setTimeout(() => response.destroy(), BETWEEN_BYTES_MS);
      return;
    case 'huge':
      response.writeHead(status, headers).end(Buffer.alloc(10_000_000, MARKER));
      return;
    case 'redirect':
      response.writeHead(307, { ...headers, Location: '/elsewhere' }).end();
      return;
    case 'wrong-content-type':
      response.writeHead(status, { ...headers, 'Content-Type': 'text/html; charset=utf-8' }).end(body);
      return;
    case 'compressed':
      response.writeHead(status, { ...headers, 'Content-Encoding': 'gzip' }).end(gzipSync(body));
      return;
    case 'invalid-utf8':
      response.writeHead(status, headers).end(
        Buffer.from(
          Buffer.from(body)
            .toString('latin1')
            .replace(/[a-z]{3}/, '\xff\xfe\xc0'),
          'latin1',
        ),
      );
      return;
    case 'not-found':
      response.writeHead(404, headers).end(body);
      return;
    case 'talkative-failure':
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end(`${MARKER} ${received.body.toString()}`);
      return;
    default:
      response.writeHead(status, headers).end(body);
  }
}

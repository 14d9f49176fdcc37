import { connect, constants } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { Metadata, type ServiceError } from '@grpc/grpc-js';
import type { TlsIdentity } from '../../src/platform/tls.js';
import { e2eSystem } from './e2e-system.js';
import type { MethodName } from './e2e-wire.js';

type Sending = Readonly<{
  /** host:port; the node of the shared system if absent. */
  endpoint?: string;
  bytesAtOnce?: number;
  pauseMs?: number;
}>;

/** One unary call without a gRPC client in between, for headers and bytes that none would send. */
export function rawCall(
  tls: TlsIdentity,
  method: MethodName | `/${string}`,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  { endpoint = e2eSystem().endpoints.grpc, bytesAtOnce = body.length, pauseMs = 0 }: Sending = {},
): Promise<Buffer> {
  const session = connect(`https://${endpoint}`, { ...tls });
  return new Promise<Buffer>((resolve, reject) => {
    session.on('error', reject);
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: method.startsWith('/') ? method : `/einmal.broker.v1.${method}`,
      [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc',
      [constants.HTTP2_HEADER_TE]: 'trailers',
      ...headers,
    });
    const chunks: Buffer[] = [];
    let last: Record<string, unknown> = {};
    const keep = (given: Record<string, unknown>) => {
      last = { ...last, ...given };
    };
    stream.on('response', keep).on('trailers', keep).on('error', reject);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const code = Number(last['grpc-status'] ?? 2);
      if (code === 0) resolve(Buffer.concat(chunks));
      else reject(asServiceError(code, last));
    });
    void inPieces(body, bytesAtOnce, pauseMs, (piece) => stream.write(piece)).then(() => stream.end(), reject);
  }).finally(() => session.destroy());
}

async function inPieces(body: Buffer, length: number, pauseMs: number, write: (piece: Buffer) => void): Promise<void> {
  for (let at = 0; at < body.length; at += length) {
    write(body.subarray(at, at + length));
    if (pauseMs > 0) await sleep(pauseMs);
  }
}

/** Length-prefixed message of the gRPC wire; `flag` 1 says compressed. */
export function framed(message: Buffer, flag = 0): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flag, 0);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function asServiceError(code: number, headers: Record<string, unknown>): ServiceError {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string' || name.startsWith(':')) continue;
    metadata.set(name, name.endsWith('-bin') ? Buffer.from(value, 'base64') : value);
  }
  const details = decodeURIComponent(String(headers['grpc-message'] ?? ''));
  return Object.assign(new Error(`${code} ${details}`), { code, details, metadata });
}

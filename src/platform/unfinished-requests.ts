import type { Http2Session, ServerHttp2Stream } from 'node:http2';
import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { outage } from './fault.js';
import { statusOf } from './status.js';
import { thumbprintOfSocket } from './tls.js';

/** What a call is counted with before a byte of its message is there: what its headers may be (`HTTP2_LIMITS`). */
const CALL_BYTES = 16_384;
/** What the buffer of a piece costs beside its bytes: a message may come byte by byte. */
const PIECE_BYTES = 512;

const MiB = 1024 * 1024;

/** In bytes, for each server. */
type Limits = Readonly<{
  /** Of one certificate that the catalogue names: 2000 calls with 4 KiB each, or 140 with all but the end of 256 KiB. */
  ofOne: number;
  /** Of all together. */
  inAll: number;
  /** What each that the catalogue names may have, whatever others do. */
  always: number;
  /** Of one certificate that it does not name: health checks, and to be told that nobody knows it. */
  ofStranger: number;
}>;

const UNFINISHED: Limits = { ofOne: 40 * MiB, inAll: 96 * MiB, always: MiB, ofStranger: MiB };

/** Bytes of requests that are not whole yet. Nobody has looked at them, so that whoever sends them pays for them. */
export class UnfinishedRequests {
  readonly #of = new Map<string, number>();
  #inAll = 0;

  /** @param isNamed whether the catalogue in force names a certificate (`x5t#S256`) */
  constructor(
    readonly isNamed: (certificate: string) => boolean,
    private readonly limits: Limits = UNFINISHED,
  ) {}

  get inAll(): number {
    return this.#inAll;
  }

  /** Counts so many bytes, or none of them where there is no room. */
  take(certificate: string, bytes: number): boolean {
    const own = (this.#of.get(certificate) ?? 0) + bytes;
    if (!this.hasRoom(certificate, own, this.#inAll + bytes)) return false;
    this.#of.set(certificate, own);
    this.#inAll += bytes;
    return true;
  }

  giveBack(certificate: string, bytes: number): void {
    const left = (this.#of.get(certificate) ?? 0) - bytes;
    this.#inAll -= bytes;
    if (left > 0) this.#of.set(certificate, left);
    else this.#of.delete(certificate);
  }

  private hasRoom(certificate: string, own: number, inAll: number): boolean {
    const { ofOne, inAll: most, always, ofStranger } = this.limits;
    if (!this.isNamed(certificate)) return own <= ofStranger && inAll <= most;
    return own <= always || (own <= ofOne && inAll <= most);
  }
}

/** What grpc-js has in hand and does not show. */
type Inner = Readonly<{ stream: ServerHttp2Stream }> & { handleDataFrame(data: Buffer): void };

/**
 * Counts a call and what arrives of its request until that is whole, and refuses it where there is no room for it: BUSY.
 * The call of a stranger counts until it is over. A call that is answered before its request is whole ends as a stream, too:
 * grpc-js would keep what has arrived of it for as long as the caller leaves it open.
 */
export function limitUnfinished(call: ServerInterceptingCallInterface, requests: UnfinishedRequests): void {
  const inner = innerOf(call);
  const { stream } = inner;
  const certificate = certificateOf(stream.session);
  let held = 0;
  const take = (bytes: number): boolean => {
    const isTaken = requests.take(certificate, bytes);
    if (isTaken) held += bytes;
    else call.sendStatus(statusOf(outage('BUSY')));
    return isTaken;
  };
  const giveBack = () => {
    requests.giveBack(certificate, held);
    held = 0;
  };

  const start = call.start.bind(call);
  call.start = (listener) => {
    if (stream.destroyed) return;
    stream.once('close', giveBack);
    if (!take(CALL_BYTES)) return;
    if (requests.isNamed(certificate)) stream.once('end', giveBack);
    start(listener);
  };
  const arrive = inner.handleDataFrame.bind(call);
  inner.handleDataFrame = (data) => {
    // After an answer grpc-js lets go of what still arrives.
    if (stream.writableEnded || take(data.length + PIECE_BYTES)) arrive(ownBytes(data));
  };
  const send = call.sendStatus.bind(call);
  call.sendStatus = (sent) => {
    send(sent);
    // RFC 9113 § 8.1: a whole answer, and then that no more of the request is wanted.
    if (!stream.readableEnded) stream.close();
  };
}

/** A piece that is a small part of what was read from the connection would keep all of that. */
function ownBytes(data: Buffer): Buffer {
  if (2 * data.length >= data.buffer.byteLength) return data;
  const own = Buffer.allocUnsafeSlow(data.length);
  data.copy(own);
  return own;
}

/** grpc-js has no option for it: where its parts are not found, nothing is served. */
function innerOf(call: ServerInterceptingCallInterface): Inner {
  const inner = call as unknown as Partial<Inner>;
  if (inner.stream === undefined || typeof inner.handleDataFrame !== 'function')
    throw new Error('grpc-js receives requests elsewhere: they cannot be limited');
  return inner as Inner;
}

const certificates = new WeakMap<object, string>();

/** `x5t#S256` of the certificate of a connection, read once; empty where it is gone. */
function certificateOf(session: Http2Session | undefined): string {
  if (session === undefined) return '';
  const known = certificates.get(session);
  if (known !== undefined) return known;
  const read = thumbprintOfSocket(session.socket);
  certificates.set(session, read);
  return read;
}

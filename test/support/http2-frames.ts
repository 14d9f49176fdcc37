import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import type { TlsIdentity } from '../../src/platform/tls.js';

/** RFC 9113 § 6. */
export const FRAME = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7, continuation: 9 } as const;
export const FLAG = { ack: 1, endStream: 1, endHeaders: 4 } as const;
/** RFC 9113 § 7. */
export const CODE = { protocolError: 1, cancel: 8 } as const;

export type Frame = Readonly<{ type: number; flags: number; stream: number; payload: Buffer }>;

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const HEAD_BYTES = 9;

export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Literal header fields without indexing and without Huffman codes (RFC 7541 § 6.2.2). */
export function headerBlock(fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(fields).flatMap(([name, value]) => [Buffer.from([0]), literal(name), literal(value)]),
  );
}

function literal(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length: number[] = [];
  if (bytes.length < 127) length.push(bytes.length);
  else {
    let rest = bytes.length - 127;
    length.push(127);
    for (; rest >= 128; rest >>= 7) length.push((rest & 127) | 128);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), bytes]);
}

/** A connection without any HTTP/2 client on it, for what no client would send. */
export class RawHttp2 {
  readonly frames: Frame[] = [];
  #rest: Buffer = Buffer.alloc(0);

  private constructor(private readonly socket: TLSSocket) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', () => undefined);
  }

  /** Connects, greets and waits for the settings of the server. */
  static async open(endpoint: string, tls: TlsIdentity): Promise<RawHttp2> {
    const [host, port] = endpoint.split(':');
    const socket = connect({ ...tls, host, port: Number(port), servername: 'localhost', ALPNProtocols: ['h2'] });
    const raw = new RawHttp2(socket);
    await once(socket, 'secureConnect');
    raw.send(Buffer.from(PREFACE), frame(FRAME.settings, 0, 0), frame(FRAME.settings, FLAG.ack, 0));
    await raw.until(() => raw.of(FRAME.settings).length > 0);
    return raw;
  }

  get hasEnded(): boolean {
    return this.socket.destroyed || this.socket.readableEnded;
  }

  send(...frames: readonly Buffer[]): void {
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(frames));
  }

  /** Leaves what the server sends in its hands. */
  stopReading(): void {
    this.socket.pause();
  }

  of(type: number): readonly Frame[] {
    return this.frames.filter((it) => it.type === type);
  }

  /** Error code of the frame with which the server ended the connection, if it said one. */
  get goaway(): number | undefined {
    return this.of(FRAME.goaway).at(-1)?.payload.readUInt32BE(4);
  }

  /** @returns whether it came to hold in time */
  async until(holds: () => boolean, withinMs = 15_000): Promise<boolean> {
    for (const end = Date.now() + withinMs; Date.now() < end; await sleep(20)) if (holds()) return true;
    return holds();
  }

  close(): void {
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#rest.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + this.#rest.readUIntBE(0, 3);
      if (this.#rest.length < end) return;
      this.frames.push({
        type: this.#rest.readUInt8(3),
        flags: this.#rest.readUInt8(4),
        stream: this.#rest.readUInt32BE(5) & 0x7fff_ffff,
        payload: this.#rest.subarray(HEAD_BYTES, end),
      });
      this.#rest = this.#rest.subarray(end);
    }
  }
}

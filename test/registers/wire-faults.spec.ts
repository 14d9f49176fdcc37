import { once } from 'node:events';
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChannelOptions, credentials, loadPackageDefinition, status } from '@grpc/grpc-js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import type { RegisterStatement } from '../../src/audit/record.js';
import { Patience } from '../../src/platform/patience.js';
import { loadProtos, REGISTER_PROTOS } from '../../src/platform/proto.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import { GrpcRegisterGateway } from '../../src/registers/register-gateway.grpc.js';
import type { RetrievalRequest } from '../../src/tokens/register-request.js';
import { anEntry } from '../audit/entries.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { CONSUMER, NOW, SALT } from '../support/builders.js';

const RETRIEVAL: RetrievalRequest = {
  retrieval_id: 'r',
  register: 'melderegister-bremen',
  consumer: CONSUMER,
  purpose: 'kindergeld-antrag',
  purpose_hash: 'hash',
  legal_basis: 'egovg-5-1-1',
  subject_role: 'parent',
  nonce: Buffer.alloc(32, 5).toString('base64url'),
  issued_at: NOW,
  evidence_type: 'meldedaten',
  fields: ['family_name'],
  person: {
    idnr: '02468135792',
    birth_date: '1990',
    commitment: { salt: SALT, family_name: 'Musterfrau', idnr: null },
  },
};

/** `evidence_jwe` on the wire, with the length before it (gRPC over HTTP/2, Length-Prefixed-Message). */
function framed(jwe: string): Buffer {
  const text = Buffer.from(jwe);
  return prefixed(Buffer.concat([Buffer.from([0x0a, ...varint(BigInt(text.length))]), text]));
}

/** `available_time` on the wire. */
function framedTime(seconds: bigint): Buffer {
  const time = Buffer.from([0x08, ...varint(BigInt.asUintN(64, seconds))]);
  return prefixed(Buffer.from([0x12, time.length, ...time]));
}

function varint(value: bigint): number[] {
  const last = Number(value & 127n);
  return value > 127n ? [last | 128, ...varint(value >> 7n)] : [last];
}

function prefixed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function end(stream: ServerHttp2Stream, code = status.OK): void {
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(code) }));
  stream.end();
}

function begin(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
}

/** Real sockets and frames; what is behind them does as it is told. */
describe('what a register does on the wire', () => {
  let receipt: AuditReceipt;
  let server: Http2Server;
  let client: RegisterServiceClient;
  let patience: Patience;
  let behave: (stream: ServerHttp2Stream) => void | Promise<void>;
  let asked: number;
  let resetWith: number[];
  let heard: RegisterStatement[];

  beforeAll(async () => {
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
    receipt = (await log.append([anEntry()]))[0]!;
  });

  beforeEach(async () => {
    [asked, resetWith, heard] = [0, [], []];
    patience = new Patience(5000);
    server = createServer();
    server.on('stream', (stream) => {
      asked += 1;
      stream.on('error', () => undefined);
      stream.on('close', () => resetWith.push(stream.rstCode ?? 0));
      stream.resume();
      void behave(stream);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const loaded = loadPackageDefinition(loadProtos(REGISTER_PROTOS)) as never as {
      einmal: {
        register: { v1: { RegisterService: new (address: string, by: object, options: ChannelOptions) => unknown } };
      };
    };
    client = new loaded.einmal.register.v1.RegisterService(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.enable_retries': 0,
      'grpc.max_receive_message_length': 4 * 1024 * 1024,
    }) as RegisterServiceClient;
  });

  afterEach(async () => {
    patience.close();
    client.close();
    server.close();
  });

  const ask = (call: Partial<{ deadline: number; signal: AbortSignal }> = {}) =>
    new GrpcRegisterGateway(() => client, patience).ask(
      receipt,
      RETRIEVAL,
      { permission: 'p', trigger: 't' },
      {
        ...{ deadline: Date.now() + 5000, signal: new AbortController().signal },
        ...{ late: (statement) => heard.push(statement) },
        ...call,
      },
    );
  const until = async (isSo: () => boolean) => {
    for (let tries = 0; tries < 200 && !isSo(); tries += 1) await sleep(20);
    expect(isSo()).toBe(true);
  };

  it('is an answer, also in pieces', async () => {
    behave = async (stream) => {
      begin(stream);
      for (const byte of framed('jwe')) stream.write(Buffer.of(byte));
      end(stream);
    };
    expect(await ask()).toEqual({ kind: 'evidence', jwe: 'jwe' });
  });

  it.each([
    [-9_000_000_000_000_000n, { kind: 'unavailable', cause: 'TIME_INVALID', hasAnswered: true }],
    [253_402_300_800n, { kind: 'unavailable', cause: 'TIME_INVALID', hasAnswered: true }],
    [9_000_000_000_000_000n, { kind: 'unavailable', cause: 'TIME_INVALID', hasAnswered: true }],
    [253_402_300_799n, { kind: 'deferred', availableAt: 253_402_300_799_000 }],
    [0n, { kind: 'deferred', availableAt: 0 }],
  ] as const)('announces for a moment, or nothing: %d', async (seconds, answer) => {
    behave = (stream) => {
      begin(stream);
      stream.write(framedTime(seconds));
      end(stream);
    };
    expect(await ask()).toEqual(answer);
  });

  it('is slow byte by byte: it is given up in time, and on record when the last byte has come', async () => {
    behave = async (stream) => {
      begin(stream);
      for (const byte of framed('a.quite.small.jwe')) {
        stream.write(Buffer.of(byte));
        await sleep(25);
      }
      end(stream);
    };
    const began = Date.now();
    expect(await ask({ deadline: began + 150 })).toEqual({ kind: 'unavailable', cause: 'DEADLINE_EXCEEDED' });
    expect(Date.now() - began).toBeLessThan(1500);
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ answered: 'evidence' }]);
  });

  it('never ends: it is given up in time, and cut off where nobody listens on', async () => {
    patience = new Patience(0);
    behave = (stream) => {
      begin(stream);
      stream.write(framed('jwe').subarray(0, 4));
    };
    expect(await ask({ deadline: Date.now() + 150 })).toEqual({ kind: 'unavailable', cause: 'DEADLINE_EXCEEDED' });
    await until(() => resetWith.length > 0);
    expect([resetWith, heard]).toEqual([[8], []]);
  });

  it('is cancelled when the caller hangs up, and the register sees it', async () => {
    const leaving = new AbortController();
    behave = () => undefined;
    const answer = ask({ signal: leaving.signal });
    await until(() => asked > 0);
    leaving.abort();
    expect(await answer).toEqual({ kind: 'unavailable', cause: 'CANCELLED' });
    await until(() => resetWith.length > 0);
    // RFC 9113 § 7: CANCEL.
    expect([resetWith, heard]).toEqual([[8], []]);
  });

  it('is too large: an answer that nobody takes, and not asked for once more', async () => {
    behave = (stream) => {
      begin(stream);
      stream.write(framed('A'.repeat(5 * 1024 * 1024)));
      end(stream);
    };
    expect(await ask()).toEqual({ kind: 'unavailable', cause: 'RESOURCE_EXHAUSTED', hasAnswered: true });
  });

  it('is an answer twice: none of both is taken', async () => {
    behave = (stream) => {
      begin(stream);
      stream.write(Buffer.concat([framed('first'), framed('second')]));
      end(stream);
    };
    const answer = await ask({ deadline: Date.now() + 400 });
    expect([answer.kind, 'repeatable' in answer, heard]).toEqual(['unavailable', false, []]);
  });

  it.each([
    ['is cut off in the middle', (stream: ServerHttp2Stream) => stream.session?.destroy()],
    ['says that it cannot', (stream: ServerHttp2Stream) => end(stream, status.UNAVAILABLE)],
  ])('%s: the same may be asked once more', async (_what, then) => {
    behave = (stream) => {
      begin(stream);
      stream.write(framed('jwe').subarray(0, 6));
      setTimeout(() => then(stream), 20);
    };
    expect(await ask()).toEqual({ kind: 'unavailable', cause: 'UNAVAILABLE', repeatable: true });
    expect(asked).toBe(1);
  });

  it('is no protobuf: it does not answer', async () => {
    behave = (stream) => {
      begin(stream);
      stream.write(Buffer.from([0, 0, 0, 0, 1, 0x0f]));
      end(stream);
    };
    expect(await ask()).toMatchObject({ kind: 'unavailable' });
  });
});

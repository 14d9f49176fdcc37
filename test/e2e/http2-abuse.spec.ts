import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { Client, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { issueLeaf } from '../../src/demo/certificates.js';
import { mutualTlsClient, readTlsIdentity, type TlsIdentity } from '../../src/platform/tls.js';
import { type Consumer, consumer, peerOf } from '../support/e2e-consumer.js';
import { developmentAuthority, e2eSystem, named } from '../support/e2e-system.js';
import { CODE, FLAG, FRAME, frame, headerBlock, RawHttp2 } from '../support/http2-frames.js';

const MiB = 1024 * 1024;
const METHOD = 'CatalogueService/DescribeService';

let familienkasse: Consumer;
let hostile: TlsIdentity;
let served = { answered: 0, failed: 0 };
let isOver = false;
let others: Promise<void>;
const open: RawHttp2[] = [];

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
  hostile = readTlsIdentity(named(e2eSystem().keys, 'elterngeld-online'));
  await familienkasse.call(METHOD, { service: 'kindergeld' });
  others = askOnAndOn();
});
afterAll(async () => {
  for (const each of open) each.close();
  isOver = true;
  await others;
  familienkasse.close();
});

/** Another participant, all the time. */
async function askOnAndOn(): Promise<void> {
  while (!isOver) {
    const asked = familienkasse.call(METHOD, { service: 'kindergeld' });
    served = await asked.then(
      () => ({ ...served, answered: served.answered + 1 }),
      () => ({ ...served, failed: served.failed + 1 }),
    );
    await sleep(20);
  }
}

/** The others got answers, and nothing else, since `before`, and the node has not grown beyond what it may. */
async function expectOthersServed(before: typeof served, rssBefore: number): Promise<void> {
  const least = before.answered + 5;
  for (let tries = 0; tries < 500 && served.answered < least; tries += 1) await sleep(20);
  expect(served.answered).toBeGreaterThanOrEqual(least);
  expect(served.failed).toBe(before.failed);
  expect(rssBytes() - rssBefore).toBeLessThan(128 * MiB);
}

function rssBytes(): number {
  const [, kilobytes] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${e2eSystem().pids.node}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function connection(): Promise<RawHttp2> {
  const raw = await RawHttp2.open(e2eSystem().endpoints.grpc, hostile);
  open.push(raw);
  return raw;
}

const call = (extra: Readonly<Record<string, string>> = {}) =>
  headerBlock({
    ':method': 'POST',
    ':scheme': 'https',
    ':path': `/einmal.broker.v1.${METHOD}`,
    ':authority': 'localhost',
    'content-type': 'application/grpc',
    te: 'trailers',
    ...extra,
  });
const odd = (n: number) => 2 * n + 1;
const code = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

type Abuse = Readonly<{ title: string; commit: (raw: RawHttp2) => Promise<void> }>;

const abuses: readonly Abuse[] = [
  {
    title: 'streams that are reset as fast as they are opened end the connection (rapid reset, CVE-2023-44487)',
    commit: async (raw) => {
      for (let n = 0; n < 4000 && !raw.hasEnded; n += 1) {
        raw.send(
          frame(FRAME.headers, FLAG.endHeaders, odd(n), call()),
          frame(FRAME.reset, 0, odd(n), code(CODE.cancel)),
        );
        if (n % 100 === 0) await sleep(1);
      }
      expect(await raw.until(() => raw.goaway !== undefined || raw.hasEnded)).toBe(true);
    },
  },
  {
    title: 'more streams at once than the settings say end the connection (RFC 9113 § 5.1.2)',
    commit: async (raw) => {
      const settings = raw.of(FRAME.settings)[0]?.payload ?? Buffer.alloc(0);
      const entries = new Map(
        Array.from({ length: settings.length / 6 }, (_, i) => [
          settings.readUInt16BE(6 * i),
          settings.readUInt32BE(6 * i + 2),
        ]),
      );
      // SETTINGS_MAX_CONCURRENT_STREAMS, SETTINGS_MAX_HEADER_LIST_SIZE.
      expect([entries.get(3), entries.get(6)]).toEqual([256, 16_384]);
      raw.send(...Array.from({ length: 320 }, (_, n) => frame(FRAME.headers, FLAG.endHeaders, odd(n), call())));
      expect(await raw.until(() => raw.hasEnded)).toBe(true);
      expect(raw.goaway).toBe(CODE.protocolError);
    },
  },
  {
    title: 'headers beyond 16 KiB are refused before anything reads them',
    commit: async (raw) => {
      const block = call({ 'x-much': 'x'.repeat(20_000) });
      raw.send(
        frame(FRAME.headers, 0, 1, block.subarray(0, 16_000)),
        frame(FRAME.continuation, FLAG.endHeaders, 1, block.subarray(16_000)),
      );
      expect(await raw.until(() => raw.of(FRAME.reset).length > 0 || raw.hasEnded)).toBe(true);
      expect(raw.of(FRAME.headers)).toEqual([]);
    },
  },
  {
    title: 'headers that go on and on end the connection (CONTINUATION flood, CVE-2024-27983)',
    commit: async (raw) => {
      raw.send(frame(FRAME.headers, 0, 1, call()));
      const piece = headerBlock({ 'x-more': 'x'.repeat(1000) });
      for (let n = 0; n < 5000 && !raw.hasEnded; n += 1) {
        raw.send(frame(FRAME.continuation, 0, 1, piece));
        if (n % 50 === 0) await sleep(1);
      }
      expect(await raw.until(() => raw.hasEnded)).toBe(true);
    },
  },
  {
    title: 'settings without end, whose acknowledgements nobody reads, end the connection',
    commit: async (raw) => {
      raw.stopReading();
      for (let n = 0; n < 3000 && !raw.hasEnded; n += 1) {
        raw.send(...Array.from({ length: 100 }, () => frame(FRAME.settings, 0, 0)));
        if (n % 10 === 0) await sleep(1);
      }
      expect(await raw.until(() => raw.hasEnded)).toBe(true);
    },
  },
  {
    title: 'pings without end, whose answers nobody reads, end the connection',
    commit: async (raw) => {
      raw.stopReading();
      for (let n = 0; n < 3000 && !raw.hasEnded; n += 1) {
        raw.send(...Array.from({ length: 100 }, () => frame(FRAME.ping, 0, 0, Buffer.alloc(8))));
        if (n % 10 === 0) await sleep(1);
      }
      expect(await raw.until(() => raw.hasEnded)).toBe(true);
    },
  },
  {
    title: 'a message that says it is larger than any may be is refused by its first bytes',
    commit: async (raw) => {
      const head = Buffer.from([0, 0x40, 0, 0, 0]);
      raw.send(frame(FRAME.headers, FLAG.endHeaders, 1, call()), frame(FRAME.data, 0, 1, head));
      expect(await raw.until(() => raw.of(FRAME.headers).length > 0)).toBe(true);
    },
  },
  {
    title: 'a request of which nothing, or a byte now and then, comes is ended after ten seconds (slow streams)',
    commit: async (raw) => {
      raw.send(...[1, 3].map((stream) => frame(FRAME.headers, FLAG.endHeaders, stream, call())));
      raw.send(frame(FRAME.data, 0, 3, Buffer.from([0, 0, 0, 1, 0])));
      const drip = setInterval(() => raw.send(frame(FRAME.data, 0, 3, Buffer.from([0]))), 500);
      expect(await raw.until(() => raw.of(FRAME.headers).length >= 2, 30_000)).toBe(true);
      clearInterval(drip);
    },
  },
];

describe('on the port of the node, while another participant is served', () => {
  it.each(abuses)('$title', async ({ commit }) => {
    const [before, rss] = [served, rssBytes()];
    await commit(await connection());
    await expectOthersServed(before, rss);
  });

  it('one participant gets so many connections, and no more: others still do', async () => {
    const [, port] = e2eSystem().endpoints.grpc.split(':');
    const [before, rss] = [served, rssBytes()];
    const sockets: TLSSocket[] = [];
    const greeted = new Set<TLSSocket>();
    for (let n = 0; n < 300; n += 1) {
      const socket = connect({ ...hostile, port: Number(port), host: 'localhost', ALPNProtocols: ['h2'] });
      // With TLS 1.3 a client thinks that it is connected before the server has looked: the settings say it.
      socket.once('data', () => greeted.add(socket));
      socket.on('error', () => undefined);
      sockets.push(socket);
      if (n % 20 === 0) await sleep(20);
    }
    for (let tries = 0; tries < 500 && sockets.filter((it) => !it.destroyed).length > 256; tries += 1) await sleep(20);
    const left = sockets.filter((it) => !it.destroyed).length;
    expect(left).toBeLessThanOrEqual(256);
    expect(left).toBeGreaterThan(200);
    const another = await consumer('familienkasse-online');
    await another.call(METHOD, { service: 'kindergeld' });
    another.close();
    for (const socket of sockets) socket.destroy();
    await expectOthersServed(before, rss);
  });

  it('HTTPS headers that do not end are given up (slow loris)', async () => {
    const [before, rss] = [served, rssBytes()];
    const url = new URL(e2eSystem().endpoints.http);
    const socket = connect({ ...hostile, port: Number(url.port), host: 'localhost' });
    const ended = new Promise<string>((resolve) => {
      let said = '';
      socket.on('data', (bytes: Buffer) => (said += bytes.toString()));
      socket.on('error', () => undefined).on('close', () => resolve(said));
    });
    socket.write('GET /log/checkpoint HTTP/1.1\r\nHost: localhost\r\n');
    const drip = setInterval(() => socket.write('X-A: 1\r\n'), 500);
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
    await expectOthersServed(before, rss);
  });

  it('an HTTPS body beyond 16 KiB is refused by what it says of its length', async () => {
    const answered = await new Promise((resolve, reject) => {
      const asked = request(`${e2eSystem().endpoints.http}/oauth2/token`, {
        ca: hostile.ca,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 16_385 },
      });
      asked.on('response', (answer) => {
        resolve(answer.statusCode);
        asked.destroy();
      });
      asked.on('error', reject).write('a=1');
    });
    expect(answered).toBe(413);
  });

  it('HTTPS headers beyond 16 KiB are refused', async () => {
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${e2eSystem().endpoints.http}/log/checkpoint`, {
        ca: hostile.ca,
        headers: { 'x-much': 'x'.repeat(20_000) },
      });
      asked.on('response', (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
    expect(status).toBe(431);
  });
});

const KiB = 1024;
const sessions: ClientHttp2Session[] = [];

function session(tls: TlsIdentity): ClientHttp2Session {
  // Otherwise the client ends its own streams once it holds too much that it could not send.
  const options = { ...tls, servername: 'localhost', maxSessionMemory: 1000 };
  const opened = connectHttp2(`https://${e2eSystem().endpoints.grpc}`, options);
  opened.on('error', () => undefined);
  sessions.push(opened);
  return opened;
}

type Begun = Readonly<{ stream: ClientHttp2Stream; status: Promise<number | undefined> }>;

/** A call of which so many bytes are sent, and not the end. */
function begin(over: ClientHttp2Session, bytes: Buffer, headers: Readonly<Record<string, string>> = {}): Begun {
  const path = `/einmal.broker.v1.${METHOD}`;
  const stream = over.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', ...headers });
  let said: unknown;
  const take = (fields: object) => (said ??= Reflect.get(fields, 'grpc-status'));
  stream.on('response', take).on('trailers', take).resume();
  const ended = new Promise<number | undefined>((resolve) => {
    stream.on('error', () => undefined);
    stream.on('close', () => resolve(said === undefined ? undefined : Number(said)));
  });
  stream.write(bytes);
  return { stream, status: ended };
}

/** A message of gRPC, framed; `DescribeServiceRequest.service` is field 1. */
function message(service: string): Buffer {
  const text = Buffer.from(service);
  const length: number[] = [];
  for (let rest = text.length; ; rest >>= 7) {
    if (rest < 128) {
      length.push(rest);
      break;
    }
    length.push((rest & 127) | 128);
  }
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + length.length + text.length, 1);
  return Buffer.concat([head, Buffer.from([10, ...length]), text]);
}

/** Whether the node says SERVING to whoever shows this certificate. */
function health(tls: TlsIdentity): Promise<Buffer | undefined> {
  const client = new Client(
    e2eSystem().endpoints.grpc,
    mutualTlsClient(tls, peerOf(familienkasse.profile).certificates),
    {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.ssl_target_name_override': 'localhost',
    },
  );
  const same = (bytes: Buffer) => bytes;
  return new Promise((resolve, reject) => {
    const options = { deadline: Date.now() + 5000 };
    client.makeUnaryRequest('/grpc.health.v1.Health/Check', same, same, Buffer.alloc(0), options, (error, answer) => {
      client.close();
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}

describe('requests that do not end, of which nobody has looked at a byte', () => {
  const nearlyAll = Buffer.alloc(500 * KiB - 5, 0x41);
  nearlyAll.writeUInt8(0, 0);
  nearlyAll.writeUInt32BE(500 * KiB, 1);
  const stranger = () => issueLeaf(developmentAuthority(), { commonName: 'nobody', participant: 'nobody' });
  const SERVING = Buffer.from([8, 1]);

  afterEach(async () => {
    for (const each of sessions.splice(0)) each.destroy();
    // The next flood is measured from what is left of this one.
    await sleep(2000);
  });

  const floods = [
    { who: 'a certificate that the catalogue does not name', connections: 20, identity: stranger },
    { who: 'a participant', connections: 6, identity: async () => hostile },
  ];
  it.each(floods)('of $who cost the node little: BUSY, and others are served meanwhile', async (flood) => {
    const tls = await flood.identity();
    const [before, rss] = [served, rssBytes()];
    let most = rss;
    const begun: Begun[] = [];
    for (let n = 0; n < flood.connections; n += 1) {
      const over = session(tls);
      for (let each = 0; each < 250; each += 1) begun.push(begin(over, nearlyAll));
    }
    const saw = new Map<number | undefined, number>();
    for (const { status } of begun) void status.then((code) => saw.set(code, (saw.get(code) ?? 0) + 1));
    for (const end = Date.now() + 8000; Date.now() < end; await sleep(50)) most = Math.max(most, rssBytes());
    expect((most - rss) / MiB).toBeLessThan(128);
    expect(saw.get(status.RESOURCE_EXHAUSTED)).toBeGreaterThan(500);
    expect(await health(await stranger())).toEqual(SERVING);
    await expectOthersServed(before, rss);
  });

  it('of one participant may be two thousand at once: each that ends is answered', async () => {
    const elterngeld = await consumer('elterngeld-online');
    const authorization = `Bearer ${await elterngeld.accessToken()}`;
    elterngeld.close();
    const whole = message('elterngeld');
    const over = Array.from({ length: 8 }, () => session(hostile));
    await Promise.all(over.map((each) => once(each, 'connect')));
    const begun = over.flatMap((each) =>
      Array.from({ length: 250 }, () => begin(each, whole.subarray(0, 8), { authorization })),
    );
    await sleep(500);
    for (const [n, { stream }] of begun.entries()) {
      stream.end(whole.subarray(8));
      if (n % 50 === 0) await sleep(20);
    }
    expect(new Set(await Promise.all(begun.map((it) => it.status)))).toEqual(new Set([status.OK]));
  });

  it('may be a hundred of the largest at once', async () => {
    const whole = message('x'.repeat(255 * KiB));
    const over = session(hostile);
    await once(over, 'connect');
    const begun = Array.from({ length: 100 }, () => begin(over, whole.subarray(0, -8)));
    await sleep(1500);
    for (const { stream } of begun) stream.end(whole.subarray(-8));
    const codes = new Set(await Promise.all(begun.map((it) => it.status)));
    // Without a token; that they were read is what counts here.
    expect(codes).toEqual(new Set([status.UNAUTHENTICATED]));
  });
});

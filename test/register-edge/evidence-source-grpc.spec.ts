import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { gzipSync } from 'node:zlib';
import { Server, type ServerErrorResponse, status } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/proto-loader';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { freePort } from '../../src/demo/free-port.js';
import { SystemClock, toTimestamp } from '../../src/platform/clock.js';
import { Fault } from '../../src/platform/fault.js';
import { describeError } from '../../src/platform/operational-log.js';
import { loadProtos, SOURCE_PROTOS } from '../../src/platform/proto.js';
import type { FindRecordsRequest__Output } from '../../src/platform/rpc-types/einmal/source/v1/FindRecordsRequest.js';
import type { FindRecordsResponse } from '../../src/platform/rpc-types/einmal/source/v1/FindRecordsResponse.js';
import type { Record as WireRecord } from '../../src/platform/rpc-types/einmal/source/v1/Record.js';
import type { RecordServiceHandlers } from '../../src/platform/rpc-types/einmal/source/v1/RecordService.js';
import { MutualTlsServer, type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { type OpenedSource, openSource } from '../../src/register-edge/open-source.js';
import type { GrpcConfig } from '../../src/register-edge/register-config.js';
import { SilentLog } from '../support/silent-log.js';
import { keepsTheContractOfAnEvidenceSource, PROBE_ROWS, type ProbedSource } from './evidence-source.contract.js';
import { PROBE_TYPES, type ProbeRow } from './probe-tables.js';

const SERVICE = 'einmal.source.v1.RecordService';
const protos = loadProtos(SOURCE_PROTOS);
const { FindRecords } = protos[SERVICE] as ServiceDefinition;

const evidence: GrpcConfig['evidence'] = {
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
async function identities() {
  const authority = await createAuthority('authority of the test');
  const named = (participant: string) => issueLeaf(authority, { commonName: 'localhost', participant });
  const [system, edge, other] = await Promise.all([named('system'), named('edge'), named('other')]);
  return { system, edge, other };
}

function openAt(
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
  const config: GrpcConfig = { register: 'probe', simulator: true, data_source, evidence };
  const url = `https://localhost:${port}`;
  return openSource(config, { url, identity, types: PROBE_TYPES, log, clock: new SystemClock() });
}

type Asked = FindRecordsRequest__Output;

/** A system as grpc-js serves it, which answers as it is told; undefined: not at all. */
async function aSystem(tls: TlsIdentity, answer: (asked: Asked) => FindRecordsResponse | undefined) {
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

const time = (iso: string) => toTimestamp(Date.parse(iso));
const day = (value: ProbeRow[string] | undefined) => (typeof value === 'string' ? value : '');
const REFUSED = { code: status.INVALID_ARGUMENT, details: 'Musterfrau 02476291358' };

/** Finds as a specialist procedure does, in the tables of the probe, and gives what is asked for. */
const search =
  (without: { column?: string }) =>
  ({ evidence_type, key, columns = [] }: Asked): FindRecordsResponse | undefined => {
    if (columns.includes('slow') && key?.person?.idnr !== '00000000000') return undefined;
    const there = Object.keys({ ...PROBE_ROWS.person_row[0], faulty: '', slow: '' });
    if (columns.some((it) => !there.includes(it) || it === without.column)) throw REFUSED;
    return {
      records: rowsOf(evidence_type, key).map((row): WireRecord => {
        const { blocked, as_of, available_at, representatives } = row;
        return {
          key: key ?? null,
          ...(typeof blocked === 'boolean' ? { blocked } : {}),
          as_of_time: time(String(as_of)),
          valid_from: day(row.valid_from),
          valid_until: day(row.valid_until),
          ...(typeof available_at === 'string' ? { available_time: time(available_at) } : {}),
          values: columns.map((column) => ({ column, ...textOf({ ...row, faulty: 'not a list' }[column]) })),
          representatives: Array.isArray(representatives)
            ? representatives.map(({ birth_date }) => ({ family_name: 'MUSTERFRAU', birth_date }))
            : [],
        };
      }),
    };
  };

function rowsOf(evidenceType: string | undefined, key: Asked['key']): readonly ProbeRow[] {
  const { person, register_entry: entry, business_number: number } = key ?? {};
  const isPerson = (it: ProbeRow) => it.idnr === person?.idnr && it.birth_date === person?.birth_date;
  if (evidenceType === 'person') return PROBE_ROWS.person_row.filter(isPerson);
  if (evidenceType === 'local') {
    const known = PROBE_ROWS.known_person.filter(isPerson).map((it) => it.local_key);
    return PROBE_ROWS.local_row.filter((it) => known.includes(it.local_key ?? null));
  }
  return PROBE_ROWS.firm_row.filter((it) =>
    entry === undefined
      ? number !== undefined && it.number === number
      : it.kind === entry.kind && it.court === entry.court && it.entry === entry.number,
  );
}

function textOf(value: ProbeRow[string] | undefined): Readonly<{ text?: string }> {
  if (value === null || value === undefined) return {};
  return { text: typeof value === 'string' ? value : JSON.stringify(value) };
}

keepsTheContractOfAnEvidenceSource('A system of the register over gRPC', async (): Promise<ProbedSource> => {
  const { system, edge } = await identities();
  const changed: { column?: string } = {};
  const served = await aSystem(system, search(changed));
  const log = new SilentLog();
  const opened = await openAt(served.port, { system, identity: edge }, log);
  return {
    ...{ opened, log, keepsFormer: false, writes: [] },
    // Whose record is found by a key of its own is the affair of the system: here it does.
    without: [],
    dropColumn: async (column) => {
      changed.column = column;
    },
    takeAway: served.stop,
    bringBack: served.start,
    end: async () => {
      await opened.close();
      await served.stop();
    },
  };
});

const SOMEBODY = { idnr: '02476291358', birthDate: '1992-08-12' };
const KEY = { person: { idnr: SOMEBODY.idnr, birth_date: SOMEBODY.birthDate } };
const SECRET = 'Geheimfrau';
const RECORD: WireRecord = {
  key: KEY,
  blocked: false,
  as_of_time: time('2026-01-01T00:00:00Z'),
  values: [{ column: 'name', text: SECRET }],
};

const encoded = (response: FindRecordsResponse): Buffer => FindRecords?.responseSerialize(response) ?? Buffer.alloc(0);
const framed = (message: Buffer, length = message.length, compressed = 0): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt8(compressed);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
};

type Reply = (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void;
const HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' } as const;

/** Bytes, and what is said at their end. */
const bytes =
  (body: Buffer, trailers: Readonly<Record<string, string>> = { 'grpc-status': '0' }, more: object = {}): Reply =>
  (stream) => {
    stream.respond({ ...HEADERS, ...more }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.end(body);
  };
const records = (...found: readonly WireRecord[]): Reply => bytes(framed(encoded({ records: [...found] })));

/** A system that speaks HTTP/2 and gRPC only as far as it is told. */
async function aHostileSystem(tls: TlsIdentity, first: Reply) {
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

describe('a system of the register', () => {
  let tls: Awaited<ReturnType<typeof identities>>;
  let system: Awaited<ReturnType<typeof aHostileSystem>>;
  let opened: OpenedSource;
  /** The same for what never ends. */
  let impatient: OpenedSource;

  beforeAll(async () => {
    tls = await identities();
    system = await aHostileSystem(tls.system, records());
    opened = await openAt(system.port, { system: tls.system, identity: tls.edge, timeout_ms: 20_000 });
    impatient = await openAt(system.port, { system: tls.system, identity: tls.edge, timeout_ms: 1000 });
  });
  afterAll(async () => {
    await opened.close();
    await impatient.close();
    await system.stop();
  });
  afterEach(() => system.replies(records()));

  /** What comes of it; of an outage what an operator sees. */
  const outcomeOf = async (reply: Reply, attribute = 'name', source = opened): Promise<unknown> => {
    system.replies(reply);
    try {
      return await source.source.find('person', SOMEBODY, [attribute], 'token.of-a.permission');
    } catch (error) {
      if (!(error instanceof Fault) || error.reason !== 'REGISTER_UNAVAILABLE') throw error;
      const cause = describeError(error.cause);
      expect(JSON.stringify([error, error.message, cause, error.cause])).not.toMatch(/Geheim|0\d{10}|1992/);
      return cause.code;
    }
  };

  it('is asked for what is needed and for nothing else, with nothing of a person in address or metadata (GDPR Art. 5 (1) c)', async () => {
    const seen: unknown[] = [];
    const asking: Reply = (stream, headers) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        seen.push(headers, FindRecords?.requestDeserialize(Buffer.concat(chunks).subarray(5)));
        records()(stream, headers);
      });
    };
    expect(await outcomeOf(asking)).toEqual({ kind: 'none' });
    expect(seen[0]).toMatchObject({ ':path': '/einmal.source.v1.RecordService/FindRecords' });
    expect(JSON.stringify(seen[0])).not.toMatch(/0\d{10}|1992-08-12|permission/);
    expect(seen[1]).toEqual({ evidence_type: 'person', key: { ...KEY, key: 'person' }, columns: ['name'] });
  });

  it('is told how long the edge waits', async () => {
    let timeout: unknown;
    await outcomeOf((stream, headers) => {
      timeout = headers['grpc-timeout'];
      records()(stream, headers);
    });
    const [, digits, unit] = /^(\d+)([mun])$/.exec(String(timeout)) ?? [];
    expect(Number(digits) / { m: 1, u: 1e3, n: 1e6 }[unit as 'm' | 'u' | 'n']).toBeLessThanOrEqual(20_000);
  });

  it('is asked on one connection, and on another one after that was cut', async () => {
    for (const _ of [1, 2, 3]) expect(await outcomeOf(records(RECORD))).toMatchObject({ kind: 'one' });
    expect(system.sessions.size).toBe(1);
    const [first] = system.sessions;
    first?.destroy();
    for (let tries = 0; (await outcomeOf(records(RECORD))) === 'GRPC_UNAVAILABLE' && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await outcomeOf(records(RECORD))).toMatchObject({ kind: 'one' });
    expect(system.sessions.has(first as ServerHttp2Session)).toBe(false);
  });

  const broken = (text: Buffer): Buffer => {
    const whole = encoded({ records: [RECORD] });
    const at = whole.indexOf(SECRET);
    return Buffer.concat([whole.subarray(0, at), text, whole.subarray(at + SECRET.length)]);
  };
  const message = encoded({ records: [RECORD] });
  const other = (key: WireRecord['key']) => records({ ...RECORD, key: key ?? null });
  const text = (value: string, column = 'name') => records({ ...RECORD, values: [{ column, text: value }] });

  const answers: readonly (readonly [what: string, outcome: string, Reply, attribute?: string])[] = [
    [
      'the record of another number',
      'ANSWER_ABOUT_OTHER_PERSON',
      other({ person: { ...KEY.person, idnr: '02476291359' } }),
    ],
    [
      'the record of another date of birth',
      'ANSWER_ABOUT_OTHER_PERSON',
      other({ person: { ...KEY.person, birth_date: '1992' } }),
    ],
    ['the record of a company', 'ANSWER_ABOUT_OTHER_PERSON', other({ business_number: SOMEBODY.idnr })],
    ['a record that does not say whose it is', 'ANSWER_ABOUT_OTHER_PERSON', other(null)],
    [
      'one record of the person and one of another',
      'ANSWER_ABOUT_OTHER_PERSON',
      records(RECORD, { ...RECORD, key: {} }),
    ],
    ['a record without the column', 'name', records({ ...RECORD, values: [] })],
    ['the value of another column', 'name', text(SECRET, 'faulty')],
    [
      'two values for one column',
      'ANSWER_SHAPE',
      records({ ...RECORD, values: [...(RECORD.values ?? []), { column: 'name' }] }),
    ],
    ['no as-of', 'as_of', records({ ...RECORD, as_of_time: null })],
    ['an as-of that no calendar has', 'as_of', records({ ...RECORD, as_of_time: { seconds: '9223372036854775807' } })],
    [
      'a time that never comes',
      'available_at',
      records({ ...RECORD, available_time: { seconds: '9223372036854775807' } }),
    ],
    ['NUL in a text', 'name', text('Geheim\0frau')],
    ['a text where a list is promised', 'nations', text(SECRET, 'nations'), 'nations'],
    ['an object where a list is promised', 'nations', text('{"a":1}', 'nations'), 'nations'],
    ['half of a list', 'nations', text('["DE"', 'nations'), 'nations'],
    ['half a character in a list', 'nations', text('["\\ud800"]', 'nations'), 'nations'],
    ['an object 100,000 deep', 'children', text('['.repeat(100_000) + ']'.repeat(100_000), 'children'), 'children'],
    ['a code in no list', 'status', text('XX', 'status'), 'status'],
    ['bytes that are not UTF-8', 'name', bytes(framed(broken(Buffer.from('Geheim\u00fcrau', 'latin1'))))],
    [
      'bytes of half a character',
      'name',
      bytes(framed(broken(Buffer.from([...Buffer.from('Geheimf'), 0xed, 0xa0, 0x80])))),
    ],
    ['a message that is none', 'GRPC_INTERNAL', bytes(framed(Buffer.alloc(40, 0xff)))],
    ['half a message, cut', 'GRPC_INTERNAL', bytes(framed(message.subarray(0, -20)))],
    ['a message shorter than announced', 'GRPC_UNIMPLEMENTED', bytes(framed(message, message.length + 10))],
    ['no message', 'GRPC_UNIMPLEMENTED', bytes(Buffer.alloc(0))],
    ['two messages', 'GRPC_DEADLINE_EXCEEDED', bytes(Buffer.concat([framed(message), framed(message)]))],
    ['more than 256 KiB', 'GRPC_RESOURCE_EXHAUSTED', text('x'.repeat(262_200))],
    [
      'little that unpacks to much',
      'GRPC_RESOURCE_EXHAUSTED',
      bytes(framed(gzipSync(Buffer.alloc(50_000_000)), undefined, 1), undefined, { 'grpc-encoding': 'gzip' }),
    ],
    [
      'what is packed as nobody knows',
      'GRPC_UNKNOWN',
      bytes(framed(message, undefined, 1), undefined, { 'grpc-encoding': 'x' }),
    ],
    [
      'a message and then an error',
      'GRPC_INTERNAL',
      bytes(framed(message), { 'grpc-status': '13', 'grpc-message': SECRET }),
    ],
    [
      'a status that says nobody',
      'GRPC_NOT_FOUND',
      bytes(Buffer.alloc(0), { 'grpc-status': '5', 'grpc-message': SECRET }),
    ],
    ['a status of its own making', 'GRPC_UNKNOWN', bytes(Buffer.alloc(0), { 'grpc-status': '99' })],
    ['a message without a status', 'GRPC_INTERNAL', bytes(framed(message), {})],
    [
      'a page',
      'GRPC_UNAVAILABLE',
      (stream) => {
        stream.respond({ ':status': 503, 'content-type': 'text/html' });
        stream.end(SECRET);
      },
    ],
    [
      'an end in the middle',
      'GRPC_INTERNAL',
      (stream) => {
        stream.respond(HEADERS);
        stream.write(framed(message).subarray(0, 20), () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
      },
    ],
    ['nothing', 'GRPC_DEADLINE_EXCEEDED', () => undefined],
    [
      'byte by byte without end',
      'GRPC_DEADLINE_EXCEEDED',
      (stream) => {
        stream.respond(HEADERS);
        stream.write(framed(Buffer.alloc(0), 200_000));
        const timer = setInterval(() => stream.write('x'), 100);
        stream.on('close', () => clearInterval(timer));
      },
    ],
  ];

  it.each(answers.map(([what, outcome, ...asked]) => [what, outcome, asked] as const))(
    'that answers with %s is not available: %s',
    async (_what, outcome, asked) => {
      const [reply, attribute] = asked;
      const source = outcome === 'GRPC_DEADLINE_EXCEEDED' ? impatient : opened;
      expect(await outcomeOf(reply, attribute, source)).toBe(outcome);
      expect(await outcomeOf(records(RECORD))).toMatchObject({ kind: 'one' });
    },
  );

  it('holds back what it does not clearly let free (IDNrG § 6 Abs. 5)', async () => {
    const { blocked: _, ...unsaid } = RECORD;
    for (const record of [unsaid, { ...RECORD, blocked: true }])
      expect(await outcomeOf(records(record))).toEqual({ kind: 'blocked' });
  });

  it('may say more than it was asked for, and nobody reads it', async () => {
    const values = [...(RECORD.values ?? []), { column: 'religion', text: 'x' }, { column: '__proto__', text: 'x' }];
    expect(await outcomeOf(records({ ...RECORD, values }))).toMatchObject({ record: { attributes: { name: SECRET } } });
  });

  it('has a person who has an empty name, and one who has none', async () => {
    for (const [values, name] of [
      [[{ column: 'name', text: '' }], ''],
      [[{ column: 'name' }], null],
    ] as const)
      expect(await outcomeOf(records({ ...RECORD, values: [...values] }))).toMatchObject({
        record: { attributes: { name } },
      });
  });

  it('names no person of thousands', async () => {
    expect(await outcomeOf(records(...Array.from({ length: 3000 }, () => RECORD)))).toEqual({ kind: 'several' });
  });

  it('does not need the values of a record that comes later', async () => {
    const later = { ...RECORD, values: [], available_time: time('2090-01-01T00:00:00Z') };
    expect(await outcomeOf(records(later))).toEqual({ kind: 'later', availableAt: Date.parse('2090-01-01T00:00:00Z') });
  });

  it('is not asked where it shows a certificate that is not named, by the same authority', async () => {
    const wrong = await openAt(system.port, { system: tls.other, identity: tls.edge });
    const asked: unknown[] = [];
    expect(await outcomeOf((_, it) => asked.push(it), 'name', wrong)).toBe('GRPC_UNAVAILABLE');
    expect(asked).toEqual([]);
    await wrong.close();
  });

  it('is reached over TLS with a certificate of the edge, or not at all', async () => {
    const opening = { types: PROBE_TYPES, log: new SilentLog(), clock: new SystemClock() };
    const source = { kind: 'grpc', url_env: 'DATA_URL', identity_env: 'DATA_TLS', server_certificates: [] } as const;
    const config = { register: 'probe', simulator: true, data_source: source, evidence };
    for (const url of [
      `http://localhost:${system.port}`,
      `localhost:${system.port}`,
      'https://localhost/path',
      'unix:x',
    ])
      await expect(openSource(config, { ...opening, url, identity: tls.edge })).rejects.toThrow('https://host:port');
    await expect(openSource(config, { ...opening, url: 'https://localhost:1' })).rejects.toThrow('needs a certificate');
  });

  it('is not ready where it does not know an evidence type, or finds somebody where nobody is', async () => {
    const faultsOf = async (reply: Reply) => {
      system.replies(reply);
      return [...new Set((await opened.check()).map(({ fault, state }) => fault ?? state))];
    };
    expect(await faultsOf(bytes(Buffer.alloc(0), { 'grpc-status': '3' }))).toEqual(['is not known to the system']);
    expect(await faultsOf(bytes(Buffer.alloc(0), { 'grpc-status': '7' }))).toEqual([
      'does not answer as it should (GRPC_PERMISSION_DENIED)',
    ]);
    const nobody = { person: { idnr: '00000000000', birth_date: '0001-01-01' } };
    expect(await faultsOf(records({ ...RECORD, key: nobody }))).toEqual([
      'does not answer as it should (ANSWER_ABOUT_OTHER_PERSON)',
    ]);
    expect(await faultsOf(records())).toEqual(['holds']);
    expect((await opened.sample()).map(({ state }) => state)).toEqual(['holds', 'holds', 'holds']);
  });
});

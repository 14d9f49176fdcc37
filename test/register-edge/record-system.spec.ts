import { constants, type ServerHttp2Session } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock, toTimestamp } from '../../src/platform/clock.js';
import { Fault, OF_ONE_RECORD } from '../../src/platform/fault.js';
import { describeError } from '../../src/platform/operational-log.js';
import type { Record as WireRecord } from '../../src/platform/rpc-types/einmal/source/v1/Record.js';
import { type OpenedSource, openSource } from '../../src/register-edge/open-source.js';
import { eventually } from '../support/eventually.js';
import { SilentLog } from '../support/silent-log.js';
import { PROBE_TYPES } from './probe-tables.js';
import {
  aHostileSystem,
  bytes,
  encoded,
  FindRecords,
  framed,
  GRPC_EVIDENCE,
  HEADERS,
  identities,
  openAt,
  type Reply,
  records,
} from './record-system.js';
import { AWAITED } from './source-call.js';

const time = (iso: string) => toTimestamp(Date.parse(iso));
const SOMEBODY = { idnr: '02476291358', birthDate: '1992-08-12' };
const KEY = { person: { idnr: SOMEBODY.idnr, birth_date: SOMEBODY.birthDate } };
const SECRET = 'Geheimfrau';
const RECORD: WireRecord = {
  key: KEY,
  blocked: false,
  as_of_time: time('2026-01-01T00:00:00Z'),
  values: [{ column: 'name', text: SECRET }],
};

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

  let seenOfRecord: boolean | undefined;

  /** What comes of it; of an outage what an operator sees. */
  const outcomeOf = async (reply: Reply, attribute = 'name', source = opened): Promise<unknown> => {
    system.replies(reply);
    try {
      return await source.source.find('person', SOMEBODY, [attribute], AWAITED);
    } catch (error) {
      if (!(error instanceof Fault) || error.reason !== 'REGISTER_UNAVAILABLE') throw error;
      const cause = describeError(error.cause);
      seenOfRecord = error.metadata.of === OF_ONE_RECORD.of;
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

  it('is told no more time than somebody waits, and when nobody does', async () => {
    const seen: { timeout?: unknown; isCancelled?: boolean } = {};
    system.replies((stream, headers) => {
      seen.timeout = headers['grpc-timeout'];
      stream.on('close', () => {
        seen.isCancelled = stream.rstCode === constants.NGHTTP2_CANCEL;
      });
    });
    const leaving = new AbortController();
    const waiting = { ...AWAITED, deadline: Date.now() + 10_000, signal: leaving.signal };
    const asked = opened.source.find('person', SOMEBODY, ['name'], waiting).catch((error: unknown) => error);
    await eventually(
      async () => seen.timeout,
      (it) => it !== undefined,
    );
    leaving.abort();
    expect(await asked).toMatchObject({ reason: 'REGISTER_UNAVAILABLE', cause: { code: 'GRPC_CANCELLED' } });
    expect(
      await eventually(
        async () => seen.isCancelled,
        (it) => it !== undefined,
      ),
    ).toBe(true);
    const [, digits, unit] = /^(\d+)([mun])$/.exec(String(seen.timeout)) ?? [];
    expect(Number(digits) / { m: 1, u: 1e3, n: 1e6 }[unit as 'm' | 'u' | 'n']).toBeLessThanOrEqual(10_000);
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
    ['more than 256 KiB', 'ANSWER_TOO_LARGE', text('x'.repeat(262_200))],
    [
      'little that unpacks to much',
      'ANSWER_TOO_LARGE',
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
      'a status that says that it has too much to do',
      'GRPC_RESOURCE_EXHAUSTED',
      bytes(Buffer.alloc(0), { 'grpc-status': '8', 'grpc-message': SECRET }),
    ],
    [
      'a status that says that it cannot read this record',
      'ANSWER_DATA_LOSS',
      bytes(Buffer.alloc(0), { 'grpc-status': '15', 'grpc-message': SECRET }),
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
      // One record that cannot be used says nothing about the register.
      expect(seenOfRecord).toBe(!outcome.startsWith('GRPC_'));
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
    const config = { register: 'probe', simulator: true, data_source: source, evidence: GRPC_EVIDENCE };
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

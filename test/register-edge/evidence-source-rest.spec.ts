import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { freePort } from '../../src/demo/free-port.js';
import { SystemClock } from '../../src/platform/clock.js';
import { Fault } from '../../src/platform/fault.js';
import { type OpenedSource, openSource } from '../../src/register-edge/open-source.js';
import type { RestConfig } from '../../src/register-edge/register-config.js';
import { SilentLog } from '../support/silent-log.js';
import { keepsTheContractOfAnEvidenceSource, PROBE_ROWS, type ProbedSource } from './evidence-source.contract.js';
import { PROBE_TYPES } from './probe-tables.js';
import { AWAITED } from './source-call.js';

const config: RestConfig = {
  register: 'probe',
  simulator: true,
  data_source: { kind: 'rest', url_env: 'DATA_URL', timeout_ms: 2000 },
  evidence: {
    person: {
      path: '/persons/search',
      request: { idnr: '/person/number', birth_date: '/person/born', fields: '/fields' },
      records: '/found',
      person: { idnr: '/idnr', birth_date: '/birth_date', blocked: '/blocked' },
      as_of: '/as_of',
      valid_from: '/valid_from',
      valid_until: '/valid_until',
      available_at: '/available_at',
      attributes: {
        name: '/name',
        moved_in: '/moved_in',
        status: '/status',
        nations: '/nations',
        children: '/children',
        faulty: '/faulty',
        slow: '/slow',
      },
      code_lists: { status: { LD: 'ledig', VH: 'verheiratet' } },
    },
  },
};

type Answer = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;
type Asked = Readonly<{ person: Readonly<{ number: string; born: string }>; fields: readonly string[] }>;

/** An interface of a register, which answers as it is told. */
async function aRegister(first: Answer) {
  const authority = await createAuthority('authority of the test');
  const identity = await issueLeaf(authority, { commonName: 'localhost', participant: 'register' });
  const port = await freePort();
  let answer = first;
  let server: Server | undefined;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(JSON.parse(Buffer.concat(chunks).toString()), response, request));
  };
  const start = async () => {
    const options: ServerOptions = { cert: identity.cert, key: identity.key };
    const started = createServer(options, listener);
    server = started;
    await new Promise<void>((resolve) => started.listen(port, 'localhost', resolve));
  };
  const stop = async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  };
  await start();
  return {
    url: `https://localhost:${port}/v1/`,
    authorities: authority.certificatePem,
    answers: (other: Answer) => {
      answer = other;
    },
    start,
    stop,
  };
}

const json = (response: ServerResponse, document: unknown) =>
  response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(document));

/** Finds as a register does: by both keys, and gives what is asked for. */
const search =
  (without?: string): Answer =>
  ({ person, fields }, response) => {
    const rows = PROBE_ROWS.person_row.filter((it) => it.idnr === person.number && it.birth_date === person.born);
    const found = rows.map((row) => {
      const all: Record<string, unknown> = { ...row, faulty: 'not a list', slow: 'late' };
      if (without !== undefined) delete all[without];
      return all;
    });
    if (!fields.includes('/slow')) json(response, { found });
  };

keepsTheContractOfAnEvidenceSource('An interface with JSON over HTTPS', async (): Promise<ProbedSource> => {
  const register = await aRegister(search());
  const log = new SilentLog();
  const { url, authorities } = register;
  const opened = await openSource(config, { url, authorities, types: PROBE_TYPES, log, clock: new SystemClock() });
  return {
    opened,
    log,
    keepsFormer: false,
    without: ['companies', 'local keys', 'columns'],
    dropColumn: async (column) => register.answers(search(column)),
    takeAway: register.stop,
    bringBack: register.start,
    writes: [],
    end: async () => {
      await opened.close();
      await register.stop();
    },
  };
});

describe('an interface of a register', () => {
  const SOMEBODY = { idnr: '02476291358', birthDate: '1992-08-12' };
  const record = { idnr: SOMEBODY.idnr, birth_date: SOMEBODY.birthDate, blocked: false, as_of: '2026-01-01T00:00:00Z' };
  let register: Awaited<ReturnType<typeof aRegister>>;
  let opened: OpenedSource;

  beforeAll(async () => {
    register = await aRegister(search());
    const { url, authorities } = register;
    const opening = { types: PROBE_TYPES, log: new SilentLog(), clock: new SystemClock() };
    opened = await openSource(config, { ...opening, url, authorities, token: 'a-bearer-token' });
  });
  afterAll(async () => {
    await opened.close();
    await register.stop();
  });

  const causeOf = async (answer: Answer, source = opened): Promise<unknown> => {
    register.answers(answer);
    try {
      return await source.source.find('person', SOMEBODY, ['name'], AWAITED);
    } catch (error) {
      if (!(error instanceof Fault) || error.reason !== 'REGISTER_UNAVAILABLE') throw error;
      seenOfRecord = error.metadata.of === 'record';
      return error.cause instanceof Error && 'code' in error.cause ? error.cause.code : error.cause;
    }
  };
  let seenOfRecord: boolean | undefined;
  const OF_REGISTER = /^(HTTP_\d+|NOT_JSON|TIMEOUT|ECONNRESET)$/;

  it('is asked by POST, with its token, and with nothing of a person in the URL', async () => {
    const seen: (string | undefined)[] = [];
    await causeOf((_asked, response, request) => {
      seen.push(request.method, request.url, request.headers.authorization);
      json(response, { found: [] });
    });
    expect(seen).toEqual(['POST', '/v1/persons/search', 'Bearer a-bearer-token']);
  });

  const answers: readonly (readonly [string, string, Answer])[] = [
    [
      'the record of another number',
      'OTHER_PERSON',
      (_, it) => json(it, { found: [{ ...record, idnr: '02476291359' }] }),
    ],
    [
      'the record of another date of birth',
      'OTHER_PERSON',
      (_, it) => json(it, { found: [{ ...record, birth_date: '1992' }] }),
    ],
    ['one record of the person and one of another', 'OTHER_PERSON', (_, it) => json(it, { found: [record, {}] })],
    ['no list', 'records', (_, it) => json(it, { found: record })],
    ['a record without the attribute', 'name', (_, it) => json(it, { found: [record] })],
    ['a moment without zone', 'as_of', (_, it) => json(it, { found: [{ ...record, as_of: '2026-01-01' }] })],
    ['an error', 'HTTP_500', (_, it) => it.writeHead(500).end('Musterfrau')],
    ['a redirect', 'HTTP_307', (_, it) => it.writeHead(307, { location: 'https://localhost/' }).end()],
    ['another type', 'NOT_JSON', (_, it) => it.setHeader('content-type', 'text/html').end('{"found":[]}')],
    [
      'half a document',
      'ANSWER_NOT_JSON',
      (_, it) => it.setHeader('content-type', 'application/json').end('{"found":['),
    ],
    [
      'bytes that are not UTF-8',
      'ANSWER_NOT_UTF8',
      (_, it) =>
        it.setHeader('content-type', 'application/json').end(Buffer.from('{"found":[],"x":"\u00fc"}', 'latin1')),
    ],
    ['too much', 'ANSWER_TOO_LARGE', (_, it) => json(it, { found: [], more: 'x'.repeat(1_100_000) })],
    [
      'byte by byte without end',
      'TIMEOUT',
      (_, response) => {
        response.setHeader('content-type', 'application/json');
        const timer = setInterval(() => response.write(' '), 100);
        response.on('close', () => clearInterval(timer));
      },
    ],
    ['an end without an answer', 'ECONNRESET', (_, it) => it.destroy()],
  ];

  it.each(answers)('that answers with %s is not available: %s', async (_what, cause, answer) => {
    expect(await causeOf(answer)).toBe(cause);
    // One record that cannot be used says nothing about the register.
    expect(seenOfRecord).toBe(!OF_REGISTER.test(cause));
  });

  it('is not kept at it when nobody waits any more', async () => {
    const [asked, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    register.answers((_, response) => {
      response.on('close', () => ended.resolve());
      asked.resolve();
    });
    const leaving = new AbortController();
    const found = opened.source.find('person', SOMEBODY, ['name'], { ...AWAITED, signal: leaving.signal });
    const fault = found.catch((error: unknown) => error);
    await asked.promise;
    leaving.abort();
    expect(await fault).toMatchObject({ reason: 'REGISTER_UNAVAILABLE', metadata: {} });
    await ended.promise;
  });

  it('holds back what is not clearly free (IDNrG § 6 Abs. 5)', async () => {
    for (const blocked of [true, null, 'false', 0, undefined])
      expect(await causeOf((_, it) => json(it, { found: [{ ...record, blocked, name: 'x' }] }))).toEqual({
        kind: 'blocked',
      });
  });

  it('that another authority vouches for is not asked', async () => {
    const other = (await createAuthority('another authority')).certificatePem;
    const opening = { url: register.url, types: PROBE_TYPES, log: new SilentLog(), clock: new SystemClock() };
    const source = await openSource(config, { ...opening, authorities: other });
    const asked: unknown[] = [];
    expect(await causeOf((it) => asked.push(it), source)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(asked).toEqual([]);
    await source.close();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadLaw } from '../../src/catalogue/load-catalogue.js';
import { type ForeignFault, MARKER, TRANSPORT_FAULTS, XROAD_FAULTS } from '../../src/demo/foreign-registers/fault.js';
import { answerXRoad, type XRoadProvider } from '../../src/demo/foreign-registers/xroad.js';
import { SystemClock } from '../../src/platform/clock.js';
import { XRoadEvidenceSource } from '../../src/register-edge/evidence-source.xroad.js';
import { openSource } from '../../src/register-edge/open-source.js';
import type { XRoadService, XRoadSource } from '../../src/register-edge/xroad/config.js';
import { SilentLog } from '../support/silent-log.js';
import { keepsTheContractOfAnEvidenceSource, PROBE_ROWS, type ProbedSource } from './evidence-source.contract.js';
import {
  aForeignRegister,
  BLOCKED,
  FAMILY_NAME,
  type ForeignRegister,
  leaving,
  OF_CONNECTION,
  outageOf,
  POINTERS,
  pointersTo,
  RECORDS,
  SOMEBODY,
  TWICE,
} from './foreign-register.js';
import { PROBE_TYPES, type ProbeRow } from './probe-tables.js';
import { AWAITED } from './source-call.js';

const CLIENT = 'TEST/GOV/1001/EDGE';
const SERVICE = 'TEST/GOV/2002/REGISTER/meldedaten';

const service: XRoadService = {
  service: SERVICE,
  request: { idnr: '/person/idnr', birth_date: '/person/birth_date', fields: '/fields' },
  records: '/records',
  person: { idnr: '/idnr', birth_date: '/birth_date', blocked: '/blocked' },
  as_of: '/as_of',
  attributes: POINTERS,
};

/** Finds as a register does: by every part of the key, and gives what is asked for. */
const search =
  (without: { column?: string }): XRoadProvider =>
  (evidenceType, { body }) => {
    const asked: { key: Readonly<Record<string, string>> } = JSON.parse(body.toString());
    const rows: readonly ProbeRow[] = evidenceType === 'firm' ? PROBE_ROWS.firm_row : PROBE_ROWS.person_row;
    const found = rows.filter((row) => Object.entries(asked.key).every(([name, value]) => row[name] === value));
    const records = found.map((row) =>
      Object.fromEntries(
        Object.entries({ ...row, faulty: 'not a list', slow: '' }).filter(([name]) => name !== without.column),
      ),
    );
    const headers = { 'Content-Type': 'application/json' };
    return { status: 200, headers, body: JSON.stringify({ records }) };
  };

keepsTheContractOfAnEvidenceSource('A register behind X-Road', async (): Promise<ProbedSource> => {
  const changed: { column?: string } = {};
  const services = { [`${SERVICE}-person`]: 'person', [`${SERVICE}-firm`]: 'firm' };
  const simulation = { client: CLIENT, services, records: [] };
  const probed = await aForeignRegister((received, fault) => answerXRoad(simulation, received, fault, search(changed)));
  const { url, identity } = probed;
  const log = new SilentLog();
  const opened = await openSource(
    {
      register: 'probe',
      simulator: true,
      data_source: {
        ...{ kind: 'xroad', url_env: 'DATA_URL', identity_env: 'DATA_TLS', client: CLIENT, timeout_ms: 20_000 },
        server_certificates: [probed.certificate],
      },
      evidence: {
        person: {
          ...{ service: `${SERVICE}-person`, records: '/records', as_of: '/as_of' },
          request: { idnr: '/key/idnr', birth_date: '/key/birth_date', fields: '/fields' },
          person: { idnr: '/idnr', birth_date: '/birth_date', blocked: '/blocked' },
          ...{ valid_from: '/valid_from', valid_until: '/valid_until', available_at: '/available_at' },
          attributes: pointersTo(['name', 'moved_in', 'status', 'nations', 'children', 'faulty']),
          code_lists: { status: { LD: 'ledig', VH: 'verheiratet' } },
        },
        firm: {
          ...{ service: `${SERVICE}-firm`, records: '/records', as_of: '/as_of' },
          request: { kind: '/key/kind', court: '/key/court', number: '/key/entry', business_number: '/key/number' },
          company: {
            ...{ kind: '/kind', court: '/court', number: '/entry', business_number: '/number' },
            ...{ representatives: '/representatives', blocked: '/blocked' },
          },
          attributes: pointersTo(['name']),
        },
      },
    },
    { url, identity, types: PROBE_TYPES, log, clock: new SystemClock() },
  );
  return {
    ...{ opened, log, keepsFormer: false, writes: [] },
    // The limit of time has a test below.
    without: ['local keys', 'columns', 'time limit'],
    dropColumn: async (column) => {
      changed.column = column;
    },
    takeAway: probed.takeAway,
    bringBack: probed.bringBack,
    end: async () => {
      await opened.close();
      await probed.stop();
    },
  };
});

let register: ForeignRegister;
const { evidence_types: types } = loadLaw('catalogue');

beforeAll(async () => {
  const simulation = { client: CLIENT, services: { [SERVICE]: 'meldedaten' }, records: RECORDS };
  register = await aForeignRegister((received, fault) => answerXRoad(simulation, received, fault));
});
beforeEach(() => {
  register.misbehave('none');
  register.received.length = 0;
});
afterAll(() => register.stop());

function source(
  deviation: Partial<XRoadSource> = {},
  peer = register.peer,
  services: Readonly<Record<string, XRoadService>> = { meldedaten: service },
) {
  const config: XRoadSource = {
    kind: 'xroad',
    url_env: 'DATA_URL',
    identity_env: 'DATA_TLS',
    server_certificates: [],
    client: CLIENT,
    timeout_ms: 20_000,
    ...deviation,
  };
  return new XRoadEvidenceSource(peer, config, services, () => types, new SystemClock());
}

const isSlow = (fault: ForeignFault) => fault === 'hang' || fault === 'byte-by-byte';

const ASKED = ['family_name', 'birth_name', 'nationalities'] as const;

const OF_REGISTER: readonly ForeignFault[] = [
  'other-id',
  'other-client',
  'other-service',
  'other-hash',
  'no-hash',
  'hash-of-other-request',
  'talkative-xroad-error',
];

describe('a register behind X-Road', () => {
  it('answers with the one record, and values as they are', async () => {
    expect(await source().find('meldedaten', SOMEBODY, [...ASKED, 'birth_date', 'children'], AWAITED)).toEqual({
      kind: 'one',
      record: {
        asOf: '2026-11-01T11:00:00.000Z',
        attributes: {
          family_name: FAMILY_NAME,
          birth_name: null,
          nationalities: ['D', 'TR'],
          birth_date: '1992-08-12',
          children: [{ birth_date: '2020-02-29' }],
        },
      },
    });
  });

  it.each([
    ['nobody', { ...SOMEBODY, birthDate: '1992-08-13' }, 'none'],
    ['two', TWICE, 'several'],
    ['somebody who is blocked', BLOCKED, 'blocked'],
  ])('finds %s: %p', async (_title, subject, kind) => {
    expect(await source().find('meldedaten', subject, ['family_name'], AWAITED)).toEqual({ kind });
  });

  it('is asked for what is needed and for nothing else (GDPR Art. 5 (1) c)', async () => {
    await source().find('meldedaten', SOMEBODY, ['family_name'], AWAITED);
    expect(JSON.parse(register.received[0]?.body.toString() ?? '')).toEqual({
      person: { idnr: SOMEBODY.idnr, birth_date: SOMEBODY.birthDate },
      fields: ['/family_name'],
    });
  });

  it('never has a person in an address or a header (PR-REST § 4.2)', async () => {
    await source({ user_id: 'einmal-edge' }).find('meldedaten', SOMEBODY, ['family_name'], AWAITED);
    const [{ method, url, rawHeaders } = { method: '', url: '', rawHeaders: [] }] = register.received;
    expect([method, url]).toEqual(['POST', '/r1/TEST/GOV/2002/REGISTER/meldedaten']);
    const headers = rawHeaders.join('\n');
    expect(headers).toContain(`X-Road-Client\n${CLIENT}\nX-Road-Id\n`);
    expect(headers).toContain('X-Road-UserId\neinmal-edge');
    for (const secret of [SOMEBODY.idnr, SOMEBODY.birthDate]) expect(url + headers).not.toContain(secret);
  });

  it('gets another id with every request, and must give it back (PR-REST § 4.3)', async () => {
    for (const _ of [1, 2]) await source().find('meldedaten', SOMEBODY, ['family_name'], AWAITED);
    const ids = register.received.map(({ rawHeaders }) => rawHeaders[rawHeaders.indexOf('X-Road-Id') + 1]);
    expect(new Set(ids).size).toBe(2);
  });

  it('has no record under a key that the service does not take', async () => {
    const company = { set: 'business-number', business_number: 'DE136695976-00001' } as const;
    expect(await source().find('meldedaten', { company, representative: null }, ['family_name'], AWAITED)).toEqual({
      kind: 'none',
    });
    expect(register.received).toEqual([]);
  });

  it('cannot be asked for what is not configured', async () => {
    await expect(source().find('meldedaten', SOMEBODY, ['religion'], AWAITED)).rejects.toThrow('without column');
    await expect(source().find('constructor', SOMEBODY, [], AWAITED)).rejects.toThrow('evidence type without');
  });

  const causes: Partial<Record<ForeignFault, string>> = {
    redirect: 'ANSWER_REDIRECTS',
    'wrong-content-type': 'ANSWER_CONTENT_TYPE',
    compressed: 'ANSWER_CONTENT_TYPE',
    'invalid-utf8': 'ANSWER_NOT_UTF8',
    'not-found': 'ANSWER_STATUS',
    'talkative-failure': 'ANSWER_STATUS',
    'other-id': 'ANSWER_TO_OTHER_REQUEST',
    'other-client': 'ANSWER_TO_OTHER_REQUEST',
    'other-service': 'ANSWER_OF_OTHER_SERVICE',
    'other-hash': 'ANSWER_TO_OTHER_REQUEST',
    'no-hash': 'ANSWER_TO_OTHER_REQUEST',
    'hash-of-other-request': 'ANSWER_TO_OTHER_REQUEST',
    'other-person': 'ANSWER_ABOUT_OTHER_PERSON',
    'talkative-xroad-error': 'ANSWER_ERROR',
    'not-json': 'ANSWER_NOT_JSON',
    'no-list': 'ANSWER_SHAPE',
    nul: 'ANSWER_TEXT',
    'half-character': 'ANSWER_TEXT',
    deep: 'ANSWER_SHAPE',
  };
  const EVERY = [...TRANSPORT_FAULTS, ...XROAD_FAULTS].filter((it) => it !== 'many-records');

  it.each(EVERY)('is unavailable when it answers wrongly: %s; nothing of the answer is told', async (fault) => {
    register.misbehave(fault);
    const { reason, cause, seen, isOfRecord } = await outageOf(
      source(isSlow(fault) ? { timeout_ms: 500 } : {}).find('meldedaten', SOMEBODY, ASKED, AWAITED),
    );
    expect(reason).toBe('REGISTER_UNAVAILABLE');
    if (causes[fault] !== undefined) expect(cause).toBe(causes[fault]);
    // One record that cannot be used says nothing about the register.
    expect(isOfRecord).toBe(![...OF_CONNECTION, ...OF_REGISTER].includes(fault));
    for (const secret of [MARKER, SOMEBODY.idnr, SOMEBODY.birthDate, FAMILY_NAME]) expect(seen).not.toContain(secret);
  });

  it('names no person of a thousand', async () => {
    register.misbehave('many-records');
    expect(await source({ max_answer_bytes: 1_000_000 }).find('meldedaten', SOMEBODY, ASKED, AWAITED)).toEqual({
      kind: 'several',
    });
  });

  it('is waited for no longer than configured, however slowly it answers', async () => {
    for (const fault of ['hang', 'byte-by-byte'] as const) {
      register.misbehave(fault);
      const started = performance.now();
      await outageOf(source({ timeout_ms: 300 }).find('meldedaten', SOMEBODY, ASKED, AWAITED));
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });

  it('is not kept at it when nobody waits any more', async () => {
    // Its own time is longer than that of a test.
    const { reason, isOfRecord } = await leaving(register, (signal) =>
      source().find('meldedaten', SOMEBODY, ASKED, { ...AWAITED, signal }),
    );
    expect([reason, isOfRecord]).toEqual(['REGISTER_UNAVAILABLE', false]);
  });

  it.each([
    ['shows the certificate of another', () => ({ certificates: [register.certificateOfAnother] })],
    ['is gone', () => ({ address: 'localhost:1' })],
  ])('is unavailable when it %s', async (_title, deviation) => {
    const { reason } = await outageOf(
      source({}, register.peerTo(deviation())).find('meldedaten', SOMEBODY, ASKED, AWAITED),
    );
    expect(reason).toBe('REGISTER_UNAVAILABLE');
  });

  it('is unavailable to a client and for a service that X-Road does not know', async () => {
    const unknown = { meldedaten: { ...service, service: 'TEST/GOV/2002/REGISTER/other' } };
    for (const it of [source({ client: 'TEST/GOV/1001/OTHER' }), source({}, register.peer, unknown)])
      expect((await outageOf(it.find('meldedaten', SOMEBODY, ASKED, AWAITED))).cause).toBe('ANSWER_ERROR');
  });

  it('may leave the comparison of the hash to the security server where something between changes headers', async () => {
    register.misbehave('hash-of-other-request');
    const trusting = source({ request_hash: 'present' });
    expect(await trusting.find('meldedaten', SOMEBODY, ['family_name'], AWAITED)).toMatchObject({ kind: 'one' });
    register.misbehave('no-hash');
    expect((await outageOf(trusting.find('meldedaten', SOMEBODY, ASKED, AWAITED))).cause).toBe(
      'ANSWER_TO_OTHER_REQUEST',
    );
  });
});

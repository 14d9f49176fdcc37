import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadLaw } from '../../src/catalogue/load-catalogue.js';
import {
  type ForeignFault,
  MARKER,
  TRANSPORT_FAULTS,
  XNACHWEIS_FAULTS,
} from '../../src/demo/foreign-registers/fault.js';
import type { SimulatedRecord } from '../../src/demo/foreign-registers/records.js';
import { answerXNachweis, SIMULATED_ERRORS } from '../../src/demo/foreign-registers/xnachweis.js';
import type { XNachweisSimulation } from '../../src/demo/foreign-registers/xnachweis-simulation.js';
import { SystemClock } from '../../src/platform/clock.js';
import { smallestSubset, XNachweisEvidenceSource } from '../../src/register-edge/evidence-source.xnachweis.js';
import { openSource } from '../../src/register-edge/open-source.js';
import type { XNachweisEvidence, XNachweisSource } from '../../src/register-edge/xnachweis/config.js';
import { SilentLog } from '../support/silent-log.js';
import { keepsTheContractOfAnEvidenceSource, PROBE_ROWS, type ProbedSource } from './evidence-source.contract.js';
import {
  aForeignRegister,
  BLOCKED,
  FAMILY_NAME,
  type ForeignRegister,
  LATER,
  leaving,
  OF_CONNECTION,
  outageOf,
  POINTERS,
  pointersTo,
  RECORDS,
  SOMEBODY,
  TWICE,
} from './foreign-register.js';
import { PROBE_TYPES } from './probe-tables.js';
import { AWAITED } from './source-call.js';

const CLASSIFICATION = 'https://sr.oots.tech.ec.europa.eu/evidencetypeclassifications/ec/TEST/meldedaten';
const IDENTIFIER = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
const NAMES = 'https://sr.oots.tech.ec.europa.eu/distributions/TEST/names';
const PATH = '/xnachweis';
const AUTHORITY = { directory: 'DVDV', id: 'test:register', name: 'Register (SIMULATOR)' };
const PROVIDER = {
  id: 'test:register',
  scheme: 'urn:cef.eu:names:identifier:EAS:TEST',
  name: 'Register (SIMULATOR)',
  classification: 'EP',
};
const AUTHORITY_NAMESPACE = 'http://xoev.de/schemata/basisnachricht/behoerde/1_1';

const simulation: XNachweisSimulation = {
  path: PATH,
  provider: PROVIDER,
  authority: AUTHORITY,
  authority_namespace: AUTHORITY_NAMESPACE,
  language: 'DE',
  evidence: {
    meldedaten: {
      classification: CLASSIFICATION,
      identifier: IDENTIFIER,
      subsets: { [NAMES]: ['family_name', 'birth_name'] },
    },
  },
  records: RECORDS,
};

const evidence: XNachweisEvidence = {
  identifier: IDENTIFIER,
  classification: CLASSIFICATION,
  title: 'Meldedaten',
  subsets: [{ transformation: NAMES, attributes: ['family_name', 'birth_name'] }],
  as_of: '/as_of',
  attributes: POINTERS,
};

const config: XNachweisSource = {
  kind: 'xnachweis',
  url_env: 'DATA_URL',
  identity_env: 'DATA_TLS',
  server_certificates: [],
  path: PATH,
  requester: { ...PROVIDER, id: 'test:edge', name: 'Edge', classification: 'ER' },
  provider: PROVIDER,
  author: { directory: 'DVDV', id: 'test:edge', name: 'Edge' },
  reader: AUTHORITY,
  language: 'DE',
  assurance: 'High',
  unverified: {
    authority_namespace: AUTHORITY_NAMESPACE,
    list_versions: { language: '1', agent_classification: '1', loa: '1', media_type: '1', directory: '1' },
    error_codes: { none: [SIMULATED_ERRORS.none] },
  },
  timeout_ms: 20_000,
};

const TOKEN = 'permission.token.of-a-test';

/** Records of the probe; which of them are valid the data service knows. */
function probeRecords(without?: string): readonly SimulatedRecord[] {
  const isNow = (from: unknown, until: unknown) =>
    (from === null || String(from) < '2026') && (until === null || String(until) > '2026');
  return PROBE_ROWS.person_row
    .filter(({ valid_from, valid_until }) => isNow(valid_from, valid_until))
    .map(({ idnr, birth_date, blocked, as_of, available_at, ...values }) => ({
      ...{ evidence_type: 'person', idnr: String(idnr), birth_date: String(birth_date), as_of: String(as_of) },
      blocked: typeof blocked === 'boolean' ? blocked : null,
      ...(typeof available_at === 'string' ? { available_at } : {}),
      values: Object.fromEntries(
        Object.entries({ ...values, faulty: 'not a list' }).filter(([name]) => name !== without),
      ),
    }));
}

keepsTheContractOfAnEvidenceSource('A data service that speaks XNachweis', async (): Promise<ProbedSource> => {
  const { meldedaten } = simulation.evidence;
  let told: XNachweisSimulation = {
    ...simulation,
    tells_blocks: true,
    evidence: { person: { ...meldedaten!, subsets: {} } },
    records: probeRecords(),
  };
  const probed = await aForeignRegister((received, fault) => answerXNachweis(told, received, fault));
  const { url, identity } = probed;
  const log = new SilentLog();
  const { none, blocked } = SIMULATED_ERRORS;
  const opened = await openSource(
    {
      register: 'probe',
      simulator: true,
      data_source: {
        ...{ ...config, server_certificates: [probed.certificate] },
        unverified: { ...config.unverified, error_codes: { none: [none], blocked: [blocked] } },
      },
      evidence: {
        person: {
          ...{ identifier: IDENTIFIER, classification: CLASSIFICATION, title: 'Person', as_of: '/as_of' },
          attributes: pointersTo(['name', 'moved_in', 'status', 'nations', 'children', 'faulty']),
          code_lists: { status: { LD: 'ledig', VH: 'verheiratet' } },
        },
      },
    },
    { url, identity, types: PROBE_TYPES, log, clock: new SystemClock() },
  );
  return {
    ...{ opened, log, keepsFormer: false, writes: [] },
    // The limit of time has a test below.
    without: ['companies', 'local keys', 'columns', 'time limit'],
    dropColumn: async (column) => {
      told = { ...told, records: probeRecords(column) };
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
  register = await aForeignRegister((received, fault) => answerXNachweis(simulation, received, fault));
});
beforeEach(() => {
  register.misbehave('none');
  register.received.length = 0;
});
afterAll(() => register.stop());

function source(deviation: Partial<XNachweisSource> = {}, of: XNachweisEvidence = evidence) {
  const options = { types: () => types, clock: new SystemClock(), isTest: true };
  return new XNachweisEvidenceSource(register.peer, { ...config, ...deviation }, { meldedaten: of }, options);
}

function find(subject: Readonly<{ idnr: string; birthDate: string }>, asked: readonly string[], of = source()) {
  return of.find('meldedaten', subject, asked, { ...AWAITED, permission: TOKEN });
}

const isSlow = (fault: ForeignFault) => fault === 'hang' || fault === 'byte-by-byte';

const ASKED = ['family_name', 'birth_name', 'nationalities'] as const;

const OF_REGISTER: readonly ForeignFault[] = [
  'other-request',
  'other-provider',
  'other-requester',
  'unknown-error',
  'talkative-error',
];

describe('a data service that speaks XNachweis 1.2.0', () => {
  it('answers DE.EvidenceRequest.0101 with the one record, and values as they are', async () => {
    expect(await find(SOMEBODY, [...ASKED, 'birth_date', 'children'])).toEqual({
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

  it('vouches for the day of issue where it says no moment', async () => {
    const { as_of: _, ...dated } = evidence;
    expect(await find(SOMEBODY, ['family_name'], source({}, dated))).toMatchObject({
      record: { asOf: '2026-11-01T00:00:00.000Z' },
    });
  });

  it.each([
    ['nobody', { ...SOMEBODY, birthDate: '1992-08-13' }, 'none'],
    ['two', TWICE, 'several'],
    ['somebody who is blocked, and says so to nobody', BLOCKED, 'none'],
    ['somebody whose day of birth is not known, which no request can say', { ...SOMEBODY, birthDate: '1992' }, 'none'],
  ])('finds %s', async (_title, subject, kind) => {
    expect(await find(subject, ['family_name'])).toEqual({ kind });
  });

  it('says when evidence will be there (ResponseAvailableDateTime)', async () => {
    expect(await find(LATER, ['family_name'])).toEqual({
      kind: 'later',
      availableAt: Date.parse('2090-01-01T00:00:00Z'),
    });
  });

  it('is asked for the smallest subset that is enough (GDPR Art. 5 (1) c)', async () => {
    expect(smallestSubset(evidence, ['birth_name'])).toBe(NAMES);
    expect(smallestSubset(evidence, ['children'])).toBeUndefined();
    const larger = { transformation: 'larger', attributes: ['family_name', 'birth_name', 'children'] };
    expect(smallestSubset({ ...evidence, subsets: [larger, ...(evidence.subsets ?? [])] }, ['birth_name'])).toBe(NAMES);
    await find(SOMEBODY, ['birth_name']);
    expect(register.received[0]?.body.toString()).toContain(`<xn-bk:Transformation>${NAMES}<`);
  });

  it('gets the token of the permission, an own id each time, and a mark that it is a test', async () => {
    for (const _ of [1, 2]) await find(SOMEBODY, ['family_name']);
    const [first, second] = register.received.map(({ body }) => body.toString());
    expect(first).toContain(`<xn-de:IssuedToken>${TOKEN}</xn-de:IssuedToken>`);
    expect(first).toContain(' test="synthetic persons"');
    const idOf = (xml = '') => /id="(urn:uuid:[^"]+)"/.exec(xml)?.[1];
    expect(idOf(first)).not.toBe(idOf(second));
  });

  it('never has a person in an address or a header', async () => {
    await find(SOMEBODY, ['family_name']);
    const [{ url, rawHeaders } = { url: '', rawHeaders: [] }] = register.received;
    expect(url).toBe(PATH);
    for (const secret of [SOMEBODY.idnr, SOMEBODY.birthDate, TOKEN])
      expect(rawHeaders.join('\n')).not.toContain(secret);
  });

  it('is not asked for a company, or for what is not configured', async () => {
    await expect(find(SOMEBODY, ['religion'])).rejects.toThrow('without column');
    const company = { set: 'business-number', business_number: 'DE136695976-00001' } as const;
    expect(await source().find('meldedaten', { company, representative: null }, [], AWAITED)).toEqual({ kind: 'none' });
    expect(register.received).toEqual([]);
  });

  const causes: Partial<Record<ForeignFault, string>> = {
    redirect: 'ANSWER_REDIRECTS',
    'wrong-content-type': 'ANSWER_CONTENT_TYPE',
    compressed: 'ANSWER_CONTENT_TYPE',
    'invalid-utf8': 'XML_NOT_UTF8',
    'not-found': 'ANSWER_STATUS',
    'talkative-failure': 'ANSWER_STATUS',
    'other-request': 'ANSWER_TO_OTHER_REQUEST',
    'other-requester': 'ANSWER_TO_OTHER_REQUEST',
    'other-person': 'ANSWER_ABOUT_OTHER_PERSON',
    'no-number': 'ANSWER_ABOUT_OTHER_PERSON',
    'other-provider': 'ANSWER_OF_OTHER_SERVICE',
    'other-type': 'ANSWER_OF_OTHER_TYPE',
    'other-version': 'ANSWER_SHAPE',
    'other-message': 'ANSWER_SHAPE',
    'later-in-the-past': 'ANSWER_TIME',
    'unknown-error': 'ANSWER_ERROR',
    'talkative-error': 'ANSWER_ERROR',
    reference: 'ANSWER_SHAPE',
    'item-not-json': 'ANSWER_NOT_JSON',
    doctype: 'XML_HAS_DOCTYPE',
    'external-entity': 'XML_HAS_DOCTYPE',
    'entity-bomb': 'XML_HAS_DOCTYPE',
    deep: 'XML_NOT_WELL_FORMED',
    wide: 'XML_TOO_MANY_NODES',
    'not-well-formed': 'XML_NOT_WELL_FORMED',
  };

  it.each([...TRANSPORT_FAULTS, ...XNACHWEIS_FAULTS])(
    'is unavailable when it answers wrongly: %s; nothing of the answer is told',
    async (fault) => {
      register.misbehave(fault);
      const { reason, cause, seen, isOfRecord } = await outageOf(
        find(SOMEBODY, ASKED, source(isSlow(fault) ? { timeout_ms: 500 } : {})),
      );
      expect(reason).toBe('REGISTER_UNAVAILABLE');
      if (causes[fault] !== undefined) expect(cause).toBe(causes[fault]);
      // One record that cannot be used says nothing about the register.
      expect(isOfRecord).toBe(![...OF_CONNECTION, ...OF_REGISTER].includes(fault));
      for (const secret of [MARKER, SOMEBODY.idnr, SOMEBODY.birthDate, FAMILY_NAME, TOKEN])
        expect(seen).not.toContain(secret);
    },
  );

  it('is not kept at it when nobody waits any more', async () => {
    // Its own time is longer than that of a test.
    const { reason, isOfRecord } = await leaving(register, (signal) =>
      source().find('meldedaten', SOMEBODY, ASKED, { ...AWAITED, signal }),
    );
    expect([reason, isOfRecord]).toEqual(['REGISTER_UNAVAILABLE', false]);
  });

  it('is unavailable where it refuses the request as such', async () => {
    const other = { ...evidence, identifier: '00000000-8b86-4011-b42d-00c04fc964ff' };
    expect((await outageOf(find(SOMEBODY, ASKED, source({}, other)))).cause).toBe('ANSWER_ERROR');
    expect((await outageOf(find(SOMEBODY, ASKED, source({ path: '/elsewhere' })))).cause).toBe('ANSWER_STATUS');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Received } from '../../src/demo/foreign-registers/https-simulator.js';
import { answerXNachweis, SIMULATED_ERRORS } from '../../src/demo/foreign-registers/xnachweis.js';
import type { XNachweisSimulation } from '../../src/demo/foreign-registers/xnachweis-simulation.js';
import { answerXRoad } from '../../src/demo/foreign-registers/xroad.js';
import { readXml } from '../../src/platform/xml.js';
import type { XNachweisSource } from '../../src/register-edge/xnachweis/config.js';
import { printRequest } from '../../src/register-edge/xnachweis/request.js';
import { RECORDS, SOMEBODY } from '../register-edge/foreign-register.js';

describe('the simulator of X-Road (PR-REST § 4.6)', () => {
  const simulation = {
    client: 'TEST/GOV/1001/EDGE',
    services: { 'TEST/GOV/2002/REGISTER/meldedaten': 'meldedaten' },
    records: RECORDS,
  };
  const URL = '/r1/TEST/GOV/2002/REGISTER/meldedaten';
  const person = { idnr: SOMEBODY.idnr, birth_date: SOMEBODY.birthDate };
  const ask = (deviation: Partial<Received> & Readonly<{ headers?: readonly string[] }> = {}) => {
    const { headers = ['X-Road-Client', 'TEST/GOV/1001/EDGE', 'X-Road-Id', 'an-id'], ...rest } = deviation;
    const body = Buffer.from(JSON.stringify({ person, fields: ['/family_name'] }));
    const reply = answerXRoad(simulation, { method: 'POST', url: URL, rawHeaders: headers, body, ...rest }, 'none');
    return { ...reply, answer: JSON.parse(reply.body.toString()) };
  };

  it('answers with the id of the message, the client and the service (§ 4.3)', () => {
    const { status, headers, answer } = ask();
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'x-road-id': 'an-id',
      'x-road-client': 'TEST/GOV/1001/EDGE',
      'x-road-service': 'TEST/GOV/2002/REGISTER/meldedaten',
    });
    expect(headers['x-road-request-hash']).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    expect(answer.records).toHaveLength(1);
    expect(Object.keys(answer.records[0])).toEqual(['idnr', 'birth_date', 'blocked', 'as_of', 'family_name']);
  });

  const client = (value: string) => ['X-Road-Client', value];
  it.each([
    ['no client (§ 4.3)', { headers: [] }],
    ['an empty client', { headers: client('') }],
    ['a client of two parts (§ 4.1)', { headers: client('TEST/GOV') }],
    ['a client of five parts', { headers: client('TEST/GOV/1/2/3') }],
    ['a client with a forbidden character (§ 4.8)', { headers: client('TEST/GOV/1001/ED_GE') }],
    ['a client that is not percent-encoded UTF-8 (§ 4.2)', { headers: client('TEST/GOV/1001/%ff') }],
    ['another version of the protocol (§ 2.3)', { url: URL.replace('r1', 'r2') }],
    ['no version', { url: URL.replace('/r1', '') }],
    ['a service without all parts (§ 4.1)', { url: '/r1/TEST/GOV/2002' }],
    ['separators that are encoded (§ 4.2)', { url: '/r1/TEST%2FGOV%2F2002%2FREGISTER%2Fmeldedaten' }],
    ['an address that is too long (§ 4.2)', { url: `${URL}?${'x'.repeat(2000)}` }],
    ['an id of control characters', { headers: [...client('TEST/GOV/1001/EDGE'), 'X-Road-Id', 'a b'] }],
    ['an empty id', { headers: [...client('TEST/GOV/1001/EDGE'), 'X-Road-Id', ''] }],
  ])('rejects %s as a bad request (§ 4.6)', (_title, deviation) => {
    const { status, headers, answer } = ask(deviation);
    expect([status, headers['X-Road-Error'], answer.type]).toEqual([400, 'Client.BadRequest', 'Client.BadRequest']);
    expect(headers['Content-Type']).toContain('application/json');
  });

  it.each([
    ['a client that is not registered', { headers: client('TEST/GOV/1001/OTHER') }, 'Server.ClientProxy.UnknownMember'],
    ['a service that does not exist', { url: `${URL}x` }, 'Server.ServerProxy.UnknownService'],
  ])('rejects %s with an error of X-Road', (_title, deviation, type) => {
    const { status, headers } = ask(deviation);
    expect([status, headers['X-Road-Error']]).toEqual([500, type]);
  });

  it('makes an id where there is none, and takes the last client where there are several (§ 4.3)', () => {
    const headers = [...client('TEST/GOV/1001/OTHER'), ...client('TEST/GOV/1001/EDGE')];
    expect(ask({ headers }).headers['x-road-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leaves errors of the service to the service (§ 4.6)', () => {
    const { status, headers } = ask({ method: 'GET' });
    expect([status, headers['X-Road-Error']]).toEqual([405, undefined]);
    expect(ask({ body: Buffer.from('{}') }).status).toBe(400);
  });
});

describe('the simulator of a data service that speaks XNachweis 1.2.0', () => {
  const classification = 'https://sr.oots.tech.ec.europa.eu/evidencetypeclassifications/ec/TEST/meldedaten';
  const identifier = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
  const provider = {
    id: 'test:register',
    scheme: 'urn:cef.eu:names:identifier:EAS:TEST',
    name: 'Register',
    classification: 'EP',
  };
  const authority = { directory: 'DVDV', id: 'test:register', name: 'Register' };
  const authority_namespace = 'http://xoev.de/schemata/basisnachricht/behoerde/1_1';
  const simulation: XNachweisSimulation = {
    ...{ path: '/xnachweis', provider, authority, authority_namespace, language: 'DE', records: RECORDS },
    evidence: { meldedaten: { classification, identifier, subsets: {} } },
  };
  const config: XNachweisSource = {
    ...{
      kind: 'xnachweis',
      url_env: 'DATA_URL',
      identity_env: 'DATA_TLS',
      server_certificates: [],
      path: '/xnachweis',
      language: 'DE',
    },
    ...{ requester: { ...provider, id: 'test:edge', classification: 'ER' }, provider },
    ...{ author: authority, reader: authority, assurance: 'High' },
    unverified: {
      authority_namespace,
      list_versions: { language: '1', agent_classification: '1', loa: '1', media_type: '1', directory: '1' },
      error_codes: {},
    },
  };
  const valid = printRequest(
    {
      ...{ id: 'fa2e18a5-c2cb-4d09-b994-f57727f7c3fb', messageId: 'f92591a3-6bf0-49b1-987b-0dd78c034cc3' },
      ...{ atMs: 0, issuedToken: 'a.b.c', idnr: SOMEBODY.idnr, birthDate: SOMEBODY.birthDate, isTest: true },
      evidence: { identifier, classification, title: 'Meldedaten', attributes: {} },
      transformation: undefined,
    },
    config,
  );
  const ask = (xml: string, deviation: Partial<Received> = {}) => {
    const rawHeaders = ['Content-Type', 'application/xml; charset=utf-8'];
    const received = { method: 'POST', url: '/xnachweis', rawHeaders, body: Buffer.from(xml), ...deviation };
    return answerXNachweis(simulation, received, 'none');
  };
  const answered = (xml: string) => {
    const { name, attributes, children } = readXml(Buffer.from(ask(xml).body), 1_000_000);
    const exception = children.find((it) => it.name === 'Exception')?.children ?? [];
    return {
      name,
      requestId: attributes.requestid,
      code: exception.find((it) => it.name === 'Code')?.children[0]?.text,
      detail: exception.find((it) => it.name === 'Detail')?.text,
    };
  };

  it('answers DE.EvidenceRequest.0101 with DE.EvidenceResponse.0102 to the same id', () => {
    expect(answered(valid)).toEqual({
      name: 'DE.EvidenceResponse.0102',
      requestId: 'urn:uuid:fa2e18a5-c2cb-4d09-b994-f57727f7c3fb',
      code: undefined,
      detail: undefined,
    });
  });

  const without = (element: string) =>
    valid.replace(new RegExp(`<xn-[a-z-]+:${element}[ >].*?</xn-[a-z-]+:${element}>`), '');
  it.each([
    ['no token of an intermediary', without('IssuedToken'), '/IssuedToken'],
    ['no time of issue', without('IssueDateTime'), '/IssueDateTime'],
    [
      'a time without zone',
      valid.replaceAll('00.000Z', '00.000'),
      '/nachrichtenkopf/identifikation.nachricht/erstellungszeitpunkt/text()',
    ],
    ['no one who asks', without('EvidenceRequester'), '/EvidenceRequester'],
    ['another version', valid.replace('xnachweis_1.2.0', 'xnachweis_1.1.0'), '/SpecificationIdentifier/text()'],
    ['another standard version', valid.replace('version="1.2.0"', 'version="1.1.0"'), '/@version'],
    ['no product', valid.replace(' produkt="Einmal"', ''), '/@produkt'],
    [
      'a number of ten digits',
      valid.replace(SOMEBODY.idnr, '0247629135'),
      '/Query/LegalOrNaturalPerson/NaturalPerson/IDNr/text()',
    ],
    ['no date of birth', without('DateOfBirth'), '/Query/LegalOrNaturalPerson/NaturalPerson/DateOfBirth'],
    [
      'no level of assurance',
      without('LevelOfAssurance'),
      '/Query/LegalOrNaturalPerson/NaturalPerson/LevelOfAssurance',
    ],
    [
      'no identifier of the evidence type',
      valid.replace(`<xn-bk:Identifier>${identifier}</xn-bk:Identifier>`, ''),
      '/Query/RequestedEvidenceType/Identifier',
    ],
    [
      'another code list',
      valid.replace('codeliste:loa', 'codeliste:other'),
      '/Query/LegalOrNaturalPerson/NaturalPerson/LevelOfAssurance/@listURI',
    ],
    ['an element too many', valid.replace('</xn-de:Query>', '<xn-bk:Preview/></xn-de:Query>'), '/Query/*'],
  ])('rejects %s with DE.EvidenceErrorResponse.0103', (_title, xml, detail) => {
    expect(xml).not.toBe(valid);
    expect(answered(xml)).toMatchObject({
      name: 'DE.EvidenceErrorResponse.0103',
      requestId: 'urn:uuid:fa2e18a5-c2cb-4d09-b994-f57727f7c3fb',
      code: SIMULATED_ERRORS.invalid,
      detail,
    });
  });

  it.each([
    ['for another provider', valid.replaceAll('>test:register<', '>test:other<'), SIMULATED_ERRORS.provider],
    ['with an empty token', valid.replace('a.b.c', ''), SIMULATED_ERRORS.token],
    ['for another evidence type', valid.replace(identifier, identifier.replace('6', '7')), SIMULATED_ERRORS.type],
    ['in another format', valid.replace('application/json', 'application/pdf'), SIMULATED_ERRORS.format],
    ['about nobody', valid.replace(SOMEBODY.birthDate, '1992-08-13'), SIMULATED_ERRORS.none],
  ])('rejects a request %s', (_title, xml, code) => {
    expect(answered(xml)).toMatchObject({ name: 'DE.EvidenceErrorResponse.0103', code });
  });

  it.each([
    ['no XML', 'x', {}, 400],
    ['a document type', valid.replace('\n', '\n<!DOCTYPE x>\n'), {}, 400],
    ['another message', valid.replaceAll('.0101', '.0301'), {}, 400],
    ['an id that is none', valid.replace('urn:uuid:', 'urn:'), {}, 400],
    ['another type of content', valid, { rawHeaders: ['Content-Type', 'text/xml'] }, 415],
    ['another address', valid, { url: '/other' }, 404],
    ['another method', valid, { method: 'GET' }, 404],
  ])('rejects %s without a message', (_title, xml, deviation, status) => {
    expect(ask(xml, deviation)).toMatchObject({ status, body: 'refused' });
  });
});

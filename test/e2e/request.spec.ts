import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RetrieveEvidenceRequest } from '../../src/platform/rpc-types/einmal/broker/v1/RetrieveEvidenceRequest.js';
import type { Subject } from '../../src/platform/rpc-types/einmal/broker/v1/Subject.js';
import { type Consumer, consumer } from '../support/e2e-consumer.js';
import { framed, rawCall } from '../support/e2e-http2.js';
import { logged } from '../support/e2e-log.js';
import { expectLoggedRefusal, expectRefusal, failureOf } from '../support/e2e-refusal.js';
import { allMethods, type MethodName } from '../support/e2e-wire.js';

const RETRIEVE = 'EvidenceService/RetrieveEvidence';
/** Texts that no message, detail, header or entry may repeat. */
const GIVEN = {
  family_name: 'Geheimniskrämer',
  town: 'Verschwiegenhausen',
  postcode: '99998',
  birth_date: '1901-02-03',
} as const;
const PERSONAL = [...Object.values(GIVEN), '09876543211', '1901-02-31'];

let familienkasse: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

function request(change: RetrieveEvidenceRequest = {}): RetrieveEvidenceRequest {
  return {
    request_id: randomUUID(),
    purpose: 'kindergeld-antrag',
    subjects: [{ role: 'parent', natural_person: { address_key: GIVEN } }],
    needs: [{ evidence_type: 'meldedaten', subject_role: 'parent', trigger_id: randomUUID() }],
    identity_trigger_ids: [randomUUID()],
    ...change,
  };
}

const parent = (natural_person: NonNullable<Subject['natural_person']>) => ({
  subjects: [{ role: 'parent', natural_person }],
});
const key = (set: string, field: string) => `subjects[0].natural_person.${set}_key.${field}`;
const inAddress = (change: Partial<Record<keyof typeof GIVEN, string>>) =>
  parent({ address_key: { ...GIVEN, ...change } });
const byNumber = (idnr: string, birth_date = '1980-01-01') => parent({ idnr_key: { idnr, birth_date } });

describe('a request that cannot be understood names every faulty field, and no value', () => {
  const faulty: readonly (readonly [title: string, change: RetrieveEvidenceRequest, fields: readonly string[]])[] = [
    ['a request id that is none', { request_id: 'one' }, ['request_id']],
    ['no purpose', { purpose: '' }, ['purpose']],
    ['a purpose that is no identifier', { purpose: "x'; drop table log.entry" }, ['purpose']],
    ['nobody', { subjects: [] }, ['subjects']],
    [
      'the same role twice',
      { subjects: [1, 2].map(() => ({ role: 'parent', natural_person: { address_key: GIVEN } })) },
      ['subjects'],
    ],
    [
      'more persons than any form has',
      { subjects: Array.from({ length: 17 }, (_, n) => ({ role: `r${n}`, natural_person: { address_key: GIVEN } })) },
      ['subjects'],
    ],
    ['a role without a person', { subjects: [{ role: 'parent' }] }, ['subjects[0].natural_person']],
    ['a person without a key', parent({}), ['subjects[0].natural_person.key']],
    [
      'a role that is no identifier',
      { subjects: [{ role: 'Elternteil 1', natural_person: { address_key: GIVEN } }] },
      ['subjects[0].role'],
    ],
    ['a number with a wrong check digit (AO § 139b)', byNumber('09876543211'), [key('idnr', 'idnr')]],
    ['a number that repeats no digit', byNumber('01234567892'), [key('idnr', 'idnr')]],
    ['a number with three equal digits in a row', byNumber('01112345675'), [key('idnr', 'idnr')]],
    ['a number with a letter', byNumber('0987654321O'), [key('idnr', 'idnr')]],
    ['a day that does not exist', inAddress({ birth_date: '1901-02-31' }), [key('address', 'birth_date')]],
    ['a birth date as Germans write it', inAddress({ birth_date: '03.02.1901' }), [key('address', 'birth_date')]],
    ['no birth date', inAddress({ birth_date: '' }), [key('address', 'birth_date')]],
    ['a birth date with a time', inAddress({ birth_date: '1901-02-03T00:00:00Z' }), [key('address', 'birth_date')]],
    ['a month 13', inAddress({ birth_date: '1901-13' }), [key('address', 'birth_date')]],
    ['a postcode with a letter', inAddress({ postcode: '9999O' }), [key('address', 'postcode')]],
    ['a NUL in a name', inAddress({ family_name: 'Geheimnis\u0000krämer' }), [key('address', 'family_name')]],
    ['a line break in a name', inAddress({ family_name: 'Geheimnis\nkrämer' }), [key('address', 'family_name')]],
    [
      'a direction override in a name',
      inAddress({ family_name: '\u202eGeheimniskrämer' }),
      [key('address', 'family_name')],
    ],
    ['a name of blanks', inAddress({ family_name: '   ' }), [key('address', 'family_name')]],
    [
      'a name as long as a book',
      inAddress({ family_name: 'Geheimniskrämer'.repeat(50) }),
      [key('address', 'family_name')],
    ],
    ['no town', inAddress({ town: '' }), [key('address', 'town')]],
    [
      'no given names',
      parent({ name_key: { family_name: GIVEN.family_name, birth_date: GIVEN.birth_date } }),
      [key('name', 'given_names')],
    ],
    ['no need', { needs: [] }, ['needs']],
    [
      'a need without a trigger',
      { needs: [{ evidence_type: 'meldedaten', subject_role: 'parent' }] },
      ['needs[0].trigger_id'],
    ],
    [
      'a field that is no identifier',
      {
        needs: [
          { evidence_type: 'meldedaten', subject_role: 'parent', trigger_id: randomUUID(), fields: ['Family Name'] },
        ],
      },
      ['needs[0].fields[0]'],
    ],
    [
      'a company with a number that is none',
      { subjects: [{ role: 'company', legal_person: { business_number: 'DE012345678-00001' } }] },
      ['subjects[0].legal_person.business_number'],
    ],
    ['a subject token with a blank', parent({ subject_token: 'a b' }), ['subjects[0].natural_person.subject_token']],
    [
      'everything at once',
      {
        request_id: '',
        purpose: '',
        ...parent({ address_key: { ...GIVEN, birth_date: '1901-02-31', postcode: '1' } }),
        needs: [{ evidence_type: '', subject_role: '', trigger_id: '', ars: '!', key_date: '1.1.20' }],
        identity_trigger_ids: ['ok', ''],
      },
      [
        'request_id',
        'purpose',
        key('address', 'postcode'),
        key('address', 'birth_date'),
        'needs[0].evidence_type',
        'needs[0].subject_role',
        'needs[0].trigger_id',
        'needs[0].ars',
        'needs[0].key_date',
        'identity_trigger_ids[1]',
      ],
    ],
  ];
  it.each(faulty)('%s', async (_title, change, fields) => {
    const refused = await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(request(change)),
      { reason: 'REQUEST_INVALID' },
      PERSONAL,
    );
    expect(refused.violations.map(({ field }) => field).toSorted()).toEqual([...fields].toSorted());
  });

  it('a form with a role that the service does not know, or without any person', async () => {
    const strange = { role: 'grandparent', natural_person: { address_key: GIVEN } };
    const refused = await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.prefill({ request_id: randomUUID(), service: 'kindergeld', subjects: [strange] }),
      { reason: 'REQUEST_INVALID' },
      PERSONAL,
    );
    expect(refused.violations.map(({ field }) => field)).toEqual(['subjects.role']);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.prefill({ request_id: randomUUID(), service: 'kindergeld', subjects: [] }),
      { reason: 'REQUEST_INVALID' },
    );
  });

  it('a service that there is not', async () => {
    await expectLoggedRefusal(
      familienkasse.id,
      () =>
        familienkasse.prefill({ request_id: randomUUID(), service: 'kindergold', subjects: request().subjects ?? [] }),
      { reason: 'REQUEST_INVALID' },
      PERSONAL,
    );
  });
});

describe('bytes that are no message', () => {
  const send = async (bytes: Buffer, method: MethodName = RETRIEVE) =>
    familienkasse.wire.bytes(method, bytes, await familienkasse.sent());

  it.each([
    ['random bytes', Buffer.from('ff00ff00ff00', 'hex')],
    ['a message inside that goes beyond the end', Buffer.from('1aff01', 'hex')],
    ['a number that never ends', Buffer.from('ffffffffffffffffffffff', 'hex')],
    ['a wire type that does not exist', Buffer.from('0f', 'hex')],
  ])('%s are refused with a reason', async (_title, bytes) => {
    await expectLoggedRefusal(familienkasse.id, () => send(bytes), { reason: 'REQUEST_MALFORMED' }, PERSONAL);
  });

  it('are refused when they are too many, and the caller hears why', async () => {
    const large = Buffer.alloc(300_000, GIVEN.family_name);
    await expectLoggedRefusal(familienkasse.id, () => send(large), { reason: 'REQUEST_TOO_LARGE' }, PERSONAL);
  });

  it('are cut off by the transport when they are far too many, with the same reason', async () => {
    const { value, entries } = await logged(() =>
      expectRefusal(send(Buffer.alloc(5 * 1024 * 1024)), { reason: 'REQUEST_TOO_LARGE' }),
    );
    expect(value.violations).toEqual([]);
    expect(entries).toEqual([]);
  });

  it('have a reason too when they are compressed in a way that nobody reads', async () => {
    const { metadata = {} } = await familienkasse.sent();
    const headers = { ...metadata, 'grpc-encoding': 'brotli' };
    const call = rawCall(familienkasse.tls, RETRIEVE, headers, framed(gzipSync('synthetic'), 1));
    await expectRefusal(call, { reason: 'NOT_BUILT' });
  });
});

describe('a deadline', () => {
  it('that is over before anything was done: nothing is done', async () => {
    const { metadata = {} } = await familienkasse.sent();
    const { entries } = await logged(async () => {
      const call = rawCall(familienkasse.tls, RETRIEVE, { ...metadata, 'grpc-timeout': '0m' }, framed(Buffer.alloc(0)));
      await expectRefusal(call, { reason: 'DEADLINE_PASSED' });
      await sleep(300);
    });
    expect(entries.filter(({ event }) => event !== 'refused')).toEqual([]);
  });

  it('that ends on the client side first is the same code', async () => {
    const sent = await familienkasse.sent();
    const call = familienkasse.wire.call(RETRIEVE, request(), { ...sent, deadline: Date.now() - 1 });
    expect((await failureOf(call)).code).toBe(status.DEADLINE_EXCEEDED);
  });
});

describe('what the protos promise and a later release builds', () => {
  const built = new Set<string>([
    'CatalogueService/DescribeService',
    'CatalogueService/ListServices',
    'CatalogueService/ListEvidenceTypes',
    'CatalogueService/FindRoute',
    'CatalogueService/ExplainTransfer',
    'CatalogueService/ListPermissions',
    'CatalogueService/SimulateCatalogue',
    'CatalogueService/ProposeCatalogue',
    'CatalogueService/DecideCatalogue',
    'CatalogueService/ListCatalogueVersions',
    'CatalogueService/GetCatalogueVersion',
    'CatalogueService/SimulateProposal',
    'ConsentService/GrantTriggers',
    'ConsentService/WithdrawTriggers',
    'ConsentService/GetTrigger',
    'ConsentService/ListTriggers',
    'ConsentService/RequestDecision',
    'ConsentService/GetDecision',
    'ConsentService/OpenDecision',
    'ConsentService/AnswerDecision',
    'IdentityService/ResolveIdentity',
    'EvidenceService/RetrieveEvidence',
    'EvidenceService/PreviewEvidence',
    'EvidenceService/DecideRelease',
    'EvidenceService/AttestRelease',
    'PrefillService/PrefillForm',
    'PrefillService/StreamPrefill',
    'TransparencyService/GetCheckpoint',
    'TransparencyService/ProveInclusion',
    'TransparencyService/ProveConsistency',
    'TransparencyService/ListEntries',
    'TransparencyService/OpenRecord',
    'TransparencyService/ExportEntries',
    'EvidenceService/GetDeferredEvidence',
    'EvidenceService/WatchExchange',
    'TransparencyService/ListSubjectEntries',
    'TransparencyService/IssueReceipt',
    'TransparencyService/GetKeyHistory',
    'TransparencyService/GetLogStatus',
    'OversightService/ExplainQuestion',
    'OversightService/GetOverview',
    'OversightService/FindEntries',
    'OversightService/InspectEntry',
    'OversightService/BeginPersonSearch',
    'OversightService/ListReads',
    'OversightService/ListProcessingUse',
    'OversightService/ListCases',
    'OversightService/GetCase',
    'OversightService/RecordCaseStep',
    'OversightService/CommitSample',
    'OversightService/ListSamples',
    'OversightService/GetSample',
    'OversightService/DrawSample',
    'OversightService/RecordSampleFinding',
    'OversightService/ListSavedFilters',
    'OversightService/SaveFilter',
    'OversightService/DeleteSavedFilter',
    'EvidenceService/ReportDiscrepancy',
    'CitizenService/AskRegisters',
    'CitizenService/OpenOwnEntry',
    'CitizenService/ListOwnDecisions',
    'CitizenService/WithdrawOwnDecision',
    'CitizenService/ReportOwnDiscrepancy',
    'CitizenService/GetOwnDiscrepancy',
  ]);
  const unbuilt = allMethods().filter(({ name }) => !built.has(name));

  it.each(unbuilt.map(({ name, isStream }) => [name, isStream] as const))(
    '%s answers that it is not',
    async (name, isStream) => {
      const sent = await familienkasse.sent();
      await expectRefusal(
        isStream ? familienkasse.wire.stream(name, {}, sent) : familienkasse.wire.call(name, {}, sent),
        {
          reason: 'NOT_BUILT',
        },
      );
    },
  );

  it('and a method that nobody promised is told apart by nothing but its name', async () => {
    const call = rawCall(familienkasse.tls, '/einmal.broker.v1.EvidenceService/TakeAll', {}, framed(Buffer.alloc(0)));
    expect((await failureOf(call)).code).toBe(status.UNIMPLEMENTED);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientReadableStream, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestMicroservice } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { AuditLog } from '../../src/audit/audit-log.js';
import { commitment, commitmentFromOpening, leafBytes, type Opening, saltedHash } from '../../src/audit/entry.js';
import { LogReader } from '../../src/audit/log-reader.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import { LogStore, type NewEntry } from '../../src/audit/log-store.js';
import { RefusalFilter } from '../../src/audit/refusal.filter.js';
import { SecurityLog } from '../../src/audit/security-log.js';
import { subjectKey } from '../../src/audit/subject-index.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { toReceipt } from '../../src/client/prefill-answer.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { freePort } from '../../src/demo/free-port.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { CallerDirectory } from '../../src/platform/caller.js';
import { Clock, SystemClock } from '../../src/platform/clock.js';
import { EntryGuard } from '../../src/platform/entry.guard.js';
import { openClient, unary } from '../../src/platform/grpc-client.js';
import { type GrpcServer, grpcServer } from '../../src/platform/grpc-server.js';
import { OperationalLog, operationalLog } from '../../src/platform/operational-log.js';
import { BROKER_PROTOS } from '../../src/platform/proto.js';
import type { EntryFilter } from '../../src/platform/rpc-types/einmal/broker/v1/EntryFilter.js';
import type { ExportEntriesResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ExportEntriesResponse.js';
import type { IssueReceiptResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/IssueReceiptResponse.js';
import type { ListEntriesRequest } from '../../src/platform/rpc-types/einmal/broker/v1/ListEntriesRequest.js';
import type { ListEntriesResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ListEntriesResponse.js';
import type { OpenRecordRequest } from '../../src/platform/rpc-types/einmal/broker/v1/OpenRecordRequest.js';
import type { OpenRecordResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/OpenRecordResponse.js';
import type { TransparencyServiceClient } from '../../src/platform/rpc-types/einmal/broker/v1/TransparencyService.js';
import { Seal } from '../../src/platform/secrets.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { IssuerKey } from '../../src/tokens/issuer-key.js';
import { EntriesRpc } from '../../src/transparency/entries.rpc.js';
import { ExportEntries, ExportEntriesHandler } from '../../src/transparency/export-entries.js';
import { IssueReceiptHandler } from '../../src/transparency/issue-receipt.js';
import { ListEntriesHandler } from '../../src/transparency/list-entries.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { OpenRecord, OpenRecordHandler } from '../../src/transparency/open-record.js';
import { KeyVault } from '../../src/vault/key-vault.js';
import { checkSignedReceipts } from '../../src/verify/check-receipt-token.js';
import { parseDocument } from '../../src/verify/document.js';
import { anEntry, PERSON } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { aKeyPair } from '../support/keys.js';

const OWN = 'familienkasse-online';
const OTHER = 'elterngeld-online';
const EXCHANGE = '7b0f1f4e-0000-4000-8000-000000000001';
const ISSUER = 'https://node.example';
const SECRET_REASON = 'Beschwerde vom 3. November';

class NodeModule {}

const node = await aKeyPair('node-receipt-1', 'ES256', 'receipt');

const vault = new MemoryKeyVault();
let folder: string;
let database: LogDatabase;
let store: LogStore;
let server: GrpcServer;
let app: INestMicroservice;
const clients = new Map<string, TransparencyServiceClient>();

beforeAll(async () => {
  database = await createLogDatabase();
  store = database.store({ vault });
  folder = await mkdtemp(join(tmpdir(), 'einmal-entries-'));
  const bare = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
  const pki = await createPki(join(folder, 'keys'), bare.participants);
  await writeCatalogue(join(folder, 'catalogue'), { keys: pki.keys, endpoints: bare.endpoints });
  const catalogue = new CurrentCatalogue(loadCatalogue({ folder: join(folder, 'catalogue') }));
  const port = await freePort();
  server = grpcServer({
    host: 'localhost',
    port,
    mode: 'production',
    packages: ['einmal.broker.v1'],
    protos: BROKER_PROTOS,
    tls: readTlsIdentity(pki.folderOf('node')),
    callers: catalogue,
    requestLimitBytes: 65_536,
  });
  const log = operationalLog('node', 'silent');
  const audit = new AuditLog(store);
  const module = {
    module: NodeModule,
    imports: [CqrsModule.forRoot()],
    controllers: [EntriesRpc],
    providers: [
      { provide: CallerDirectory, useValue: catalogue },
      { provide: Clock, useValue: new SystemClock() },
      { provide: OperationalLog, useValue: log },
      { provide: Seal, useValue: new Seal(Buffer.alloc(32, 5)) },
      { provide: LogStore, useValue: store },
      { provide: LogReader, useValue: new PostgresLogReader(database.pool) },
      { provide: KeyVault, useValue: vault },
      { provide: AuditLog, useValue: audit },
      { provide: APP_GUARD, useClass: EntryGuard },
      {
        provide: APP_FILTER,
        useValue: new RefusalFilter(log, audit, new SecurityLog('node', audit, log, new SystemClock())),
      },
      ListEntriesHandler,
      OpenRecordHandler,
      ExportEntriesHandler,
      { provide: LogKey, useValue: new LogKey(logSigner.vkey) },
      { provide: IssuerKey, useValue: new IssuerKey(ISSUER, node.signing) },
      IssueReceiptHandler,
    ],
  };
  app = await NestFactory.createMicroservice<MicroserviceOptions>(module, { ...server.options, logger: false });
  await app.listen();
  server.ready();
  const certificates = catalogue.lookup.keysOf('node')?.certificates ?? [];
  for (const id of [OWN, OTHER]) clients.set(id, clientOf(pki, id, port, certificates));
}, 60_000);

afterAll(async () => {
  for (const client of clients.values()) client.close();
  server?.forceShutdown();
  await app?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

function clientOf(pki: Pki, id: string, port: number, certificates: readonly string[]): TransparencyServiceClient {
  const peer = { address: `localhost:${port}`, serverName: 'localhost', certificates };
  return openClient(BROKER_PROTOS, 'einmal.broker.v1.TransparencyService', peer, readTlsIdentity(pki.folderOf(id)));
}

function as(id: string): TransparencyServiceClient {
  const client = clients.get(id);
  if (client === undefined) throw new Error(`no client ${id}`);
  return client;
}

const settings = () => ({ deadline: Date.now() + 10_000 });
const list = (request: ListEntriesRequest = {}, id = OWN) =>
  unary<ListEntriesResponse__Output>(
    (metadata, options, done) => as(id).ListEntries(request, metadata, options, done),
    settings(),
  );
const open = (request: OpenRecordRequest, id = OWN) =>
  unary<OpenRecordResponse__Output>(
    (metadata, options, done) => as(id).OpenRecord(request, metadata, options, done),
    settings(),
  );

type Line = Readonly<{ log_index: number; leaf: string; opening: Opening }>;
async function exported(filter: EntryFilter, reason: string, id = OWN): Promise<readonly Line[]> {
  const stream: ClientReadableStream<ExportEntriesResponse__Output> = as(id).ExportEntries(
    { filter, reason },
    settings(),
  );
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push((part as ExportEntriesResponse__Output).ndjson ?? Buffer.alloc(0));
  const text = Buffer.concat(parts).toString();
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

const indices = ({ entries = [] }: ListEntriesResponse__Output) => entries.map(({ log_index }) => Number(log_index));
const entry = (caller: Partial<NewEntry['caller']> = {}, deviation: Partial<NewEntry> = {}) =>
  anEntry({ caller: { event: 'retrieval.closed', consumer: OWN, ...caller }, ...deviation });
const append = async (...entries: NewEntry[]) => (await store.append(entries)).map(({ index }) => index);
/** What the work left in the log, as events of whom. */
async function written(work: () => Promise<unknown>) {
  const { size } = await store.head();
  await work();
  const { rows } = await database.pool.query(
    'select event, consumer, reason from log.record where index >= $1 order by index',
    [size],
  );
  return rows;
}

describe('ListEntries', () => {
  it('gives clear columns, newest first', async () => {
    const [first, second] = await append(
      entry({ outcome: 'released', register: 'melderegister-bremen' }),
      entry({
        exchange_ref: EXCHANGE,
        evidence_type: 'meldedaten',
        purpose: 'listed',
        legal_basis: 'egovg-5-1-1',
        outcome: 'refused',
        reason: 'SUBJECT_NOT_AVAILABLE',
      }),
    );
    const answer = await list({ page_size: 2 });
    expect(indices(answer)).toEqual([second, first]);
    const [stored] = (await database.pool.query('select leaf from log.entry where index = $1', [second])).rows;
    const [listed] = answer.entries ?? [];
    expect(listed).toMatchObject({
      event: 'retrieval.closed',
      exchange_id: EXCHANGE,
      consumer: OWN,
      register: '',
      evidence_type: 'meldedaten',
      purpose: 'listed',
      legal_basis: 'egovg-5-1-1',
      outcome: 'refused',
      reason: 'ERROR_REASON_SUBJECT_NOT_AVAILABLE',
      leaf: stored.leaf,
    });
    expect(Math.abs(Number(listed?.log_time?.seconds) * 1000 - Date.now())).toBeLessThan(60_000);
  });

  it('shows a participant its own entries only, whatever it asks for', async () => {
    const [own] = await append(entry({ purpose: 'whose' }), entry({ consumer: OTHER, purpose: 'whose' }));
    expect(indices(await list({ filter: { purpose: 'whose' } }))).toEqual([own]);
    expect(indices(await list({ filter: { purpose: 'whose', consumer: OWN } }))).toEqual([own]);
    await expect(list({ filter: { purpose: 'whose', consumer: OTHER } })).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
      violations: [{ field: 'filter.consumer' }],
    });
    expect(indices(await list({ filter: { purpose: 'whose' } }, OTHER))).toEqual([own! + 1]);
  });

  it.each<[string, EntryFilter, Partial<NewEntry['caller']>]>([
    ['register', { register: 'r-1' }, { register: 'r-1' }],
    ['purpose', { purpose: 'p-1' }, { purpose: 'p-1' }],
    ['legal basis', { legal_basis: 'l-1' }, { legal_basis: 'l-1' }],
    ['outcome', { outcome: 'withheld_by_applicant' }, { outcome: 'withheld_by_applicant' }],
    ['reason', { reason: 'ERROR_REASON_REGISTER_REFUSED' }, { reason: 'REGISTER_REFUSED' }],
    ['exchange', { exchange_id: EXCHANGE.replace(/1$/, '2') }, { exchange_ref: EXCHANGE.replace(/1$/, '2') }],
    ['all at once', { register: 'r-2', purpose: 'p-2' }, { register: 'r-2', purpose: 'p-2' }],
  ])('filters by %s', async (_column, filter, caller) => {
    const [match] = await append(entry(caller), entry(), entry({ register: 'r-2' }), entry({ purpose: 'p-2' }));
    expect(indices(await list({ filter }))).toEqual([match]);
  });

  it('filters by time: from the first moment on, before the last', async () => {
    const [first] = await store.append([entry({ purpose: 'timed' })]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [second] = await store.append([entry({ purpose: 'timed' })]);
    const at = (receipt: typeof first, addMs = 0) => {
      const ms = Date.parse(receipt!.opening.caller.log_time) + addMs;
      return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 };
    };
    const found = async (filter: EntryFilter) => indices(await list({ filter: { purpose: 'timed', ...filter } }));
    expect(await found({ from_time: at(second) })).toEqual([second!.index]);
    expect(await found({ to_time: at(second) })).toEqual([first!.index]);
    expect(await found({ from_time: at(first), to_time: at(second, 1) })).toEqual([second!.index, first!.index]);
    expect(await found({ from_time: at(second, 1) })).toEqual([]);
  });

  it('gives every entry once over all pages, although the log grows meanwhile', async () => {
    const given = await append(...Array.from({ length: 7 }, () => entry({ purpose: 'paged' })));
    const seen: number[] = [];
    let token = '';
    do {
      const answer = await list({ filter: { purpose: 'paged' }, page_size: 3, page_token: token });
      seen.push(...indices(answer));
      token = answer.next_page_token ?? '';
      await append(entry({ purpose: 'paged' }));
    } while (token !== '');
    expect(seen).toEqual(given.toReversed());
  });

  it('has no further page where the last one is exactly full', async () => {
    await append(entry({ purpose: 'exact' }), entry({ purpose: 'exact' }));
    expect((await list({ filter: { purpose: 'exact' }, page_size: 2 })).next_page_token).toBe('');
  });

  it('takes a page token for the list that it continues alone, and from the caller that it was given to', async () => {
    await append(entry({ purpose: 'token' }), entry({ purpose: 'token' }));
    const { next_page_token: token = '' } = await list({ filter: { purpose: 'token' }, page_size: 1 });
    const refused = { reason: 'REQUEST_INVALID', violations: [{ field: 'page_token' }] };
    await expect(list({ filter: { purpose: 'other' }, page_token: token })).rejects.toMatchObject(refused);
    await expect(list({ filter: { purpose: 'token' }, page_token: token }, OTHER)).rejects.toMatchObject(refused);
    for (const forged of [`${token}A`, token.slice(0, -2), '5', 'x'.repeat(500), ' '])
      await expect(list({ filter: { purpose: 'token' }, page_token: forged })).rejects.toMatchObject(refused);
    expect((await list({ filter: { purpose: 'token' }, page_token: token })).entries).toHaveLength(1);
  });

  it('names every faulty field of the filter at once, and writes the refusal alone', async () => {
    const request: ListEntriesRequest = {
      page_size: 1001,
      page_token: 'no',
      filter: {
        from_time: { seconds: -5 },
        to_time: { seconds: 1, nanos: -1 },
        consumer: 'Nobody!',
        register: "x'; drop table log.entry",
        purpose: ' ',
        legal_basis: '§',
        outcome: 'lost',
        reason: 999 as never,
        exchange_id: 'one',
      },
    };
    const entries = await written(async () => {
      const failure = await list(request).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'REQUEST_INVALID' });
      const { violations } = failure as { violations: { field: string }[] };
      expect([...new Set(violations.map(({ field }) => field))].sort()).toEqual([
        'filter.consumer',
        'filter.exchange_id',
        'filter.from_time',
        'filter.legal_basis',
        'filter.outcome',
        'filter.purpose',
        'filter.reason',
        'filter.register',
        'filter.to_time',
        'page_size',
        'page_token',
      ]);
    });
    expect(entries).toEqual([{ event: 'refused', consumer: OWN, reason: 'REQUEST_INVALID' }]);
  });

  it('refuses a period that ends before it begins', async () => {
    const filter = { from_time: { seconds: 20 }, to_time: { seconds: 20 } };
    await expect(list({ filter })).rejects.toMatchObject({ violations: [{ field: 'filter.to_time' }] });
  });
});

describe('OpenRecord', () => {
  it('is an entry before it is answered, with its reason, found by the person whom the record is about', async () => {
    const [index] = await append(entry({ exchange_ref: EXCHANGE, purpose: 'kindergeld' }));
    const { size } = await store.head();
    await open({ log_index: index!, reason: SECRET_REASON, file_reference: 'AZ 4711' });
    const { rows } = await database.pool.query('select * from log.record where index >= $1', [size]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ event: 'record.opened', consumer: OWN, exchange_ref: EXCHANGE, outcome: null });
    expect(JSON.stringify({ ...rows[0], ciphertext: null })).not.toContain(SECRET_REASON);
    const { indexKey } = await vault.obtain({ retentionClass: 'standard', month: '2026-11' });
    const found = await database.pool.query(
      "select from log.subject_index where key = $1 and index = $2 and capacity = 'subject'",
      [subjectKey(indexKey, PERSON), size],
    );
    expect(found.rowCount).toBe(1);

    const own = await open({ log_index: size, reason: 'to see what was logged' });
    expect(JSON.parse(own.protected ?? '')).toEqual({
      note: SECRET_REASON,
      opened_index: index,
      file_reference: 'AZ 4711',
    });
  });

  it('gives the half of the caller, and with the protected half and both salts the leaf is recomputed', async () => {
    const [index] = await append(entry());
    await open({ log_index: index!, reason: 'first' });
    const answer = await open({ log_index: index! + 1, reason: 'second' });
    const caller = JSON.parse(answer.caller ?? '');
    expect(caller).toMatchObject({ event: 'record.opened', consumer: OWN });
    const leaf = leafBytes(
      commitment(
        saltedHash(answer.caller_salt!, caller),
        saltedHash(answer.protected_salt!, JSON.parse(answer.protected ?? '')),
      ),
    );
    expect(leaf).toEqual(answer.entry?.leaf);
  });

  it.each(['identity.closed', 'retrieval.opened', 'retrieval.closed', 'refused', 'incident'] as const)(
    'tells a participant nothing of the protected half of %s (IDNrG § 6 Abs. 4, 5)',
    async (event) => {
      const [with_, without] = await append(entry({ event }), entry({ event }, { protected: {}, persons: [] }));
      const answers = await Promise.all([with_, without].map((index) => open({ log_index: index!, reason: 'why' })));
      for (const { protected: hidden, protected_salt: salt, caller } of answers) {
        expect([hidden ?? '', salt?.length ?? 0]).toEqual(['', 0]);
        expect(JSON.parse(caller ?? '')).toMatchObject({ event });
      }
    },
  );

  it('gives back what the caller handed in with a decision: attributes, file reference, official, and nothing beside', async () => {
    const own = { attributes: ['a'], file_reference: 'AZ 4711', acting_official: 'Sachbearbeitung 12' };
    const [index, more] = await append(
      entry({ event: 'trigger.granted' }, { protected: own, persons: [] }),
      entry({ event: 'trigger.granted' }, { protected: { ...own, cause: 'OTHER' }, persons: [] }),
    );
    const answer = await open({ log_index: index!, reason: 'archive' });
    expect(JSON.parse(answer.protected ?? '')).toEqual(own);
    expect(answer.protected_salt).toHaveLength(32);
    expect((await open({ log_index: more!, reason: 'archive' })).protected ?? '').toBe('');
  });

  it('needs a reason, and a place in the log', async () => {
    const [index] = await append(entry());
    const entries = await written(async () => {
      for (const reason of ['', '   ', 'two\nlines', 'x'.repeat(501)])
        await expect(open({ log_index: index!, reason })).rejects.toMatchObject({
          reason: 'REQUEST_INVALID',
          violations: [{ field: 'reason' }],
        });
      await expect(open({ log_index: -1, reason: 'r', file_reference: '\u0000' })).rejects.toMatchObject({
        violations: [{ field: 'log_index' }, { field: 'file_reference' }],
      });
      await expect(open({ log_index: 1_000_000, reason: 'r' })).rejects.toMatchObject({ reason: 'BEYOND_LOG' });
    });
    expect(entries.map(({ event }) => event)).toEqual(Array(6).fill('refused'));
  });

  it('does not open a record of somebody else, and nobody finds that it was read', async () => {
    const [index] = await append(entry({ consumer: OTHER }));
    const entries = await written(() =>
      expect(open({ log_index: index!, reason: 'curious' })).rejects.toMatchObject({ reason: 'NOT_FOUND' }),
    );
    expect(entries).toEqual([{ event: 'refused', consumer: OWN, reason: 'NOT_FOUND' }]);
  });

  it('gives nothing of a record whose epoch was destroyed (IDNrG § 9 Abs. 3)', async () => {
    const gone = new MemoryKeyVault();
    const [receipt] = await database.store({ vault: gone }).append([entry({}, { retentionClass: 'gone' })]);
    await expect(open({ log_index: receipt!.index, reason: 'late' })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('shows nobody a record that is not what was logged', async () => {
    const [index] = await append(entry({ purpose: 'honest' }));
    await database.tamper("update log.record set purpose = 'forged' where index = $1", [index]);
    const entries = await written(() =>
      expect(open({ log_index: index!, reason: 'r' })).rejects.toMatchObject({ reason: 'INTERNAL' }),
    );
    expect(entries.map(({ event }) => event)).not.toContain('record.opened');
  });
});

describe('ExportEntries', () => {
  it('streams lines that each open their leaf, newest first, of the own entries that match', async () => {
    const given = await append(...Array.from({ length: 600 }, () => entry({ purpose: 'exported' })));
    await append(entry({ consumer: OTHER, purpose: 'exported' }));
    const lines = await exported({ purpose: 'exported' }, SECRET_REASON);
    expect(lines.map(({ log_index }) => log_index)).toEqual(given.toReversed());
    for (const { leaf, opening } of lines)
      expect(leafBytes(commitmentFromOpening(opening)).toString('base64url')).toBe(leaf);
    expect(lines[0]?.opening.caller).toMatchObject({ event: 'retrieval.closed', consumer: OWN, purpose: 'exported' });
  });

  it('is an entry before the first line, with reason and filter in the protected half, and not part of itself', async () => {
    const { size } = await store.head();
    const lines = await exported({ purpose: 'nothing-has-this' }, SECRET_REASON);
    expect(lines).toEqual([]);
    const own = await open({ log_index: size, reason: 'see' });
    expect(own.entry?.event).toBe('entries.exported');
    expect(JSON.parse(own.protected ?? '')).toEqual({
      note: SECRET_REASON,
      filter: { consumer: OWN, purpose: 'nothing-has-this' },
    });
    expect((await exported({}, 'all'))[0]?.log_index).toBeLessThan((await store.head()).size - 1);
  });

  it('needs a reason and a filter that can be understood; then nothing is exported and no export is logged', async () => {
    const entries = await written(async () => {
      await expect(exported({}, '')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
      await expect(exported({ outcome: 'lost' }, 'why')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
      await expect(exported({ consumer: OTHER }, 'why')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    });
    expect(entries.map(({ event }) => event)).toEqual(['refused', 'refused', 'refused']);
  });
});

describe('IssueReceipt', () => {
  const issue = (log_index: number, id = OWN) =>
    unary<IssueReceiptResponse__Output>(
      (metadata, options, done) => as(id).IssueReceipt({ log_index }, metadata, options, done),
      settings(),
    );
  const jwks = { keys: [{ ...node.published.jwk, kid: node.published.kid, alg: node.published.alg }] };
  const verdictOn = async ({ receipt_token = '', receipt }: IssueReceiptResponse__Output) => {
    const document = parseDocument(JSON.stringify({ receipt_token, receipt: toReceipt(receipt) }));
    return (await checkSignedReceipts(document, { vkey: logSigner.vkey }, jwks)).verdict;
  };

  it('signs a receipt for an own entry, that verifies beside its proof, and writes nothing', async () => {
    const [index] = await append(entry({ exchange_ref: EXCHANGE, release_digest: 'd'.repeat(43) }), entry());
    const { size } = await store.head();
    const answer = await issue(index!);
    const { iss, aud, jti, iat, log_origin, log_index, tree_size, release_digest } = decodeJwt(answer.receipt_token!);
    expect({ iss, aud, jti, log_origin, log_index, tree_size, release_digest }).toEqual({
      ...{ iss: ISSUER, aud: OWN, jti: EXCHANGE, log_origin: logSigner.name },
      ...{ log_index: index, tree_size: size, release_digest: 'd'.repeat(43) },
    });
    expect(Math.abs(Number(iat) * 1000 - Date.now())).toBeLessThan(60_000);
    expect(await verdictOn(answer)).toBe('holds');
    expect((await store.head()).size).toBe(size);
  });

  it('has an identifier of its own for what belongs to no exchange', async () => {
    const [index] = await append(entry({ event: 'trigger.granted' }));
    const ids = await Promise.all(
      [issue(index!), issue(index!)].map(async (it) => decodeJwt((await it).receipt_token!).jti),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('is for nobody else, for nothing that is erased, and for nothing that is not there', async () => {
    const [other] = await append(entry({ consumer: OTHER }));
    const [gone] = await append(entry());
    await database.tamper('delete from log.record where index = $1', [gone]);
    const entries = await written(async () => {
      await expect(issue(other!)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
      await expect(issue(gone!)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
      await expect(issue(1_000_000)).rejects.toMatchObject({ reason: 'BEYOND_LOG' });
      await expect(issue(-1)).rejects.toMatchObject({ violations: [{ field: 'log_index' }] });
    });
    expect(entries.map(({ event }) => event)).toEqual(Array(4).fill('refused'));
  });

  it('is not signed for what was altered in the database', async () => {
    const [index] = await append(entry());
    await database.tamper("update log.record set purpose = 'forged' where index = $1", [index]);
    await expect(issue(index!)).rejects.toMatchObject({ reason: 'INTERNAL' });
  });
});

describe('that a register was asked once more', () => {
  it('is not shown to the caller, in no list, export, record or receipt; all others of the exchange are (IDNrG § 6 Abs. 5)', async () => {
    const of = (event: NewEntry['caller']['event']) => entry({ event, purpose: 'repeated', exchange_ref: EXCHANGE });
    const [opened, repeated, closed] = await append(
      of('retrieval.opened'),
      of('retrieval.repeated'),
      of('retrieval.closed'),
    );
    const filter = { purpose: 'repeated' };
    expect(indices(await list({ filter }))).toEqual([closed, opened]);
    expect(indices(await list({ filter: { exchange_id: EXCHANGE }, page_size: 2 }))).toEqual([closed, opened]);
    const { next_page_token: page_token = '', ...first } = await list({ filter, page_size: 1 });
    const second = await list({ filter, page_size: 1, page_token });
    expect([indices(first), indices(second), second.next_page_token]).toEqual([[closed], [opened], '']);
    expect((await exported(filter, 'all')).map(({ log_index }) => log_index)).toEqual([closed, opened]);
    const receipt = unary<IssueReceiptResponse__Output>(
      (metadata, options, done) => as(OWN).IssueReceipt({ log_index: repeated! }, metadata, options, done),
      settings(),
    );
    await expect(receipt).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    await expect(open({ log_index: repeated!, reason: 'why' })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  });

  it('is found by the person whom it is about (GDPR Art. 15)', async () => {
    const [index] = await append(entry({ event: 'retrieval.repeated' }));
    const { indexKey } = await vault.obtain({ retentionClass: 'standard', month: '2026-11' });
    const reader = new PostgresLogReader(database.pool);
    const [newest] = await reader.about([subjectKey(indexKey, PERSON)], index! + 1, 1);
    expect(newest?.record).toMatchObject({ index, caller: { event: 'retrieval.repeated', consumer: OWN } });
  });
});

describe('a read of what is protected', () => {
  /** Holds the head of the log, so that nothing can be appended until it is let go. */
  async function withHeadHeld(work: (letGo: () => Promise<void>) => Promise<void>): Promise<void> {
    const client = await database.owner.connect();
    try {
      await client.query('begin');
      await client.query('select from log.head for update');
      await work(async () => void (await client.query('rollback')));
    } finally {
      client.release(true);
    }
  }
  /** Until somebody waits for the head: the read has come as far as its entry. */
  async function appendWaits(): Promise<void> {
    const waiting = 'select from pg_stat_activity where datname = current_database() and wait_event_type = $1';
    for (let i = 0; i < 400; i++) {
      if ((await database.superuser.query(waiting, ['Lock'])).rowCount) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('nobody appends');
  }

  it('is an entry before the first byte leaves: export (design 6)', async () => {
    await append(entry({ purpose: 'held' }));
    await withHeadHeld(async (letGo) => {
      let bytes = 0;
      const stream = as(OWN).ExportEntries({ filter: { purpose: 'held' }, reason: 'why' }, settings());
      stream.on('data', ({ ndjson }: ExportEntriesResponse__Output) => {
        bytes += ndjson?.length ?? 0;
      });
      const ended = new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject));
      await appendWaits();
      expect(bytes).toBe(0);
      await letGo();
      await ended;
      expect(bytes).toBeGreaterThan(0);
    });
  });

  it('is an entry before the first byte leaves: record (design 6)', async () => {
    const [index] = await append(entry());
    await withHeadHeld(async (letGo) => {
      let isAnswered = false;
      const opening = open({ log_index: index!, reason: 'why' }).finally(() => {
        isAnswered = true;
      });
      await appendWaits();
      expect(isAnswered).toBe(false);
      await letGo();
      await opening;
    });
  });
});

describe('while the log cannot be written', () => {
  const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
  afterAll(() => pool.end());
  const unavailable = { reason: 'AUDIT_LOG_UNAVAILABLE' };

  it('no record is opened and no entry leaves: what is not logged is not read (design 6)', async () => {
    const [index] = await append(entry());
    const reader = new PostgresLogReader(database.pool);
    const audit = new AuditLog(database.store({ vault, pool }));
    const opening = new OpenRecordHandler(store, reader, vault, audit).execute(
      new OpenRecord(OWN, index!, 'why', undefined),
    );
    await expect(opening).rejects.toMatchObject(unavailable);
    const exporting = new ExportEntriesHandler(reader, audit).execute(new ExportEntries(OWN, { consumer: OWN }, 'why'));
    await expect(exporting).rejects.toMatchObject(unavailable);
  });
});

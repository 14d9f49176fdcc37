import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import type { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { signedAgreements } from '../../src/demo/agreements.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { freePort } from '../../src/demo/free-port.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { intermediaryModule } from '../../src/intermediary/intermediary.module.js';
import { SystemClock, toTimestamp } from '../../src/platform/clock.js';
import { openClient, type RpcFailure, unary } from '../../src/platform/grpc-client.js';
import { type GrpcServer, grpcServer } from '../../src/platform/grpc-server.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { PERMISSION_PROTOS } from '../../src/platform/proto.js';
import type { CheckPermissionRequest } from '../../src/platform/rpc-types/einmal/broker/v1/CheckPermissionRequest.js';
import type { CheckPermissionResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/CheckPermissionResponse.js';
import type { ExplainPermissionResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ExplainPermissionResponse.js';
import type { ListChecksResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ListChecksResponse.js';
import type { PastCheck__Output } from '../../src/platform/rpc-types/einmal/broker/v1/PastCheck.js';
import type { PermissionServiceClient } from '../../src/platform/rpc-types/einmal/broker/v1/PermissionService.js';
import type { TransferQuestion } from '../../src/platform/rpc-types/einmal/broker/v1/TransferQuestion.js';
import { readTlsIdentity, type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { IssuerKey } from '../../src/tokens/issuer-key.js';
import { importVerificationKey, readSigningKey } from '../../src/tokens/jws.js';
import { verifyPermissionToken } from '../../src/tokens/permission-token.js';
import { MemoryPermissionLog } from './memory-permission-log.js';
import { MemoryPermissionLogReader } from './memory-permission-log-reader.js';

describe('the permission service over mutual TLS', () => {
  const log = new MemoryPermissionLog();
  const clients: PermissionServiceClient[] = [];
  let folder: string;
  let pki: Pki;
  let lookup: CatalogueLookup;
  let server: GrpcServer;
  let app: INestMicroservice;
  let port: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'intermediary-'));
    const bare = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
    pki = await createPki(join(folder, 'keys'), bare.participants);
    const agreements = await signedAgreements(bare, pki, 'node');
    await writeCatalogue(join(folder, 'catalogue'), { keys: pki.keys, endpoints: bare.endpoints, agreements });
    const catalogue = new CurrentCatalogue(loadCatalogue({ folder: join(folder, 'catalogue') }));
    lookup = catalogue.lookup;
    const own = pki.folderOf('intermediary');
    port = await freePort();
    server = grpcServer({
      host: 'localhost',
      port,
      mode: 'production',
      packages: ['einmal.broker.v1'],
      protos: PERMISSION_PROTOS,
      tls: readTlsIdentity(own),
      callers: catalogue,
      requestLimitBytes: 4096,
    });
    const module = intermediaryModule({
      catalogue,
      key: new IssuerKey('intermediary', await readSigningKey(own, 'permission')),
      permissionLog: log,
      permissionLogReader: new MemoryPermissionLogReader(log),
      clock: new SystemClock(),
      operationalLog: operationalLog('intermediary', 'silent'),
    });
    app = await NestFactory.createMicroservice<MicroserviceOptions>(module, { ...server.options, logger: false });
    await app.listen();
    server.ready();
  }, 30_000);

  afterAll(async () => {
    for (const client of clients) client.close();
    server?.forceShutdown();
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const purposeHash = () => Buffer.from(lookup.purpose('kindergeld-antrag')?.hash ?? '', 'base64url');

  function connect(as: string | TlsIdentity): PermissionServiceClient {
    const tls = typeof as === 'string' ? readTlsIdentity(pki.folderOf(as)) : as;
    const client = openClient<PermissionServiceClient>(
      PERMISSION_PROTOS,
      'einmal.broker.v1.PermissionService',
      {
        address: `localhost:${port}`,
        serverName: 'localhost',
        certificates: lookup.keysOf('intermediary')?.certificates ?? [],
      },
      tls,
    );
    clients.push(client);
    return client;
  }

  function ask(as: string | TlsIdentity, over: Partial<CheckPermissionRequest> = {}) {
    const client = connect(as);
    const request: CheckPermissionRequest = {
      check_id: randomUUID(),
      question: {
        consumer: 'familienkasse-online',
        register: 'melderegister-bremen',
        evidence_type: 'meldedaten',
        purpose: 'kindergeld-antrag',
        purpose_hash: purposeHash(),
        legal_basis: 'egovg-5-1-1',
        fields: ['family_name', 'given_names'],
      },
      request_digest: randomBytes(32),
      ...over,
    };
    return unary<CheckPermissionResponse__Output>(
      (metadata, options, done) => client.CheckPermission(request, metadata, options, done),
      { deadline: Date.now() + 5000 },
    );
  }

  test('gives a node a token for its own certificate', async () => {
    const answer = await ask('node');
    const keys = await Promise.all(lookup.keys('intermediary', 'permission').map(importVerificationKey));
    const permission = await verifyPermissionToken(answer.permission_token ?? '', {
      issuer: 'intermediary',
      register: 'melderegister-bremen',
      keys,
      nowMs: Date.now(),
    });
    expect(permission.node_certificate).toBe(thumbprintOfPem(readTlsIdentity(pki.folderOf('node')).cert));
    expect(permission.fields).toEqual(['family_name', 'given_names']);
    expect(answer).toMatchObject({ request_digest_due: true, min_assurance: 'substantial' });
    expect(log.entries.at(-1)).toMatchObject({ caller: 'node', decision: 'ALLOWED', tokenId: permission.jti });
  });

  test.each(['familienkasse-online', 'melderegister-bremen', 'intermediary'])(
    'refuses %s: only nodes ask',
    async (id) => {
      await expect(ask(id)).rejects.toMatchObject({ code: 7, reason: 'CALL_NOT_ALLOWED' });
      expect(log.entries.at(-1)).toMatchObject({ caller: id, decision: 'REFUSED', reason: 'CALL_NOT_ALLOWED' });
    },
  );

  test('does not know a certificate of the same authority that no agreement names, and logs nothing for it', async () => {
    const before = log.entries.length;
    const stranger = await pki.issue({ commonName: 'node', participant: 'node' });
    await expect(ask(stranger)).rejects.toMatchObject({ code: 16, reason: 'CALLER_UNKNOWN' });
    expect(log.entries).toHaveLength(before);
  });

  test('names every faulty field of a request at once, and does not repeat its values', async () => {
    const marker = 'Grete Muster';
    const failure = await ask('node', {
      check_id: marker,
      question: { consumer: marker, purpose_hash: Buffer.alloc(3), fields: [marker] },
      request_digest: Buffer.alloc(31),
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 3, reason: 'REQUEST_INVALID' });
    expect(JSON.stringify([failure, log.entries])).not.toContain(marker);
  });

  test('refuses a request larger than its limit with a reason', async () => {
    const fields = Array.from({ length: 120 }, () => 'a'.repeat(60));
    await expect(ask('node', { question: { fields } })).rejects.toMatchObject({ code: 8, reason: 'REQUEST_TOO_LARGE' });
  });

  const question = (over: Partial<TransferQuestion> = {}): TransferQuestion => ({
    consumer: 'familienkasse-online',
    register: 'personenstand-bremen',
    evidence_type: 'geburt',
    purpose: 'kindergeld-antrag',
    legal_basis: 'egovg-5-1-1',
    fields: ['birth_date'],
    ...over,
  });
  const explain = (as: string, over: Partial<TransferQuestion> = {}) => {
    const client = connect(as);
    return unary<ExplainPermissionResponse__Output>(
      (metadata, options, done) => client.ExplainPermission({ question: question(over) }, metadata, options, done),
      { deadline: Date.now() + 5000 },
    );
  };

  test('names the rules of a refusal where nothing else tells (IDNrG § 7 Abs. 2)', async () => {
    const fields = ['birth_time', 'sex'];
    const refused = ask('node', {
      question: { ...question({ fields }), purpose_hash: purposeHash() },
    });
    await expect(refused).rejects.toMatchObject({
      reason: 'TRANSFER_NOT_PERMITTED',
      metadata: { rules: 'nobody-time-of-birth-and-sex' },
    });
  });

  test('explains a decision, to a node about everybody, and without permitting anything', async () => {
    const before = log.entries.length;
    expect(await explain('node')).toMatchObject({
      permitted: true,
      rule_ids: ['kindergeld-geburt'],
      explanation: {
        fields: ['birth_date'],
        catalogue_version: lookup.catalogue.version,
        matched: [
          { rule_id: 'kindergeld-geburt', rank: 5, part: 'allows' },
          { deny: true, part: 'has no effect' },
        ],
        changes: [{ who: 'catalogue', rule_ids: ['kindergeld-geburt'] }],
      },
    });
    expect(await explain('node', { fields: ['sex'] })).toMatchObject({
      permitted: false,
      reason: 'ERROR_REASON_TRANSFER_NOT_PERMITTED',
      rule_ids: ['nobody-time-of-birth-and-sex'],
      explanation: {
        refused_fields: [
          { attribute: 'sex', denied_by: ['nobody-time-of-birth-and-sex', 'purpose:kindergeld-antrag'] },
        ],
      },
    });
    expect(log.entries).toHaveLength(before);
  });

  test.each([
    ['familienkasse-online', {}, 'answered'],
    ['elterngeld-online', {}, 'CALL_NOT_ALLOWED'],
    ['personenstand-bremen', {}, 'answered'],
    ['melderegister-bremen', {}, 'CALL_NOT_ALLOWED'],
    ['intermediary', {}, 'answered'],
    ['familienkasse-online', { register: 'Bremen!', consumer: 'Bremen!' }, 'REQUEST_INVALID'],
  ])('explains to %s only what concerns it: %j %s', async (as, over, expected) => {
    const told = await explain(as, over).then(
      () => 'answered',
      (error: RpcFailure) => error.reason,
    );
    expect(told).toBe(expected);
  });

  const checksOf = async (as: string, page_size = 1000, sinceMs = 0) => {
    const client = connect(as);
    const checks: PastCheck__Output[] = [];
    for (let page_token = ''; ; ) {
      const request = { since_time: toTimestamp(sinceMs), page_size, page_token };
      const answer = await unary<ListChecksResponse__Output>(
        (metadata, options, done) => client.ListChecks(request, metadata, options, done),
        { deadline: Date.now() + 5000 },
      );
      checks.push(...(answer.checks ?? []));
      page_token = answer.next_page_token ?? '';
      if (page_token === '') return checks;
    }
  };

  test('lists past checks, each participant its own, page after page', async () => {
    await ask('node', {});
    const own = log.entries.filter(({ consumer }) => consumer === 'familienkasse-online');
    expect(own.length).toBeGreaterThan(2);
    expect(await checksOf('familienkasse-online', 1)).toHaveLength(own.length);
    expect(await checksOf('intermediary')).toHaveLength(log.entries.length);
    expect(await checksOf('node')).toHaveLength(log.entries.filter(({ caller }) => caller === 'node').length);
    expect(await checksOf('elterngeld-online')).toEqual([]);
    expect(await checksOf('node', 10, Date.now() + 60_000)).toEqual([]);
    expect((await checksOf('familienkasse-online')).at(-1)).toMatchObject({
      register: 'melderegister-bremen',
      asked_fields: ['family_name', 'given_names'],
      fields: ['family_name', 'given_names'],
      token_issued: true,
      permitted: true,
      rule_ids: ['kindergeld-meldedaten'],
    });
  });

  test('lists nothing where it is not told since when, or the page is none of a list', async () => {
    const client = connect('node');
    const failed = unary(
      (metadata, options, done) => client.ListChecks({ page_token: '-1', page_size: 2000 }, metadata, options, done),
      { deadline: Date.now() + 5000 },
    );
    await expect(failed).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
      violations: [{ field: 'since_time' }, { field: 'page_size' }, { field: 'page_token' }],
    });
  });
});

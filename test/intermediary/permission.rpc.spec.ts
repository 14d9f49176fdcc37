import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import type { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { intermediaryModule } from '../../src/intermediary/intermediary.module.js';
import type { PermissionCheck } from '../../src/intermediary/permission-check.js';
import { PermissionKey } from '../../src/intermediary/permission-key.js';
import { PermissionLog } from '../../src/intermediary/permission-log.js';
import { SystemClock } from '../../src/platform/clock.js';
import { openClient, unary } from '../../src/platform/grpc-client.js';
import { type GrpcServer, grpcServer } from '../../src/platform/grpc-server.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { PERMISSION_PROTOS } from '../../src/platform/proto.js';
import type { CheckPermissionRequest } from '../../src/platform/rpc-types/einmal/broker/v1/CheckPermissionRequest.js';
import type { CheckPermissionResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/CheckPermissionResponse.js';
import type { PermissionServiceClient } from '../../src/platform/rpc-types/einmal/broker/v1/PermissionService.js';
import { readTlsIdentity, type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { importVerificationKey, readSigningKey } from '../../src/tokens/jws.js';
import { verifyPermissionToken } from '../../src/tokens/permission-token.js';

class MemoryLog extends PermissionLog {
  readonly entries: PermissionCheck[] = [];
  override async append(check: PermissionCheck): Promise<void> {
    this.entries.push(check);
  }
}

describe('the permission service over mutual TLS', () => {
  const log = new MemoryLog();
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
    await writeCatalogue(join(folder, 'catalogue'), { keys: pki.keys, endpoints: bare.endpoints });
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
      requestLimitBytes: 4096,
    });
    const module = intermediaryModule({
      catalogue,
      key: new PermissionKey('intermediary', await readSigningKey(own, 'permission')),
      permissionLog: log,
      clock: new SystemClock(),
      operationalLog: operationalLog('intermediary', 'silent'),
    });
    app = await NestFactory.createMicroservice<MicroserviceOptions>(module, { ...server.options, logger: false });
    await app.listen();
  }, 30_000);

  afterAll(async () => {
    for (const client of clients) client.close();
    server?.forceShutdown();
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function ask(as: string | TlsIdentity, over: Partial<CheckPermissionRequest> = {}) {
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
    const request: CheckPermissionRequest = {
      check_id: randomUUID(),
      question: {
        consumer: 'familienkasse-online',
        register: 'melderegister-bremen',
        evidence_type: 'meldedaten',
        purpose: 'kindergeld-antrag',
        purpose_hash: Buffer.from(lookup.purpose('kindergeld-antrag')?.hash ?? '', 'base64url'),
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

  test('says that it does not explain decisions yet', async () => {
    const [client] = clients;
    const explained = unary((metadata, options, done) => client!.ExplainPermission({}, metadata, options, done), {
      deadline: Date.now() + 5000,
    });
    await expect(explained).rejects.toMatchObject({ code: 12, reason: 'NOT_BUILT' });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

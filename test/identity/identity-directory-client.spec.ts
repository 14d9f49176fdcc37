import { once } from 'node:events';
import { constants, createServer, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { credentials, loadPackageDefinition, type MethodDefinition, status } from '@grpc/grpc-js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import { GrpcIdentityDirectory } from '../../src/identity/identity-directory.grpc.js';
import { Patience } from '../../src/platform/patience.js';
import { loadProtos, REGISTER_PROTOS } from '../../src/platform/proto.js';
import type { IdentityDirectoryServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/IdentityDirectoryService.js';
import type { LookupRequest } from '../../src/tokens/register-request.js';
import { anEntry } from '../audit/entries.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { CONSUMER, NOW, SALT } from '../support/builders.js';
import { sharedParties } from '../support/shared-parties.js';

const SERVICE = 'einmal.register.v1.IdentityDirectoryService';
const LIMITS = { registerTimeoutMs: 2000, reserveMs: 150 };
const PERSON = { idnr: '02468135792', birth_date: '1990-01-01' };
const REQUEST: LookupRequest = {
  retrieval_id: 'r',
  register: 'identitaetsregister',
  consumer: CONSUMER,
  purpose: 'kindergeld-antrag',
  purpose_hash: 'hash',
  legal_basis: 'egovg-5-1-1',
  subject_role: 'parent',
  nonce: Buffer.alloc(32, 5).toString('base64url'),
  issued_at: NOW,
  key: { set: 'idnr', ...PERSON },
  commitment_salt: SALT,
  representative_idnr: null,
};

/** Real sockets and frames; what is behind them does as it is told. */
describe('asking the identity directory', () => {
  let receipt: AuditReceipt;
  let server: Http2Server;
  let sessions: Set<ServerHttp2Session>;
  let client: IdentityDirectoryServiceClient;
  let patience: Patience;
  let behave: ((stream: ServerHttp2Stream) => void)[];
  let asked: number;

  const protos = loadProtos(REGISTER_PROTOS);
  const { LookupPerson } = protos[SERVICE] as unknown as Record<string, MethodDefinition<object, object>>;

  beforeAll(async () => {
    const log = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
    receipt = (await log.append([anEntry()]))[0]!;
  });

  beforeEach(async () => {
    [behave, asked, sessions] = [[answer], 0, new Set()];
    patience = new Patience(5000);
    server = createServer();
    server.on('session', (session) => {
      sessions.add(session);
      session.on('error', () => undefined);
    });
    server.on('stream', (stream) => {
      asked += 1;
      stream.on('error', () => undefined);
      stream.resume();
      (behave.length > 1 ? behave.shift() : behave[0])?.(stream);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    let found: unknown = loadPackageDefinition(protos);
    for (const part of SERVICE.split('.')) found = (found as Record<string, unknown>)[part];
    const Service = found as new (address: string, by: object, options: object) => IdentityDirectoryServiceClient;
    client = new Service(`127.0.0.1:${port}`, credentials.createInsecure(), { 'grpc.enable_retries': 0 });
  });

  afterEach(() => {
    patience.close();
    client.close();
    for (const session of sessions) session.destroy();
    server.close();
  });

  function answer(stream: ServerHttp2Stream): void {
    const message = LookupPerson?.responseSerialize(PERSON) ?? Buffer.alloc(0);
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status.OK) }));
    stream.end(Buffer.concat([prefix, message]));
  }
  const says = (code: status, message: string) => (stream: ServerHttp2Stream) =>
    stream.respond(
      {
        ':status': 200,
        'content-type': 'application/grpc+proto',
        'grpc-status': String(code),
        'grpc-message': message,
      },
      { endStream: true },
    );
  const refuse = (stream: ServerHttp2Stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM);
  const breakOff = (stream: ServerHttp2Stream) => stream.session?.destroy();

  const asking = (repeatShare = 1) => {
    const directory = new GrpcIdentityDirectory(() => client, LIMITS, patience, sharedParties({ repeatShare }));
    return () =>
      directory.lookup(
        receipt,
        REQUEST,
        { permission: 'p', trigger: 't' },
        { deadline: Date.now() + 5000, signal: new AbortController().signal, late: () => undefined },
      );
  };
  const UNAVAILABLE = { reason: 'IDENTITY_DIRECTORY_UNAVAILABLE' };

  it('is done once more where it refused the stream unread (RFC 9113, 8.7; ADR 144)', async () => {
    behave = [refuse, answer];
    expect(await asking()()).toEqual(PERSON);
    expect(asked).toBe(2);
  });

  it('is done twice at most', async () => {
    behave = [refuse];
    await expect(asking()()).rejects.toMatchObject(UNAVAILABLE);
    expect(asked).toBe(2);
  });

  it('takes what nobody listened to for not sent (ADR 144)', async () => {
    server.close();
    await expect(asking()()).rejects.toMatchObject({ ...UNAVAILABLE, cause: { isUnsent: true } });
    expect(asked).toBe(0);
  });

  it.each<[string, (stream: ServerHttp2Stream) => void]>([
    ['the connection broke after it was sent', breakOff],
    ['it says that it cannot now', says(status.UNAVAILABLE, 'The register cannot answer now.')],
    ['it has a fault of its own', says(status.INTERNAL, 'No connection established')],
  ])(
    'is not done again where it may have been read: a second access needs an entry (ADR 144): %s',
    async (_what, ends) => {
      behave = [ends, answer];
      await expect(asking()()).rejects.toMatchObject({ ...UNAVAILABLE, cause: { isUnsent: false } });
      expect(asked).toBe(1);
    },
  );

  it('is repeated within the share of repeats only (ADR 73)', async () => {
    behave = [refuse];
    const ask = asking(0.1);
    for (let n = 0; n < 20; n += 1) await expect(ask()).rejects.toMatchObject(UNAVAILABLE);
    expect(asked).toBeLessThanOrEqual(20 + 1 + 3);
    expect(asked).toBeGreaterThan(20);
  });
});

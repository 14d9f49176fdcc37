import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Participant } from '../../src/catalogue/catalogue.js';
import { NodeChannel } from '../../src/client/node-channel.js';
import { OversightConnection } from '../../src/client/oversight-connection.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { outage } from '../../src/platform/fault.js';
import type { CatalogueServiceClient } from '../../src/platform/rpc-types/einmal/broker/v1/CatalogueService.js';
import { statusOf } from '../../src/platform/status.js';
import { readTlsIdentity, thumbprint, thumbprintOfPem } from '../../src/platform/tls.js';
import { readSigningKey } from '../../src/tokens/jws.js';

const CLIENT = 'familienkasse-online';
const participants: readonly Participant[] = [
  { id: CLIENT, title: { de: 'Onlinedienst' }, kind: 'online-service', area: 'wirtschaft-finanzen' },
  { id: 'node', title: { de: 'Knoten' }, kind: 'node', area: 'inneres' },
];

/** What becomes of one request. */
type Fate = 'broken' | 'refused with a reason' | 'answered';

let folder: string;
let pki: Pki;
/** By which the profile knows the node. */
let certificates: readonly string[];
/** Certificate of whoever asks, with each request for a token and each call. */
let shown: { tokens: string[]; calls: string[] };
let node: Http2SecureServer;
let tokens: Server;
let channel: NodeChannel;
let catalogue: () => CatalogueServiceClient;
let fates: Fate[] = [];
let arrived = 0;

const PLAIN = { ':status': 200, 'content-type': 'application/grpc' };
const ends: Readonly<Record<Fate, (stream: ServerHttp2Stream) => void>> = {
  broken: (stream) => stream.session?.destroy(),
  'refused with a reason': (stream) => {
    const { code, details, metadata } = statusOf(outage('AUDIT_LOG_UNAVAILABLE', new Error('down')));
    const [bytes] = metadata.get('grpc-status-details-bin');
    stream.respond(
      {
        ...PLAIN,
        'grpc-status': String(code),
        'grpc-message': encodeURI(details),
        'grpc-status-details-bin': Buffer.from(bytes as Buffer).toString('base64'),
      },
      { endStream: true },
    );
  },
  answered: (stream) => {
    stream.respond(PLAIN, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.alloc(5));
  },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-channel-'));
  pki = await createPki(folder, participants);
  certificates = pki.keys.find(({ participant }) => participant === 'node')?.certificates ?? [];
  const own = { ...readTlsIdentity(pki.folderOf('node')), requestCert: true, minVersion: 'TLSv1.3' } as const;
  const by = (socket: TLSSocket) => thumbprint(socket.getPeerCertificate().raw);
  tokens = createServer(own, ({ socket }, reply) => {
    shown.tokens.push(by(socket as TLSSocket));
    reply.end(JSON.stringify({ access_token: 'token', token_type: 'Bearer', expires_in: 600 }));
  }).listen(0, 'localhost');
  node = createSecureServer(own).listen(0, 'localhost');
  await Promise.all([once(tokens, 'listening'), once(node, 'listening')]);
  node.on('sessionError', () => undefined);
  node.on('stream', (stream) => {
    arrived += 1;
    shown.calls.push(by(stream.session?.socket as TLSSocket));
    stream.on('error', () => undefined);
    ends[fates.shift() ?? 'answered'](stream);
  });
  const portOf = (server: Server | Http2SecureServer) => (server.address() as AddressInfo).port;
  channel = new NodeChannel(
    {
      client: CLIENT,
      keys: pki.folderOf(CLIENT),
      node: {
        participant: 'node',
        grpc: `localhost:${portOf(node)}`,
        server_name: 'localhost',
        issuer: `https://localhost:${portOf(tokens)}`,
        get certificates() {
          return certificates;
        },
      },
    },
    await readSigningKey(pki.folderOf(CLIENT), 'client-assertion'),
  );
  catalogue = channel.open<CatalogueServiceClient>('CatalogueService');
});
afterAll(async () => {
  channel.close();
  tokens.closeAllConnections();
  tokens.close();
  node.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  arrived = 0;
  shown = { tokens: [], calls: [] };
});

const describeService = () =>
  channel.call((metadata, options, done) =>
    catalogue().DescribeService({ service: 'kindergeld' }, metadata, options, done),
  );

describe('a call of the client library', () => {
  it('is made once where it is answered', async () => {
    fates = ['answered'];
    await expect(describeService()).resolves.toBeDefined();
    expect(arrived).toBe(1);
  });

  it('is made once more where the connection broke: it may be made twice', async () => {
    fates = ['broken', 'answered'];
    await expect(describeService()).resolves.toBeDefined();
    expect(arrived).toBe(2);
  });

  it('is not made a third time', async () => {
    fates = ['broken', 'broken', 'answered'];
    await expect(describeService()).rejects.toMatchObject({ name: 'RpcFailure', reason: undefined });
    expect(arrived).toBe(2);
    fates = [];
  });

  it('is not repeated where the node answered that it cannot, and why', async () => {
    fates = ['refused with a reason', 'answered'];
    await expect(describeService()).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    expect(arrived).toBe(1);
  });

  it('is not repeated where it would be on record twice (ADR 121)', async () => {
    const oversight = new OversightConnection(channel, async () => 'session');
    const who = { role: 'officer', actor: 'officer-1', authenticatedAt: 0 } as unknown as Parameters<
      OversightConnection['samples']
    >[0];
    const nonce = Buffer.alloc(32);
    const calls: readonly (() => Promise<unknown>)[] = [
      () => oversight.recordStep(who, 1, { state: 'closed', note: '' }),
      () => oversight.commitSample(who, { nonceHash: nonce, fromMs: 0, toMs: 1, size: 1 }),
      () => oversight.drawSample(who, 1, nonce),
      () => oversight.recordFinding(who, { sample_index: 1, log_index: 2, finding: 'in_order', note: '' }),
    ];
    for (const call of calls) {
      [arrived, fates] = [0, ['broken', 'answered']];
      await expect(call()).rejects.toMatchObject({ name: 'RpcFailure', reason: undefined });
      expect(arrived).toBe(1);
    }
    fates = ['broken', 'answered'];
    await oversight.samples(who, '');
    fates = [];
  });

  it('shows another certificate from the next call on, with a token of that one (RFC 8705 § 3; ADR 81)', async () => {
    await describeService();
    const next = await pki.issue({ commonName: CLIENT, participant: CLIENT });
    channel.rotate({ tls: next });
    await Promise.all([describeService(), describeService()]);
    const earlier = thumbprintOfPem(readTlsIdentity(pki.folderOf(CLIENT)).cert);
    const later = thumbprintOfPem(next.cert);
    expect(new Set(shown.tokens.slice(-1))).toEqual(new Set([later]));
    expect(shown.calls).toEqual([earlier, later, later]);
  });

  it('goes on where the node gets another certificate beside its own, and ends where its own is named no more (ADR 81)', async () => {
    const own = certificates;
    certificates = [...own, 'x'.repeat(43)];
    await expect(describeService()).resolves.toBeDefined();
    certificates = ['x'.repeat(43)];
    const waiting = channel.call(
      (metadata, options, done) => catalogue().DescribeService({ service: 'kindergeld' }, metadata, options, done),
      1000,
    );
    await expect(waiting).rejects.toMatchObject({ name: 'RpcFailure' });
    expect(arrived).toBe(1);
    certificates = own;
    await expect(describeService()).resolves.toBeDefined();
  });
});

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Participant } from '../../src/catalogue/catalogue.js';
import { AccessTokens } from '../../src/client/access-tokens.js';
import { createPki } from '../../src/demo/pki.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { readSigningKey } from '../../src/tokens/jws.js';

const CLIENT = 'familienkasse-online';
const participants: readonly Participant[] = [
  { id: CLIENT, title: { de: 'Onlinedienst' }, kind: 'online-service', area: 'wirtschaft-finanzen' },
  { id: 'node', title: { de: 'Knoten' }, kind: 'node', area: 'inneres' },
];
const ANSWER = JSON.stringify({ access_token: 'token', token_type: 'Bearer', expires_in: 600 });

let folder: string;
let node: Server;
let tokens: AccessTokens;
/** That have arrived. */
let assertions: string[];
/** Where the next connections break. */
let breaking: ('before' | 'amid')[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-tokens-'));
  const pki = await createPki(folder, participants);
  const own = { ...readTlsIdentity(pki.folderOf('node')), requestCert: true, minVersion: 'TLSv1.3' } as const;
  node = createServer(own, async (sent, reply) => {
    const body = Buffer.concat(await sent.toArray()).toString();
    assertions.push(new URLSearchParams(body).get('client_assertion') ?? '');
    const where = breaking.shift();
    if (where === undefined) return void reply.end(ANSWER);
    if (where === 'before') return void sent.socket.destroy();
    reply.writeHead(200, { 'content-length': ANSWER.length });
    reply.write(ANSWER.slice(0, 9), () => sent.socket.destroy());
  }).listen(0, 'localhost');
  await once(node, 'listening');
  const profile = {
    client: CLIENT,
    keys: pki.folderOf(CLIENT),
    node: {
      participant: 'node',
      grpc: 'localhost:1',
      server_name: 'localhost',
      issuer: `https://localhost:${(node.address() as AddressInfo).port}`,
      certificates: pki.keys.find(({ participant }) => participant === 'node')?.certificates ?? [],
    },
  };
  const key = await readSigningKey(profile.keys, 'client-assertion');
  tokens = new AccessTokens(profile, readTlsIdentity(profile.keys), key);
});
afterAll(async () => {
  node.closeAllConnections();
  node.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  [assertions, breaking] = [[], []];
  tokens.forget();
});

describe('a request for an access token', () => {
  it.each(['before', 'amid'] as const)(
    'is made once more where its connection broke %s the answer, with another assertion (ADR 121)',
    async (where) => {
      breaking = [where];
      await expect(tokens.current()).resolves.toBe('token');
      expect(new Set(assertions).size).toBe(2);
    },
  );

  it('is not made a third time', async () => {
    breaking = ['before', 'before', 'before'];
    await expect(tokens.current()).rejects.toMatchObject({ name: 'RpcFailure', code: status.UNAVAILABLE });
    expect(assertions).toHaveLength(2);
  });
});

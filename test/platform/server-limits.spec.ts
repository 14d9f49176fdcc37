import { once } from 'node:events';
import { createServer as createPlain } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { limitListener } from '../../src/platform/server-limits.js';
import { eventually } from '../support/eventually.js';

const authority = await createAuthority('test authority');
const issued = (participant: string) => issueLeaf(authority, { commonName: participant, participant });
const [served, one, other] = [await issued('node'), await issued('one'), await issued('other')];

const LIMITS = { all: 6, ofOneCertificate: 2, withoutCertificate: 3 };
let server: Server;
let sockets: TLSSocket[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server.close();
});

async function start(): Promise<void> {
  server = createServer({ ...served, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' });
  limitListener(server, LIMITS);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

/** Opens so many connections one after the other, and waits until no more than `expected` are left. @returns how many are */
async function stay(count: number, expected: number, identity?: typeof one): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const opened: TLSSocket[] = [];
  for (let n = 0; n < count; n += 1) {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: served.ca, ...identity });
    opened.push(socket);
    // What is over the limit is ended before or after the handshake of the client.
    await new Promise<void>((resolve) => {
      socket.on('error', () => undefined).resume();
      socket.once('secureConnect', resolve).once('close', () => resolve());
    });
  }
  sockets.push(...opened);
  return eventually(
    async () => opened.filter((it) => !it.destroyed).length,
    (left) => left <= expected,
  );
}

describe('the connections of a port over HTTPS', () => {
  it('with one certificate are so many, and others get theirs', async () => {
    await start();
    expect(await stay(4, 2, one)).toBe(2);
    expect(await stay(3, 2, other)).toBe(2);
  });

  it('without a certificate leave room for those who have one', async () => {
    await start();
    expect(await stay(5, 3)).toBe(3);
    expect(await stay(3, 2, one)).toBe(2);
  });

  it('are so many in all, over plain HTTP behind a proxy, too', () => {
    const plain = createPlain();
    limitListener(plain, LIMITS);
    expect(plain.maxConnections).toBe(6);
  });
});

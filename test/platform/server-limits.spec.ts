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

/** Of so many connections that are opened one after the other, how many stay. */
async function stay(count: number, identity?: typeof one): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const opened: TLSSocket[] = [];
  for (let n = 0; n < count; n += 1) {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: served.ca, ...identity });
    socket.on('error', () => undefined).resume();
    // What is over the limit is ended before or after the handshake.
    await Promise.race([once(socket, 'secureConnect'), once(socket, 'close')]);
    opened.push(socket);
  }
  sockets.push(...opened);
  const open = async () => opened.filter((it) => !it.destroyed).length;
  return eventually(open, (left) => left < count);
}

describe('the connections of a port over HTTPS', () => {
  it('with one certificate are so many, and others get theirs', async () => {
    await start();
    expect(await stay(4, one)).toBe(2);
    expect(await stay(3, other)).toBe(2);
  });

  it('without a certificate leave room for those who have one', async () => {
    await start();
    expect(await stay(5)).toBe(3);
    expect(await stay(3, one)).toBe(2);
  });

  it('are so many in all, over plain HTTP behind a proxy, too', () => {
    const plain = createPlain();
    limitListener(plain, LIMITS);
    expect(plain.maxConnections).toBe(6);
  });
});

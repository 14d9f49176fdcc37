import { once } from 'node:events';
import { createServer as createPlain } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { limitListener, limitTime } from '../../src/platform/server-limits.js';
import { eventually } from '../support/eventually.js';

const authority = await createAuthority('test authority');
const issued = (participant: string) => issueLeaf(authority, { commonName: participant, participant });
const [served, one, other] = [await issued('node'), await issued('one'), await issued('other')];

const LIMITS = { all: 6, ofOneCertificate: 2, ofStranger: 1, withoutCertificate: 3 };
let server: Server;
let sockets: TLSSocket[] = [];
const closeAll = (): void => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server.close();
};

async function start(isNamed?: () => boolean): Promise<void> {
  server = createServer({ ...served, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' });
  limitListener(server, LIMITS, undefined, isNamed);
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
  afterEach(closeAll);

  it('with one certificate are so many, and others get theirs', async () => {
    await start();
    expect(await stay(4, 2, one)).toBe(2);
    expect(await stay(3, 2, other)).toBe(2);
  });

  it('with a certificate that the catalogue does not name are fewer', async () => {
    await start(() => false);
    expect(await stay(3, 1, one)).toBe(1);
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

describe('a call that is over', () => {
  type Listener = Parameters<ServerInterceptingCallInterface['start']>[0];

  /** A call by hand, with what its handler was told. */
  function aCall() {
    const told: string[] = [];
    const arriving: Listener[] = [];
    const call = { start: (it: Listener) => arriving.push(it), sendStatus: () => undefined };
    limitTime({ requestStream: false, responseStream: false }, call as unknown as ServerInterceptingCallInterface);
    (call as unknown as ServerInterceptingCallInterface).start({
      onReceiveMetadata: () => told.push('metadata'),
      onReceiveMessage: () => told.push('message'),
      onReceiveHalfClose: () => told.push('half close'),
      onCancel: () => told.push('cancel'),
    });
    const [from] = arriving;
    if (from === undefined) throw new Error('the call was not started');
    return { from, told };
  }

  it('reaches no handler with what arrives afterwards: nobody would hear the answer', () => {
    const { from, told } = aCall();
    from.onCancel();
    from.onReceiveMessage({});
    from.onReceiveHalfClose();
    expect(told).toEqual(['cancel']);
  });

  it('reached its handler before', () => {
    const { from, told } = aCall();
    from.onReceiveMessage({});
    from.onReceiveHalfClose();
    from.onCancel();
    expect(told).toEqual(['message', 'half close', 'cancel']);
  });
});

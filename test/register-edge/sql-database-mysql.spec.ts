import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/platform/clock.js';
import { type OpenedSource, openSource } from '../../src/register-edge/open-source.js';
import { eventually } from '../support/eventually.js';
import { SilentLog } from '../support/silent-log.js';
import { PROBE_TYPES, probeConfig } from './probe-tables.js';
import { AWAITED } from './source-call.js';

/** More than it has connections: the others wait behind those. */
const CALLERS = 20;
/** Protocol::HandshakeV10, with a challenge that nobody checks the answer to. */
const GREETING = Buffer.from(
  '4a0000000a31302e362e300001000000dbfd480c5cf60a0400ffff2d0200ff00150000000000000000000048c53277008b4fd84ae601e3006d7973716c5f6e61746976655f70617373776f726400',
  'hex',
);
/** OK_Packet in answer to the login, numbered after it. */
const WELCOME = Buffer.from('0700000200000000000000', 'hex');

/** Real sockets; a server that stops in the middle. */
describe('a server of MariaDB or MySQL that takes connections and then says nothing', () => {
  let server: Server;
  let opened: OpenedSource;
  let sockets: Set<Socket>;
  let greet: (socket: Socket) => void;

  beforeEach(async () => {
    sockets = new Set();
    greet = () => undefined;
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
      socket.resume();
      greet(socket);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const config = probeConfig({ kind: 'mysql', url_env: 'DATA_URL', statement_timeout_ms: 500 }, (it) => it);
    const url = `mysql://reader:reader@127.0.0.1:${port}/register`;
    opened = await openSource(config, { url, types: PROBE_TYPES, log: new SilentLog(), clock: new SystemClock() });
  });

  afterEach(async () => {
    await opened.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  const find = (signal = AWAITED.signal) =>
    opened.source.find('person', { idnr: '02468135792', birthDate: '1990-01-01' }, ['name'], { ...AWAITED, signal });
  const took = async (asked: Promise<unknown>) => {
    const began = performance.now();
    await expect(asked).rejects.toMatchObject({ reason: 'REGISTER_UNAVAILABLE' });
    return performance.now() - began;
  };
  const noneLeft = () =>
    eventually(
      async () => sockets.size,
      (it) => it === 0,
    );

  it('is a register that is down, within its limit of time, and no connection stays', async () => {
    expect(await took(find())).toBeLessThan(4000);
    await noneLeft();
  });

  it('holds nobody up longer than they wait, nor those behind them, and no connection stays (ADR 129)', async () => {
    const waits = Array.from({ length: CALLERS }, () => took(find(AbortSignal.timeout(300))));
    for (const ms of await Promise.all(waits)) expect(ms).toBeLessThan(1500);
    await noneLeft();
  });

  it('is a register that is down also where it was silent after the login only', async () => {
    let heard = '';
    greet = (socket) => {
      socket.write(GREETING);
      socket.once('data', () => {
        socket.write(WELCOME);
        socket.on('data', (bytes) => {
          heard += bytes.toString('latin1');
        });
      });
    };
    expect(await took(find())).toBeLessThan(4000);
    expect(heard).toContain('set session transaction read only');
    await noneLeft();
  });
});

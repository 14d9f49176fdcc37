import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what an operating system gives to outgoing connections: such a one would take the port before its server does. */
const [FIRST, END] = [15_000, 32_000];
const TRIES = 50;
const given = new Set<number>();

/** A TCP port of the loopback interface that nobody listens on at this moment; never the same one twice. */
export async function freePort(): Promise<number> {
  for (let left = TRIES; left > 0; left--) {
    const port = randomInt(FIRST, END);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free TCP port found between ${FIRST} and ${END}`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

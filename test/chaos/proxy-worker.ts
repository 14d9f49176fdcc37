/** The proxy itself, on a thread of its own: while the harness counts, connections go on. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { ProxyAnswer, ProxyCommand } from './proxy.js';

type Pair = Readonly<{ client: Socket; database: Socket }>;
type Lane = Readonly<{ server: Server; port: number; pairs: Set<Pair> }>;

const databasePort = workerData as number;
const lanes = new Map<string, Lane>();
const mute = new Set<string>();

parentPort?.on('message', async ({ id, name, what }: ProxyCommand) => {
  const answer: ProxyAnswer = { id, port: 0 };
  if (what === 'open') parentPort?.postMessage({ ...answer, port: (lanes.get(name) ?? (await open(name))).port });
  else {
    if (what === 'mute') mute.add(name);
    if (what === 'unmute') mute.delete(name);
    if (what === 'cut') cut(name);
    parentPort?.postMessage(answer);
  }
});

function cut(name: string): void {
  for (const { client, database } of lanes.get(name)?.pairs ?? []) {
    client.resetAndDestroy();
    database.resetAndDestroy();
  }
}

async function open(name: string): Promise<Lane> {
  const pairs = new Set<Pair>();
  const server = createServer((client) => {
    const database = connect(databasePort, '127.0.0.1');
    const pair = { client, database };
    pairs.add(pair);
    for (const socket of [client, database]) socket.setNoDelay(true);
    client.on('data', (bytes: Buffer) => database.write(bytes));
    database.on('data', (bytes: Buffer) => {
      if (!mute.has(name)) client.write(bytes);
    });
    const end = (other: Socket) => () => {
      pairs.delete(pair);
      other.destroy();
    };
    client.on('error', () => undefined).on('close', end(database));
    database.on('error', () => undefined).on('close', end(client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lane = { server, port: (server.address() as AddressInfo).port, pairs };
  lanes.set(name, lane);
  return lane;
}

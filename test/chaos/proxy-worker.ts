/** The proxy itself, on a thread of its own: while the harness counts, connections go on. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import type { ProxyAnswer, ProxyCommand } from './proxy.js';

type Pair = Readonly<{ client: Socket; target: Socket }>;
type Lane = Readonly<{ server: Server; port: number; pairs: Set<Pair> }>;

/** One in a hundred. */
const SPOILED = 0.01;

const lanes = new Map<string, Lane>();
const mute = new Set<string>();
const spoiled = new Set<string>();
let seen = { spoiled: 0, packets: 0 };

parentPort?.on('message', async ({ id, name, what, to = 0, at = 0 }: ProxyCommand) => {
  const answer: ProxyAnswer = { id, port: 0, seen };
  if (what === 'open')
    parentPort?.postMessage({ ...answer, port: (lanes.get(name) ?? (await open(name, to, at))).port });
  else {
    if (what === 'mute') mute.add(name);
    if (what === 'unmute') mute.delete(name);
    if (what === 'spoil') spoiled.add(name);
    if (what === 'unspoil') spoiled.delete(name);
    if (what === 'cut') cut(name);
    parentPort?.postMessage(answer);
  }
});

function cut(name: string): void {
  for (const { client, target } of lanes.get(name)?.pairs ?? []) {
    client.resetAndDestroy();
    target.resetAndDestroy();
  }
}

/** A packet as it arrives: most of the time as it was sent. */
function passed(name: string, bytes: Buffer): Buffer {
  if (!spoiled.has(name)) return bytes;
  seen = { ...seen, packets: seen.packets + 1 };
  if (Math.random() >= SPOILED) return bytes;
  const at = Math.floor(Math.random() * bytes.length);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << Math.floor(Math.random() * 8)), at);
  seen = { ...seen, spoiled: seen.spoiled + 1 };
  return bytes;
}

async function open(name: string, to: number, at: number): Promise<Lane> {
  const pairs = new Set<Pair>();
  const server = createServer((client) => {
    const target = connect(to, 'localhost');
    const pair = { client, target };
    pairs.add(pair);
    for (const socket of [client, target]) socket.setNoDelay(true);
    client.on('data', (bytes: Buffer) => target.write(passed(name, bytes)));
    target.on('data', (bytes: Buffer) => {
      if (!mute.has(name)) client.write(passed(name, bytes));
    });
    const end = (other: Socket) => () => {
      pairs.delete(pair);
      other.destroy();
    };
    client.on('error', () => undefined).on('close', end(target));
    target.on('error', () => undefined).on('close', end(client));
  });
  server.listen(at, '127.0.0.1');
  await once(server, 'listening');
  const lane = { server, port: (server.address() as AddressInfo).port, pairs };
  lanes.set(name, lane);
  return lane;
}

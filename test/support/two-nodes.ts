import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { NodeProfile } from '../../src/client/node-profile.js';
import { DEMO_REGISTERS } from '../../src/demo/demo-databases.js';
import type { DemoProcess } from '../../src/demo/demo-process.js';
import { freePort } from '../../src/demo/free-port.js';
import { nodeProcess } from '../../src/demo/node-process.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';

const HOST = 'localhost';

/** A system whose node is two processes behind one name, as replicas of a deployment are. */
export type TwoNodes = Readonly<{
  system: RunningSystem;
  nodes: readonly DemoProcess[];
  /** Both addresses; one issuer. */
  profile(consumer: string): NodeProfile;
  /** A third node, on another database; it is not started yet. */
  another(databaseUrl: string): Promise<DemoProcess>;
  stop(): Promise<void>;
}>;

export async function startTwoNodes(folder: string): Promise<TwoNodes> {
  const system = await startSystem({
    dataFolder: join(packageRoot, 'data', folder),
    fresh: true,
    personCount: 60,
    service: 'kindergeld',
    only: [...DEMO_REGISTERS.map(({ id }) => id), 'intermediary'],
  });
  const ports = [await freePort(), await freePort()];
  const httpPorts = [await freePort(), await freePort()];
  const balancer = await balance(httpPorts);
  const issuer = `https://${HOST}:${balancer.port}`;
  const described = (
    name: string,
    grpcPort: number,
    httpPort: number,
    other: Readonly<{ databaseUrl?: string }> = {},
  ) => {
    const checkpointFile = other.databaseUrl === undefined ? 'checkpoint' : `${name}.checkpoint`;
    return nodeProcess(system, { name, grpcPort, httpPort, issuer, checkpointFile, ...other });
  };
  const nodes = await Promise.all(ports.map((grpc, i) => described(`node-${i + 1}`, grpc, httpPorts[i] ?? 0)));
  const stop = async () => {
    for (const node of nodes) await node.stop();
    balancer.server.close();
    await system.stop();
  };
  try {
    for (const node of nodes) await node.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const grpc = `ipv4:${ports.map((port) => `127.0.0.1:${port}`).join(',')}`;
  return {
    system,
    nodes,
    profile: (consumer) => {
      const profile = system.profile(consumer);
      return { ...profile, node: { ...profile.node, grpc, issuer } };
    },
    another: async (databaseUrl) => {
      const [grpc, http] = [await freePort(), await freePort()];
      return described(`node-${grpc}`, grpc, http, { databaseUrl });
    },
    stop,
  };
}

/** Passes each connection on to the first of these ports where somebody listens. */
async function balance(ports: readonly number[]): Promise<Readonly<{ server: Server; port: number }>> {
  const port = await freePort();
  const server = createServer(async (client) => {
    client.on('error', () => undefined);
    for (const to of ports) {
      const target = await connected(to);
      if (target === undefined) continue;
      target.on('error', () => undefined).on('close', () => client.destroy());
      client.on('close', () => target.destroy());
      client.pipe(target).pipe(client);
      return;
    }
    client.destroy();
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  return { server, port };
}

async function connected(port: number): Promise<Socket | undefined> {
  const socket = connect(port, HOST);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

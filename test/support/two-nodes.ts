import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { NodeProfile } from '../../src/client/node-profile.js';
import { DEMO_REGISTERS } from '../../src/demo/demo-databases.js';
import { DemoProcess } from '../../src/demo/demo-process.js';
import { logOrigin } from '../../src/demo/demo-trust.js';
import { freePort } from '../../src/demo/free-port.js';
import { NODE, type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { readTlsIdentity } from '../../src/platform/tls.js';

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
  const { pki, databases, dataFolder } = system;
  const certificates = pki.keys.find(({ participant }) => participant === NODE)?.certificates ?? [];
  const origin = await logOrigin(pki.logKeyFile(NODE));
  const describe = (name: string, ports: Readonly<{ grpc: number; http: number }>, databaseUrl: string) =>
    new DemoProcess({
      name,
      entry: 'dist/src/main.js',
      logFile: join(dataFolder, 'log', `${name}.log`),
      health: {
        peer: { address: `${HOST}:${ports.grpc}`, serverName: HOST, certificates },
        tls: readTlsIdentity(pki.folderOf(NODE)),
      },
      env: {
        EINMAL_MODE: 'development',
        EINMAL_PARTICIPANT: NODE,
        EINMAL_CATALOGUE: join(dataFolder, 'catalogue'),
        EINMAL_KEYS: pki.folderOf(NODE),
        EINMAL_GRPC_PORT: String(ports.grpc),
        EINMAL_HTTP_PORT: String(ports.http),
        EINMAL_ISSUER: issuer,
        EINMAL_LOG_ORIGIN: origin,
        EINMAL_CHECKPOINT_FILE: join(dataFolder, 'state', databaseUrl === own ? 'checkpoint' : `${name}.checkpoint`),
        DATABASE_URL: databaseUrl,
      },
    });
  const own = databases.urlOf(NODE);
  const nodes = ports.map((grpc, i) => describe(`node-${i + 1}`, { grpc, http: httpPorts[i] ?? 0 }, own));
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
      return describe(`node-${grpc}`, { grpc, http }, databaseUrl);
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

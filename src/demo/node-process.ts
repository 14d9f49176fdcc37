import { join } from 'node:path';
import { readTlsIdentity } from '../platform/tls.js';
import { DemoProcess } from './demo-process.js';
import { logOrigin } from './demo-trust.js';
import { NODE, type RunningSystem } from './supervisor.js';

const HOST = 'localhost';

type Wish = Readonly<{
  name: string;
  grpcPort: number;
  httpPort: number;
  issuer: string;
  /** Of the state folder. */
  checkpointFile: string;
  /** That of the system's own node, if absent. */
  databaseUrl?: string;
  env?: Readonly<Record<string, string>>;
}>;

/** A further node of a running system, with the keys and the log of its own. Not started yet. */
export async function nodeProcess(system: RunningSystem, wish: Wish): Promise<DemoProcess> {
  const { dataFolder, pki, databases } = system;
  const { name, grpcPort, httpPort, issuer, checkpointFile, databaseUrl = databases.urlOf(NODE), env } = wish;
  return new DemoProcess({
    name,
    entry: 'dist/src/main.js',
    logFile: join(dataFolder, 'log', `${name}.log`),
    health: {
      peer: {
        address: `${HOST}:${grpcPort}`,
        serverName: HOST,
        certificates: pki.keys.find(({ participant }) => participant === NODE)?.certificates ?? [],
      },
      tls: readTlsIdentity(pki.folderOf(NODE)),
    },
    env: {
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: NODE,
      EINMAL_CATALOGUE: join(dataFolder, 'catalogue'),
      EINMAL_KEYS: pki.folderOf(NODE),
      EINMAL_GRPC_HOST: HOST,
      EINMAL_GRPC_PORT: String(grpcPort),
      EINMAL_HTTP_PORT: String(httpPort),
      EINMAL_ISSUER: issuer,
      EINMAL_LOG_ORIGIN: await logOrigin(pki.logKeyFile(NODE)),
      EINMAL_CHECKPOINT_FILE: join(dataFolder, 'state', checkpointFile),
      DATABASE_URL: databaseUrl,
      ...env,
    },
  });
}

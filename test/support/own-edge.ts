import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { DemoProcess } from '../../src/demo/demo-process.js';
import { freePort } from '../../src/demo/free-port.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { readTlsIdentity } from '../../src/platform/tls.js';

type Wish = Readonly<{
  /** In the place of the real one, or beside it on the same database. */
  as: 'stand-in' | 'replica';
  /** Appended to the configuration of the register. */
  config?: string;
  /** Whose certificate it shows, and what the health check expects. */
  keys?: Readonly<{ folder: string; certificates: readonly string[] }>;
}>;

/** A further process of one register of a running system, and where it serves. Not started yet. */
export async function anEdgeOf(
  system: RunningSystem,
  register: string,
  { as, config = '', keys }: Wish,
): Promise<Readonly<{ process: DemoProcess; address: string }>> {
  const { dataFolder, pki, databases } = system;
  const catalogue = join(dataFolder, 'catalogue');
  const endpoint = new CatalogueLookup(loadCatalogue({ folder: catalogue })).endpoint(register);
  if (endpoint === undefined) throw new Error(`the catalogue names no endpoint of ${register}`);
  const address = as === 'replica' ? `localhost:${await freePort()}` : endpoint.address;
  const certificates = pki.keys.find(({ participant }) => participant === register)?.certificates ?? [];
  const process = new DemoProcess({
    name: register,
    entry: 'dist/src/register-edge/main.js',
    logFile: join(dataFolder, 'log', `${as}-${register}.log`),
    peer: { address, serverName: endpoint.server_name, certificates: keys?.certificates ?? certificates },
    tls: readTlsIdentity(pki.folderOf('node')),
    env: {
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: register,
      EINMAL_CATALOGUE: catalogue,
      EINMAL_KEYS: keys?.folder ?? pki.folderOf(register),
      EINMAL_GRPC_HOST: 'localhost',
      EINMAL_GRPC_PORT: address.split(':').at(-1) ?? '',
      EINMAL_REGISTER_CONFIG: configFile(dataFolder, register, config),
      DATABASE_URL: databases.urlOf(register),
      DATA_URL: databases.dataOf(register).readerUrl,
    },
  });
  return { process, address };
}

function configFile(dataFolder: string, register: string, more: string): string {
  const shipped = join(packageRoot, 'src', 'demo', 'registers', 'config', `${register}.yaml`);
  if (more === '') return shipped;
  const folder = join(dataFolder, 'own-edges');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${register}.yaml`);
  writeFileSync(file, `${readFileSync(shipped, 'utf8')}\n${more}`);
  return file;
}

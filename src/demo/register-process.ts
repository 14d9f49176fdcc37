import { join } from 'node:path';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { readTlsIdentity } from '../platform/tls.js';
import { DemoProcess } from './demo-process.js';
import type { RunningSystem } from './supervisor.js';

type Wish = Readonly<{
  /** Built module. */
  entry: string;
  logFile: string;
  /** Where it serves; the register's own address, if absent. */
  address?: string;
  /** Whose certificate it shows, and what the health check expects; the register's own, if absent. */
  keys?: Readonly<{ folder: string; certificates: readonly string[] }> | undefined;
  env: Readonly<Record<string, string>>;
}>;

/** As the catalogue of the running system names it. */
export function addressOf(
  { dataFolder }: RunningSystem,
  register: string,
): Readonly<{ address: string; server_name: string }> {
  const endpoint = new CatalogueLookup(loadCatalogue({ folder: join(dataFolder, 'catalogue') })).endpoint(register);
  if (endpoint === undefined) throw new Error(`the catalogue names no endpoint of ${register}`);
  return endpoint;
}

/** A further process of one register of a running system, in the place of the real one or beside it. Not started yet. */
export function registerProcess(system: RunningSystem, register: string, wish: Wish): DemoProcess {
  const { dataFolder, pki, databases } = system;
  const endpoint = addressOf(system, register);
  const { entry, logFile, address = endpoint.address, env } = wish;
  const { folder, certificates } = wish.keys ?? {
    folder: pki.folderOf(register),
    certificates: pki.keys.find(({ participant }) => participant === register)?.certificates ?? [],
  };
  return new DemoProcess({
    ...{ name: register, entry, logFile },
    health: {
      peer: { address, serverName: endpoint.server_name, certificates },
      tls: readTlsIdentity(pki.folderOf('node')),
    },
    env: {
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: register,
      EINMAL_CATALOGUE: join(dataFolder, 'catalogue'),
      EINMAL_KEYS: folder,
      EINMAL_GRPC_HOST: 'localhost',
      EINMAL_GRPC_PORT: address.split(':').at(-1) ?? '',
      DATABASE_URL: databases.urlOf(register),
      ...env,
    },
  });
}

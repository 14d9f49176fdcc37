import { join } from 'node:path';
import { loadCatalogue } from '../../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../catalogue/lookup.js';
import { readTlsIdentity } from '../../platform/tls.js';
import { DemoProcess } from '../demo-process.js';
import { setFault } from '../fault-switch.js';
import { freePort } from '../free-port.js';
import type { RunningSystem } from '../supervisor.js';
import type { FaultMode } from './fault.js';

/** The simulator in the place of one register: same address, certificate and signing key. */
export type FaultyRegister = Readonly<{
  process: DemoProcess;
  /** Of its admin port. */
  adminPort: number;
  misbehave(mode: FaultMode, more?: Readonly<{ delayMs?: number; share?: number }>): Promise<void>;
  /** The real register serves again. */
  leave(): Promise<void>;
}>;

export async function takePlaceOf(system: RunningSystem, register: string): Promise<FaultyRegister> {
  const real = system.process(register);
  const adminPort = await freePort();
  const process = standIn(system, register, adminPort);
  const misbehave: FaultyRegister['misbehave'] = (mode, { delayMs, share } = {}) =>
    setFault(adminPort, {
      mode,
      ...(delayMs !== undefined && { delay_ms: delayMs }),
      ...(share !== undefined && { share }),
    });
  await real.stop();
  await process.start();
  const leave = async () => {
    await process.stop();
    await real.start();
  };
  return { process, adminPort, misbehave, leave };
}

function standIn(system: RunningSystem, register: string, adminPort: number): DemoProcess {
  const { dataFolder, pki, databases } = system;
  const folder = join(dataFolder, 'catalogue');
  const endpoint = new CatalogueLookup(loadCatalogue({ folder })).endpoint(register);
  if (endpoint === undefined) throw new Error(`the catalogue names no endpoint of ${register}`);
  return new DemoProcess({
    name: register,
    entry: 'dist/src/demo/faulty-register/main.js',
    logFile: join(dataFolder, 'log', `faulty-${register}.log`),
    peer: {
      address: endpoint.address,
      serverName: endpoint.server_name,
      certificates: pki.keys.find(({ participant }) => participant === register)?.certificates ?? [],
    },
    tls: readTlsIdentity(pki.folderOf('node')),
    env: {
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: register,
      EINMAL_CATALOGUE: folder,
      EINMAL_KEYS: pki.folderOf(register),
      EINMAL_GRPC_HOST: 'localhost',
      EINMAL_GRPC_PORT: endpoint.address.split(':').at(-1) ?? '',
      DATABASE_URL: databases.urlOf(register),
      EINMAL_SIMULATOR_ADMIN_PORT: String(adminPort),
    },
  });
}

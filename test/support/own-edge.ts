import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoProcess } from '../../src/demo/demo-process.js';
import { freePort } from '../../src/demo/free-port.js';
import { addressOf, registerProcess } from '../../src/demo/register-process.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';

type Wish = Readonly<{
  /** In the place of the real one, or beside it on the same database. */
  as: 'stand-in' | 'replica';
  /** Appended to the configuration of the register. */
  config?: string;
  /** Whose certificate it shows, and what the health check expects. */
  keys?: Readonly<{ folder: string; certificates: readonly string[] }>;
  /** Its copy of the catalogue; that of the others if absent. */
  catalogue?: string;
}>;

/** A further process of one register of a running system, and where it serves. Not started yet. */
export async function anEdgeOf(
  system: RunningSystem,
  register: string,
  { as, config = '', keys, catalogue }: Wish,
): Promise<Readonly<{ process: DemoProcess; address: string }>> {
  const { dataFolder, databases } = system;
  const address = as === 'replica' ? `localhost:${await freePort()}` : addressOf(system, register).address;
  const process = registerProcess(system, register, {
    entry: 'dist/src/register-edge/main.js',
    logFile: join(dataFolder, 'log', `${as}-${register}.log`),
    ...{ address, keys },
    env: {
      EINMAL_REGISTER_CONFIG: configFile(dataFolder, register, config),
      DATA_URL: databases.dataOf(register).readerUrl,
      ...(catalogue !== undefined && { EINMAL_CATALOGUE: catalogue }),
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

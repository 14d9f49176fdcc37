import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { StartFault } from '../../platform/run-process.js';
import { spawnBound } from '../bound-process.js';
import { freePort } from '../free-port.js';
import { inheritedEnvironment } from '../inherited-environment.js';
import type { TrialFederation } from './trial-federation.js';

const START_MS = 30_000;

export type TrialEdge = Readonly<{ port: number; stop(): Promise<void> }>;

type Wish = Readonly<{
  /** Of the command `einmal`. */
  program: string;
  configFile: string;
  participant: string;
  /** What leads to the data. */
  environment: Readonly<Record<string, string>>;
}>;

/** The register edge as it runs in earnest: a process of its own. @throws StartFault with what it says itself */
export async function startTrialEdge(wish: Wish, federation: TrialFederation): Promise<TrialEdge> {
  const port = await freePort();
  const { child, ended } = spawnBound({
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', wish.program, 'register', '--config', wish.configFile],
    env: {
      ...inheritedEnvironment(),
      ...wish.environment,
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: wish.participant,
      EINMAL_CATALOGUE: federation.catalogueFolder,
      EINMAL_KEYS: federation.keyFolderOf(wish.participant),
      EINMAL_GRPC_PORT: String(port),
      DATABASE_URL: federation.edgeDatabase.url,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    farewell: 'SIGTERM',
  });
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr ?? process.stdin });
  const ready = new Promise<boolean>((resolve) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes('"msg":"ready"')) resolve(true);
    });
    void ended.then(() => resolve(false));
    setTimeout(() => resolve(false), START_MS).unref();
  });
  if (!(await ready)) {
    child.kill('SIGKILL');
    throw new StartFault(said.join('\n') || 'the register edge does not start');
  }
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../src/demo/free-port.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import { packageRoot } from '../../src/platform/paths.js';
import { e2eSystem, named } from './e2e-system.js';

/** Another node on the database and the keys of the system; `stop` lets it finish what it is doing. */
export type SecondNode = Readonly<{ grpc: string; issuer: string; stop(): Promise<void> }>;

/** `dist` is the build that runs. */
type NodeWish = Readonly<{ catalogue?: string; dist?: string; settings?: Readonly<Record<string, string>> }>;

/** Starts it with its own copy of the catalogue and its own checkpoint file, until it serves. */
export async function secondNode(
  folder: string,
  { catalogue = e2eSystem().catalogue, dist = join(packageRoot, 'dist'), settings = {} }: NodeWish = {},
): Promise<SecondNode> {
  const { keys, logins, trust } = e2eSystem();
  const [grpc, http] = [await freePort(), await freePort()];
  const issuer = `https://localhost:${http}`;
  const entry = join(dist, 'src', 'main.js');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    env: {
      ...inheritedEnvironment(),
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: 'node',
      EINMAL_CATALOGUE: catalogue,
      EINMAL_KEYS: named(keys, 'node'),
      DATABASE_URL: named(logins, 'node'),
      EINMAL_GRPC_PORT: String(grpc),
      EINMAL_HTTP_PORT: String(http),
      EINMAL_ISSUER: issuer,
      EINMAL_LOG_ORIGIN: trust.log.split('+')[0],
      EINMAL_CHECKPOINT_FILE: join(folder, 'checkpoint'),
      // The log of all tests has hundreds of lookups that found nobody.
      EINMAL_MISIDENTIFICATIONS_PER_HOUR: '100000',
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('"msg":"ready"')) resolve();
    });
    child.on('close', () => reject(new Error(`the second node ended: ${said}`)));
  });
  await ready;
  return {
    grpc: `localhost:${grpc}`,
    issuer,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await closed;
      clearTimeout(late);
    },
  };
}

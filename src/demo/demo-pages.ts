import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivate } from '../onboarding/key-folder.js';
import { DemoProcess } from './demo-process.js';
import { freePort } from './free-port.js';

export const PAGES = 'pages';
export const IDENTITY_PROVIDER = 'identity-provider';
const HOST = 'localhost';

type Wish = Readonly<{
  dataFolder: string;
  keyFolder: string;
  databaseUrl: string;
  profileFile: string;
  logLevel: string;
  catalogueSpreadSeconds: number;
  port?: number | undefined;
  environment?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  onLost: (name: string) => void;
}>;

export type DemoPages = Readonly<{ url: string; processes: readonly DemoProcess[] }>;

/** The pages, and the simulator at which persons sign in for them. Not started yet. The client's secret is new each time. */
export async function demoPages(wish: Wish): Promise<DemoPages> {
  const { dataFolder, keyFolder, databaseUrl, profileFile, logLevel, environment, onLost } = wish;
  const [port, providerPort] = [wish.port ?? (await freePort()), await freePort()];
  const [url, issuer] = [`http://${HOST}:${port}`, `http://${HOST}:${providerPort}`];
  const secret = randomBytes(32).toString('base64url');
  await writePrivate(join(keyFolder, 'oidc-client.secret'), `${secret}\n`);
  const simulation = join(dataFolder, 'state', 'identity-provider.json');
  const client = { client_id: 'einmal-pages', client_secret: secret, redirect_uris: [`${url}/sign-in/return`] };
  await writeFile(simulation, JSON.stringify([client]), { mode: 0o600 });
  const logFile = (name: string) => join(dataFolder, 'log', `${name}.log`);
  const provider = new DemoProcess({
    name: IDENTITY_PROVIDER,
    entry: 'dist/src/demo/identity-provider/main.js',
    logFile: logFile(IDENTITY_PROVIDER),
    health: { url: `${issuer}/.well-known/openid-configuration` },
    onLost,
    env: { EINMAL_SIMULATOR_PORT: String(providerPort), EINMAL_SIMULATION_FILE: simulation },
  });
  const pages = new DemoProcess({
    name: PAGES,
    entry: 'dist/src/pages/main.js',
    logFile: logFile(PAGES),
    health: { url: `${url}/health` },
    onLost,
    env: {
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: PAGES,
      EINMAL_CATALOGUE: join(dataFolder, 'catalogue'),
      EINMAL_KEYS: keyFolder,
      EINMAL_LOG_LEVEL: logLevel,
      EINMAL_CATALOGUE_SPREAD_SECONDS: String(wish.catalogueSpreadSeconds),
      DATABASE_URL: databaseUrl,
      EINMAL_HTTP_HOST: HOST,
      EINMAL_HTTP_PORT: String(port),
      EINMAL_PAGES_URL: url,
      EINMAL_NODE_PROFILE: profileFile,
      EINMAL_OIDC_ISSUER: issuer,
      ...environment?.[PAGES],
    },
  });
  return { url, processes: [provider, pages] };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { loadFolder } from '../catalogue/follow-folder.js';
import { FollowedKeys, LOOK_FOR_KEYS_EVERY_MS } from '../catalogue/followed-keys.js';
import { demandNamedCertificate } from '../catalogue/named-certificate.js';
import { followCatalogue } from '../catalogue/start-following.js';
import { type NodeProfile, readProfile } from '../client/node-profile.js';
import { PagesConnection } from '../client/pages-connection.js';
import { readPagesKeys } from '../client/pages-keys.js';
import { Clock, SystemClock } from '../platform/clock.js';
import { ConfigFault } from '../platform/config.js';
import { listenOn } from '../platform/listen.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import { type Opened, type RunningProcess, withOpened } from '../platform/run-process.js';
import { readSeal } from '../platform/secrets.js';
import { HTTPS_LIMITS, limitListener } from '../platform/server-limits.js';
import { observeHttp } from '../platform/telemetry/http-calls.js';
import { observeProcess, startTelemetry } from '../platform/telemetry/start-telemetry.js';
import { readTlsIdentity } from '../platform/tls.js';
import { WITHOUT_SCHEMAS } from '../platform/without-schemas.js';
import { pagesModule } from './pages.module.js';
import type { PagesConfig } from './pages-config.js';
import { PagesSettings } from './pages-settings.js';
import { IdentityProvider } from './session/identity-provider.js';
import { PostgresSessionStore } from './session/session-store.postgres.js';
import { Sessions } from './session/sessions.js';
import { serveAssets, withoutContent } from './shell/assets.js';
import { addSecurityHeaders } from './shell/security-headers.js';

const DATABASE_CONNECTIONS = 8;
const FORM_LIMIT_BYTES = 65_536;
const TIDY_EVERY_MS = 60_000;

/** The pages as a process of their own: no key of an exchange, and nothing of a person beyond their session. */
export async function startPages(config: PagesConfig, log: OperationalLog): Promise<RunningProcess> {
  return withOpened((opened) => openPages(config, log, opened));
}

async function openPages(config: PagesConfig, log: OperationalLog, opened: Opened): Promise<void> {
  const loaded = await loadFolder(config.catalogueFolder);
  const catalogue = new CurrentCatalogue(loaded.catalogue);
  demandOwnPlace(catalogue, config.participant);
  const tls = readTlsIdentity(config.keyFolder);
  demandNamedCertificate(catalogue, config.participant, tls);
  const read = await readProfile(config.nodeProfile);
  if (read.client !== config.participant) throw new ConfigFault(['EINMAL_NODE_PROFILE is that of another participant']);
  const connectionKeys = await readPagesKeys(config.keyFolder);
  const connection = new PagesConnection(
    { ...read, keys: config.keyFolder, node: withNamedCertificates(catalogue, read.node) },
    connectionKeys,
  );
  opened.onClose(() => connection.close());
  const seal = await readSeal(config.keyFolder);
  const telemetry = await startTelemetry(config, log, opened);
  const pool = openPool(config.databaseUrl, { max: DATABASE_CONNECTIONS, log });
  opened.onClose(() => pool.end());
  if (telemetry !== undefined) observeProcess(telemetry, { pool, ...config }, opened);
  const store = new PostgresSessionStore(pool, seal);
  const sessions: Sessions = {
    endAllOf: (actor) => store.destroyAllOf(actor),
    pseudonym: (account) => seal.fingerprint(account, 'einmal/pages-actor/v1'),
  };
  const isHttps = config.url.startsWith('https:');
  const provider = new IdentityProvider(config.oidcIssuer, {
    id: config.oidcClientId,
    secret: (await readFile(join(config.keyFolder, 'oidc-client.secret'), 'utf8')).trim(),
    redirectUri: `${config.url}/sign-in/return`,
    allowsHttp: config.mode === 'development',
  });
  const clock = new SystemClock();
  const adapter = new FastifyAdapter({
    http: { ...HTTPS_LIMITS },
    requestTimeout: HTTPS_LIMITS.requestTimeout,
    schemaController: WITHOUT_SCHEMAS,
    bodyLimit: FORM_LIMIT_BYTES,
    rewriteUrl: ({ url = '/' }) => withoutContent(url),
  });
  const module = pagesModule([
    { provide: CurrentCatalogue, useValue: catalogue },
    { provide: PagesConnection, useValue: connection },
    { provide: IdentityProvider, useValue: provider },
    { provide: Sessions, useValue: sessions },
    { provide: Clock, useValue: clock },
    { provide: OperationalLog, useValue: log },
    { provide: PagesSettings, useValue: new PagesSettings(config.url, config.participant) },
  ]);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false, abortOnError: false });
  limitListener(app.getHttpServer());
  opened.onClose(() => app.close());
  addSecurityHeaders(adapter.getInstance(), isHttps);
  if (telemetry !== undefined) observeHttp(adapter.getInstance(), telemetry);
  await app.register(fastifyCompress, { global: true });
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: seal.fingerprint('cookie', 'einmal/pages-cookie/v1'),
    cookieName: isHttps ? '__Host-einmal' : 'einmal',
    saveUninitialized: false,
    rolling: false,
    cookie: { secure: isHttps, httpOnly: true, sameSite: 'lax', path: '/' },
    store,
  });
  await serveAssets(app);
  adapter.getInstance().get('/health', async () => 'SERVING\n');
  await listenOn('EINMAL_HTTP_PORT', config.httpHost, config.httpPort, () =>
    app.listen(config.httpPort, config.httpHost),
  );
  const following = { current: catalogue, log, settings: config };
  followCatalogue(loaded, following, opened, (next) => demandOwnPlace(next, config.participant));
  const { participant, keyFolder: folder } = config;
  const keys = new FollowedKeys({ participant, folder, current: catalogue, log });
  keys.certificate(tls, (next) => connection.rotate({ tls: next }));
  keys.signing('client-assertion', connectionKeys.assertion, (assertion) => connection.rotate({ assertion }));
  keys.signing('attestation', connectionKeys.attestation, (attestation) => connection.rotate({ attestation }));
  keys.signing('session', connectionKeys.session, (session) => connection.rotate({ session }));
  keys.seal(seal);
  await keys.begin();
  opened.repeat(LOOK_FOR_KEYS_EVERY_MS, () => keys.look());
  opened.repeat(TIDY_EVERY_MS, () =>
    store.destroyExpired().catch((error: unknown) => log.warn(describeError(error), 'ended sessions not tidied')),
  );
  log.info({ http: config.httpPort, catalogue: catalogue.catalogue.version.slice(0, 12) }, 'ready');
}

/** Pages have a catalogue of their own: what it names for the node counts, at any moment, not what a profile said once. */
function withNamedCertificates(catalogue: CurrentCatalogue, node: NodeProfile['node']): NodeProfile['node'] {
  return {
    ...node,
    get certificates() {
      return catalogue.lookup.keysOf(node.participant)?.certificates ?? [];
    },
  };
}

/** @throws ConfigFault */
function demandOwnPlace({ lookup }: CurrentCatalogue, participant: string): void {
  if (lookup.participant(participant)?.kind !== 'pages')
    throw new ConfigFault([`EINMAL_PARTICIPANT "${participant}" is no pages of the catalogue`]);
}

import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { loadFolder } from '../catalogue/follow-folder.js';
import { FollowedKeys, LOOK_FOR_KEYS_EVERY_MS } from '../catalogue/followed-keys.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { demandNamedCertificate } from '../catalogue/named-certificate.js';
import { followCatalogue, followingSettings } from '../catalogue/start-following.js';
import { SystemClock } from '../platform/clock.js';
import { ConfigFault, processSettings, readConfig } from '../platform/config.js';
import { closeServing, grpcServer } from '../platform/grpc-server.js';
import { openHealthEndpoint } from '../platform/health-endpoint.js';
import { listenOn } from '../platform/listen.js';
import { operationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import { PERMISSION_PROTOS } from '../platform/proto.js';
import { type Opened, type RunningProcess, withOpened } from '../platform/run-process.js';
import { observeProcess, startTelemetry } from '../platform/telemetry/start-telemetry.js';
import { telemetryFaults, telemetrySettings } from '../platform/telemetry/telemetry-settings.js';
import { readTlsIdentity } from '../platform/tls.js';
import { IssuerKey } from '../tokens/issuer-key.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';
import { intermediaryModule } from './intermediary.module.js';
import { PostgresPermissionLog } from './permission-log.postgres.js';
import { PostgresPermissionLogReader } from './permission-log-reader.postgres.js';

const DATABASE_CONNECTIONS = 8;

/** The Vermittlungsstelle as a process of its own: own key, own database, no type that could hold a person. */
export async function startIntermediary(): Promise<RunningProcess> {
  return withOpened(openIntermediary);
}

async function openIntermediary(opened: Opened): Promise<void> {
  const settings = { ...processSettings, ...followingSettings, ...telemetrySettings };
  const config = readConfig(settings, undefined, telemetryFaults);
  const log = operationalLog(config.participant, config.logLevel);
  const loaded = await loadFolder(config.catalogueFolder);
  const catalogue = new CurrentCatalogue(loaded.catalogue);
  let key = await readSigningKey(config.keyFolder, 'permission');
  const tls = readTlsIdentity(config.keyFolder);
  demandOwnPlace(catalogue.lookup, config.participant, key);
  demandNamedCertificate(catalogue, config.participant, tls);

  const telemetry = await startTelemetry(config, log, opened);
  const pool = openPool(config.databaseUrl, { max: DATABASE_CONNECTIONS, log });
  opened.onClose(() => pool.end());
  if (telemetry !== undefined) observeProcess(telemetry, { pool, ...config }, opened);
  const server = grpcServer({
    host: config.grpcHost,
    port: config.grpcPort,
    mode: config.mode,
    packages: ['einmal.broker.v1'],
    protos: PERMISSION_PROTOS,
    tls,
    callers: catalogue,
    requestLimitBytes: config.requestLimitBytes,
    telemetry,
  });
  const permissionKey = new IssuerKey(config.participant, key);
  const parts = {
    catalogue,
    key: permissionKey,
    permissionLog: new PostgresPermissionLog(pool),
    permissionLogReader: new PostgresPermissionLogReader(pool),
    clock: new SystemClock(),
    operationalLog: log,
  };
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(intermediaryModule(parts), {
    ...server.options,
    logger: false,
    abortOnError: false,
  });
  await openHealthEndpoint(config, server.isServing, opened);
  opened.onClose(() => closeServing(app, server));
  await listenOn('EINMAL_GRPC_PORT', config.grpcHost, config.grpcPort, () => app.listen());
  server.ready();
  const following = { current: catalogue, log, settings: config };
  followCatalogue(loaded, following, opened, ({ lookup }) => demandOwnPlace(lookup, config.participant, key));
  const keys = new FollowedKeys({ participant: config.participant, folder: config.keyFolder, current: catalogue, log });
  keys.certificate(tls, (next) => server.rotate(next));
  keys.signing('permission', key, (next) => {
    key = next;
    permissionKey.rotate(next);
  });
  await keys.begin();
  opened.repeat(LOOK_FOR_KEYS_EVERY_MS, () => keys.look());
  log.info({ port: config.grpcPort, catalogue: catalogue.catalogue.version.slice(0, 12) }, 'ready');
}

/** Refuses to start with a key that nobody would accept. */
function demandOwnPlace(lookup: CatalogueLookup, participant: string, key: SigningKey): void {
  if (lookup.participant(participant)?.kind !== 'intermediary') {
    throw new ConfigFault([`EINMAL_PARTICIPANT "${participant}" is no intermediary of the catalogue`]);
  }
  if (lookup.key(participant, 'permission', key.kid)?.alg !== key.alg) {
    throw new ConfigFault([`the catalogue does not name key "${key.kid}" for permissions of "${participant}"`]);
  }
}

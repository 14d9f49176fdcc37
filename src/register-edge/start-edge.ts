import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { Pool } from 'pg';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { loadFolder } from '../catalogue/follow-folder.js';
import { FollowedKeys, LOOK_FOR_KEYS_EVERY_MS } from '../catalogue/followed-keys.js';
import { demandNamedCertificate } from '../catalogue/named-certificate.js';
import { followCatalogue } from '../catalogue/start-following.js';
import { CurrentRules } from '../permission/current-rules.js';
import { SystemClock } from '../platform/clock.js';
import { ConfigFault } from '../platform/config.js';
import { closeServing, grpcServer } from '../platform/grpc-server.js';
import { openHealthEndpoint } from '../platform/health-endpoint.js';
import { listenOn } from '../platform/listen.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import { REGISTER_PROTOS } from '../platform/proto.js';
import { type Opened, type RunningProcess, withOpened } from '../platform/run-process.js';
import { readSeal } from '../platform/secrets.js';
import { observeProcess, startTelemetry } from '../platform/telemetry/start-telemetry.js';
import { readTlsIdentity } from '../platform/tls.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';
import { startWitness } from '../witness-desk/start-witness.js';
import { PostgresDeferralStore } from './deferral-store.postgres.js';
import { PostgresDiscrepancyStore } from './discrepancy-store.postgres.js';
import { edgeModule, type Serving } from './edge.module.js';
import type { EdgeConfig } from './edge-config.js';
import { EdgeDesk } from './edge-desk.js';
import { EdgeIdentity } from './edge-identity.js';
import { PostgresEdgeLog } from './edge-log.postgres.js';
import { PostgresEdgeLogReader } from './edge-log-reader.postgres.js';
import { EvidenceIssuer } from './evidence-issuer.js';
import { Examiner } from './examiner.js';
import { demandHeld } from './finding.js';
import { InquiryExaminer } from './inquiry-examiner.js';
import { openDirectory, openSource } from './open-source.js';
import { PostgresPersonCounts } from './person-counts.postgres.js';
import { PersonLimit } from './person-limit.js';
import { RateLimit } from './rate-limit.js';
import { PostgresRateStore } from './rate-store.postgres.js';
import { agreedRegister } from './register-agreement.js';
import { isDirectory } from './register-config.js';
import { PostgresReplayStore } from './replay-store.postgres.js';
import { PostgresSubjectLines } from './subject-lines.postgres.js';

const FORGET_EVERY_MS = 600_000;
const OWN_CONNECTIONS = 8;

export type RunningEdge = RunningProcess & Readonly<{ register: string }>;

/** Starts an edge and resolves once it serves. @throws ConfigFault */
export async function startEdge(config: EdgeConfig, log: OperationalLog): Promise<RunningEdge> {
  let register = '';
  const running = await withOpened(async (opened) => {
    register = await openEdge(config, log, opened);
  });
  return { ...running, register };
}

/** @returns id of the register that it serves */
async function openEdge(config: EdgeConfig, log: OperationalLog, opened: Opened): Promise<string> {
  const loaded = await loadFolder(config.catalogueFolder);
  const catalogue = new CurrentCatalogue(loaded.catalogue);
  const register = agreedRegister(config.registerConfig, catalogue.lookup, config.participant);
  let key = await readSigningKey(config.keyFolder, 'evidence');
  const tls = readTlsIdentity(config.keyFolder);
  demandAgreedKey(catalogue, config.participant, key);
  demandNamedCertificate(catalogue, config.participant, tls);
  const seal = await readSeal(config.keyFolder);
  const telemetry = await startTelemetry(config, log, opened);
  const own = openPool(config.databaseUrl, { max: OWN_CONNECTIONS, log });
  opened.onClose(() => own.end());
  if (telemetry !== undefined) observeProcess(telemetry, { pool: own, ...config }, opened);
  const clock = new SystemClock();
  const rules = new CurrentRules(catalogue);
  const replay = new PostgresReplayStore(own);
  const rates = new RateLimit(config.registerConfig.rate_limits, new PostgresRateStore(own), clock);
  const persons = new PersonLimit(new PostgresPersonCounts(own), seal, clock);
  const ownLog = new PostgresEdgeLog(own);
  const { dataUrl: url, dataToken: token, dataAuthorities: authorities, dataIdentity: identity } = config;
  const types = () => catalogue.catalogue.evidence_types;
  const opening = { url, token, authorities, identity, types, log, clock };
  const data = isDirectory(config.registerConfig)
    ? openDirectory(config.registerConfig, opening)
    : await openSource(config.registerConfig, opening);
  opened.onClose(() => data.close());
  const serving: Serving =
    'directory' in data
      ? { kind: 'directory', directory: data.directory }
      : {
          kind: 'register',
          source: data.source,
          issuer: new EvidenceIssuer(catalogue, rules, register, key, clock),
          deferrals: new PostgresDeferralStore(own),
        };
  const examiner = new Examiner(catalogue, rules, register, clock);
  const server = grpcServer({
    host: config.grpcHost,
    port: config.grpcPort,
    mode: config.mode,
    packages: ['einmal.register.v1'],
    protos: REGISTER_PROTOS,
    tls,
    callers: catalogue,
    requestLimitBytes: config.requestLimitBytes,
    telemetry,
  });
  const module = edgeModule({
    identity: new EdgeIdentity(register, catalogue, config.registerConfig.simulator, config.mode),
    catalogue,
    desk: new EdgeDesk(examiner, persons, rates, replay, ownLog, seal, catalogue, clock),
    log: ownLog,
    logReader: new PostgresEdgeLogReader(own),
    lines: new PostgresSubjectLines(own),
    inquiries: new InquiryExaminer(catalogue, register, clock),
    rates,
    replay,
    discrepancies: new PostgresDiscrepancyStore(own, seal),
    seal,
    serving,
    clock,
    operationalLog: log,
  });
  demandHeld(await data.check());
  await checkMigrated(own);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
    ...server.options,
    logger: false,
    abortOnError: false,
  });
  await openHealthEndpoint(config, server.isServing, opened);
  opened.onClose(() => closeServing(app, server));
  await listenOn('EINMAL_GRPC_PORT', config.grpcHost, config.grpcPort, () => app.listen());
  const witness =
    config.witnessPort === 0 ? undefined : await startWitness(config, { catalogue, pool: own, log }, opened);
  server.ready();
  const following = { current: catalogue, log, settings: config };
  followCatalogue(loaded, following, opened, (next) => {
    agreedRegister(config.registerConfig, next.lookup, config.participant);
    demandAgreedKey(next, config.participant, key);
  });
  const keys = new FollowedKeys({ participant: config.participant, folder: config.keyFolder, current: catalogue, log });
  keys.certificate(tls, (next) => {
    server.rotate(next);
    witness?.rotate(next);
  });
  keys.signing('evidence', key, (next) => {
    key = next;
    if (serving.kind === 'register') serving.issuer.rotate(next);
  });
  keys.seal(seal);
  witness?.follow(keys);
  await keys.begin();
  opened.repeat(LOOK_FOR_KEYS_EVERY_MS, () => keys.look());
  opened.repeat(FORGET_EVERY_MS, () =>
    replay.forgetExpired().catch((error: unknown) => log.warn(describeError(error), 'replay store not tidied')),
  );
  const version = catalogue.catalogue.version.slice(0, 12);
  log.info({ register: register.id, port: config.grpcPort, catalogue: version }, 'ready');
  return register.id;
}

/** Refuses to start with a key that nobody would accept. */
function demandAgreedKey({ lookup }: CurrentCatalogue, participant: string, key: SigningKey): void {
  if (lookup.key(participant, 'evidence', key.kid)?.alg !== key.alg)
    throw new ConfigFault([`the catalogue does not name key "${key.kid}" for evidence of "${participant}"`]);
}

async function checkMigrated(own: Pool): Promise<void> {
  try {
    await own.query('select from edge.log, edge.replay, edge.rate, edge.person_count, edge.discrepancy limit 0');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== '42P01' && code !== '3F000' && code !== '42501') throw error;
    throw new ConfigFault(['the own database has not been migrated, or not for this login']);
  }
}

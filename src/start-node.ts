import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { heldKeys } from './access/held-keys.js';
import { nodeModule } from './app.module.js';
import { AuditLog } from './audit/audit-log.js';
import { checkNewest } from './audit/check-newest.js';
import { CheckpointGuard } from './audit/checkpoint-guard.js';
import { checkState, rememberReached } from './audit/known-state.js';
import { PostgresLogReader } from './audit/log-reader.postgres.js';
import { readLogSigner } from './audit/log-signer.js';
import { PostgresLogStore } from './audit/log-store.postgres.js';
import { RefusalFilter } from './audit/refusal.filter.js';
import { SecurityLog } from './audit/security-log.js';
import { Sweeper } from './audit/sweeper.js';
import type { Register } from './catalogue/catalogue.js';
import { demandNamedCertificate } from './catalogue/named-certificate.js';
import { TriggerStore } from './consent/trigger-store.js';
import { DecisionStore } from './decisions/decision-store.js';
import { demandErased } from './erasure/erasure.js';
import { DecryptionKeys, readDecryptionKeys } from './evidence/decryption-keys.js';
import { DeferralStore } from './exchange/deferral-store.js';
import { EvidenceHold } from './exchange/hold-evidence.js';
import { ExchangeJournal } from './exchange/journal.js';
import { LateAnswers } from './exchange/late-answers.js';
import { ConsumerNotice } from './exchange/notify-consumer.js';
import { PersonLimits } from './exchange/person-limits.js';
import { RepeatStore } from './exchange/repeat-store.js';
import { RetrievalResumption } from './exchange/resume-retrieval.js';
import { followKeys } from './follow-node-keys.js';
import { GovernanceStart } from './governance/start-governance.js';
import type { NodeConfig } from './node-config.js';
import { type Grounds, nodeIdentity, nodeParts } from './node-parts.js';
import { startOversight } from './oversight/start-oversight.js';
import { SystemClock } from './platform/clock.js';
import { ConfigFault } from './platform/config.js';
import { closeServing, grpcServer } from './platform/grpc-server.js';
import { openHealthEndpoint } from './platform/health-endpoint.js';
import { DurableJobs } from './platform/jobs/durable-jobs.js';
import { listenOn } from './platform/listen.js';
import { describeError, OperationalLog } from './platform/operational-log.js';
import { Patience } from './platform/patience.js';
import { openPool } from './platform/pool.js';
import { BROKER_PROTOS } from './platform/proto.js';
import { type Opened, type RunningProcess, withOpened } from './platform/run-process.js';
import { Seal } from './platform/secrets.js';
import { HTTPS_LIMITS, limitListener } from './platform/server-limits.js';
import { observeHttp } from './platform/telemetry/http-calls.js';
import { startTelemetry } from './platform/telemetry/start-telemetry.js';
import { readTlsIdentity, rotateServer } from './platform/tls.js';
import { WITHOUT_SCHEMAS } from './platform/without-schemas.js';
import { startProcessingLog } from './processing-log/start-processing-log.js';
import { comparableAfterMs } from './reconciliation/comparable.js';
import { PeriodicReconciliation } from './reconciliation/periodic-reconciliation.js';
import { PostgresReconciliationSchedule } from './reconciliation/schedule.postgres.js';
import { buildReconciliation } from './reconciliation/start-reconcile.js';
import { Peers } from './registers/peers.js';
import { observeNode } from './start-observing.js';
import { IssuerKey } from './tokens/issuer-key.js';
import { readSigningKey } from './tokens/jws.js';
import { demandOtherServer } from './vault/other-server.js';
import { startVault } from './vault/start-vault.js';
import { startWitnesses } from './witnesses/start-witnesses.js';

/** An access token is asked for in a form with one assertion; whoever shows no certificate may send as much. */
const HTTPS_BODY_LIMIT_BYTES = 16_384;
/** How often a node looks for what is due. */
const JOBS_EVERY = { polledSeconds: 2, supervisedSeconds: 60 };
const TIDY_EVERY_MS = 30_000;
const SWEEP_EVERY_MS = 10_000;
const LOOK_FOR_DUE_EVERY_MS = 10_000;
const SUMMARISE_EVERY_MS = 60_000;
const REMEMBER_EVERY_MS = 60_000;

/** Builds a node from its configuration and resolves once it serves. Refuses to serve over a log that was rolled back. */
export async function startNode(config: NodeConfig, log: OperationalLog): Promise<RunningProcess> {
  return withOpened((opened) => openNode(config, log, opened));
}

async function openNode(config: NodeConfig, log: OperationalLog, opened: Opened): Promise<void> {
  const telemetry = await startTelemetry(config, log, opened);
  const pool = openPool(config.databaseUrl, { max: config.databaseConnections, log });
  opened.onClose(() => pool.end());
  const governance = await GovernanceStart.read(config.catalogueFolder, pool, log);
  const catalogue = governance.current;
  if (catalogue.lookup.participant(config.participant)?.kind !== 'node')
    throw new ConfigFault([`EINMAL_PARTICIPANT "${config.participant}" is no node of the catalogue`]);
  const tls = readTlsIdentity(config.keyFolder);
  demandNamedCertificate(catalogue, config.participant, tls);
  const clock = new SystemClock();
  const signer = await readLogSigner(config.keyFolder, config.logOrigin);
  const { keys: vault, tombstones, checkpoints, logs, pool: vaultPool } = startVault(config, log, opened);
  if (vaultPool !== undefined && config.mode === 'production') await demandOtherServer(pool, vaultPool);
  const guard = new CheckpointGuard(checkpoints, ed25519Verifier(signer.vkey), { log });
  opened.onClose(() => guard.flush());
  const onBatch = telemetry && ((entries: number) => telemetry.record('einmal_log_batch_entries', entries));
  const own = new PostgresLogStore({ pool, signer, vault, clock, guard, log, onBatch });
  const reader = new PostgresLogReader(pool);
  // First: what they refuse must not be adopted as the checkpoint that is kept.
  const witnessing = await startWitnesses(config, { catalogue, tls, clock, pool, store: own, signer, log }, opened);
  const { logOrigin: origin, backupMaxAgeDays } = config;
  const state = { store: own, reader, guard, logs, origin, backupMaxAgeDays };
  const held = await checkState(state);
  if (held === 'adopted') log.warn({}, 'no earlier checkpoint was kept outside the database: this one is adopted');
  for (const index of await checkNewest(own, reader))
    log.error({ index }, 'a record is not what was logged: run "einmal audit fsck"');
  await demandErased(reader, vault, tombstones);
  if ((await tombstones.orders()).length > 0)
    log.warn({}, 'an erasure was ordered and is not done: run "einmal audit purge"');
  await witnessing.settle();
  const { store, dispute } = witnessing;
  const audit = new AuditLog(store);
  const security = new SecurityLog(config.participant, audit, log, clock);
  const summarise = () =>
    security
      .summarise()
      .catch((error: unknown) => log.warn(describeError(error), 'refusals before authentication not summarised'));
  // After the doors are closed, before the database is: what the last minute counted is not lost.
  opened.onClose(summarise);
  opened.repeat(SUMMARISE_EVERY_MS, summarise);
  // A node that a dispute has stopped still shows its log, and what is said against it.
  const node = await nodeIdentity(config, tls);
  const ownKeys = await heldKeys(config, signer);
  const isStopped = () => dispute.isStopped;
  const governing = await governance.activate({ node, held: ownKeys, audit, clock, log, isStopped }, opened);
  await rememberReached(state);
  opened.onClose(() => rememberReached(state).catch(() => undefined));

  const peers = new Peers(catalogue, tls, telemetry);
  opened.onClose(() => peers.close());
  const patience = new Patience(config.lateAnswerMs);
  const journal = new ExchangeJournal(store);
  const late = new LateAnswers(journal, log);
  // After the server: what is heard by then is recorded, nothing is listened to any longer.
  opened.onClose(() => {
    patience.close();
    return late.close();
  });
  const jobs = new DurableJobs(pool, log, JOBS_EVERY);
  opened.onClose(() => jobs.stop());
  await jobs.start();
  const receiptKey = new IssuerKey(config.issuer, await readSigningKey(config.keyFolder, 'receipt'));
  const decryption = new DecryptionKeys(await readDecryptionKeys(config.keyFolder));
  const parts = await nodeParts(config, {
    catalogue,
    node,
    governing,
    clock,
    pool,
    store,
    reader,
    vault,
    audit,
    peers,
    signer,
    witnessing,
    security,
    log,
    patience,
    journal,
    late,
    jobs,
    tls,
    receiptKey,
    decryption,
    telemetry,
  });
  const server = grpcServer({
    host: config.grpcHost,
    port: config.grpcPort,
    mode: config.mode,
    packages: ['einmal.broker.v1'],
    protos: BROKER_PROTOS,
    tls,
    callers: catalogue,
    requestLimitBytes: config.requestLimitBytes,
    telemetry,
  });
  const adapter = new FastifyAdapter({
    https: { ...tls, ...HTTPS_LIMITS, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' },
    requestTimeout: HTTPS_LIMITS.requestTimeout,
    schemaController: WITHOUT_SCHEMAS,
    bodyLimit: HTTPS_BODY_LIMIT_BYTES,
  });
  if (telemetry !== undefined) observeHttp(adapter.getInstance(), telemetry);
  const module = nodeModule(parts, new RefusalFilter(log, audit, security));
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: false,
    abortOnError: false,
  });
  limitListener(app.getHttpServer());
  await openHealthEndpoint(config, server.isServing, opened);
  // Whoever was let in gets an answer: as long as the longest of them may take.
  opened.onClose(() => closeServing(app, server, config.maxDeadlineMs, app.getHttpServer()));
  // Without inheritAppConfig no guard and no filter would run on gRPC calls.
  app.connectMicroservice<MicroserviceOptions>(server.options, { inheritAppConfig: true });
  await listenOn('EINMAL_GRPC_PORT', config.grpcHost, config.grpcPort, () => app.startAllMicroservices());
  await listenOn('EINMAL_HTTP_PORT', config.httpHost, config.httpPort, () =>
    app.listen(config.httpPort, config.httpHost),
  );
  server.ready();
  log.info(
    { grpc: config.grpcPort, http: config.httpPort, catalogue: catalogue.catalogue.version.slice(0, 12) },
    'ready',
  );

  const notice = app.get(ConsumerNotice);
  await followKeys(
    config,
    { current: catalogue, node, governing, receiptKey, decryption, notice, tls, seal: app.get(Seal), log },
    opened,
    (next) => {
      server.rotate(next);
      rotateServer(adapter.getHttpServer(), next);
      peers.rotate(next);
      witnessing.rotate(next);
    },
  );

  if (telemetry !== undefined)
    observeNode(telemetry, { config, catalogue, pool, own, guard, vault, clock, jobs, witnessing }, opened);

  startProcessingLog(config, { pool, log, telemetry }, opened);

  witnessing.collect();

  const resumption = app.get(RetrievalResumption);
  await jobs.work('deferral', (id, signal) => resumption.resume(id, signal));
  await jobs.work('notice', (id) => notice.tell(id));

  const passing = [EvidenceHold, RepeatStore, PersonLimits, TriggerStore, DeferralStore, DecisionStore].map((it) =>
    app.get(it),
  );
  opened.repeat(TIDY_EVERY_MS, () => {
    for (const it of passing)
      it.destroyExpired().catch((error: unknown) => log.warn(describeError(error), 'expired data not tidied'));
  });
  const sweeper = new Sweeper(reader, store, vault, config.participant);
  opened.repeat(SWEEP_EVERY_MS, () => {
    // What cannot be closed now is overdue later, too.
    if (dispute.isStopped) return;
    sweeper.sweep().catch((error: unknown) => log.warn(describeError(error), 'retrievals without outcome not closed'));
  });
  const { witnessed } = witnessing;
  startOversight(
    { node: config.participant, pool, reader, vault, audit, catalogue, witnessed, clock, log, isStopped },
    opened,
  );
  if (config.reconcileMinutes > 0) reconcile(config, { catalogue, pool, store, vault, peers, log }, opened);
  opened.repeat(REMEMBER_EVERY_MS, () =>
    rememberReached(state).catch((error: unknown) =>
      log.warn(describeError(error), 'the vault is not told how far the log got'),
    ),
  );
}

/** Compares the registers' logs with this one, as often as the configuration says. */
function reconcile(
  { participant: node, reconcileMinutes, reconcileToleranceSeconds }: NodeConfig,
  grounds: Pick<Grounds, 'catalogue' | 'pool' | 'store' | 'vault' | 'peers' | 'log'>,
  opened: Opened,
): void {
  const { catalogue, pool, log } = grounds;
  const toleranceMs = reconcileToleranceSeconds * 1000;
  const isConnected = ({ participant }: Register) => catalogue.lookup.endpoint(participant) !== undefined;
  const reconciliation = new PeriodicReconciliation(
    buildReconciliation({ ...grounds, node, toleranceMs }),
    new PostgresReconciliationSchedule(pool, {
      intervalMs: reconcileMinutes * 60_000,
      lagMs: comparableAfterMs(toleranceMs),
    }),
    () => catalogue.catalogue.registers.filter(isConnected).map(({ id }) => id),
    log,
  );
  opened.onClose(() => reconciliation.close());
  opened.repeat(LOOK_FOR_DUE_EVERY_MS, () => reconciliation.tick());
}

import type { Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { ed25519Verifier, type NoteSigner } from '#libs/tlog/signed-note.js';
import { CatalogueActivation } from './access/activate-catalogue.js';
import { PostgresActivationStore } from './access/activation-store.postgres.js';
import { AssertionStore } from './access/assertion-store.js';
import { PostgresAssertionStore } from './access/assertion-store.postgres.js';
import { heldKeys } from './access/held-keys.js';
import { NodeIdentity } from './access/node-identity.js';
import { SessionDesk } from './access/session-desk.js';
import { PostgresSessionStore } from './access/session-store.postgres.js';
import { nodeModule } from './app.module.js';
import { AuditLog } from './audit/audit-log.js';
import { CheckpointGuard } from './audit/checkpoint-guard.js';
import { checkState, rememberReached } from './audit/known-state.js';
import { LogReader } from './audit/log-reader.js';
import { PostgresLogReader } from './audit/log-reader.postgres.js';
import { readLogSigner } from './audit/log-signer.js';
import { LogStore } from './audit/log-store.js';
import { PostgresLogStore } from './audit/log-store.postgres.js';
import { RefusalFilter } from './audit/refusal.filter.js';
import { SecurityLog } from './audit/security-log.js';
import { Sweeper } from './audit/sweeper.js';
import type { Register } from './catalogue/catalogue.js';
import { CurrentCatalogue } from './catalogue/current-catalogue.js';
import { loadCatalogue } from './catalogue/load-catalogue.js';
import { SealedAnswers } from './consent/sealed-answers.js';
import { TriggerDesk } from './consent/trigger-desk.js';
import { TriggerStore } from './consent/trigger-store.js';
import { PostgresTriggerStore } from './consent/trigger-store.postgres.js';
import { demandErased } from './erasure/erasure.js';
import { readDecryptionKeys } from './evidence/decryption-keys.js';
import { EvidenceInspector } from './evidence/evidence-inspector.js';
import { AnswerOnce } from './exchange/answer-once.js';
import { ExchangeOutcome } from './exchange/exchange-outcome.js';
import { ExchangeSettings } from './exchange/exchange-settings.js';
import { EvidenceFetch } from './exchange/fetch-evidence.js';
import { FixedSlot } from './exchange/fixed-slot.js';
import { HeldStore } from './exchange/held-store.js';
import { PostgresHeldStore } from './exchange/held-store.postgres.js';
import { EvidenceHold } from './exchange/hold-evidence.js';
import { SubjectIdentification } from './exchange/identify-subjects.js';
import { ExchangeJournal } from './exchange/journal.js';
import { LateAnswers } from './exchange/late-answers.js';
import { PersonAllowance } from './exchange/person-allowance.js';
import { PersonLimits } from './exchange/person-limits.js';
import { PostgresPersonLimits } from './exchange/person-limits.postgres.js';
import { ExchangePreparation } from './exchange/prepare-exchange.js';
import { EvidenceRelease } from './exchange/release-evidence.js';
import { RepeatStore } from './exchange/repeat-store.js';
import { PostgresRepeatStore } from './exchange/repeat-store.postgres.js';
import { PostgresSealedAnswers } from './exchange/sealed-answers.postgres.js';
import { GrpcIdentityDirectory } from './identity/identity-directory.grpc.js';
import type { NodeConfig } from './node-config.js';
import { GrpcIntermediary } from './permission/intermediary.grpc.js';
import { Intermediary } from './permission/intermediary.js';
import { CallerDirectory } from './platform/caller.js';
import { Clock, SystemClock } from './platform/clock.js';
import { ConfigFault } from './platform/config.js';
import { closeServing, grpcServer } from './platform/grpc-server.js';
import { listenOn } from './platform/listen.js';
import { describeError, OperationalLog } from './platform/operational-log.js';
import { Patience } from './platform/patience.js';
import { openPool } from './platform/pool.js';
import { BROKER_PROTOS, PERMISSION_PROTOS, REGISTER_PROTOS } from './platform/proto.js';
import { type Opened, type RunningProcess, withOpened } from './platform/run-process.js';
import { readSeal, Seal } from './platform/secrets.js';
import { readTlsIdentity, type TlsIdentity, thumbprintOfPem } from './platform/tls.js';
import { comparableAfterMs } from './reconciliation/comparable.js';
import { PeriodicReconciliation } from './reconciliation/periodic-reconciliation.js';
import { PostgresReconciliationSchedule } from './reconciliation/schedule.postgres.js';
import { buildReconciliation } from './reconciliation/start-reconcile.js';
import { Peers } from './registers/peers.js';
import { RegisterPresentation } from './registers/presentation.js';
import { GrpcRegisterGateway } from './registers/register-gateway.grpc.js';
import { readSigningKey } from './tokens/jws.js';
import { LogKey } from './transparency/log-key.js';

import { LogWitnesses } from './transparency/log-witnesses.js';
import { ReceiptKey } from './transparency/receipt-key.js';
import { KeyVault } from './vault/key-vault.js';
import { demandOtherServer } from './vault/other-server.js';
import { startVault } from './vault/start-vault.js';
import { CosignatureStore } from './witnesses/cosignature-store.js';
import { LogDispute } from './witnesses/log-dispute.js';
import { startWitnesses, type Witnessing } from './witnesses/start-witnesses.js';
import { WitnessedCheckpoints } from './witnesses/witnessed-checkpoints.js';

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
  const catalogue = new CurrentCatalogue(loadCatalogue({ folder: config.catalogueFolder }));
  if (catalogue.lookup.participant(config.participant)?.kind !== 'node')
    throw new ConfigFault([`EINMAL_PARTICIPANT "${config.participant}" is no node of the catalogue`]);
  const tls = readTlsIdentity(config.keyFolder);
  const clock = new SystemClock();
  const pool = openPool(config.databaseUrl, { max: config.databaseConnections, log });
  opened.onClose(() => pool.end());
  const signer = await readLogSigner(config.keyFolder, config.logOrigin);
  const { keys: vault, tombstones, checkpoints, logs, pool: vaultPool } = startVault(config, log, opened);
  if (vaultPool !== undefined && config.mode === 'production') await demandOtherServer(pool, vaultPool);
  const guard = new CheckpointGuard(checkpoints, ed25519Verifier(signer.vkey), { log });
  opened.onClose(() => guard.flush());
  const own = new PostgresLogStore({ pool, signer, vault, clock, guard, log });
  const reader = new PostgresLogReader(pool);
  // First: what they refuse must not be adopted as the checkpoint that is kept.
  const witnessing = await startWitnesses(config, { catalogue, tls, clock, pool, store: own, signer, log }, opened);
  const { logOrigin: origin, backupMaxAgeDays } = config;
  const state = { store: own, reader, guard, logs, origin, backupMaxAgeDays };
  const held = await checkState(state);
  if (held === 'adopted') log.warn({}, 'no earlier checkpoint was kept outside the database: this one is adopted');
  await demandErased(reader, vault, tombstones);
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
  const summarising = setInterval(summarise, SUMMARISE_EVERY_MS).unref();
  opened.onClose(() => clearInterval(summarising));
  // A node that a dispute has stopped still shows its log, and what is said against it.
  if (!dispute.isStopped) {
    const activation = new CatalogueActivation(config.participant, new PostgresActivationStore(pool), audit);
    await activation.activate(catalogue.catalogue, await heldKeys(config, signer));
  }
  await rememberReached(state);
  opened.onClose(() => rememberReached(state).catch(() => undefined));

  const peers = new Peers(catalogue, tls);
  opened.onClose(() => peers.close());
  const patience = new Patience(config.lateAnswerMs);
  const journal = new ExchangeJournal(store);
  const late = new LateAnswers(journal, log);
  // After the server: what is heard by then is recorded, nothing is listened to any longer.
  opened.onClose(() => {
    patience.close();
    return late.close();
  });
  const parts = await buildParts(config, {
    catalogue,
    tls,
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
  });
  const server = grpcServer({
    host: config.grpcHost,
    port: config.grpcPort,
    mode: config.mode,
    packages: ['einmal.broker.v1'],
    protos: BROKER_PROTOS,
    tls,
    requestLimitBytes: config.requestLimitBytes,
  });
  const adapter = new FastifyAdapter({
    https: { ...tls, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' },
    bodyLimit: config.requestLimitBytes,
  });
  const module = nodeModule(parts, new RefusalFilter(log, audit, security));
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: false,
    abortOnError: false,
  });
  opened.onClose(() => closeServing(app, server));
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

  witnessing.collect();

  const passing = [app.get(HeldStore), app.get(RepeatStore), app.get(PersonLimits)];
  const tidying = setInterval(() => {
    for (const it of passing)
      it.destroyExpired().catch((error: unknown) => log.warn(describeError(error), 'expired data not tidied'));
  }, TIDY_EVERY_MS).unref();
  opened.onClose(() => clearInterval(tidying));

  const sweeper = new Sweeper(reader, store, vault);
  const sweeping = setInterval(() => {
    // What cannot be closed now is overdue later, too.
    if (dispute.isStopped) return;
    sweeper.sweep().catch((error: unknown) => log.warn(describeError(error), 'retrievals without outcome not closed'));
  }, SWEEP_EVERY_MS).unref();
  opened.onClose(() => clearInterval(sweeping));

  if (config.reconcileMinutes > 0) {
    const toleranceMs = config.reconcileToleranceSeconds * 1000;
    const grounds = { pool, store, vault, peers, catalogue, node: config.participant, toleranceMs };
    const isConnected = ({ participant }: Register) => catalogue.lookup.endpoint(participant) !== undefined;
    const reconciliation = new PeriodicReconciliation(
      buildReconciliation(grounds),
      new PostgresReconciliationSchedule(pool, {
        intervalMs: config.reconcileMinutes * 60_000,
        lagMs: comparableAfterMs(toleranceMs),
      }),
      () => catalogue.catalogue.registers.filter(isConnected).map(({ id }) => id),
      log,
    );
    const looking = setInterval(() => void reconciliation.tick(), LOOK_FOR_DUE_EVERY_MS).unref();
    opened.onClose(() => {
      clearInterval(looking);
      return reconciliation.close();
    });
  }
  const remembering = setInterval(() => {
    rememberReached(state).catch((error: unknown) =>
      log.warn(describeError(error), 'the vault is not told how far the log got'),
    );
  }, REMEMBER_EVERY_MS).unref();
  opened.onClose(() => clearInterval(remembering));
}

type Grounds = Readonly<{
  catalogue: CurrentCatalogue;
  tls: TlsIdentity;
  clock: Clock;
  pool: Pool;
  store: LogStore;
  reader: LogReader;
  vault: KeyVault;
  audit: AuditLog;
  peers: Peers;
  signer: NoteSigner;
  witnessing: Witnessing;
  security: SecurityLog;
  log: OperationalLog;
  patience: Patience;
  journal: ExchangeJournal;
  late: LateAnswers;
}>;

/** The object graph, written out: what each step is given is what it may use. */
async function buildParts(config: NodeConfig, grounds: Grounds): Promise<readonly Provider[]> {
  const { catalogue, tls, clock, pool, store, reader, vault, audit, peers, signer, witnessing, security, log } =
    grounds;
  const { patience, journal, late } = grounds;
  const seal = await readSeal(config.keyFolder);
  const node = new NodeIdentity(
    config.participant,
    config.issuer,
    thumbprintOfPem(tls.cert),
    await readSigningKey(config.keyFolder, 'access-token'),
    await readSigningKey(config.keyFolder, 'trigger'),
  );
  const { lookup } = catalogue;
  const participantOf = (register: string) => lookup.register(register)?.participant ?? register;
  const [intermediaryId] = lookup.participantsOfKind('intermediary').map(({ id }) => id);
  if (intermediaryId === undefined) throw new ConfigFault(['the catalogue names no intermediary']);
  const intermediary = new GrpcIntermediary(
    peers.client(PERMISSION_PROTOS, 'einmal.broker.v1.PermissionService', intermediaryId),
    config,
  );
  const directory = new GrpcIdentityDirectory(
    (register) => peers.client(REGISTER_PROTOS, 'einmal.register.v1.IdentityDirectoryService', participantOf(register)),
    config,
    patience,
  );
  const gateway = new GrpcRegisterGateway(
    (register) => peers.client(REGISTER_PROTOS, 'einmal.register.v1.RegisterService', participantOf(register)),
    patience,
  );
  const triggers = new PostgresTriggerStore(pool);
  const triggerDesk = new TriggerDesk(triggers, catalogue, clock);
  const slot = new FixedSlot(config.neutralAnswerMs, clock);
  const presentation = new RegisterPresentation(node, intermediary, clock);
  const identification = new SubjectIdentification(directory, presentation, journal, late);
  const inspector = new EvidenceInspector(catalogue, await readDecryptionKeys(config.keyFolder), clock);
  const fetch = new EvidenceFetch(
    identification,
    presentation,
    gateway,
    inspector,
    journal,
    late,
    slot,
    clock,
    config,
    log,
  );
  const repeats = new PostgresRepeatStore(pool);
  const held = new PostgresHeldStore(pool);
  const persons = new PostgresPersonLimits(pool);
  const allowance = new PersonAllowance(persons, seal, clock);
  const hold = new EvidenceHold(held, journal, seal, clock, config.previewMinutes * 60_000);
  const release = new EvidenceRelease(journal, late, slot, clock);
  return [
    { provide: OperationalLog, useValue: log },
    { provide: Clock, useValue: clock },
    { provide: PersonLimits, useValue: persons },
    { provide: Seal, useValue: seal },
    { provide: CurrentCatalogue, useValue: catalogue },
    { provide: CallerDirectory, useValue: catalogue },
    { provide: NodeIdentity, useValue: node },
    { provide: AssertionStore, useValue: new PostgresAssertionStore(pool) },
    {
      provide: SessionDesk,
      useValue: new SessionDesk(node, catalogue, new PostgresSessionStore(pool), audit, clock),
    },
    { provide: LogKey, useValue: new LogKey(signer.vkey) },
    {
      provide: ReceiptKey,
      useValue: new ReceiptKey(config.issuer, await readSigningKey(config.keyFolder, 'receipt')),
    },
    {
      provide: LogWitnesses,
      useValue: new LogWitnesses(witnessing.names, witnessing.policy, config.witnessIntervalSeconds * 1000),
    },
    { provide: CosignatureStore, useValue: witnessing.cosignatures },
    { provide: WitnessedCheckpoints, useValue: witnessing.witnessed },
    { provide: LogDispute, useValue: witnessing.dispute },
    { provide: LogStore, useValue: store },
    { provide: LogReader, useValue: reader },
    { provide: KeyVault, useValue: vault },
    { provide: AuditLog, useValue: audit },
    { provide: SecurityLog, useValue: security },
    { provide: TriggerStore, useValue: triggers },
    { provide: TriggerDesk, useValue: triggerDesk },
    { provide: Intermediary, useValue: intermediary },
    { provide: SealedAnswers, useValue: new PostgresSealedAnswers(pool) },
    { provide: ExchangeJournal, useValue: journal },
    { provide: FixedSlot, useValue: slot },
    {
      provide: ExchangeSettings,
      useValue: new ExchangeSettings(config.defaultDeadlineMs, config.maxDeadlineMs, config.mode === 'development'),
    },
    {
      provide: ExchangePreparation,
      useValue: new ExchangePreparation(catalogue, intermediary, triggerDesk, allowance, seal, clock),
    },
    { provide: SubjectIdentification, useValue: identification },
    { provide: HeldStore, useValue: held },
    { provide: RepeatStore, useValue: repeats },
    { provide: EvidenceHold, useValue: hold },
    { provide: EvidenceRelease, useValue: release },
    { provide: ExchangeOutcome, useValue: new ExchangeOutcome(fetch, hold, release, late) },
    {
      provide: AnswerOnce,
      useValue: new AnswerOnce(repeats, journal, triggerDesk, seal, clock),
    },
  ];
}

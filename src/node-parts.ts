import type { Provider } from '@nestjs/common';
import type { Pool } from 'pg';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { AssertionStore } from './access/assertion-store.js';
import { PostgresAssertionStore } from './access/assertion-store.postgres.js';
import { CallerLock } from './access/caller-lock.js';
import { PostgresIdentificationStore } from './access/identification-store.postgres.js';
import { NodeIdentity } from './access/node-identity.js';
import { SessionDesk } from './access/session-desk.js';
import { PostgresSessionStore } from './access/session-store.postgres.js';
import { AuditLog } from './audit/audit-log.js';
import { LogReader } from './audit/log-reader.js';
import { LogStore } from './audit/log-store.js';
import { SecurityLog } from './audit/security-log.js';
import { CatalogueReader } from './catalogue/catalogue-reader.js';
import { CurrentCatalogue } from './catalogue/current-catalogue.js';
import { CitizenDesk } from './citizen/citizen-desk.js';
import { CitizenJournal } from './citizen/citizen-journal.js';
import { GivenData } from './citizen/given-datum.js';
import { OwnPseudonyms } from './citizen/own-pseudonyms.js';
import { GrpcRegisterVoice } from './citizen/register-voice.grpc.js';
import { RegisterVoice } from './citizen/register-voice.js';
import { SealedAnswers } from './consent/sealed-answers.js';
import { TriggerDesk } from './consent/trigger-desk.js';
import { TriggerSeals } from './consent/trigger-seals.js';
import { TriggerStore } from './consent/trigger-store.js';
import { PostgresTriggerStore } from './consent/trigger-store.postgres.js';
import { TriggerWithdrawal } from './consent/trigger-withdrawal.js';
import { DeciderDesk } from './decisions/decider-desk.js';
import { DecisionLinks } from './decisions/decision-links.js';
import { DecisionSettings } from './decisions/decision-settings.js';
import { DecisionStore } from './decisions/decision-store.js';
import { PostgresDecisionStore } from './decisions/decision-store.postgres.js';
import type { DecryptionKeys } from './evidence/decryption-keys.js';
import { EvidenceInspector } from './evidence/evidence-inspector.js';
import { AnswerOnce } from './exchange/answer-once.js';
import { RegisterInquiry } from './exchange/ask-register.js';
import { AttestedReleases } from './exchange/attested-releases.js';
import { DeferralDesk } from './exchange/deferral-desk.js';
import { DeferralSeals } from './exchange/deferral-seals.js';
import { DeferralStore } from './exchange/deferral-store.js';
import { PostgresDeferralStore } from './exchange/deferral-store.postgres.js';
import { EvidenceEmission } from './exchange/emit-evidence.js';
import { ExchangeAdmission } from './exchange/exchange-admission.js';
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
import { LookupAllowance } from './exchange/lookup-allowance.js';
import { PostgresMisidentified } from './exchange/misidentified.postgres.js';
import { ConsumerNotice } from './exchange/notify-consumer.js';
import { PermissionInForce } from './exchange/permission-in-force.js';
import { PersonAllowance } from './exchange/person-allowance.js';
import { PersonLimits } from './exchange/person-limits.js';
import { PostgresPersonLimits } from './exchange/person-limits.postgres.js';
import { ExchangePreparation } from './exchange/prepare-exchange.js';
import { EvidenceRelease } from './exchange/release-evidence.js';
import { RepeatStore } from './exchange/repeat-store.js';
import { PostgresRepeatStore } from './exchange/repeat-store.postgres.js';
import { RetrievalResumption } from './exchange/resume-retrieval.js';
import { PostgresSealedAnswers } from './exchange/sealed-answers.postgres.js';
import { DeferralWatch } from './exchange/watch-deferrals.js';
import { AdministratorDesk } from './governance/administrator-desk.js';
import { CatalogueHistory } from './governance/catalogue-history.js';
import type { Governing } from './governance/start-governance.js';
import { CatalogueTakeOver } from './governance/take-over-catalogue.js';
import { GrpcIdentityDirectory } from './identity/identity-directory.grpc.js';
import type { NodeConfig } from './node-config.js';
import { observeRegisters } from './observe-registers.js';
import { oversightParts } from './oversight/start-oversight.js';
import { CurrentRules } from './permission/current-rules.js';
import { GrpcIntermediary } from './permission/intermediary.grpc.js';
import { Intermediary } from './permission/intermediary.js';
import { KnownIntermediary } from './permission/intermediary.known.js';
import { CallerDirectory } from './platform/caller.js';
import { Clock } from './platform/clock.js';
import { ConfigFault } from './platform/config.js';
import { RepeatBudget } from './platform/guard/repeat-budget.js';
import { SharedParties } from './platform/guard/shared-party.js';
import type { DurableJobs } from './platform/jobs/durable-jobs.js';
import { OperationalLog } from './platform/operational-log.js';
import { Patience } from './platform/patience.js';
import { PERMISSION_PROTOS, REGISTER_PROTOS } from './platform/proto.js';
import { readSeal, Seal } from './platform/secrets.js';
import type { Telemetry } from './platform/telemetry/telemetry.js';
import { traceSteps } from './platform/telemetry/trace-steps.js';
import { type TlsIdentity, thumbprintOfPem } from './platform/tls.js';
import { registerLog } from './reconciliation/start-reconcile.js';
import { Peers } from './registers/peers.js';
import { RegisterPresentation } from './registers/presentation.js';
import { GrpcRegisterGateway } from './registers/register-gateway.grpc.js';
import { GuardedRegisterGateway } from './registers/register-gateway.guarded.js';
import { IssuerKey } from './tokens/issuer-key.js';
import { readSigningKey } from './tokens/jws.js';
import { LogKey } from './transparency/log-key.js';
import { LogWitnesses } from './transparency/log-witnesses.js';
import { subjectKeys } from './transparency/subject-keys.js';
import { ToldEntries } from './transparency/told-entries.js';
import { KeyVault } from './vault/key-vault.js';
import { CosignatureStore } from './witnesses/cosignature-store.js';
import { LogDispute } from './witnesses/log-dispute.js';
import type { Witnessing } from './witnesses/start-witnesses.js';
import { WitnessedCheckpoints } from './witnesses/witnessed-checkpoints.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What may be under way at a party that every exchange needs, and wait for it. */
const SHARED = { most: 256, least: 32, queue: 1024 };

/** What a node has opened before its parts are built. */
export type Grounds = Readonly<{
  catalogue: CurrentCatalogue;
  node: NodeIdentity;
  governing: Governing;
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
  jobs: DurableJobs;
  tls: TlsIdentity;
  receiptKey: IssuerKey;
  decryption: DecryptionKeys;
  telemetry: Telemetry | undefined;
}>;

export async function nodeIdentity(config: NodeConfig, tls: TlsIdentity): Promise<NodeIdentity> {
  return new NodeIdentity(
    config.participant,
    config.issuer,
    thumbprintOfPem(tls.cert),
    await readSigningKey(config.keyFolder, 'access-token'),
    await readSigningKey(config.keyFolder, 'trigger'),
  );
}

/** The object graph, written out: what each step is given is what it may use. */
export async function nodeParts(config: NodeConfig, grounds: Grounds): Promise<readonly Provider[]> {
  const { catalogue, clock, pool, store, reader, vault, audit, peers, signer, witnessing, security, log } = grounds;
  const { node, governing, patience, journal, late, jobs, tls, receiptKey, decryption, telemetry } = grounds;
  const seal = await readSeal(config.keyFolder);
  const key = new LogKey(signer.vkey);
  const participantOf = (register: string) => catalogue.lookup.register(register)?.participant ?? register;
  const theIntermediary = () => catalogue.lookup.participantsOfKind('intermediary')[0]?.id;
  if (theIntermediary() === undefined) throw new ConfigFault(['the catalogue names no intermediary']);
  const { registerTimeoutMs, registerFailures: failures, registerPauseMs: pauseMs } = config;
  const repeatShare = config.registerRepeatPercent / 100;
  const parties = new SharedParties({ ...SHARED, registerTimeoutMs, failures, pauseMs, repeatShare }, log);
  const intermediary = new KnownIntermediary(
    new GrpcIntermediary(
      () => peers.client(PERMISSION_PROTOS, 'einmal.broker.v1.PermissionService', theIntermediary() ?? ''),
      config,
      parties.of('intermediary', { isFirstAskedByOne: true }),
    ),
    clock,
  );
  const directory = new GrpcIdentityDirectory(
    (register) => peers.client(REGISTER_PROTOS, 'einmal.register.v1.IdentityDirectoryService', participantOf(register)),
    config,
    patience,
    parties,
  );
  const wire = new GrpcRegisterGateway(
    (register) => peers.client(REGISTER_PROTOS, 'einmal.register.v1.RegisterService', participantOf(register)),
    patience,
  );
  const gateway = new GuardedRegisterGateway(
    wire,
    {
      registerTimeoutMs,
      most: config.registerConcurrency,
      queue: config.registerQueue,
      stallMs: config.registerStallMs,
      failures,
      pauseMs,
    },
    log,
  );
  const rules = new CurrentRules(catalogue);
  const sessions = new SessionDesk(node, catalogue, new PostgresSessionStore(pool), audit, clock);
  const triggerSeals = new TriggerSeals(vault, clock);
  const triggers = new PostgresTriggerStore(pool, triggerSeals);
  const triggerDesk = new TriggerDesk(triggers, catalogue, clock);
  const told = new ToldEntries(reader, vault, clock, log);
  const citizenDesk = new CitizenDesk(sessions, told, vault, seal, clock);
  const requests = new PostgresDecisionStore(pool, seal);
  const inForce = new PermissionInForce(node, governing.takeOver, catalogue, rules, clock);
  const slot = new FixedSlot(config.neutralAnswerMs, clock);
  const presentation = new RegisterPresentation(node, intermediary, clock);
  const lookups = new LookupAllowance(
    new PostgresMisidentified(pool, (person) => subjectKeys(vault, [person])),
    audit,
    clock,
    config.misidentificationsPerHour,
    config.neutralAnswerMs,
  );
  const admission = new ExchangeAdmission(clock);
  const identification = new SubjectIdentification(directory, presentation, inForce, journal, late, lookups, admission);
  const inspector = new EvidenceInspector(catalogue, decryption, clock);
  const budget = new RepeatBudget(repeatShare);
  const inquiry = new RegisterInquiry(gateway, inForce, journal, budget, clock, log);
  const fetch = new EvidenceFetch(
    identification,
    presentation,
    inForce,
    inquiry,
    inspector,
    journal,
    late,
    clock,
    config,
    log,
    admission,
  );
  const lock = new CallerLock(node, catalogue, new PostgresIdentificationStore(pool), audit, clock);
  const repeats = new PostgresRepeatStore(pool);
  const held = new PostgresHeldStore(pool);
  const persons = new PostgresPersonLimits(pool);
  const allowance = new PersonAllowance(persons, seal, clock);
  const hold = new EvidenceHold(held, journal, seal, inspector, clock, config.previewMinutes * 60_000);
  const emission = new EvidenceEmission(journal, inForce, late, clock, log);
  const release = new EvidenceRelease(journal, inForce, late, slot, clock);
  const deferrals = new PostgresDeferralStore(pool, {
    lookAt: (client, id, register, atMs) => jobs.put(client, 'deferral', id, register, atMs),
    tellOf: (client, id, consumer) => jobs.put(client, 'notice', id, consumer, clock.now()),
  });
  const answers = new PostgresSealedAnswers(pool, deferrals);
  const voice = new GrpcRegisterVoice((register) =>
    peers.client(REGISTER_PROTOS, 'einmal.register.v1.RegisterService', participantOf(register)),
  );
  const noticeKey = await readSigningKey(config.keyFolder, 'notice');
  const notice = new ConsumerNotice(deferrals, catalogue, node, { key: noticeKey, tls }, clock);
  const deferralSeals = new DeferralSeals(triggerSeals);
  const deferralDesk = new DeferralDesk(deferrals, deferralSeals, inspector, clock, config.deferralDays * DAY_MS, log);
  const resumption = new RetrievalResumption(
    deferrals,
    deferralSeals,
    catalogue,
    intermediary,
    inForce,
    fetch,
    gateway,
    journal,
    late,
    clock,
    config.deferredAnswerHours * HOUR_MS,
  );
  const preparation = new ExchangePreparation(
    catalogue,
    intermediary,
    inForce,
    triggerDesk,
    allowance,
    seal,
    clock,
    admission,
  );
  if (telemetry !== undefined) {
    observeRegisters(telemetry, gateway, parties);
    traceSteps(telemetry, preparation, { prepare: 'prepare-exchange' });
    traceSteps(telemetry, intermediary, { check: 'check-permission' });
    traceSteps(telemetry, identification, { identify: 'identify-subjects' });
    traceSteps(telemetry, presentation, { present: 'present-request' });
    traceSteps(telemetry, directory, { lookup: 'lookup-person' });
    traceSteps(telemetry, store, { append: 'append-entries' });
    traceSteps(telemetry, fetch, { fetch: 'fetch-evidence' });
    traceSteps(telemetry, inquiry, { ask: 'ask-register' });
    traceSteps(telemetry, inspector, { inspect: 'inspect-evidence' });
    traceSteps(telemetry, hold, { hold: 'hold-evidence' });
    traceSteps(telemetry, release, { release: 'release-evidence' });
    traceSteps(telemetry, resumption, { resume: 'resume-retrieval' });
  }
  return [
    { provide: OperationalLog, useValue: log },
    { provide: Clock, useValue: clock },
    { provide: PersonLimits, useValue: persons },
    { provide: Seal, useValue: seal },
    { provide: CurrentCatalogue, useValue: catalogue },
    { provide: CallerDirectory, useValue: catalogue },
    { provide: NodeIdentity, useValue: node },
    { provide: CallerLock, useValue: lock },
    { provide: AssertionStore, useValue: new PostgresAssertionStore(pool) },
    { provide: SessionDesk, useValue: sessions },
    { provide: CurrentRules, useValue: rules },
    { provide: PermissionInForce, useValue: inForce },
    { provide: CatalogueHistory, useValue: governing.history },
    { provide: CatalogueReader, useValue: governing.reader },
    { provide: CatalogueTakeOver, useValue: governing.takeOver },
    { provide: AdministratorDesk, useValue: new AdministratorDesk(node, sessions, catalogue, clock) },
    { provide: LogKey, useValue: key },
    { provide: IssuerKey, useValue: receiptKey },
    {
      provide: LogWitnesses,
      useValue: new LogWitnesses(witnessing.names, witnessing.policy, config.witnessIntervalSeconds * 1000),
    },
    { provide: CosignatureStore, useValue: witnessing.cosignatures },
    { provide: WitnessedCheckpoints, useValue: witnessing.witnessed },
    { provide: LogDispute, useValue: witnessing.dispute },
    { provide: LogStore, useValue: store },
    { provide: LogReader, useValue: reader },
    { provide: ToldEntries, useValue: told },
    { provide: KeyVault, useValue: vault },
    { provide: AuditLog, useValue: audit },
    { provide: SecurityLog, useValue: security },
    { provide: TriggerStore, useValue: triggers },
    { provide: TriggerDesk, useValue: triggerDesk },
    { provide: DecisionLinks, useValue: new DecisionLinks(config.pagesUrl) },
    { provide: DecisionSettings, useValue: new DecisionSettings(config.mode === 'development') },
    { provide: DecisionStore, useValue: requests },
    { provide: DeciderDesk, useValue: new DeciderDesk(sessions, requests, catalogue, seal, clock) },
    { provide: AttestedReleases, useValue: new AttestedReleases(node, catalogue, clock) },
    { provide: Intermediary, useValue: intermediary },
    { provide: SealedAnswers, useValue: answers },
    { provide: TriggerWithdrawal, useValue: new TriggerWithdrawal(audit, answers, catalogue) },
    { provide: CitizenDesk, useValue: citizenDesk },
    { provide: OwnPseudonyms, useValue: new OwnPseudonyms(citizenDesk, reader, vault, triggers) },
    { provide: CitizenJournal, useValue: new CitizenJournal(audit) },
    { provide: GivenData, useValue: new GivenData(reader, vault) },
    { provide: RegisterVoice, useValue: voice },
    { provide: ExchangeJournal, useValue: journal },
    { provide: FixedSlot, useValue: slot },
    {
      provide: ExchangeSettings,
      useValue: new ExchangeSettings(
        config.defaultDeadlineMs,
        config.maxDeadlineMs,
        config.mode === 'development',
        config.neutralAnswerMs,
        config.reserveMs,
      ),
    },
    {
      provide: ExchangePreparation,
      useValue: preparation,
    },
    { provide: SubjectIdentification, useValue: identification },
    { provide: LookupAllowance, useValue: lookups },
    { provide: HeldStore, useValue: held },
    { provide: RepeatStore, useValue: repeats },
    { provide: EvidenceHold, useValue: hold },
    { provide: DeferralStore, useValue: deferrals },
    { provide: DeferralSeals, useValue: deferralSeals },
    { provide: DeferralWatch, useValue: new DeferralWatch(deferrals, catalogue) },
    { provide: RetrievalResumption, useValue: resumption },
    { provide: ConsumerNotice, useValue: notice },
    { provide: EvidenceRelease, useValue: release },
    {
      provide: ExchangeOutcome,
      useValue: new ExchangeOutcome(
        fetch,
        hold,
        deferralDesk,
        release,
        late,
        inForce,
        emission,
        lookups,
        slot,
        clock,
        config,
      ),
    },
    ...oversightParts({
      ...{ node: config.participant, pool, sessions, audit, reader, store, key, vault, log, triggers },
      ...{ witnessed: witnessing.witnessed, registers: registerLog(grounds) },
    }),
    {
      provide: AnswerOnce,
      useValue: new AnswerOnce(repeats, journal, triggerDesk, seal, clock, admission),
    },
  ];
}

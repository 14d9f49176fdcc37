import { setTimeout as sleep } from 'node:timers/promises';
import {
  loadPackageDefinition,
  Metadata,
  Server,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import type { Pool } from 'pg';
import { encodeStatus, STATUS_DETAILS_KEY } from '#libs/grpc-status/status.js';
import { loadCatalogue } from '../../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../catalogue/lookup.js';
import { ConfigFault, processSettings, readConfig, whole } from '../../platform/config.js';
import { outage } from '../../platform/fault.js';
import { operationalLog } from '../../platform/operational-log.js';
import { openPool } from '../../platform/pool.js';
import { loadProtos, REGISTER_PROTOS } from '../../platform/proto.js';
import { ERROR_DOMAIN } from '../../platform/reasons.js';
import type { RetrieveEvidenceRequest__Output } from '../../platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import { statusOf } from '../../platform/status.js';
import { MutualTlsServer, readTlsIdentity } from '../../platform/tls.js';
import type { EdgeLogEntry } from '../../register-edge/edge-log.js';
import { PostgresEdgeLog } from '../../register-edge/edge-log.postgres.js';
import { readSigningKey } from '../../tokens/jws.js';
import { type FaultSwitch, openFaultSwitch } from '../fault-switch.js';
import { EVIDENCE_FAULTS, faultyEvidence, MARKER } from './evidence-faults.js';
import { FAULT_MODES, type FaultMode } from './fault.js';
import { groundsFor } from './grounds.js';

type Answer = Readonly<{ evidence_jwe: string } | { available_time: { seconds: string } }>;
type Call = ServerUnaryCall<RetrieveEvidenceRequest__Output, Answer>;

/** 1 January 2030. */
const LATER_S = '1893456000';
const GIVEN_NOTHING = { outcome: 'failed', reason: 'DEADLINE_PASSED' } as const;
const HUGE = 'A'.repeat(6 * 1024 * 1024);

/**
 * SIMULATOR. Stands in the place of one register, with its certificate and key, and misbehaves as its admin port is told.
 * It verifies nothing, knows no person, and never runs in production.
 */
async function main(): Promise<void> {
  const config = readConfig({
    ...processSettings,
    adminPort: whole('EINMAL_SIMULATOR_ADMIN_PORT', { min: 1, max: 65535 }),
  });
  if (config.mode !== 'development') throw new ConfigFault(['this is a simulator: EINMAL_MODE must be development']);
  const log = operationalLog(config.participant, config.logLevel);
  const lookup = new CatalogueLookup(loadCatalogue({ folder: config.catalogueFolder }));
  const key = await readSigningKey(config.keyFolder, 'evidence');
  const [caller] = lookup.participantsOfKind('node');
  const own = openPool(config.databaseUrl, { max: 2, log });
  const ownLog = new PostgresEdgeLog(own);

  const faults = await openFaultSwitch<FaultMode>(config.adminPort, FAULT_MODES, 'none');

  const retrieve = async (call: Call, done: sendUnaryData<Answer>): Promise<void> => {
    const { mode: wanted, delayMs } = faults.now();
    const began = performance.now();
    if (wanted === 'slow') await sleep(delayMs);
    const mode = wanted === 'fails-once' ? onceOutage(call.request.retrieval_id ?? '') : wanted;
    // As an edge does: who has left is given nothing.
    const ending = call.cancelled ? GIVEN_NOTHING : endingOf(mode);
    if (ending !== undefined) await ownLog.append(lineOf(call.request, caller?.id ?? '', ending));
    if (call.cancelled) return;
    switch (mode) {
      case 'hang':
        return;
      case 'stops-mid-request':
        process.exit(1);
        return;
      case 'later':
        return done(null, { available_time: { seconds: LATER_S } });
      case 'empty':
        return done(null, { evidence_jwe: '' });
      case 'garbage':
        return done(null, { evidence_jwe: `${MARKER}.${MARKER}....` });
      case 'huge':
        return done(null, { evidence_jwe: HUGE });
      case 'outage':
        return done(statusOf(outage('REGISTER_UNAVAILABLE')));
      case 'talkative-refusal':
      case 'talkative-failure':
        return done(talkative(call.request, mode));
    }
    const fault = EVIDENCE_FAULTS.find((it) => it === mode);
    done(null, {
      evidence_jwe: await faultyEvidence(fault, await groundsFor(call.request, config.participant, lookup, key)),
    });
    log.info({ mode, tookMs: performance.now() - began }, 'answered');
  };

  const server = new Server({ 'grpc.max_send_message_length': -1 });
  const { service } = registerService();
  server.addService(service, {
    RetrieveEvidence: (call: Call, done: sendUnaryData<Answer>) =>
      void retrieve(call, done).catch(() => done({ code: status.INTERNAL })),
  });
  const health = new HealthImplementation({ '': 'SERVING' });
  health.addToServer(server);
  await new Promise<void>((resolve, reject) => {
    const credentials = new MutualTlsServer(readTlsIdentity(config.keyFolder));
    server.bindAsync(`${config.grpcHost}:${config.grpcPort}`, credentials, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  log.warn({ port: config.grpcPort }, 'SIMULATOR of a faulty register serves');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(server, own, faults));
}

const askedBefore = new Set<string>();

function onceOutage(retrieval: string): FaultMode {
  if (askedBefore.has(retrieval)) return 'none';
  askedBefore.add(retrieval);
  return 'outage';
}

async function end(server: Server, own: Pool, faults: FaultSwitch<FaultMode>): Promise<void> {
  server.forceShutdown();
  await Promise.all([own.end(), faults.close()]);
}

function registerService(): { service: ServiceDefinition } {
  let found: unknown = loadPackageDefinition(loadProtos(REGISTER_PROTOS));
  for (const part of 'einmal.register.v1.RegisterService'.split('.')) found = (found as Record<string, unknown>)[part];
  return found as { service: ServiceDefinition };
}

/** What it does wrong it does on the way: its own log says what it meant to answer, as that of any register. */
function endingOf(mode: FaultMode): Pick<EdgeLogEntry, 'outcome' | 'reason'> | undefined {
  switch (mode) {
    case 'hang':
    case 'stops-mid-request':
      return undefined;
    case 'later':
      return { outcome: 'deferred', reason: null };
    case 'outage':
      return { outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' };
    case 'talkative-refusal':
      return { outcome: 'refused', reason: 'PERMISSION_INVALID' };
    case 'talkative-failure':
      return { outcome: 'failed', reason: 'INTERNAL' };
    default:
      return { outcome: 'answered', reason: null };
  }
}

function lineOf(
  request: RetrieveEvidenceRequest__Output,
  caller: string,
  ending: Pick<EdgeLogEntry, 'outcome' | 'reason'>,
): EdgeLogEntry {
  const { consumer = null, evidence_type = null, purpose = null, legal_basis = null, retrieval_id = null } = request;
  return {
    ...{ at: Date.now(), caller, consumer, purpose },
    ...{ evidenceType: evidence_type, legalBasis: legal_basis, retrievalId: retrieval_id },
    ...{ permission: null, trigger: null, attestation: null, attributes: [], cause: null, subject: null },
    ...ending,
  };
}

/** Quotes the person in every place that a status has. */
function talkative({ person }: RetrieveEvidenceRequest__Output, mode: 'talkative-refusal' | 'talkative-failure') {
  const quoted = `${MARKER} ${person?.idnr} ${person?.birth_date} ${person?.commitment?.family_name}`;
  const code = mode === 'talkative-refusal' ? status.PERMISSION_DENIED : status.INTERNAL;
  const reason = mode === 'talkative-refusal' ? 'PERMISSION_INVALID' : quoted;
  const metadata = new Metadata();
  const info = { type: 'error-info', reason, domain: ERROR_DOMAIN, metadata: { person: quoted } } as const;
  metadata.set(STATUS_DETAILS_KEY, encodeStatus({ code, message: quoted, details: [info] }));
  return { code, details: encodeURIComponent(quoted), metadata };
}

await main();

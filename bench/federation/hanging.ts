import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { openClient } from '../../src/platform/grpc-client.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { Patience } from '../../src/platform/patience.js';
import { REGISTER_PROTOS } from '../../src/platform/proto.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import { thumbprintOfPem } from '../../src/platform/tls.js';
import { GrpcRegisterGateway } from '../../src/registers/register-gateway.grpc.js';
import { GuardedRegisterGateway } from '../../src/registers/register-gateway.guarded.js';
import type { RegisterGateway } from '../../src/registers/register-gateway.js';
import type { RetrievalRequest } from '../../src/tokens/register-request.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import type { RegistersTask } from './registers-process.js';

const REGISTERS = 20;
const HANGING = 7;
const ASKED_AT_ONCE = 3;
/** Several times as many as may wait for one register (`LIMITS`): who waits for the hanging one must not be all. */
const CLIENTS = 256;
/** Mean of each client after an answer. Together they ask half of what two cores can take: what is measured is who waits for whom. */
const PAUSE_MS = 600;
const ROUNDS = 3;
const WINDOW_MS = 12_000;
const TIMEOUT_MS = 2000;
/** The defaults of a node. */
const LIMITS = { most: 32, queue: 64, stallMs: 500, failures: 10, pauseMs: 1000, registerTimeoutMs: TIMEOUT_MS };

export const hanging: MeasureGroup = {
  name: 'federation',
  measures: [{ id: 'federation.hang_throughput_ratio', unit: '×', better: 'higher', target: 0.95 }],
  run: measureHanging,
};

/**
 * What nineteen registers answer per second while the twentieth hangs, over what they answer while it does not; from the
 * moment on at which it begins to. Each client asks three of the twenty, waits for all of them, and pauses. The baseline is without guards.
 */
async function measureHanging(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const registers = await startRegisters();
  const log = operationalLog('bench', 'silent');
  try {
    const guarded = () => new GuardedRegisterGateway(registers.gateway, LIMITS, log);
    await window(guarded());
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await registers.hang(null);
      const all = await window(guarded());
      await registers.hang(HANGING);
      if (all === 0) throw new Error('no register answered');
      const others = await window(guarded());
      samples.push(others / all);
      context.log(`${all.toFixed(0)} answers a second of ${REGISTERS - 1}, ${others.toFixed(0)} while another hangs`);
    }
    await registers.hang(null);
    const all = await window(registers.gateway);
    if (all === 0) throw new Error('no register answered');
    await registers.hang(HANGING);
    const others = await window(registers.gateway);
    context.log(`without guards: ${all.toFixed(0)}, and ${others.toFixed(0)} while another hangs`);
    const unguarded = others / all;
    return { 'federation.hang_throughput_ratio': { value: median(samples), baseline: unguarded, samples } };
  } finally {
    registers.stop();
  }
}

/** Answers per second of all registers but one. */
async function window(gateway: RegisterGateway): Promise<number> {
  let answers = 0;
  const leaving = new AbortController();
  const until = Date.now() + WINDOW_MS;
  const client = async (): Promise<void> => {
    while (Date.now() < until) {
      // Also first: they do not begin together.
      await sleep(Math.random() * 2 * PAUSE_MS);
      if (Date.now() >= until) return;
      await Promise.all(
        threeOf().map(async (index) => {
          const call = { deadline: Date.now() + TIMEOUT_MS, signal: leaving.signal, late: () => undefined };
          const answer = await gateway.ask(RECEIPT, requestTo(index), TOKENS, call);
          if (answer.kind === 'evidence' && index !== HANGING && Date.now() < until) answers += 1;
        }),
      );
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  setTimeout(() => leaving.abort(), WINDOW_MS);
  await clients;
  return (answers * 1000) / WINDOW_MS;
}

function threeOf(): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < ASKED_AT_ONCE) chosen.add(Math.floor(Math.random() * REGISTERS));
  return [...chosen];
}

// These registers look at nothing of it; what log and tokens cost is not what is measured.
const RECEIPT = {} as AuditReceipt;
const TOKENS = { permission: 'p'.repeat(800), trigger: 't'.repeat(1600) };
const NONCE = Buffer.alloc(32, 1).toString('base64url');

function requestTo(index: number): RetrievalRequest {
  return {
    retrieval_id: `retrieval-${index}`,
    register: String(index),
    consumer: 'consumer',
    purpose: 'purpose',
    purpose_hash: NONCE,
    legal_basis: 'legal-basis',
    subject_role: 'parent',
    nonce: NONCE,
    issued_at: Date.now(),
    evidence_type: 'meldedaten',
    fields: ['birth_date', 'family_name', 'given_names'],
    person: {
      idnr: '02468135792',
      birth_date: '1990-01-01',
      commitment: { salt: NONCE, family_name: 'Musterfrau', idnr: null },
    },
  };
}

async function startRegisters() {
  const authority = await createAuthority('Bench authority');
  const [tls, own] = await Promise.all(
    ['register', 'node'].map((participant) => issueLeaf(authority, { commonName: participant, participant })),
  );
  if (tls === undefined || own === undefined) throw new Error('no certificate');
  const child = fork(fileURLToPath(new URL('registers-process.js', import.meta.url)));
  const heard = async <T>(message: object): Promise<T> => {
    const answer = once(child, 'message');
    child.send(message);
    return ((await answer) as [T])[0];
  };
  const task: RegistersTask = { count: REGISTERS, tls, delayMs: 20, answerBytes: 3000 };
  const { ports } = await heard<{ ports: readonly number[] }>(task);
  const peer = { serverName: 'localhost', certificates: [thumbprintOfPem(tls.cert)] };
  const clients = ports.map((port) =>
    openClient<RegisterServiceClient>(
      REGISTER_PROTOS,
      'einmal.register.v1.RegisterService',
      { ...peer, address: `localhost:${port}` },
      own,
    ),
  );
  const patience = new Patience(0);
  const clientOf = (register: string): RegisterServiceClient => {
    const client = clients[Number(register)];
    if (client === undefined) throw new Error('no such register');
    return client;
  };
  return {
    gateway: new GrpcRegisterGateway(clientOf, patience),
    hang: (index: number | null) => heard<unknown>({ hanging: index }),
    stop: (): void => {
      patience.close();
      for (const client of clients) client.close();
      child.disconnect();
    },
  };
}

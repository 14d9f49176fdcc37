import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import type { ForeignFault } from '../../src/demo/foreign-registers/fault.js';
import {
  type Received,
  type Reply,
  type SimulatorServer,
  startHttpsSimulator,
} from '../../src/demo/foreign-registers/https-simulator.js';
import type { SimulatedRecord } from '../../src/demo/foreign-registers/records.js';
import { Fault, OF_ONE_RECORD } from '../../src/platform/fault.js';
import { HttpsPeer } from '../../src/platform/https-peer.js';
import { describeError } from '../../src/platform/operational-log.js';
import { type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { eventually } from '../support/eventually.js';

/** The simulator of a foreign register in this process, over real mutual TLS. */
export type ForeignRegister = Readonly<{
  peer: HttpsPeer;
  /** Certificates of the register, and of somebody else by the same authority. */
  certificate: string;
  certificateOfAnother: string;
  /** A client that expects other certificates, or another address. */
  peerTo(deviation: Partial<{ address: string; certificates: readonly string[] }>): HttpsPeer;
  /** Where it is, and what an edge shows there. */
  url: string;
  identity: TlsIdentity;
  /** What it was asked, in order. */
  received: Received[];
  misbehave(fault: ForeignFault): void;
  /** Takes it away, and brings it back. */
  takeAway(): Promise<void>;
  bringBack(): Promise<void>;
  stop(): Promise<void>;
}>;

export async function aForeignRegister(
  answer: (received: Received, fault: ForeignFault) => Reply,
): Promise<ForeignRegister> {
  const authority = await createAuthority('test authority');
  const [served, own] = await Promise.all(
    ['foreign-register', 'edge'].map((participant) => issueLeaf(authority, { commonName: participant, participant })),
  );
  let fault: ForeignFault = 'none';
  const received: Received[] = [];
  const start = (port: number): Promise<SimulatorServer> =>
    startHttpsSimulator({
      ...{ host: 'localhost', port, tls: served! },
      fault: () => fault,
      answer: (asked, mode) => {
        received.push(asked);
        return answer(asked, mode);
      },
    });
  let server = await start(0);
  const { port } = server;
  const certificate = thumbprintOfPem(served!.cert);
  const peers: HttpsPeer[] = [];
  const peerTo: ForeignRegister['peerTo'] = (deviation) => {
    const address = `localhost:${port}`;
    const peer = new HttpsPeer({ address, serverName: 'localhost', certificates: [certificate], ...deviation }, own!);
    peers.push(peer);
    return peer;
  };
  return {
    peer: peerTo({}),
    certificate,
    certificateOfAnother: thumbprintOfPem(own!.cert),
    peerTo,
    url: `https://localhost:${port}`,
    identity: own!,
    received,
    misbehave: (mode) => {
      fault = mode;
    },
    takeAway: () => server.stop(),
    bringBack: async () => {
      server = await start(port);
    },
    stop: async () => {
      for (const it of peers) it.close();
      await server.stop();
    },
  };
}

/** Synthetic persons: numbers begin with 0. */
export const SOMEBODY = { idnr: '02476291358', birthDate: '1992-08-12' } as const;
export const BLOCKED = { idnr: '02476291359', birthDate: '1990-01-31' } as const;
export const TWICE = { idnr: '02476291360', birthDate: '1980-02-29' } as const;
export const LATER = { idnr: '02476291361', birthDate: '1985-05-05' } as const;

export const FAMILY_NAME = 'Mu\u0308ller-\u202eO\u2019Brien "x\'; drop table y';

function aRecord(
  { idnr, birthDate }: Readonly<{ idnr: string; birthDate: string }>,
  more: Partial<SimulatedRecord> = {},
): SimulatedRecord {
  return {
    ...{ evidence_type: 'meldedaten', idnr, birth_date: birthDate, blocked: false },
    as_of: '2026-11-01T12:00:00+01:00',
    values: {
      family_name: FAMILY_NAME,
      birth_date: birthDate,
      birth_name: null,
      nationalities: ['D', 'TR'],
      children: [{ birth_date: '2020-02-29' }],
      religion: 'Simulatorfehlerwert: nicht gefragt',
    },
    ...more,
  };
}

export const RECORDS: readonly SimulatedRecord[] = [
  aRecord(SOMEBODY),
  aRecord(BLOCKED, { blocked: true }),
  aRecord(TWICE),
  aRecord(TWICE),
  aRecord(LATER, { available_at: '2090-01-01T00:00:00Z' }),
];

/** Attribute to where it stands: under its own name. */
export function pointersTo(attributes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(attributes.map((id) => [id, `/${id}`]));
}

export const POINTERS = pointersTo(['family_name', 'birth_date', 'birth_name', 'nationalities', 'children']);

/** Faults of the connection, or of whoever is at its end, whoever is asked about. */
export const OF_CONNECTION: readonly ForeignFault[] = [
  ...(['hang', 'byte-by-byte', 'cut-off'] as const),
  ...(['redirect', 'wrong-content-type', 'compressed', 'not-found', 'talkative-failure'] as const),
];

/** What becomes of a question that it takes long to answer, once nobody waits for that any more. */
export async function leaving(
  register: ForeignRegister,
  ask: (signal: AbortSignal) => Promise<unknown>,
): Promise<Awaited<ReturnType<typeof outageOf>>> {
  register.misbehave('hang');
  const left = new AbortController();
  const before = register.received.length;
  const ended = outageOf(ask(left.signal));
  await eventually(
    async () => register.received.length,
    (it) => it > before,
  );
  left.abort();
  return ended;
}

/** How it ended, and everything that an operator gets to see of it. */
export async function outageOf(
  asked: Promise<unknown>,
): Promise<Readonly<{ reason: string; cause: string; seen: string; isOfRecord: boolean }>> {
  const error = await asked.then(
    () => undefined,
    (it: unknown) => it,
  );
  if (!(error instanceof Fault)) throw new Error('no fault');
  const cause = describeError(error.cause);
  return {
    reason: error.reason,
    cause: cause.code ?? '',
    seen: JSON.stringify([error, error.message, cause]),
    isOfRecord: error.metadata.of === OF_ONE_RECORD.of,
  };
}

import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import type { CallerPart, ProtectedPart } from '../../src/audit/record.js';
import { CosignatureCollector } from '../../src/witnesses/collect-cosignatures.js';
import { DisputeDesk } from '../../src/witnesses/dispute-desk.js';
import { DisputableLog, LogDispute, type OnDispute } from '../../src/witnesses/log-dispute.js';
import { WitnessedCheckpoints } from '../../src/witnesses/witnessed-checkpoints.js';
import { anEntry } from '../audit/entries.js';
import { FixedClock, logSigner, logVerifier, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { SilentLog } from '../support/silent-log.js';
import { DeskWitness } from './desk-witness.js';
import { MemoryCosignatureStore, MemoryDisputeStore } from './memory-stores.js';

export const INTERVAL_MS = 10_000;

/** A log in memory, and as many as wished with other histories under the same key. */
export const aLog = (): MemoryLogStore => new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());

export async function grow(log: MemoryLogStore, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await log.append([anEntry()]);
}

/** What an own incident says, both halves. */
export function incidentsOf(log: MemoryLogStore): readonly Readonly<{ caller: CallerPart; hidden: ProtectedPart }>[] {
  return log.entries
    .filter(({ caller }) => caller.event === 'incident')
    .map(({ caller, draft }) => ({ caller, hidden: draft.entry.protected }));
}

/** The databases that several nodes share. */
export class SharedStores {
  readonly cosignatures = new MemoryCosignatureStore();
  readonly disputes = new MemoryDisputeStore();
}

export type WitnessedNode = Readonly<{
  log: DisputableLog;
  dispute: LogDispute;
  disputes: DisputeDesk;
  witnessed: WitnessedCheckpoints;
  collector: CosignatureCollector;
  operational: SilentLog;
  /** One round of its own, after the interval. */
  round(): Promise<void>;
}>;

/** One node over a log, with its witnesses. */
export function aNode(
  own: MemoryLogStore,
  witnesses: readonly DeskWitness[],
  stores = new SharedStores(),
  onDispute: OnDispute = 'stop',
  key: NoteVerifier = logVerifier,
): WitnessedNode {
  const operational = new SilentLog();
  const dispute = new LogDispute(onDispute, new Set(witnesses.map((it) => it.participant)));
  const audit = new AuditLog(own);
  const disputes = new DisputeDesk(dispute, stores.disputes, audit, 'node-test', new FixedClock(), operational);
  const witnessed = new WitnessedCheckpoints(stores.cosignatures, witnesses, key);
  const collector = new CosignatureCollector({
    witnesses,
    log: own,
    key,
    store: stores.cosignatures,
    witnessed,
    disputes,
    operational,
    intervalMs: INTERVAL_MS,
  });
  return {
    log: new DisputableLog(own, dispute),
    dispute,
    disputes,
    witnessed,
    collector,
    operational,
    round: async () => {
      stores.cosignatures.ms += INTERVAL_MS;
      await collector.round();
    },
  };
}

export const someWitnesses = (count = 3): DeskWitness[] =>
  Array.from({ length: count }, (_, i) => new DeskWitness(21 + i, [logVerifier]));

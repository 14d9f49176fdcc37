import type { Provider } from '@nestjs/common';
import type { Pool } from 'pg';
import type { SessionDesk } from '../access/session-desk.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { LogReader } from '../audit/log-reader.js';
import type { LogStore } from '../audit/log-store.js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { TriggerStore } from '../consent/trigger-store.js';
import type { Clock } from '../platform/clock.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { RegisterLog } from '../reconciliation/register-log.js';
import type { LogKey } from '../transparency/log-key.js';
import type { KeyVault } from '../vault/key-vault.js';
import type { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { PostgresActPosition } from './act-position.postgres.js';
import { Activity } from './activity.js';
import { PostgresActivity } from './activity.postgres.js';
import { PostgresAnomalySource } from './anomaly-source.postgres.js';
import { CaseStore } from './case-store.js';
import { PostgresCaseStore } from './case-store.postgres.js';
import { Deciders } from './deciders.js';
import { AnomalyHunt } from './find-anomalies.js';
import { ActFollower } from './follow-acts.js';
import { OversightDesk } from './oversight-desk.js';
import { SampleProofs } from './sample-proofs.js';
import { SampleStore } from './sample-store.js';
import { PostgresSampleStore } from './sample-store.postgres.js';
import { SampleWitness } from './sample-witness.js';
import { SavedFilters } from './saved-filters.js';
import { PostgresSavedFilters } from './saved-filters.postgres.js';
import { Standing } from './standing.js';
import { PostgresStanding } from './standing.postgres.js';

const COUNT_EVERY_MS = 10_000;
const HUNT_EVERY_MS = 60_000;

/** What oversight works on. */
export type OversightGrounds = Readonly<{
  node: string;
  pool: Pool;
  sessions: SessionDesk;
  audit: AuditLog;
  reader: LogReader;
  store: LogStore;
  key: LogKey;
  vault: KeyVault;
  witnessed: WitnessedCheckpoints;
  registers: RegisterLog;
  triggers: TriggerStore;
  log: OperationalLog;
}>;

export function oversightParts(grounds: OversightGrounds): readonly Provider[] {
  const { node, pool, sessions, audit, reader, store, key, vault, witnessed, registers } = grounds;
  const samples = new PostgresSampleStore(pool);
  const acts = actFollower(grounds);
  return [
    { provide: ActFollower, useValue: acts },
    { provide: SampleProofs, useValue: new SampleProofs(store, key, reader, vault) },
    { provide: OversightDesk, useValue: new OversightDesk(sessions, audit) },
    { provide: Activity, useValue: new PostgresActivity(pool) },
    { provide: Deciders, useValue: new SeenDeciders(grounds.triggers) },
    { provide: Standing, useValue: new PostgresStanding(pool) },
    { provide: CaseStore, useValue: new PostgresCaseStore(pool) },
    { provide: SampleStore, useValue: samples },
    { provide: SampleWitness, useValue: new SampleWitness(node, audit, acts, samples, witnessed) },
    { provide: RegisterLog, useValue: registers },
    { provide: SavedFilters, useValue: new PostgresSavedFilters(pool) },
  ];
}

/** By what the decision itself keeps; it is forgotten with its entries. */
class SeenDeciders extends Deciders {
  constructor(private readonly triggers: TriggerStore) {
    super();
  }

  override async numbersOf(trigger: string): Promise<readonly string[]> {
    const found = await this.triggers.findAny([trigger]);
    return found.flatMap(({ deciderIdnr }) => deciderIdnr ?? []);
  }
}

function actFollower({
  pool,
  reader,
  vault,
  log,
}: Pick<OversightGrounds, 'pool' | 'reader' | 'vault' | 'log'>): ActFollower {
  const [cases, samples] = [new PostgresCaseStore(pool), new PostgresSampleStore(pool)];
  return new ActFollower(new PostgresActPosition(pool), reader, vault, cases, samples, log);
}

export type OversightWork = Readonly<{
  node: string;
  pool: Pool;
  reader: LogReader;
  vault: KeyVault;
  audit: AuditLog;
  catalogue: CurrentCatalogue;
  witnessed: WitnessedCheckpoints;
  clock: Clock;
  log: OperationalLog;
  isStopped(): boolean;
}>;

/** Counts what was logged, follows what officers did, fixes by what samples are drawn, and looks at each hour that is over. */
export function startOversight(work: OversightWork, opened: Opened): void {
  const { node, pool, reader, vault, audit, catalogue, witnessed, clock, log } = work;
  const activity = new PostgresActivity(pool);
  const acts = actFollower(work);
  const samples = new SampleWitness(node, audit, acts, new PostgresSampleStore(pool), witnessed);
  const hunt = new AnomalyHunt(node, activity, new PostgresAnomalySource(pool), reader, vault, audit, catalogue, log);
  let closing = false;
  const counting = onceAtATime(async () => {
    while (await activity.rollUp()) if (closing) return;
    // A log that a dispute has stopped takes no entry.
    await (work.isStopped() ? acts.follow() : samples.look());
  });
  const hunting = onceAtATime(async () => {
    if (!work.isStopped()) await hunt.look(clock.now());
  });
  opened.onClose(async () => {
    closing = true;
    await Promise.all([counting.ended(), hunting.ended()]);
  });
  const warn = (what: string) => (error: unknown) => log.warn(describeError(error), what);
  opened.repeat(COUNT_EVERY_MS, () => counting.run().catch(warn('what was logged is not counted')));
  opened.repeat(HUNT_EVERY_MS, () => hunting.run().catch(warn('anomalies are not looked for')));
}

/** Work that takes longer than its interval is not begun a second time. */
function onceAtATime(work: () => Promise<void>) {
  let running: Promise<void> | undefined;
  return {
    run: () => {
      running ??= work().finally(() => {
        running = undefined;
      });
      return running;
    },
    ended: () => (running ?? Promise.resolve()).catch(() => undefined),
  };
}

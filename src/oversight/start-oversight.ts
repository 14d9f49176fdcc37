import type { Provider } from '@nestjs/common';
import type { Pool } from 'pg';
import type { SessionDesk } from '../access/session-desk.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { LogReader } from '../audit/log-reader.js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Clock } from '../platform/clock.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { RegisterLog } from '../reconciliation/register-log.js';
import type { KeyVault } from '../vault/key-vault.js';
import type { WitnessedCheckpoints } from '../witnesses/witnessed-checkpoints.js';
import { Activity } from './activity.js';
import { PostgresActivity } from './activity.postgres.js';
import { PostgresAnomalySource } from './anomaly-source.postgres.js';
import { CaseStore } from './case-store.js';
import { PostgresCaseStore } from './case-store.postgres.js';
import { AnomalyHunt } from './find-anomalies.js';
import { OversightDesk } from './oversight-desk.js';
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
  pool: Pool;
  sessions: SessionDesk;
  audit: AuditLog;
  witnessed: WitnessedCheckpoints;
  registers: RegisterLog;
}>;

export function oversightParts({ pool, sessions, audit, witnessed, registers }: OversightGrounds): readonly Provider[] {
  const samples = new PostgresSampleStore(pool);
  return [
    { provide: OversightDesk, useValue: new OversightDesk(sessions, audit) },
    { provide: Activity, useValue: new PostgresActivity(pool) },
    { provide: Standing, useValue: new PostgresStanding(pool) },
    { provide: CaseStore, useValue: new PostgresCaseStore(pool) },
    { provide: SampleStore, useValue: samples },
    { provide: SampleWitness, useValue: new SampleWitness(samples, witnessed) },
    { provide: RegisterLog, useValue: registers },
    { provide: SavedFilters, useValue: new PostgresSavedFilters(pool) },
  ];
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

/** Counts what was logged, keeps the checkpoints that samples wait for, and looks at each hour that is over. */
export function startOversight(work: OversightWork, opened: Opened): void {
  const { node, pool, reader, vault, audit, catalogue, witnessed, clock, log } = work;
  const activity = new PostgresActivity(pool);
  const samples = new SampleWitness(new PostgresSampleStore(pool), witnessed);
  const hunt = new AnomalyHunt(node, activity, new PostgresAnomalySource(pool), reader, vault, audit, catalogue);
  let closing = false;
  const counting = onceAtATime(async () => {
    while (await activity.rollUp()) if (closing) return;
    await samples.look();
  });
  const hunting = onceAtATime(async () => {
    // A log that a dispute has stopped takes no entry.
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

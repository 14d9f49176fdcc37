import type { Pool } from 'pg';
import type { CheckpointGuard } from './audit/checkpoint-guard.js';
import { logStanding } from './audit/log-standing.postgres.js';
import type { PostgresLogStore } from './audit/log-store.postgres.js';
import type { CurrentCatalogue } from './catalogue/current-catalogue.js';
import { cutoffMs, isOver, retentionOf } from './erasure/retention.js';
import type { NodeConfig } from './node-config.js';
import type { Clock } from './platform/clock.js';
import type { DurableJobs } from './platform/jobs/durable-jobs.js';
import type { Opened } from './platform/run-process.js';
import type { Reading } from './platform/telemetry/metrics.js';
import { observeProcess } from './platform/telemetry/start-telemetry.js';
import type { Telemetry } from './platform/telemetry/telemetry.js';
import type { KeyVault } from './vault/key-vault.js';
import type { Witnessing } from './witnesses/start-witnesses.js';

type Grounds = Readonly<{
  config: Pick<NodeConfig, 'keyFolder'>;
  catalogue: CurrentCatalogue;
  pool: Pool;
  own: Pick<PostgresLogStore, 'outstanding'>;
  guard: Pick<CheckpointGuard, 'unkeptMs'>;
  vault: KeyVault;
  clock: Clock;
  jobs: Pick<DurableJobs, 'backlog'>;
  witnessing: Witnessing;
}>;

/** Has shown what an operator watches of a node. */
export function observeNode(telemetry: Telemetry, grounds: Grounds, opened: Opened): void {
  const { config, catalogue, pool, own, guard, vault, clock, jobs, witnessing } = grounds;
  observeProcess(telemetry, { pool, ...config }, opened);
  telemetry.observe(['einmal_log_queue_entries', 'einmal_checkpoint_unkept_seconds', 'einmal_log_disputed'], () => [
    { name: 'einmal_log_queue_entries', value: own.outstanding },
    { name: 'einmal_checkpoint_unkept_seconds', value: guard.unkeptMs / 1000 },
    { name: 'einmal_log_disputed', value: Number(witnessing.dispute.known.length > 0) },
  ]);
  telemetry.observe(
    [
      ...(['einmal_log_size_entries', 'einmal_checkpoint_age_seconds', 'einmal_retrievals_overdue'] as const),
      ...(['einmal_witness_lag_entries', 'einmal_witness_lag_seconds'] as const),
    ],
    async () => {
      // First the witnesses: the log is never smaller than what they cosigned.
      const lagging = await witnessStandings(witnessing);
      const { size, checkpointAgeS, overdue } = await logStanding(pool);
      return [
        { name: 'einmal_log_size_entries', value: size },
        { name: 'einmal_checkpoint_age_seconds', value: checkpointAgeS },
        { name: 'einmal_retrievals_overdue', value: overdue },
        ...lagging(size),
      ];
    },
  );
  telemetry.observe(['einmal_erasure_backlog_epochs'], async () => {
    const retention = retentionOf(catalogue.catalogue);
    const epochs = await vault.epochs();
    const over = epochs.filter((it) => isOver(it, cutoffMs(retention, it.retentionClass, clock.now())));
    return [{ name: 'einmal_erasure_backlog_epochs', value: over.length }];
  });
  telemetry.observe(['einmal_deferred_jobs', 'einmal_deferred_job_overdue_seconds'], async () => {
    const backlog = await jobs.backlog();
    return backlog.flatMap(({ queue, state, jobs: value, overdueS }): Reading[] => [
      { name: 'einmal_deferred_jobs', value, labels: { queue, state } },
      { name: 'einmal_deferred_job_overdue_seconds', value: overdueS, labels: { queue, state } },
    ]);
  });
}

async function witnessStandings({ cosignatures, names }: Witnessing): Promise<(size: number) => readonly Reading[]> {
  const [standings, nowMs] = [await cosignatures.standings(), await cosignatures.now()];
  return (size) =>
    names.flatMap((witness): Reading[] => {
      const { cosignedSize = 0, cosignedAtMs } = standings.get(witness) ?? {};
      const lag = Math.max(size - cosignedSize, 0);
      const since = lag === 0 || cosignedAtMs === undefined ? 0 : Math.max(nowMs - cosignedAtMs, 0) / 1000;
      return [
        { name: 'einmal_witness_lag_entries', value: lag, labels: { witness } },
        { name: 'einmal_witness_lag_seconds', value: since, labels: { witness } },
      ];
    });
}

import type { Pool } from 'pg';
import { optional } from '../platform/config.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import type { Telemetry } from '../platform/telemetry/telemetry.js';
import { collectorUrl, isPrivate } from '../platform/telemetry/telemetry-settings.js';
import { LineExport } from './export-lines.js';
import { OtlpLineCollector } from './line-collector.https.js';
import { PostgresLineOutbox } from './line-outbox.postgres.js';

const LOOK_EVERY_MS = 2000;

export const processingLogSettings = {
  processingLogUrl: collectorUrl('EINMAL_PROCESSING_LOG_URL'),
  processingActivities: optional('EINMAL_PROCESSING_ACTIVITIES'),
} as const;

type Settings = Readonly<{
  participant: string;
  processingLogUrl: string | undefined;
  processingActivities: string | undefined;
}>;

/** Lines hold pseudonyms of persons: they leave the machine encrypted, and say which register of activities they mean. */
export function processingLogFaults({ processingLogUrl: url, processingActivities }: Settings): readonly string[] {
  if (url === undefined) return [];
  return [
    ...(isPrivate(url) ? [] : ['EINMAL_PROCESSING_LOG_URL must be an https URL, or one of this machine']),
    ...(processingActivities !== undefined && URL.canParse(processingActivities)
      ? []
      : ['EINMAL_PROCESSING_ACTIVITIES must be a URI where EINMAL_PROCESSING_LOG_URL is set']),
  ];
}

/** Sends the processing log, where somebody keeps one. */
export function startProcessingLog(
  { participant, processingLogUrl: url, processingActivities = '' }: Settings,
  { pool, log, telemetry }: Readonly<{ pool: Pool; log: OperationalLog; telemetry: Telemetry | undefined }>,
  opened: Opened,
): void {
  if (url === undefined) return;
  const outbox = new PostgresLineOutbox(pool);
  const lines = new LineExport(outbox, new OtlpLineCollector(url, participant, processingActivities), log);
  opened.onClose(() => lines.close());
  opened.repeat(LOOK_EVERY_MS, () => lines.tick());
  telemetry?.observe(['einmal_processing_log_backlog_entries', 'einmal_processing_log_backlog_seconds'], async () => {
    const { entries, ageS } = await outbox.backlog();
    return [
      { name: 'einmal_processing_log_backlog_entries', value: entries },
      { name: 'einmal_processing_log_backlog_seconds', value: ageS },
    ];
  });
}

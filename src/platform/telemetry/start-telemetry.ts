import { X509Certificate } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Pool } from 'pg';
import type { OperationalLog } from '../operational-log.js';
import type { Opened } from '../run-process.js';
import { readTlsIdentity } from '../tls.js';
import type { Telemetry } from './telemetry.js';
import type { TelemetrySettings } from './telemetry-settings.js';

const NS_PER_S = 1e9;

/** Undefined where nothing of it is configured: then not even its packages are loaded. */
export async function startTelemetry(
  settings: TelemetrySettings,
  log: OperationalLog,
  opened: Opened,
): Promise<Telemetry | undefined> {
  if (settings.metricsPort === 0 && settings.otlpUrl === undefined) return undefined;
  const { openTelemetry } = await import('./open-telemetry.js');
  return openTelemetry(settings, log, opened);
}

/** What there is to say of every process. */
export function observeProcess(
  telemetry: Telemetry,
  { pool, keyFolder }: Readonly<{ pool: Pool; keyFolder: string }>,
  opened: Opened,
): void {
  const delay = monitorEventLoopDelay();
  delay.enable();
  opened.onClose(() => delay.disable());
  telemetry.observe(
    [
      'einmal_process_resident_bytes',
      'einmal_event_loop_delay_seconds',
      'einmal_database_connections',
      'einmal_certificate_remaining_seconds',
    ],
    () => {
      const p99 = delay.percentile(99) / NS_PER_S;
      delay.reset();
      const expiresAt = Date.parse(new X509Certificate(readTlsIdentity(keyFolder).cert).validTo);
      const connections = { busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount };
      return [
        { name: 'einmal_process_resident_bytes', value: process.memoryUsage.rss() },
        { name: 'einmal_event_loop_delay_seconds', value: p99 },
        { name: 'einmal_certificate_remaining_seconds', value: (expiresAt - Date.now()) / 1000 },
        ...Object.entries(connections).map(([state, value]) => ({
          name: 'einmal_database_connections' as const,
          value,
          labels: { state },
        })),
      ];
    },
  );
}

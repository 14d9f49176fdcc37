import { oneOf, optional, processSettings, readConfig, text, whole } from './platform/config.js';
import { telemetryFaults, telemetrySettings } from './platform/telemetry/telemetry-settings.js';
import { processingLogFaults, processingLogSettings } from './processing-log/start-processing-log.js';
import { toleranceSeconds } from './reconciliation/comparable.js';

import { vaultFaults, vaultSettings } from './vault/start-vault.js';

/** Environment of a node; every unlawful or impossible value is refused at start, all together. */
export function readNodeConfig(environment?: Readonly<Record<string, string | undefined>>) {
  return readConfig(
    {
      ...processSettings,
      ...vaultSettings,
      pagesUrl: optional('EINMAL_PAGES_URL'),
      ...telemetrySettings,
      ...processingLogSettings,
      httpHost: text('EINMAL_HTTP_HOST', 'localhost'),
      httpPort: whole('EINMAL_HTTP_PORT', { min: 1, max: 65535 }),
      issuer: text('EINMAL_ISSUER'),
      defaultDeadlineMs: whole('EINMAL_DEFAULT_DEADLINE_MS', { min: 500, max: 60_000, fallback: 5000 }),
      maxDeadlineMs: whole('EINMAL_MAX_DEADLINE_MS', { min: 500, max: 60_000, fallback: 15_000 }),
      registerTimeoutMs: whole('EINMAL_REGISTER_TIMEOUT_MS', { min: 100, max: 60_000, fallback: 2000 }),
      registerConcurrency: whole('EINMAL_REGISTER_CONCURRENCY', { min: 1, max: 256, fallback: 32 }),
      registerQueue: whole('EINMAL_REGISTER_QUEUE', { min: 0, max: 10_000, fallback: 64 }),
      registerStallMs: whole('EINMAL_REGISTER_STALL_MS', { min: 100, max: 60_000, fallback: 500 }),
      registerFailures: whole('EINMAL_REGISTER_FAILURES', { min: 1, max: 1000, fallback: 10 }),
      registerPauseMs: whole('EINMAL_REGISTER_PAUSE_MS', { min: 100, max: 60_000, fallback: 1000 }),
      registerRepeatPercent: whole('EINMAL_REGISTER_REPEAT_PERCENT', { min: 0, max: 100, fallback: 10 }),
      lateAnswerMs: whole('EINMAL_LATE_ANSWER_MS', { min: 0, max: 300_000, fallback: 30_000 }),
      reserveMs: whole('EINMAL_RESERVE_MS', { min: 10, max: 5000, fallback: 150 }),
      neutralAnswerMs: whole('EINMAL_NEUTRAL_ANSWER_MS', { min: 50, max: 10_000, fallback: 400 }),
      misidentificationsPerHour: whole('EINMAL_MISIDENTIFICATIONS_PER_HOUR', { min: 1, max: 1_000_000, fallback: 100 }),
      databaseConnections: whole('EINMAL_DATABASE_CONNECTIONS', { min: 2, max: 200, fallback: 10 }),
      witnessIntervalSeconds: whole('EINMAL_WITNESS_INTERVAL_SECONDS', { min: 1, max: 3600, fallback: 10 }),
      /** What becomes of a node whose log a witness disputes. */
      disputedLog: oneOf('EINMAL_DISPUTED_LOG', ['stop', 'serve'], 'stop'),
      reconcileMinutes: whole('EINMAL_RECONCILE_MINUTES', { min: 0, max: 1440, fallback: 60 }),
      reconcileToleranceSeconds: toleranceSeconds,
      deferralDays: whole('EINMAL_DEFERRAL_DAYS', { min: 1, max: 90, fallback: 30 }),
      deferredAnswerHours: whole('EINMAL_DEFERRED_ANSWER_HOURS', { min: 1, max: 168, fallback: 72 }),
      previewMinutes: whole('EINMAL_PREVIEW_MINUTES', { min: 1, max: 60, fallback: 60 }),
    },
    environment,
    (config) => [
      ...vaultFaults(config),
      ...telemetryFaults(config),
      ...processingLogFaults(config),
      ...(config.issuer.startsWith('https://') ? [] : ['EINMAL_ISSUER must be an https URL (RFC 8414 § 2)']),
      ...(config.registerTimeoutMs + config.reserveMs < config.maxDeadlineMs
        ? []
        : ['EINMAL_REGISTER_TIMEOUT_MS and EINMAL_RESERVE_MS must fit into EINMAL_MAX_DEADLINE_MS']),
      ...(config.neutralAnswerMs + config.reserveMs < config.defaultDeadlineMs
        ? []
        : ['EINMAL_NEUTRAL_ANSWER_MS and EINMAL_RESERVE_MS must fit into EINMAL_DEFAULT_DEADLINE_MS']),
      ...(config.defaultDeadlineMs <= config.maxDeadlineMs
        ? []
        : ['EINMAL_DEFAULT_DEADLINE_MS must not exceed EINMAL_MAX_DEADLINE_MS']),
    ],
  );
}

export type NodeConfig = ReturnType<typeof readNodeConfig>;

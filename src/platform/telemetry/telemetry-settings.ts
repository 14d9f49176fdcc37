import { isIP } from 'node:net';
import { type Mode, type Setting, text, whole } from '../config.js';

/** Nothing of it is on unless it is set. */
export const telemetrySettings = {
  metricsHost: text('EINMAL_METRICS_HOST', 'localhost'),
  metricsPort: whole('EINMAL_METRICS_PORT', { min: 0, max: 65535, fallback: 0 }),
  otlpUrl: collectorUrl('EINMAL_OTLP_URL'),
  tracePercent: whole('EINMAL_TRACE_PERCENT', { min: 0, max: 100, fallback: 10 }),
} as const;

export type TelemetrySettings = Readonly<{
  participant: string;
  metricsHost: string;
  metricsPort: number;
  otlpUrl: string | undefined;
  tracePercent: number;
}>;

/** What is measured leaves the machine encrypted: it says who asks whom, when and how often. */
export function telemetryFaults({
  mode,
  otlpUrl,
}: Readonly<{ mode: Mode; otlpUrl: string | undefined }>): readonly string[] {
  if (mode !== 'production' || otlpUrl === undefined || isPrivate(otlpUrl)) return [];
  return ['EINMAL_OTLP_URL must be an https URL in production, or one of this machine'];
}

/** Address of a collector without a login in it: it would stand in process lists. */
export function collectorUrl(variable: string): Setting<string | undefined> {
  return {
    variable,
    read: (value) => {
      if (value === undefined) return undefined;
      const url = URL.parse(value);
      const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
      if (url === null || !isWeb || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
        return { fault: 'must be an http or https URL without login and query' };
      return value.replace(/\/+$/, '');
    },
  };
}

/** Whether what is sent there is encrypted or does not leave the machine. */
export function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
  return protocol === 'https:' || isLoopback;
}

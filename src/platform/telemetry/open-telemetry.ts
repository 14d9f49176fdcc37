import { once } from 'node:events';
import { createServer } from 'node:http';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { listenOn } from '../listen.js';
import type { OperationalLog } from '../operational-log.js';
import type { Opened } from '../run-process.js';
import { Telemetry } from './telemetry.js';
import type { TelemetrySettings } from './telemetry-settings.js';

const SCOPE = 'einmal';
const METRICS_EVERY_MS = 30_000;
/** At the end of a process a collector that is away holds nothing up. */
const FLUSH_WITHIN_MS = 2000;

/** Starts what is configured: spans to a collector, metrics to a collector, metrics to whoever comes for them. */
export async function openTelemetry(
  settings: TelemetrySettings,
  log: OperationalLog,
  opened: Opened,
): Promise<Telemetry> {
  const { participant, otlpUrl, tracePercent } = settings;
  const resource = resourceFromAttributes({ 'service.name': SCOPE, 'service.instance.id': participant });
  const readers: IMetricReader[] = [];
  if (settings.metricsPort !== 0) readers.push(await serveMetrics(settings, opened));
  if (otlpUrl !== undefined)
    readers.push(
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${otlpUrl}/v1/metrics` }),
        exportIntervalMillis: METRICS_EVERY_MS,
        exportTimeoutMillis: METRICS_EVERY_MS / 2,
      }),
    );
  const meters = new MeterProvider({ resource, readers });
  const tracers = new TracerProvider({
    resource,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(tracePercent / 100) }),
    spanProcessors:
      otlpUrl === undefined
        ? []
        : [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${otlpUrl}/v1/traces` }) })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  // Of a node that ends before it has served nothing is to be seen either.
  opened.onClose(async () => {
    const flushed = Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
    await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, FLUSH_WITHIN_MS).unref())]);
    context.disable();
    trace.disable();
  });
  return new Telemetry(tracers.getTracer(SCOPE), meters.getMeter(SCOPE), log);
}

/** On a port of its own: who may look at metrics need not be a participant, and reaches nothing else there. */
async function serveMetrics(
  { metricsHost, metricsPort }: TelemetrySettings,
  opened: Opened,
): Promise<PrometheusExporter> {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') exporter.getMetricsRequestHandler(request, response);
    else response.writeHead(404).end();
  });
  server.headersTimeout = 5000;
  server.requestTimeout = 5000;
  server.maxConnections = 16;
  await listenOn('EINMAL_METRICS_PORT', metricsHost, metricsPort, async () => {
    server.listen(metricsPort, metricsHost);
    await once(server, 'listening');
  });
  opened.onClose(() => {
    server.close();
    server.closeAllConnections();
  });
  return exporter;
}

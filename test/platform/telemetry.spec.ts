import { afterEach, describe, expect, it } from '@jest/globals';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { freePort } from '../../src/demo/free-port.js';
import { ConfigFault, readConfig } from '../../src/platform/config.js';
import { Fault } from '../../src/platform/fault.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { Opened } from '../../src/platform/run-process.js';
import { GAUGES, HISTOGRAMS } from '../../src/platform/telemetry/metrics.js';
import { startTelemetry } from '../../src/platform/telemetry/start-telemetry.js';
import { Telemetry } from '../../src/platform/telemetry/telemetry.js';
import { isPrivate, telemetryFaults, telemetrySettings } from '../../src/platform/telemetry/telemetry-settings.js';
import { traceIds } from '../../src/platform/telemetry/trace-ids.js';
import { traceSteps } from '../../src/platform/telemetry/trace-steps.js';

const silent = operationalLog('node', 'silent');
const SETTINGS = {
  participant: 'node',
  metricsHost: 'localhost',
  metricsPort: 0,
  otlpUrl: undefined,
  tracePercent: 100,
};

/** A part with a private member, as most are. */
class Kitchen {
  #served = 0;

  async cook(dish: string): Promise<string> {
    await Promise.resolve();
    if (dish === 'unknown') throw new Error('no such dish for 01234567890');
    if (dish === 'forbidden') throw new Fault('TRANSFER_NOT_PERMITTED');
    this.#served += 1;
    return `${dish} ${traceIds().trace_id ?? ''}`;
  }

  get served(): number {
    return this.#served;
  }
}

const opened: Opened[] = [];
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close();
  context.disable();
});

function recorded() {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const spans = new InMemorySpanExporter();
  const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  const telemetry = new Telemetry(tracers.getTracer('test'), new MeterProvider().getMeter('test'), silent);
  return { telemetry, spans: () => spans.getFinishedSpans() };
}

describe('spans', () => {
  it('are one per step, below that of the call, in one trace', async () => {
    const { telemetry, spans } = recorded();
    const kitchen = new Kitchen();
    traceSteps(telemetry, kitchen, { cook: 'cook-dish' });
    const call = telemetry.serverCall('PrefillService/PrefillForm');
    const answer = await call.within(() => kitchen.cook('soup'));
    call.ended('OK');
    call.ended('CANCELLED');
    const [step, root] = spans();
    expect(spans().map(({ name }) => name)).toEqual(['cook-dish', 'PrefillService/PrefillForm']);
    expect(step?.parentSpanContext?.spanId).toBe(root?.spanContext().spanId);
    expect(root?.parentSpanContext).toBeUndefined();
    expect(root?.attributes).toEqual({ code: 'OK' });
    expect(answer).toBe(`soup ${root?.spanContext().traceId}`);
    expect(kitchen.served).toBe(1);
  });

  it('name the reason of a refusal, and of any other error nothing that it says (design 8)', async () => {
    const { telemetry, spans } = recorded();
    const kitchen = new Kitchen();
    traceSteps(telemetry, kitchen, { cook: 'cook-dish' });
    await expect(kitchen.cook('forbidden')).rejects.toThrow(Fault);
    await expect(kitchen.cook('unknown')).rejects.toThrow('no such dish');
    expect(spans().map(({ attributes }) => attributes)).toEqual([
      { result: 'TRANSFER_NOT_PERMITTED' },
      { result: 'ERROR' },
    ]);
    const said = spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
    expect(JSON.stringify(said)).not.toContain('01234567890');
  });

  it('begin a trace of their own for each call: what another process says of its trace is not read (design 5)', () => {
    const { telemetry, spans } = recorded();
    const outer = telemetry.serverCall('PrefillService/PrefillForm');
    outer.within(() => telemetry.serverCall('PrefillService/PrefillForm').ended('OK'));
    outer.ended('OK');
    const [inner, other] = spans();
    expect(inner?.spanContext().traceId).not.toBe(other?.spanContext().traceId);
  });

  it('leave lines of the log without ids where nothing is traced', () => {
    expect(traceIds()).toEqual({});
    // Pino writes the members of a line into it.
    expect(traceIds()).not.toBe(traceIds());
  });
});

describe('what is configured', () => {
  it('is nothing unless it is set', async () => {
    expect(await startTelemetry(SETTINGS, silent, new Opened())).toBeUndefined();
    expect(readConfig(telemetrySettings, {})).toMatchObject({ metricsPort: 0, otlpUrl: undefined });
  });

  it.each(['ftp://collector', 'https://user:secret@collector', 'collector:4318', 'https://collector?token=1'])(
    'refuses the address %s of a collector',
    (EINMAL_OTLP_URL) => {
      expect(() => readConfig(telemetrySettings, { EINMAL_OTLP_URL })).toThrow(ConfigFault);
    },
  );

  it('tells what is encrypted, or stays on the machine, from what is neither', () => {
    expect(['https://collector', 'http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1'].every(isPrivate)).toBe(
      true,
    );
    expect(['http://collector', 'http://10.0.0.1', 'http://localhost.example'].some(isPrivate)).toBe(false);
  });

  it('is no collector on another machine without encryption in production', () => {
    const faults = (mode: 'production' | 'development', otlpUrl: string | undefined) =>
      telemetryFaults({ mode, otlpUrl });
    expect(faults('production', 'http://collector:4318')).toEqual([expect.stringContaining('EINMAL_OTLP_URL')]);
    expect(faults('development', 'http://collector:4318')).toEqual([]);
    for (const url of [undefined, 'https://collector', 'http://localhost:4318'])
      expect(faults('production', url)).toEqual([]);
  });

  it('serves metrics on a port of its own, by the names that are written down, and nothing else', async () => {
    const open = new Opened();
    opened.push(open);
    const metricsPort = await freePort();
    const telemetry = await startTelemetry({ ...SETTINGS, metricsPort }, silent, open);
    if (telemetry === undefined) throw new Error('nothing was started');
    const histograms = Object.keys(HISTOGRAMS) as (keyof typeof HISTOGRAMS)[];
    const gauges = Object.keys(GAUGES) as (keyof typeof GAUGES)[];
    for (const name of histograms) telemetry.record(name, 1);
    telemetry.observe(gauges, () => gauges.map((name) => ({ name, value: 1 })));
    telemetry.observe(['einmal_register_running'], () => {
      throw new Error('not now');
    });
    const at = `http://localhost:${metricsPort}`;
    const text = await (await fetch(`${at}/metrics`)).text();
    const served = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    expect(served.sort()).toEqual([
      ...[...histograms.map((name) => `${name} histogram`), ...gauges.map((name) => `${name} gauge`)].sort(),
    ]);
    expect((await fetch(`${at}/`)).status).toBe(404);
    expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(404);
  });
});

import {
  type BatchObservableResult,
  context,
  type Histogram,
  type Meter,
  type ObservableGauge,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { Fault } from '../fault.js';
import { describeError, type OperationalLog } from '../operational-log.js';
import { GAUGES, type GaugeName, HISTOGRAMS, type HistogramName, type Labels, type Reading } from './metrics.js';

/** A look at the database is not repeated within that, however often somebody asks for metrics. */
const FRESH_MS = 5000;

/** One call under way. */
export type ObservedCall = Readonly<{
  /** Runs what belongs to it. */
  within<T>(work: () => T): T;
  /** Counts once, with the name of its gRPC code. */
  ended(code: string): void;
}>;

/**
 * Spans and metrics of one process. Both hold names of the program and the catalogue, codes and times: no value of a
 * request, no id of an exchange, no text of an error. A trace never leaves the process: what is called is sent no trace
 * context, what a caller sends of its own is not read (no correlation by machinery).
 */
export class Telemetry {
  readonly #histograms: Readonly<Record<HistogramName, Histogram>>;
  readonly #gauges: Readonly<Record<GaugeName, ObservableGauge>>;

  constructor(
    private readonly tracer: Tracer,
    private readonly meter: Meter,
    private readonly log: OperationalLog,
  ) {
    this.#histograms = mapped(HISTOGRAMS, (name, { what, buckets }) =>
      meter.createHistogram(name, { description: what, advice: { explicitBucketBoundaries: [...buckets] } }),
    );
    this.#gauges = mapped(GAUGES, (name, description) => meter.createObservableGauge(name, { description }));
  }

  record(name: HistogramName, value: number, labels: Labels = {}): void {
    this.#histograms[name].record(value, labels);
  }

  /** A call that arrived; the trace begins here. `rpc`: service and method as the proto names them. */
  serverCall(rpc: string): ObservedCall {
    const span = this.tracer.startSpan(rpc, { kind: SpanKind.SERVER }, ROOT_CONTEXT);
    return this.observed(span, 'einmal_rpc_server_duration_seconds', { rpc });
  }

  /** A call to a participant. */
  clientCall(rpc: string, peer: string): ObservedCall {
    const span = this.tracer.startSpan(rpc, { kind: SpanKind.CLIENT, attributes: { peer } });
    return this.observed(span, 'einmal_rpc_client_duration_seconds', { rpc, peer });
  }

  /** One step of an exchange, as a span below that of its call. */
  async step<T>(step: string, work: () => Promise<T>): Promise<T> {
    const span = this.tracer.startSpan(step);
    const began = performance.now();
    let result = 'ok';
    try {
      return await context.with(trace.setSpan(context.active(), span), work);
    } catch (error) {
      // The class of what is no fault of ours, or the reason: the message might quote a value.
      result = error instanceof Fault ? error.reason : 'ERROR';
      span.setAttribute('result', result);
      if (result === 'ERROR') span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      this.record('einmal_step_duration_seconds', (performance.now() - began) / 1000, { step, result });
      span.end();
    }
  }

  /** Has these gauges read whenever somebody looks; what cannot be read is missing then, and nothing else. */
  observe(names: readonly GaugeName[], read: () => readonly Reading[] | Promise<readonly Reading[]>): void {
    let last: Readonly<{ at: number; readings: readonly Reading[] }> | undefined;
    const readings = async (): Promise<readonly Reading[]> => {
      if (last === undefined || performance.now() - last.at > FRESH_MS)
        last = { at: performance.now(), readings: await read() };
      return last.readings;
    };
    const report = async (to: BatchObservableResult): Promise<void> => {
      try {
        for (const { name, value, labels = {} } of await readings()) to.observe(this.#gauges[name], value, labels);
      } catch (error) {
        this.log.warn(describeError(error), 'metrics cannot be read');
      }
    };
    this.meter.addBatchObservableCallback(
      report,
      names.map((name) => this.#gauges[name]),
    );
  }

  private observed(span: Span, name: HistogramName, labels: Labels): ObservedCall {
    const inside = trace.setSpan(context.active(), span);
    const began = performance.now();
    let hasEnded = false;
    return {
      within: (work) => context.with(inside, work),
      ended: (code) => {
        if (hasEnded) return;
        hasEnded = true;
        span.setAttribute('code', code);
        if (code === 'INTERNAL' || code === 'UNKNOWN') span.setStatus({ code: SpanStatusCode.ERROR });
        this.record(name, (performance.now() - began) / 1000, { ...labels, code });
        span.end();
      },
    };
  }
}

function mapped<K extends string, V, W>(table: Readonly<Record<K, V>>, make: (name: K, value: V) => W): Record<K, W> {
  const names = Object.keys(table) as K[];
  return Object.fromEntries(names.map((name) => [name, make(name, table[name])])) as Record<K, W>;
}

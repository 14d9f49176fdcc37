import { isSpanContextValid, trace } from '@opentelemetry/api';

const NONE: Readonly<Record<string, string>> = {};

/** Ids of the span in which this runs, for a line of the operational log; none where nothing is traced. */
export function traceIds(): Readonly<Record<string, string>> {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined || !isSpanContextValid(span) ? NONE : { trace_id: span.traceId, span_id: span.spanId };
}

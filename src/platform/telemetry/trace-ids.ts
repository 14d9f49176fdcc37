import { isSpanContextValid, trace } from '@opentelemetry/api';

/** Ids of the span in which this runs, for one line of the operational log, which pino adds to it; none where nothing is traced. */
export function traceIds(): Record<string, string> {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined || !isSpanContextValid(span) ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
